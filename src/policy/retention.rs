//! When what is old is forgotten; but not because a clock is wrong.

use jiff::{SignedDuration, Timestamp};

/// How long what a server has set is kept after the bot was removed from it.
pub const LEFT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The shortest time by which a clock that is ahead is not believed at once.
const LEAST: SignedDuration = SignedDuration::from_hours(48);

/// How long a clock must have stayed ahead to be believed: what is looked at once a day was so the day
/// before, whatever an hour of summer time does to it.
const STAYED: SignedDuration = SignedDuration::from_hours(23);

/// Whether the clock is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is.
    None,
    /// It has leapt, and from now on it must stay there for a day.
    Begins,
    /// It has leapt, and has not stayed there for a day yet.
    Lasts,
}

/// Whether the clock is believed, if something was last forgotten at `last`, it is doubted since `since`
/// (in whatever life of the bot: one that is started every morning must not doubt for ever), and what
/// happened is kept for `kept`.
#[must_use]
pub fn doubt(
    now: Timestamp,
    last: Option<Timestamp>,
    since: Option<Timestamp>,
    kept: SignedDuration,
) -> Doubt {
    let far_ahead = |of: Timestamp| now.duration_since(of) > (kept / 2).max(LEAST);
    if !last.is_some_and(far_ahead) {
        return Doubt::None;
    }
    match since {
        Some(since) if since <= now && !far_ahead(since) => {
            if now.duration_since(since) < STAYED {
                Doubt::Lasts
            } else {
                Doubt::None
            }
        }
        _ => Doubt::Begins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24;
    const KEPT: SignedDuration = SignedDuration::from_hours(90 * DAY);

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_leap_of_half_the_time_is_not_believed_at_once() {
        let after = |hours, kept| doubt(at(hours), Some(at(0)), None, kept);
        assert_eq!(after(45 * DAY, KEPT), Doubt::None);
        assert_eq!(after(46 * DAY, KEPT), Doubt::Begins);
        // What is kept for a day is still forgotten every day.
        assert_eq!(after(DAY, SignedDuration::from_hours(DAY)), Doubt::None);
        // A new database, and a clock that was set back.
        assert_eq!(doubt(at(9999 * DAY), None, None, KEPT), Doubt::None);
        assert_eq!(doubt(at(0), Some(at(9999 * DAY)), None, KEPT), Doubt::None);
    }

    #[test]
    fn a_clock_that_stays_where_it_leapt_is_believed_after_a_day() {
        let now = |hours| doubt(at(400 * DAY + hours), Some(at(0)), Some(at(400 * DAY)), KEPT);
        assert_eq!((now(0), now(22), now(23)), (Doubt::Lasts, Doubt::Lasts, Doubt::None));
        // It has leapt once more, forward or back: the day begins anew.
        assert_eq!((now(100 * DAY), now(-1)), (Doubt::Begins, Doubt::Begins));
    }
}
