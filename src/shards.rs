//! Which shards of the bot a process runs.
//!
//! Discord splits the servers of a large bot among connections, its shards: server `id` belongs to
//! shard `(id >> 22) % total`, and direct messages to shard 0. They may run in one process or be
//! shared by several, each with a [`Share`].

use std::fmt;
use std::ops::Range;

/// What the setting `SHARDS` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends, all of them here.
    #[default]
    Auto,
    /// These.
    These(Share),
}

/// Some of the shards, or all of them: at least one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Share {
    first: u32,
    /// Behind the last one.
    end: u32,
    total: u32,
}

const FORMS: &str = "write auto, or a number of shards such as 16, or some of them such as 0..4/16 (those \
                     from 0 to 3, of 16), or `part 0 of 4/16` (the first of four parts)";
const NONE: &str = "there must be at least 1 shard, and at most 65535";
const NO_RANGE: &str = "of 16 shards the first is 0 and the last 15, and the end of a range is not in it: \
                        write 0..16/16 for all of them";
const NO_PART: &str =
    "parts are counted from 0, as Kubernetes counts: the last of four is `part 3 of 4/16`";
const TOO_MANY_PARTS: &str =
    "there are more parts than shards, so that one would have nothing to do";

impl Shards {
    /// Reads the setting: `auto`, `16`, `0..4/16`, `part 0 of 4/16`. The number of a part may stand at
    /// the end of a name, such as that of a pod: `part mythbot-0 of 4/16`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(value: &str) -> Result<Self, &'static str> {
        if value == "auto" {
            return Ok(Self::Auto);
        }
        let Some((which, total)) = value.split_once('/') else {
            return Ok(Self::These(Share::all(number(value)?).ok_or(NONE)?));
        };
        let total = match number(total)? {
            0 => return Err(NONE),
            total => total,
        };
        let share = if let Some(part) = which.trim().strip_prefix("part ") {
            let (part, parts) = part.split_once(" of ").ok_or(FORMS)?;
            Share::part(at_the_end(part)?, number(parts)?, total)?
        } else {
            let (first, end) = which.split_once("..").ok_or(FORMS)?;
            Share::range(number(first)?..number(end)?, total).ok_or(NO_RANGE)?
        };
        Ok(Self::These(share))
    }

    /// The share of this process, where Discord recommends so many shards.
    #[must_use]
    pub fn share(self, recommended: u32) -> Share {
        match self {
            Self::These(share) => share,
            Self::Auto => Share { first: 0, end: recommended.max(1), total: recommended.max(1) },
        }
    }
}

fn number(text: &str) -> Result<u32, &'static str> {
    let text = text.trim();
    let sound = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !sound {
        return Err(FORMS);
    }
    text.parse::<u16>().map(u32::from).map_err(|_| NONE)
}

/// `2`, or what stands behind the last hyphen of `mythbot-2`.
fn at_the_end(text: &str) -> Result<u32, &'static str> {
    number(text.rsplit('-').next().unwrap_or_default())
}

impl Share {
    /// All of `total` shards; none of none.
    #[must_use]
    pub fn all(total: u32) -> Option<Self> {
        Self::range(0..total, total)
    }

    /// Those of a range that has at least one, of `total`.
    #[must_use]
    pub fn range(range: Range<u32>, total: u32) -> Option<Self> {
        let sound = range.start < range.end && range.end <= total;
        sound.then_some(Self { first: range.start, end: range.end, total })
    }

