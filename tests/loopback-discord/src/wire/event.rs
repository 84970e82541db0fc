//! Gateway events: name, payload, and who is to be told.

use serde_json::{Value, json};

use super::interaction::interaction;
use super::message::{emoji, gateway_message};
use super::{channel, guild_create, member, role, time, user};
use crate::world::{Event, Intents, Snowflake, World};

/// An event ready to be told to those who want it and may know it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its payload.
    pub(crate) data: Value,
    /// A session needs this intent to get it; none for all.
    pub(crate) intent: Intents,
    /// The guild it is about; none goes to shard 0.
    pub(crate) guild: Option<Snowflake>,
    /// Whether it is a message of a guild, whose content is not for everybody.
    pub(crate) has_content: bool,
}

/// Says what an event looks like, unless the bot must not learn of it.
pub(crate) fn tell(world: &World, event: &Event) -> Option<Told> {
    match event {
        Event::GuildCreate { .. }
        | Event::GuildDelete { .. }
        | Event::GuildMemberAdd { .. }
        | Event::GuildMemberUpdate { .. }
        | Event::GuildMemberRemove { .. }
        | Event::GuildRoleCreate { .. }
        | Event::GuildRoleUpdate { .. } => about_guild(world, event),
        Event::MessageCreate { .. }
        | Event::MessageUpdate { .. }
        | Event::MessageDelete { .. }
        | Event::MessageDeleteBulk { .. }
        | Event::ReactionAdd { .. }
        | Event::ReactionRemove { .. } => about_message(world, event),
        Event::InteractionCreate { interaction: id } => {
            let used = world.interactions.get(id)?;
            let place = world.channels.get(&used.channel_id)?;
            let data = interaction(world, used);
            let guild = place.guild_id;
            let (name, intent) = ("INTERACTION_CREATE", Intents::NONE);
            Some(Told { name, data, intent, guild, has_content: false })
        }
        _ => about_channel(world, event),
    }
}

fn about_guild(world: &World, event: &Event) -> Option<Told> {
    let (name, id, intent, data) = match event {
        Event::GuildCreate { guild } => {
            let data = guild_create(world, world.guilds.get(guild)?);
            ("GUILD_CREATE", guild, Intents::GUILDS, data)
        }
        Event::GuildDelete { guild, unavailable } => {
            let mut data = json!({"id": guild});
            if *unavailable {
                data["unavailable"] = true.into();
            }
            ("GUILD_DELETE", guild, Intents::GUILDS, data)
        }
        Event::GuildMemberAdd { guild, user } | Event::GuildMemberUpdate { guild, user } => {
            let mut data = member(world, world.guilds.get(guild)?.members.get(user)?);
            data["guild_id"] = json!(guild);
            let added = matches!(event, Event::GuildMemberAdd { .. });
            let name = if added { "GUILD_MEMBER_ADD" } else { "GUILD_MEMBER_UPDATE" };
            // The bot learns about itself without the intent.
            let own = !added && *user == world.bot_id();
            let intent = if own { Intents::NONE } else { Intents::GUILD_MEMBERS };
            (name, guild, intent, data)
        }
        Event::GuildMemberRemove { guild, user: left } => {
            let data = json!({"guild_id": guild, "user": user(world, *left)});
            ("GUILD_MEMBER_REMOVE", guild, Intents::GUILD_MEMBERS, data)
        }
        Event::GuildRoleCreate { guild, role: id } | Event::GuildRoleUpdate { guild, role: id } => {
            let known = world.guilds.get(guild)?.role(*id)?;
            let created = matches!(event, Event::GuildRoleCreate { .. });
            let name = if created { "GUILD_ROLE_CREATE" } else { "GUILD_ROLE_UPDATE" };
            let data = json!({"guild_id": guild, "role": role(known)});
            (name, guild, Intents::GUILDS, data)
        }
        _ => return None,
    };
    let told_anyway = matches!(event, Event::GuildDelete { .. });
    if !told_anyway && !world.bot_is_in(*id) {
        return None;
    }
    Some(Told { name, data, intent, guild: Some(*id), has_content: false })
}

