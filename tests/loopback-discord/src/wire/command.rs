//! The options of a used command.

use serde_json::{Map, Value, json};

use super::{channel, member, message, role, user};
use crate::world::{Interaction, InteractionData, OptionType, OptionValue, Snowflake, World};

/// The `data` of an interaction with a command.
pub(super) fn command_data(world: &World, interaction: &Interaction) -> Value {
    let InteractionData::Command { command, options, target } = &interaction.data else {
        return Value::Null;
    };
    let Some(command) = world.commands.get(command) else { return Value::Null };
    let mut json = json!({
        "id": command.id,
        "name": command.form.name,
        "type": u8::from(command.form.kind),
    });
    if let Some(guild) = command.guild_id {
        json["guild_id"] = json!(guild);
    }
    if !options.is_empty() {
        json["options"] = options.iter().map(option).collect();
    }
    let mut resolved = Map::new();
    for (kind, id) in ids_in(options) {
        resolve(world, interaction, kind, id, &mut resolved);
    }
    if let Some(target) = target {
        json["target_id"] = json!(target);
        if let Some(known) = world.messages.get(target) {
            resolved.insert("messages".into(), json!({target.to_string(): message(world, known)}));
        } else {
            resolve(world, interaction, OptionType::User, *target, &mut resolved);
        }
    }
    if !resolved.is_empty() {
        json["resolved"] = Value::Object(resolved);
    }
    json
}

fn option(given: &OptionValue) -> Value {
    let mut json = json!({"name": given.name, "type": u8::from(given.kind)});
    match &given.value {
        Some(value) => json["value"] = value.clone(),
        None => json["options"] = given.options.iter().map(option).collect(),
    }
    if given.focused {
        json["focused"] = true.into();
    }
    json
}

fn ids_in(options: &[OptionValue]) -> Vec<(OptionType, Snowflake)> {
    let mut ids = Vec::new();
    for given in options {
        ids.extend(ids_in(&given.options));
        let id = given.value.as_ref().and_then(Value::as_str).and_then(|id| id.parse().ok());
        let takes_id = matches!(
            given.kind,
            OptionType::User
                | OptionType::Channel
                | OptionType::Role
                | OptionType::Mentionable
                | OptionType::Attachment
        );
        ids.extend(id.filter(|_| takes_id).map(|id| (given.kind, id)));
    }
    ids
}

/// A file that somebody gave to a command.
fn file(world: &World, id: Snowflake) -> Option<Value> {
    let ((name, bytes), address) = (world.files.get(&id)?, world.address?);
    let url = format!("http://{address}/attachments/{id}/{name}");
    Some(json!({
        "id": id,
        "filename": name,
        "size": bytes.len(),
        "url": url,
        "proxy_url": url,
        "ephemeral": true,
    }))
}

/// Adds what an id in an option stands for.
pub(super) fn resolve(
    world: &World,
    interaction: &Interaction,
    kind: OptionType,
    id: Snowflake,
    resolved: &mut Map<String, Value>,
) {
    let mut put = |list: &str, value: Value| {
        let list = resolved.entry(list).or_insert_with(|| json!({}));
        list[id.to_string()] = value;
    };
    if kind == OptionType::Attachment {
        if let Some(file) = file(world, id) {
            put("attachments", file);
        }
        return;
    }
    let place = world.channels.get(&interaction.channel_id);
    let guild = place.and_then(|place| place.guild_id).and_then(|id| world.guilds.get(&id));
    let may = |channel| world.permissions_in(channel, interaction.user_id).unwrap_or_default();
    if kind == OptionType::Channel {
        if let Some(known) = world.channels.get(&id) {
            let mut json = channel(world, known);
            json["permissions"] = json!(may(id));
            put("channels", json);
        }
        return;
    }
    if let Some(known) = guild.and_then(|guild| guild.role(id)) {
        put("roles", role(known));
    } else if world.users.contains_key(&id) {
        put("users", user(world, id));
        if let Some(known) = guild.and_then(|guild| guild.members.get(&id)) {
            let mut json = member(world, known);
            json["permissions"] = json!(may(interaction.channel_id));
            if let Some(json) = json.as_object_mut() {
                json.remove("user");
            }
            put("members", json);
        }
    }
}
