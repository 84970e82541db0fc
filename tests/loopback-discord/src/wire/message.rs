//! Messages.

use serde_json::{Value, json};

use super::user::partial_member;
use super::{time, user};
use crate::world::{
    Component, Embed, IntegrationType, Intents, InteractionMetadata, Message, Snowflake, World,
};

/// A message as REST answers with it.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut json = without_reference(world, message);
    if let Some(reference) = &message.reference {
        let replied = reference.message_id.and_then(|id| world.messages.get(&id));
        if message.kind == crate::world::MessageType::Reply
            || message.kind == crate::world::MessageType::ThreadStarterMessage
        {
            json["referenced_message"] =
                replied.map_or(Value::Null, |replied| without_reference(world, replied));
        }
    }
    json
}

/// The same as the gateway tells of it, with guild and member.
pub(super) fn gateway_message(world: &World, known: &Message) -> Value {
    let mut json = message(world, known);
    let guild = world.channels.get(&known.channel_id).and_then(|channel| channel.guild_id);
    if let Some(guild) = guild {
        json["guild_id"] = json!(guild);
        let member = world.guilds.get(&guild).and_then(|g| g.members.get(&known.author_id));
        if let Some(member) = member {
            json["member"] = partial_member(member);
        }
    }
    json
}

/// Empties what a bot without the message-content intent does not get to see.
pub(crate) fn redact(json: &mut Value, bot: Snowflake) {
    let bot_id = json!(bot);
    let users = json["mentions"].as_array();
    let mentioned = users.is_some_and(|users| users.iter().any(|user| user["id"] == bot_id));
    if json["author"]["id"] != bot_id && !mentioned {
        json["content"] = "".into();
        for list in ["embeds", "attachments", "components"] {
            json[list] = json!([]);
        }
    }
    if let Some(replied) = json.get_mut("referenced_message").filter(|json| json.is_object()) {
        redact(replied, bot);
    }
}

/// The same for an answer of REST, where the portal's grant counts and not the session's intents.
pub(crate) fn redact_for_rest(world: &World, known: &Message, json: &mut Value) {
    let granted = world.application.privileged.contains(Intents::MESSAGE_CONTENT);
    let in_guild = world.channels.get(&known.channel_id).is_some_and(|c| c.guild_id.is_some());
    if !granted && in_guild {
        redact(json, world.bot_id());
    }
}

fn without_reference(world: &World, message: &Message) -> Value {
    let pinned = world.channels.get(&message.channel_id).is_some_and(|c| c.has_pinned(message.id));
    let mut json = json!({
        "id": message.id,
        "channel_id": message.channel_id,
        "type": message.kind.number(),
        "author": user(world, message.author_id),
        "content": message.content,
        "timestamp": time(message.id.made_at()),
        "edited_timestamp": message.edited_at.map(time),
        "tts": false,
        "mention_everyone": message.mentions.everyone,
        "mentions": message.mentions.users.iter().map(|id| user(world, *id)).collect::<Vec<_>>(),
        "mention_roles": message.mentions.roles,
        "attachments": attachments(message),
        "embeds": message.embeds.iter().map(embed).collect::<Vec<_>>(),
        "components": components(&message.components),
        "pinned": pinned,
        "flags": message.flags.0,
    });
    if !message.reactions.is_empty() {
        json["reactions"] = reactions(world, message);
    }
    if let Some(nonce) = &message.nonce {
        json["nonce"] = nonce.clone();
    }
    if let Some(webhook) = message.webhook_id {
        json["webhook_id"] = json!(webhook);
        if webhook == world.application.id {
            json["application_id"] = json!(webhook);
        }
    }
    if let Some(about) = &message.interaction {
        json["interaction_metadata"] = interaction_metadata(world, about);
    }
    if let Some(reference) = &message.reference {
        let guild = world.channels.get(&reference.channel_id).and_then(|c| c.guild_id);
        json["message_reference"] = json!({"type": 0, "channel_id": reference.channel_id});
        if let Some(id) = reference.message_id {
            json["message_reference"]["message_id"] = json!(id);
        }
        if let Some(guild) = guild {
            json["message_reference"]["guild_id"] = json!(guild);
        }
    }
    json
}

fn embed(embed: &Embed) -> Value {
    let mut json = json!(embed);
    json["type"] = "rich".into();
    json
}

/// Components get numbers, counted over the whole message.
fn components(rows: &[Component]) -> Value {
    fn number(json: &mut Value, next: &mut u64) {
        json["id"] = (*next).into();
        *next += 1;
        if json["type"].as_u64().is_some_and(|kind| kind == 3 || kind >= 5) {
            for limit in ["min_values", "max_values"] {
                if json[limit].is_null() {
                    json[limit] = 1.into();
                }
            }
        }
        for inner in json["components"].as_array_mut().into_iter().flatten() {
            number(inner, next);
        }
    }
    let mut json = json!(rows);
    let mut next = 1;
    for row in json.as_array_mut().into_iter().flatten() {
        number(row, &mut next);
    }
    json
}

fn attachments(message: &Message) -> Vec<Value> {
    let each = message.attachments.iter().zip(1_u64..);
    each.map(|(name, index)| {
        let id = Snowflake::from(message.id.get() + index);
        let url =
            format!("https://cdn.discordapp.com/attachments/{}/{id}/{name}", message.channel_id);
        json!({"id": id, "filename": name, "size": 1, "url": url, "proxy_url": url})
    })
    .collect()
}

fn reactions(world: &World, message: &Message) -> Value {
    let bot = world.bot_id();
    let each = message.reactions.iter().map(|reaction| {
        let count = reaction.users.len();
        json!({
            "emoji": emoji(&reaction.emoji),
            "count": count,
            "count_details": {"burst": 0, "normal": count},
            "burst_colors": [],
            "me_burst": false,
            "me": reaction.users.contains(&bot),
        })
    });
    each.collect()
}

/// An emoji: a character, or `name:id`.
pub(super) fn emoji(text: &str) -> Value {
    match text.split_once(':') {
        Some((name, id)) => json!({"id": id, "name": name}),
        None => json!({"id": null, "name": text}),
    }
}

/// What a message says about the interaction that it answers.
fn interaction_metadata(world: &World, about: &InteractionMetadata) -> Value {
    let mut json = json!({
        "id": about.id,
        "type": about.kind,
        "user": user(world, about.user_id),
        "authorizing_integration_owners":
            world.interactions.get(&about.id).map(|used| owners(&used.owners)),
    });
    match about.kind {
        2 => json["name"] = about.name.clone().into(),
        3 => json["interacted_message_id"] = json!(about.message_id),
        _ => {
            let earlier = about.triggered_by.and_then(|id| world.interactions.get(&id));
            let earlier = earlier.map(|earlier| InteractionMetadata {
                id: earlier.id,
                kind: earlier.kind as u8,
                triggered_by: None,
                ..about.clone()
            });
            json["triggering_interaction_metadata"] =
                earlier.map_or(Value::Null, |earlier| interaction_metadata(world, &earlier));
        }
    }
    json
}

/// By which installations something may be used, as Discord maps them.
pub(super) fn owners(owners: &[(IntegrationType, Snowflake)]) -> Value {
    owners.iter().map(|(kind, id)| (u8::from(*kind).to_string(), json!(id))).collect()
}
