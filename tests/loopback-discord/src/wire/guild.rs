//! Guilds and roles.

use serde_json::{Value, json};

use super::{channel, member, time};
use crate::world::{Guild, Role, World};

/// A guild as REST answers with it.
pub(crate) fn guild(guild: &Guild) -> Value {
    json!({
        "id": guild.id,
        "name": guild.name,
        "icon": null,
        "description": null,
        "home_header": null,
        "splash": null,
        "discovery_splash": null,
        "features": [],
        "banner": null,
        "owner_id": guild.owner_id,
        "application_id": null,
        "region": "us-west",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": guild.system_channel,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 0,
        "roles": guild.roles.iter().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": null,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": null,
        "safety_alerts_channel_id": null,
        "public_updates_channel_id": guild.updates_channel,
        "premium_progress_bar_enabled": false,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": null,
    })
}

/// A guild as `GUILD_CREATE` tells of it.
pub(crate) fn guild_create(world: &World, known: &Guild) -> Value {
    let mut json = guild(known);
    let bot = world.bot_id();
    let here = |thread: bool| {
        world
            .channels
            .values()
            .filter(move |c| c.guild_id == Some(known.id) && c.thread.is_some() == thread)
            .filter(|c| !c.thread.as_ref().is_some_and(|thread| thread.archived))
            .filter(|c| world.visible_channel(c.id, bot).is_ok())
            .map(|c| channel(world, c))
            .collect::<Vec<_>>()
    };
    json["joined_at"] =
        time(known.members.get(&bot).map_or(known.made_at, |member| member.joined_at)).into();
    json["large"] = (known.members.len() > 250).into();
    json["unavailable"] = false.into();
    json["member_count"] = known.members.len().into();
    json["members"] =
        known.members.values().take(250).map(|one| member(world, one)).collect::<Vec<_>>().into();
    json["channels"] = here(false).into();
    json["threads"] = here(true).into();
    for empty in [
        "voice_states",
        "presences",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
    ] {
        json[empty] = json!([]);
    }
    json
}

/// A role.
pub(crate) fn role(role: &Role) -> Value {
    let mut json = json!({
        "id": role.id,
        "name": role.name,
        "description": null,
        "permissions": role.permissions,
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    if role.name != "@everyone" {
        json["position"] = 1.into();
    }
    json
}
