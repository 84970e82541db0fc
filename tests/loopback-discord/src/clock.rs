//! The clock that a test may stop and move. Nothing else in this crate asks for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// Tells the world the time; clones share it.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `None`: the time of the system.
    stands_at: Option<Timestamp>,
    moved_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The system's clock, which can still be moved forward.
    pub fn system() -> Self {
        Self { stands_at: None, moved_ms: Arc::default() }
    }

    /// A clock that stands at `start` until the test moves it.
    pub fn stopped_at(start: Timestamp) -> Self {
        Self { stands_at: Some(start), moved_ms: Arc::default() }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        let ms = self.base().as_millisecond() + self.moved_ms.load(Ordering::SeqCst);
        Timestamp::from_millisecond(ms).expect("a clock within the range of a timestamp")
    }

    /// The same time on a clock of its own: that of a machine that is moved on and back alone.
    #[must_use]
    pub fn apart(&self) -> Self {
        let moved = self.moved_ms.load(Ordering::SeqCst);
        Self { stands_at: self.stands_at, moved_ms: Arc::new(AtomicI64::new(moved)) }
    }

    /// Sets it back. Not for that of a world, whose ids only grow.
    pub fn set_back(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).expect("a sensible duration");
        self.moved_ms.fetch_sub(ms, Ordering::SeqCst);
    }

    /// Whether time passes only when the test says so.
    pub fn is_stopped(&self) -> bool {
        self.stands_at.is_some()
    }

    /// Moves it forward. `LoopbackDiscord::advance` does this and wakes whoever waits.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).expect("a sensible duration");
        self.moved_ms.fetch_add(ms, Ordering::SeqCst);
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    fn base(&self) -> Timestamp {
        self.stands_at.unwrap_or_else(Timestamp::now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_moves_when_told() {
        let start: Timestamp = "2026-11-24T06:00:00Z".parse().unwrap();
        let clock = Clock::stopped_at(start);
        assert_eq!(clock.now(), start);
        clock.clone().advance(Duration::from_secs(3));
        assert_eq!(clock.now().as_second() - start.as_second(), 3);
    }
}
