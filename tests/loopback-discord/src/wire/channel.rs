//! Channels and threads.

use serde_json::{Value, json};

use super::{time, user};
use crate::world::{Channel, ChannelType, OverwriteTarget, World};

/// A channel of any type.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    let mut json = json!({
        "id": channel.id,
        "type": channel.kind.number(),
        "last_message_id": channel.messages.last(),
        "flags": 0,
    });
    if channel.kind == ChannelType::Dm {
        let others = channel.recipients.iter().filter(|id| **id != world.bot_id());
        json["recipients"] = others.map(|id| user(world, *id)).collect();
        return json;
    }
    if channel.kind.has_messages() {
        json["last_pin_timestamp"] = json!(channel.last_pin.map(time));
    }
    json["guild_id"] = json!(channel.guild_id);
    json["name"] = channel.name.clone().into();
    json["parent_id"] = json!(channel.parent_id);
    json["rate_limit_per_user"] = 0.into();
    if channel.thread.is_some() {
        add_thread(&mut json, channel);
        return json;
    }
    json["topic"] = json!(channel.topic);
    json["position"] = 0.into();
    json["nsfw"] = false.into();
    json["permission_overwrites"] = channel
        .overwrites
        .iter()
        .map(|overwrite| {
            json!({
                "id": overwrite.id,
                "type": i32::from(overwrite.target == OverwriteTarget::Member),
                "allow": overwrite.allow,
                "deny": overwrite.deny,
            })
        })
        .collect();
    if channel.kind == ChannelType::Forum {
        json["available_tags"] = json!([]);
        json["default_reaction_emoji"] = Value::Null;
        json["default_sort_order"] = Value::Null;
        json["default_forum_layout"] = 0.into();
    }
    json
}

fn add_thread(json: &mut Value, channel: &Channel) {
    let Some(thread) = &channel.thread else { return };
    json["owner_id"] = json!(thread.owner_id);
    json["message_count"] = channel.messages.len().into();
    json["total_message_sent"] = channel.messages.len().into();
    json["member_count"] = thread.members.len().min(50).into();
    json["thread_metadata"] = json!({
        "archived": thread.archived,
        "archive_timestamp": time(thread.made_at),
        "auto_archive_duration": 1440,
        "locked": thread.locked,
        "create_timestamp": time(thread.made_at),
    });
    if thread.private {
        json["thread_metadata"]["invitable"] = true.into();
    }
}
