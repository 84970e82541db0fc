//! What happened, as the gateway will tell it.

use super::{Channel, Snowflake};

/// Something that happened in the world.
#[expect(missing_docs, reason = "the fields are the ids of what the variant names")]
#[derive(Clone, Debug)]
pub enum Event {
    /// The bot can reach a guild.
    GuildCreate { guild: Snowflake },
    /// The bot was removed from a guild, or the guild has an outage.
    GuildDelete { guild: Snowflake, unavailable: bool },
    /// A member joined.
    GuildMemberAdd { guild: Snowflake, user: Snowflake },
    /// A member's roles or name changed.
    GuildMemberUpdate { guild: Snowflake, user: Snowflake },
    /// A member left.
    GuildMemberRemove { guild: Snowflake, user: Snowflake },
    /// A role was made.
    GuildRoleCreate { guild: Snowflake, role: Snowflake },
    /// A role was changed.
    GuildRoleUpdate { guild: Snowflake, role: Snowflake },
    /// A channel was made.
    ChannelCreate { channel: Snowflake },
    /// A channel was changed.
    ChannelUpdate { channel: Snowflake },
    /// A channel or thread is gone.
    ChannelDelete { channel: Box<Channel> },
    /// Messages were pinned or unpinned.
    ChannelPinsUpdate { channel: Snowflake },
    /// A thread was opened.
    ThreadCreate { thread: Snowflake },
    /// A thread was changed.
    ThreadUpdate { thread: Snowflake },
    /// A message was sent.
    MessageCreate { message: Snowflake },
    /// A message was edited.
    MessageUpdate { message: Snowflake },
    /// A message was deleted.
    MessageDelete { channel: Snowflake, message: Snowflake },
    /// Several were deleted at once.
    MessageDeleteBulk { channel: Snowflake, messages: Vec<Snowflake> },
    /// Somebody reacted.
    ReactionAdd { channel: Snowflake, message: Snowflake, user: Snowflake, emoji: String },
    /// Somebody took a reaction back.
    ReactionRemove { channel: Snowflake, message: Snowflake, user: Snowflake, emoji: String },
    /// Somebody is typing.
    TypingStart { channel: Snowflake, user: Snowflake },
    /// Somebody used a command, a button or a menu of the application.
    InteractionCreate { interaction: Snowflake },
}
