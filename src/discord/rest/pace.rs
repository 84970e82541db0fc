//! Never more than so many requests in any second, and none while Discord says so.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// The span in which requests are counted.
const SECOND: Duration = Duration::from_secs(1);

/// Hands out slots, of which each is taken until a second after the answer. Discord has seen a request
/// at some moment before it answered; so wherever in its clock a second begins, no more requests than
/// slots fall into it, however long each was under way.
#[derive(Debug)]
pub(super) struct Pace {
    slots: Arc<Semaphore>,
    /// Nothing but answers to interactions goes out before.
    paused_until: Mutex<Instant>,
}

/// Lets one request go.
#[derive(Debug)]
pub(super) struct Slot(OwnedSemaphorePermit);

impl Pace {
    /// At most `per_second` requests in any second, and at least one.
    pub(super) fn new(per_second: u16) -> Self {
        Self {
            slots: Arc::new(Semaphore::new(per_second.max(1).into())),
            paused_until: Mutex::new(Instant::now()),
        }
    }

    /// Waits for a slot; none if there is none by `until`.
    pub(super) async fn slot(&self, until: Instant) -> Option<Slot> {
        loop {
            let paused = self.paused_until();
            if paused > until {
                return None;
            }
            sleep_until(paused).await;
            let slot =
                timeout_at(until, Arc::clone(&self.slots).acquire_owned()).await.ok()?.ok()?;
            // A pause may have begun meanwhile.
            if self.paused_until() <= Instant::now() {
                return Some(Slot(slot));
            }
        }
    }

    /// A slot without waiting, if there is one: whoever is exempt goes anyway, and where there is one,
    /// the others have one less.
    pub(super) fn slot_now(&self) -> Option<Slot> {
        Arc::clone(&self.slots).try_acquire_owned().ok().map(Slot)
    }

    /// Stops whatever is not exempt for so long.
    pub(super) fn pause(&self, time: Duration) {
        let end = Instant::now() + time;
        let mut until = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *until = end.max(*until);
    }

    fn paused_until(&self) -> Instant {
        *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// The answer is here: the slot is free again in a second.
    pub(super) fn answered(self) {
        tokio::spawn(async move {
            sleep(SECOND).await;
            drop(self.0);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_slot_is_taken_until_a_second_after_the_answer() {
        let pace = Pace::new(1);
        let soon = || Instant::now() + Duration::from_secs(5);
        let first = pace.slot(soon()).await.expect("a slot");
        assert!(pace.slot_now().is_none() && pace.slot(Instant::now()).await.is_none());
        let answered = Instant::now();
        first.answered();
        pace.slot(soon()).await.expect("a slot");
        assert!(answered.elapsed() >= SECOND);
    }

    #[tokio::test]
    async fn a_pause_that_is_too_long_is_not_waited_for() {
        let pace = Pace::new(1);
        pace.pause(Duration::from_hours(1));
        assert!(pace.slot(Instant::now() + Duration::from_mins(1)).await.is_none());
        assert!(pace.slot_now().is_some(), "interactions are exempt");
    }
}
