//! How long the bot keeps silent after it spoke.

use jiff::{SignedDuration, Timestamp};

use super::Reason;
use super::settings::Cooldowns;

/// Over which time replies in a server are counted.
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// When the bot last spoke where it would speak again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spoken {
    /// In this channel.
    pub in_channel: Option<Timestamp>,
    /// In this channel with this answer.
    pub answer: Option<Timestamp>,
    /// To this person.
    pub to_person: Option<Timestamp>,
    /// When this answer was last dismissed in this channel.
    pub dismissed: Option<Timestamp>,
    /// How often in this server within the last hour.
    pub within_an_hour: u32,
}

/// Why the bot keeps silent for now, and for how long still; the longest wait first.
#[must_use]
pub fn left(
    cooldowns: &Cooldowns,
    spoken: &Spoken,
    now: Timestamp,
) -> Option<(Reason, SignedDuration)> {
    let waits = [
        (Reason::Dismissed, spoken.dismissed, cooldowns.dismissed_s),
        (Reason::AnswerCooldown, spoken.answer, cooldowns.answer_s),
        (Reason::ChannelCooldown, spoken.in_channel, cooldowns.channel_s),
        (Reason::PersonCooldown, spoken.to_person, cooldowns.person_s),
    ];
    let waits = waits.into_iter().filter_map(|(reason, last, seconds)| {
        let cooldown = SignedDuration::from_secs(i64::from(seconds));
        // A clock that was set back does not make it longer than it is.
        let passed = now.duration_since(last?).max(SignedDuration::ZERO);
        let left = cooldown.checked_sub(passed)?;
        left.is_positive().then_some((reason, left))
    });
    let longest = waits.max_by_key(|(_, left)| *left);
    let many = cooldowns.per_hour > 0 && spoken.within_an_hour >= cooldowns.per_hour;
    longest.or_else(|| many.then_some((Reason::HourlyLimit, HOUR)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ago(seconds: i64) -> Option<Timestamp> {
        Timestamp::UNIX_EPOCH.checked_sub(SignedDuration::from_secs(seconds)).ok()
    }

    fn left_in(spoken: Spoken) -> Option<(Reason, i64)> {
        let left = left(&Cooldowns::default(), &spoken, Timestamp::UNIX_EPOCH);
        left.map(|(reason, left)| (reason, left.as_secs()))
    }

    #[test]
    fn each_cooldown_ends() {
        assert_eq!(left_in(Spoken::default()), None);
        for (spoken, reason, seconds) in [
            (Spoken { answer: ago(60), ..Spoken::default() }, Reason::AnswerCooldown, 29 * 60),
            (Spoken { in_channel: ago(60), ..Spoken::default() }, Reason::ChannelCooldown, 4 * 60),
            (Spoken { to_person: ago(60), ..Spoken::default() }, Reason::PersonCooldown, 9 * 60),
            (Spoken { dismissed: ago(60), ..Spoken::default() }, Reason::Dismissed, 86_340),
        ] {
            assert_eq!(left_in(spoken), Some((reason, seconds)));
        }
        let over = Spoken {
            answer: ago(1800),
            in_channel: ago(300),
            to_person: ago(600),
            dismissed: ago(86_400),
            within_an_hour: 19,
        };
        assert_eq!(left_in(over), None);
    }

    #[test]
    fn the_longest_wait_counts() {
        let spoken = Spoken { answer: ago(60), in_channel: ago(60), ..Spoken::default() };
        assert_eq!(left_in(spoken), Some((Reason::AnswerCooldown, 29 * 60)));
    }

    #[test]
    fn a_server_hears_so_much_an_hour_and_no_more() {
        let spoken = Spoken { within_an_hour: 20, ..Spoken::default() };
        assert_eq!(left_in(spoken), Some((Reason::HourlyLimit, 3600)));
        let unlimited = Cooldowns { per_hour: 0, ..Cooldowns::default() };
        assert_eq!(left(&unlimited, &spoken, Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn a_clock_that_is_set_back_does_no_harm() {
        let spoken = Spoken { answer: ago(-3600), ..Spoken::default() };
        assert_eq!(left_in(spoken), Some((Reason::AnswerCooldown, 1800)));
    }

    #[test]
    fn no_cooldown_is_none() {
        let none = Cooldowns { answer_s: 0, ..Cooldowns::default() };
        let spoken = Spoken { answer: ago(0), ..Spoken::default() };
        assert_eq!(left(&none, &spoken, Timestamp::UNIX_EPOCH), None);
    }
}
