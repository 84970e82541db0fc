//! Snowflakes: Discord's ids. They carry the time of their making, which is an argument here.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first millisecond of 2015, from which Discord counts.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// An id of anything on Discord.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(u64);

impl Snowflake {
    /// The smallest id that can be made at `now`.
    pub fn first_at(now: Timestamp) -> Self {
        let since_epoch = (now.as_millisecond() - DISCORD_EPOCH_MS).max(1);
        Self(since_epoch.cast_unsigned() << 22)
    }

    /// The id that follows `self`.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// When it was made.
    pub fn made_at(self) -> Timestamp {
        let ms = (self.0 >> 22).cast_signed() + DISCORD_EPOCH_MS;
        Timestamp::from_millisecond(ms).unwrap_or_default()
    }

    /// The number behind it, for libraries that want one.
    pub fn get(self) -> u64 {
        self.0
    }

    /// Which of `total` shards gets the events of a guild with this id.
    pub fn shard(self, total: u64) -> u64 {
        (self.0 >> 22) % total.max(1)
    }
}

impl From<u64> for Snowflake {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl From<Snowflake> for u64 {
    fn from(id: Snowflake) -> Self {
        id.0
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Snowflake {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;

        impl Visitor<'_> for TextOrNumber {
            type Value = Snowflake;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a snowflake")
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Snowflake, E> {
                Ok(Snowflake(number))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Snowflake, E> {
                text.parse().map_err(|_| E::custom(format!("Value \"{text}\" is not snowflake.")))
            }
        }

        deserializer.deserialize_any(TextOrNumber).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snowflake_carries_its_time() {
        let now: Timestamp = "2026-11-24T06:00:00.123Z".parse().unwrap();
        let id = Snowflake::first_at(now);
        assert_eq!(id.made_at(), now);
        assert_eq!(id.next().made_at(), now);
        assert_eq!(id.to_string().parse::<Snowflake>().unwrap(), id);
    }
}