fn about_channel(world: &World, event: &Event) -> Option<Told> {
    let (name, place, mut data) = match event {
        Event::ChannelCreate { channel: id }
        | Event::ChannelUpdate { channel: id }
        | Event::ThreadCreate { thread: id }
        | Event::ThreadUpdate { thread: id } => {
            let known = world.channels.get(id)?;
            let name = match event {
                Event::ChannelCreate { .. } => "CHANNEL_CREATE",
                Event::ChannelUpdate { .. } => "CHANNEL_UPDATE",
                Event::ThreadCreate { .. } => "THREAD_CREATE",
                _ => "THREAD_UPDATE",
            };
            (name, known, channel(world, known))
        }
        Event::ChannelDelete { channel: gone } if gone.thread.is_some() => {
            let data = json!({
                "id": gone.id, "type": gone.kind.number(), "guild_id": gone.guild_id,
                "parent_id": gone.parent_id,
            });
            ("THREAD_DELETE", &**gone, data)
        }
        Event::ChannelDelete { channel: gone } => ("CHANNEL_DELETE", &**gone, channel(world, gone)),
        Event::ChannelPinsUpdate { channel: id } => {
            let known = world.channels.get(id)?;
            let mut data = json!({
                "channel_id": id, "last_pin_timestamp": known.last_pin.map(time),
            });
            if let Some(guild) = known.guild_id {
                data["guild_id"] = json!(guild);
            }
            ("CHANNEL_PINS_UPDATE", known, data)
        }
        Event::TypingStart { channel: id, user } => {
            let known = world.channels.get(id)?;
            let data = json!({
                "channel_id": id, "guild_id": known.guild_id, "user_id": user, "timestamp": 0,
            });
            ("TYPING_START", known, data)
        }
        _ => return None,
    };
    if name == "THREAD_CREATE" {
        data["newly_created"] = true.into();
    }
    let gone = matches!(event, Event::ChannelDelete { .. });
    if !gone {
        world.visible_channel(place.id, world.bot_id()).ok()?;
    }
    let in_guild = place.guild_id.is_some();
    let intent = match (event, in_guild) {
        (Event::TypingStart { .. }, true) => Intents::GUILD_MESSAGE_TYPING,
        (Event::TypingStart { .. }, false) => Intents::DIRECT_MESSAGE_TYPING,
        (Event::ChannelPinsUpdate { .. }, false) => Intents::DIRECT_MESSAGES,
        _ => Intents::GUILDS,
    };
    Some(Told { name, data, intent, guild: place.guild_id, has_content: false })
}

fn about_message(world: &World, event: &Event) -> Option<Told> {
    let (name, place, mut data) = match event {
        Event::MessageCreate { message } | Event::MessageUpdate { message } => {
            let known = world.messages.get(message)?;
            let created = matches!(event, Event::MessageCreate { .. });
            let name = if created { "MESSAGE_CREATE" } else { "MESSAGE_UPDATE" };
            (name, known.channel_id, gateway_message(world, known))
        }
        Event::MessageDelete { channel, message } => {
            ("MESSAGE_DELETE", *channel, json!({"id": message, "channel_id": channel}))
        }
        Event::MessageDeleteBulk { channel, messages } => {
            ("MESSAGE_DELETE_BULK", *channel, json!({"ids": messages, "channel_id": channel}))
        }
        Event::ReactionAdd { channel, message, user, emoji: text }
        | Event::ReactionRemove { channel, message, user, emoji: text } => {
            let added = matches!(event, Event::ReactionAdd { .. });
            let name = if added { "MESSAGE_REACTION_ADD" } else { "MESSAGE_REACTION_REMOVE" };
            let data = json!({
                "user_id": user, "channel_id": channel, "message_id": message,
                "emoji": emoji(text), "burst": false, "type": 0,
            });
            (name, *channel, data)
        }
        _ => return None,
    };
    world.visible_channel(place, world.bot_id()).ok()?;
    let guild = world.channels.get(&place)?.guild_id;
    if let Some(guild) = guild {
        data["guild_id"] = json!(guild);
    }
    let reaction = matches!(event, Event::ReactionAdd { .. } | Event::ReactionRemove { .. });
    let intent = match (reaction, guild.is_some()) {
        (true, true) => Intents::GUILD_MESSAGE_REACTIONS,
        (true, false) => Intents::DIRECT_MESSAGE_REACTIONS,
        (false, true) => Intents::GUILD_MESSAGES,
        (false, false) => Intents::DIRECT_MESSAGES,
    };
    let has_content = guild.is_some() && name.starts_with("MESSAGE_") && data["author"].is_object();
    Some(Told { name, data, intent, guild, has_content })
}
