//! How much the bot takes on at once. serenity makes a task of every event, without bound: while the
//! database or Discord is slow, thousands of messages a second would pile up, each in its task. What
//! comes in when too much is not done is shed, so the newest first: it costs an addition, no memory,
//! and a line in the log when that begins and one when it ends.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::telemetry::Metrics;

/// Most messages, and as many edits and deletions, that have come in and are not done.
///
/// Those to which the bot has nothing to say are done within microseconds; what waits is what is owed
/// an answer. Discord takes 50 requests a second, so the last of 1,000 replies stands after 20
/// seconds; later than that, people talk about something else. With some 10 kB each that is 10 MB.
pub const INTAKE: usize = 1000;

/// What has come in, of one kind, and is not done.
#[derive(Debug)]
pub(super) struct Intake {
    /// What it is, for people.
    what: &'static str,
    /// The same for the bot's numbers: why it was shed.
    reason: &'static str,
    most: usize,
    metrics: Metrics,
    inside: AtomicUsize,
    /// How many were shed since there was last room enough.
    shed: AtomicU64,
}

/// Held until something is done.
#[derive(Debug)]
pub(super) struct Place<'a>(&'a Intake);

impl Intake {
    /// For at most so many messages.
    pub(super) fn of_messages(most: usize, metrics: Metrics) -> Self {
        Self::new(("messages", "overloaded"), most, metrics)
    }

    /// For at most so many edits and deletions. They have places of their own: a flood of messages
    /// does not keep replies from going with their messages.
    pub(super) fn of_changes(most: usize, metrics: Metrics) -> Self {
        Self::new(("edits and deletions", "change"), most, metrics)
    }

    fn new((what, reason): (&'static str, &'static str), most: usize, metrics: Metrics) -> Self {
        let (inside, shed) = (AtomicUsize::new(0), AtomicU64::new(0));
        Self { what, reason, most, metrics, inside, shed }
    }

    /// A place for one more, or none: then it is shed, and that is counted.
    pub(super) fn enter(&self) -> Option<Place<'_>> {
        let room = |inside: usize| (inside < self.most).then_some(inside + 1);
        let (set, read) = (Ordering::Relaxed, Ordering::Relaxed);
        if self.inside.fetch_update(set, read, room).is_ok() {
            self.metrics.entered();
            return Some(Place(self));
        }
        self.metrics.message("shed", self.reason);
        if self.shed.fetch_add(1, Ordering::Relaxed) == 0 {
            let (what, at_once) = (self.what, self.most);
            tracing::warn!(what, at_once, "too much at once: the newest are left unread");
        }
        None
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let intake = self.0;
        let left = intake.inside.fetch_sub(1, Ordering::Relaxed) - 1;
        intake.metrics.left();
        // Not as soon as there is one place: at the limit that comes and goes with every message.
        if left <= intake.most / 2 && intake.shed.load(Ordering::Relaxed) > 0 {
            let unread = intake.shed.swap(0, Ordering::Relaxed);
            if unread > 0 {
                tracing::warn!(what = intake.what, unread, "all are read again");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_shed_and_counted_until_there_is_room_again() {
        let metrics = Metrics::new();
        let intake = Intake::of_messages(4, metrics.clone());
        let mut places: Vec<Place<'_>> = (0..4).filter_map(|_| intake.enter()).collect();
        assert_eq!(places.len(), 4);
        assert!(intake.enter().is_none() && intake.enter().is_none());
        assert_eq!(intake.shed.load(Ordering::Relaxed), 2);
        places.pop();
        // One place is room for one, and not the end of it.
        places.extend(intake.enter());
        assert!(places.len() == 4 && intake.enter().is_none());
        assert_eq!(intake.shed.load(Ordering::Relaxed), 3);
        places.truncate(2);
        assert_eq!(intake.shed.load(Ordering::Relaxed), 0);
        drop(places);
        let text = metrics.text();
        let counted: Vec<&str> = text.lines().filter(|line| line.contains(" 3")).collect();
        insta::assert_snapshot!(counted.join("\n"), @r#"mythbot_messages_total{outcome="shed",reason="overloaded"} 3"#);
        assert!(text.contains("mythbot_messages_in_flight 0"), "{text}");
    }
}
