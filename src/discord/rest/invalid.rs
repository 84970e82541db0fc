//! How many invalid answers there were lately: 401, 403, and 429 unless the limit is one that others
//! use, too. Discord bans an address that gets 10,000 in ten minutes (its documentation, "Rate Limits",
//! "Invalid Request Limit").

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// For how long an invalid answer counts.
const WINDOW: Duration = Duration::from_mins(10);

/// The budget. What is under way counts as if it would fail, so that it is never exceeded.
#[derive(Debug)]
pub(super) struct Invalid {
    most: usize,
    counted: Mutex<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    /// When each came, the oldest first.
    at: VecDeque<Instant>,
    under_way: usize,
    /// Used up, and since then a tenth has not become free.
    used_up: bool,
}

/// A request that is under way.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Invalid>);

impl Invalid {
    /// A budget of so many in ten minutes.
    pub(super) fn new(most: u16) -> Arc<Self> {
        Arc::new(Self { most: most.max(1).into(), counted: Mutex::default() })
    }

    /// Lets a request go, unless the budget is used up: then for how long, at least a second.
    pub(super) fn begin(self: &Arc<Self>, now: Instant) -> Result<UnderWay, Duration> {
        let mut counted = self.counted();
        counted.forget(now);
        // Going on for one answer at a time would be a failure and a line in the log every few seconds.
        if counted.used_up && counted.at.len() <= self.most * 9 / 10 {
            counted.used_up = false;
            tracing::info!("asking Discord again");
        }
        if !counted.used_up && counted.at.len() >= self.most {
            counted.used_up = true;
            tracing::error!(
                invalid = self.most,
                "Discord refused too many requests in ten minutes: nothing is asked for a while, \
                 before it bans this address. The lines above say what it refuses; mostly the bot \
                 lacks permissions in many channels"
            );
        }
        if counted.used_up || counted.at.len() + counted.under_way >= self.most {
            return Err(counted.until_one_is_free(now));
        }
        counted.under_way += 1;
        drop(counted);
        Ok(UnderWay(Arc::clone(self)))
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counted {
    fn forget(&mut self, now: Instant) {
        while self.at.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            self.at.pop_front();
        }
    }

    fn until_one_is_free(&self, now: Instant) -> Duration {
        let free = self.at.front().map(|at| WINDOW.saturating_sub(now.duration_since(*at)));
        free.unwrap_or_default().max(Duration::from_secs(1))
    }
}

impl UnderWay {
    /// It was answered, and the answer is invalid.
    pub(super) fn failed(self, now: Instant) {
        self.0.counted().at.push_back(now);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut counted = self.0.counted();
        counted.under_way = counted.under_way.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_way_counts_until_it_is_answered_well() {
        let (budget, now) = (Invalid::new(2), Instant::now());
        let first = budget.begin(now).expect("free");
        let second = budget.begin(now).expect("free");
        assert!(budget.begin(now).is_err());
        drop(first);
        let third = budget.begin(now).expect("free again");
        second.failed(now);
        third.failed(now);
        assert_eq!(budget.begin(now).err(), Some(WINDOW));
    }

    #[test]
    fn it_goes_on_once_a_tenth_is_free() {
        let (budget, start) = (Invalid::new(20), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        for second in 0..20 {
            budget.begin(after(second)).expect("free").failed(after(second));
        }
        assert_eq!(budget.begin(after(20)).err(), Some(Duration::from_secs(580)));
        assert!(budget.begin(after(600)).is_err(), "one is free");
        assert!(budget.begin(after(601)).is_ok(), "two are");
    }
}
