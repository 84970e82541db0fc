//! Interactions as the gateway tells of them.

use serde_json::{Map, Value, json};

use super::command::{command_data, resolve};
use super::message::owners;
use super::user::interaction_member;
use super::{channel, message, user};
use crate::world::{ComponentType, Interaction, InteractionData, OptionType, World};

/// An interaction.
pub(super) fn interaction(world: &World, used: &Interaction) -> Value {
    let place = world.channels.get(&used.channel_id);
    let guild = place.and_then(|place| place.guild_id).and_then(|id| world.guilds.get(&id));
    let bot_may = world.permissions_in(used.channel_id, world.bot_id()).unwrap_or_default();
    let locale = world.users.get(&used.user_id).map_or("en-US", |user| user.locale.as_str());
    let mut json = json!({
        "id": used.id,
        "application_id": world.application.id,
        "type": used.kind as u8,
        "data": data(world, used),
        "channel_id": used.channel_id,
        "channel": place.map(|place| channel(world, place)),
        "token": used.token,
        "version": 1,
        "app_permissions": bot_may,
        "locale": locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(&used.owners),
        "context": u8::from(used.context),
        "attachment_size_limit": 10_485_760,
    });
    if let Some(guild) = guild {
        let may = world.permissions_in(used.channel_id, used.user_id).unwrap_or_default();
        json["guild_id"] = json!(guild.id);
        json["guild"] = json!({"id": guild.id, "features": [], "locale": "en-US"});
        json["guild_locale"] = "en-US".into();
        json["member"] = interaction_member(world, guild, used.user_id, may);
        json["channel"]["permissions"] = json!(may);
    } else {
        json["user"] = user(world, used.user_id);
        // Every partial channel of an interaction has the permissions of the one who uses it.
        json["channel"]["permissions"] =
            json!(world.permissions_in(used.channel_id, used.user_id).unwrap_or_default());
    }
    if let Some(known) = used.original.and_then(|id| world.messages.get(&id)) {
        json["message"] = message(world, known);
    }
    json
}

fn data(world: &World, used: &Interaction) -> Value {
    match &used.data {
        InteractionData::Command { .. } => command_data(world, used),
        InteractionData::Component { component, values, .. } => {
            let mut json = json!({
                "custom_id": component.custom_id,
                "component_type": u8::from(component.kind),
                "id": 2,
            });
            if component.is_select() {
                json["values"] = json!(values);
                let kind = match component.kind {
                    ComponentType::UserSelect => OptionType::User,
                    ComponentType::RoleSelect => OptionType::Role,
                    ComponentType::ChannelSelect => OptionType::Channel,
                    _ => OptionType::Mentionable,
                };
                let mut resolved = Map::new();
                for id in values.iter().filter_map(|value| value.parse().ok()) {
                    if component.kind != ComponentType::StringSelect {
                        resolve(world, used, kind, id, &mut resolved);
                    }
                }
                json["resolved"] = Value::Object(resolved);
            }
            json
        }
        InteractionData::Modal { custom_id, values } => {
            let rows = values.iter().map(|(id, text)| {
                let input = json!({"type": 4, "id": 2, "custom_id": id, "value": text});
                json!({"type": 1, "id": 1, "components": [input]})
            });
            json!({"custom_id": custom_id, "components": rows.collect::<Vec<_>>()})
        }
    }
}
