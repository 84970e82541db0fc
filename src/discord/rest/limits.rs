//! How much of Discord's limits this process may use.

use crate::shards::Shards;

/// Requests that a bot may send in any second; those that answer interactions are exempt (Discord's
/// documentation, "Rate Limits", "Global Rate Limit").
const PER_SECOND: u16 = 50;

/// Invalid answers in ten minutes after which the relay stops asking. Discord bans the address after
/// 10,000 (the same page, "Invalid Request Limit"): half of it leaves room for a process that was
/// started again and has forgotten what it counted, and for others behind the same address. In a
/// healthy world there are a few dozen an hour.
const INVALID: u16 = 5_000;

/// A share is never smaller: where a process has a small part of the shards, a bad minute in a few of
/// its servers must not silence it.
const FEWEST_INVALID: u16 = 100;

/// How much a process may ask of Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most requests in any second, from 1.
    pub per_second: u16,
    /// Most answers 401, 403 and 429 in ten minutes, from 1; after them nothing is asked.
    pub invalid: u16,
}

impl Limits {
    /// For a bot that is one process.
    pub const WHOLE: Self = Self { per_second: PER_SECOND, invalid: INVALID };

    /// What of it a process may use that runs these shards: a proportionate part, rounded down, and never
    /// less than one request a second and 100 invalid answers. So with more than 50 processes the sum is
    /// more than Discord allows, and it is Discord that slows them down.
    #[must_use]
    pub fn part(self, shards: Shards) -> Self {
        let Shards::These(share) = shards else { return self };
        let part = |whole: u16, least: u16| {
            let part = u16::try_from(share.of(whole.into())).unwrap_or(whole);
            part.max(least.min(whole))
        };
        Self { per_second: part(self.per_second, 1), invalid: part(self.invalid, FEWEST_INVALID) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_proportionate_and_never_nothing() {
        let part = |shards: &str| {
            let limits = Limits::WHOLE.part(Shards::parse(shards).expect("sound"));
            (limits.per_second, limits.invalid)
        };
        assert_eq!(part("auto"), (50, 5000));
        assert_eq!(part("16"), (50, 5000));
        assert_eq!(part("0..5/16"), (15, 1562));
        assert_eq!(part("0..1/1000"), (1, 100));
    }
}
