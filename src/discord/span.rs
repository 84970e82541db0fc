//! What every log line about an event says: where it happened, by ids. Each is of the level of errors,
//! so that it is there whatever is logged.

use serenity::all::{ChannelId, Context, GuildId, Interaction, Message, MessageId};
use tracing::{Span, error_span};

/// Somebody wrote a message.
pub(super) fn message(context: &Context, message: &Message) -> Span {
    error_span!(
        "message",
        shard = context.shard_id.0,
        guild_id = message.guild_id.map(GuildId::get),
        channel_id = message.channel_id.get(),
        message_id = message.id.get(),
    )
}

/// Something happened to a message that was there.
pub(super) fn changed(
    context: &Context,
    guild: Option<GuildId>,
    channel: ChannelId,
    message: Option<MessageId>,
) -> Span {
    error_span!(
        "change",
        shard = context.shard_id.0,
        guild_id = guild.map(GuildId::get),
        channel_id = channel.get(),
        message_id = message.map(MessageId::get),
    )
}

/// Something happened to a server or to a place in it.
pub(super) fn guild(context: &Context, guild: GuildId, channel: Option<ChannelId>) -> Span {
    error_span!(
        "guild",
        shard = context.shard_id.0,
        guild_id = guild.get(),
        channel_id = channel.map(ChannelId::get),
    )
}

/// Somebody uses a command or presses a button. Its id is the number of an incident.
pub(super) fn interaction(context: &Context, interaction: &Interaction) -> Span {
    let (guild, channel) = match interaction {
        Interaction::Command(used) | Interaction::Autocomplete(used) => {
            (used.guild_id, Some(used.channel_id))
        }
        Interaction::Component(pressed) => (pressed.guild_id, Some(pressed.channel_id)),
        Interaction::Modal(sent) => (sent.guild_id, Some(sent.channel_id)),
        _ => (None, None),
    };
    error_span!(
        "interaction",
        shard = context.shard_id.0,
        guild_id = guild.map(GuildId::get),
        channel_id = channel.map(ChannelId::get),
        interaction_id = interaction.id().get(),
    )
}
