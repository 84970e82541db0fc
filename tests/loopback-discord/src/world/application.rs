//! The application under test and the gateway intents it may use.

use std::ops::BitOr;

use super::Snowflake;

/// An application of the developer portal with its bot.
#[derive(Clone, Debug)]
pub struct Application {
    /// Its id. Other than on the real Discord, the bot's id differs from it, so that mixing the two
    /// up shows.
    pub id: Snowflake,
    /// Its name.
    pub name: String,
    /// The user behind the bot.
    pub bot_id: Snowflake,
    /// Who made it.
    pub owner_id: Snowflake,
    /// The bot's token.
    pub token: String,
    /// The privileged intents that the portal grants.
    pub privileged: Intents,
}

impl Default for Application {
    fn default() -> Self {
        Self {
            id: Snowflake::default(),
            name: "mythbot".into(),
            bot_id: Snowflake::default(),
            owner_id: Snowflake::default(),
            // Shaped like a real one (three parts), so that whoever checks the shape is content.
            token: "MTExMTExMTExMTExMTExMTExMQ.Loop.back-token_of_a_bot_that_is_not_real".into(),
            privileged: Intents::PRIVILEGED,
        }
    }
}

impl Application {
    /// The flags that say which privileged intents are granted.
    pub fn flags(&self) -> u64 {
        let limited = [
            (Intents::GUILD_PRESENCES, 13),
            (Intents::GUILD_MEMBERS, 15),
            (Intents::MESSAGE_CONTENT, 19),
        ];
        limited
            .iter()
            .filter(|(intent, _)| self.privileged.contains(*intent))
            .fold(0, |flags, (_, bit)| flags | 1 << bit)
    }
}

/// A set of gateway intents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intents(u64);

impl Intents {
    /// No intent.
    pub const NONE: Self = Self(0);
    /// Guilds, roles, channels, threads.
    pub const GUILDS: Self = Self(1);
    /// Members who join, change and leave. Privileged.
    pub const GUILD_MEMBERS: Self = Self(1 << 1);
    /// Who is online. Privileged.
    pub const GUILD_PRESENCES: Self = Self(1 << 8);
    /// Messages in guilds.
    pub const GUILD_MESSAGES: Self = Self(1 << 9);
    /// Reactions in guilds.
    pub const GUILD_MESSAGE_REACTIONS: Self = Self(1 << 10);
    /// Typing in guilds.
    pub const GUILD_MESSAGE_TYPING: Self = Self(1 << 11);
    /// Direct messages.
    pub const DIRECT_MESSAGES: Self = Self(1 << 12);
    /// Reactions in direct messages.
    pub const DIRECT_MESSAGE_REACTIONS: Self = Self(1 << 13);
    /// Typing in direct messages.
    pub const DIRECT_MESSAGE_TYPING: Self = Self(1 << 14);
    /// The content of messages. Privileged.
    pub const MESSAGE_CONTENT: Self = Self(1 << 15);
    /// The three privileged ones.
    pub const PRIVILEGED: Self =
        Self(Self::GUILD_MEMBERS.0 | Self::GUILD_PRESENCES.0 | Self::MESSAGE_CONTENT.0);
    /// Every intent that there is; other bits are invalid.
    pub const KNOWN: Self = Self(0x331_ffff);

    /// The set with these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The bits of the set.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether all of `other` is in it.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set without what is in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Intents {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