    /// One of `parts` parts that differ by one shard at most.
    fn part(part: u32, parts: u32, total: u32) -> Result<Self, &'static str> {
        if part >= parts {
            return Err(NO_PART);
        }
        let begin = |part: u32| {
            let before = u64::from(part) * u64::from(total) / u64::from(parts);
            u32::try_from(before).unwrap_or(total)
        };
        Self::range(begin(part)..begin(part + 1), total).ok_or(TOO_MANY_PARTS)
    }

    /// Their numbers.
    #[must_use]
    pub fn numbers(self) -> Range<u32> {
        self.first..self.end
    }

    /// How many they are: at least 1.
    #[must_use]
    pub fn count(self) -> u32 {
        self.end - self.first
    }

    /// How many there are in all processes.
    #[must_use]
    pub fn total(self) -> u32 {
        self.total
    }

    /// Whether no other process has any.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.count() == self.total
    }

    /// What this process may use of a limit that counts for the whole bot, such as Discord's 50
    /// requests a second: in proportion to its shards, rounded down, but at least 1.
    #[must_use]
    pub fn of(self, limit: u32) -> u32 {
        let part = u64::from(limit) * u64::from(self.count()) / u64::from(self.total);
        u32::try_from(part).unwrap_or(limit).max(1)
    }
}

/// As in the setting: `0..4/16`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}/{}", self.first, self.end, self.total)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: &str) -> String {
        format!("{:?}", Shards::parse(value))
    }

    #[test]
    fn all_forms_are_read() {
        assert_eq!(share("auto"), "Ok(Auto)");
        assert_eq!(share("16"), "Ok(These(0..16/16))");
        assert_eq!(share("0..4/16"), "Ok(These(0..4/16))");
        assert_eq!(share(" 4 .. 8 / 16 "), "Ok(These(4..8/16))");
        assert_eq!(share("part 3 of 4/16"), "Ok(These(12..16/16))");
        assert_eq!(share("part mythbot-2 of 4/16"), "Ok(These(8..12/16))");
        assert_eq!(share("part my-bot-10 of 11/65535"), "Ok(These(59577..65535/65535))");
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_to_write() {
        for value in ["", "four", "-1", "+4", "1.5", "0..4", "4/16", "0-4/16", "0..4/", "part 1/4"]
        {
            assert_eq!(Shards::parse(value), Err(FORMS), "{value}");
        }
        for value in ["0", "65536", "0..1/0", "0..1/70000", "99999999999"] {
            assert_eq!(Shards::parse(value), Err(NONE), "{value}");
        }
        for value in ["4..4/16", "8..4/16", "0..17/16", "16..17/16"] {
            assert_eq!(Shards::parse(value), Err(NO_RANGE), "{value}");
        }
        assert_eq!(Shards::parse("part 4 of 4/16"), Err(NO_PART));
        assert_eq!(Shards::parse("part 0 of 0/16"), Err(NO_PART));
        assert_eq!(Shards::parse("part 0 of 5/4"), Err(TOO_MANY_PARTS));
        assert_eq!(Shards::parse("part mythbot of 4/16"), Err(FORMS));
    }

    #[test]
    fn the_parts_together_are_all_of_them_once() {
        for (parts, total) in [(1, 1), (3, 16), (4, 16), (7, 100), (16, 16)] {
            let part = |part| Share::part(part, parts, total).expect("a part");
            let all: Vec<u32> = (0..parts).flat_map(|number| part(number).numbers()).collect();
            assert_eq!(all, (0..total).collect::<Vec<_>>());
            assert_eq!(part(0).is_all(), parts == 1);
        }
    }

    #[test]
    fn a_limit_of_the_whole_bot_is_not_exceeded_by_its_parts() {
        let share = |range, total| Share::range(range, total).expect("a range");
        assert_eq!(share(0..16, 16).of(50), 50);
        assert_eq!(
            [share(0..5, 16), share(5..10, 16), share(10..16, 16)].map(|of| of.of(50)),
            [15, 15, 18]
        );
        // One that may send nothing could not answer at all.
        assert_eq!(share(0..1, 100).of(50), 1);
    }

    #[test]
    fn without_a_setting_it_is_what_discord_recommends() {
        assert_eq!(Shards::Auto.share(3).to_string(), "0..3/3");
        assert_eq!(Shards::Auto.share(0).to_string(), "0..1/1");
        assert!(Shards::Auto.share(3).is_all());
    }
}
