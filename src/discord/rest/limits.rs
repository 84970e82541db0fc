//! How much of Discord's limits this process may use.

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

    /// For a process that runs `shards` of `total`: a proportionate part, rounded down, and never less
    /// than one request a second and 100 invalid answers. So with more than 50 processes the sum is
    /// more than Discord allows, and it is Discord that slows them down.
    #[must_use]
    pub fn share(shards: u32, total: u32) -> Self {
        let part = |whole: u16, least: u16| {
            let part = u64::from(whole) * u64::from(shards.min(total)) / u64::from(total.max(1));
            u16::try_from(part).unwrap_or(whole).max(least)
        };
        Self { per_second: part(PER_SECOND, 1), invalid: part(INVALID, FEWEST_INVALID) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_proportionate_and_never_nothing() {
        let share = |shards, total| {
            let limits = Limits::share(shards, total);
            (limits.per_second, limits.invalid)
        };
        assert_eq!(Limits::share(16, 16), Limits::WHOLE);
        assert_eq!(share(5, 16), (15, 1562));
        assert_eq!(share(1, 1000), (1, 100));
        assert_eq!((share(0, 0), share(3, 2)), ((1, 100), (50, 5000)));
    }
}
