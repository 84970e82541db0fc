//! Users, members and the application.

use serde_json::{Value, json};

use super::time;
use crate::world::{Application, Guild, Member, Permissions, Snowflake, User, World};

/// A user, or whoever it was that is no longer known.
pub(crate) fn user(world: &World, id: Snowflake) -> Value {
    match world.users.get(&id) {
        Some(known) if known.webhook => json!({
            "id": id, "username": known.name, "discriminator": "0000", "avatar": null,
            "bot": true, "global_name": null, "public_flags": 0, "flags": 0,
            "primary_guild": null,
        }),
        Some(known) => known_user(known),
        None => json!({
            "id": id, "username": "Deleted User", "discriminator": "0", "avatar": null,
            "global_name": null, "public_flags": 0, "flags": 0, "primary_guild": null,
        }),
    }
}

fn known_user(user: &User) -> Value {
    let mut json = json!({
        "id": user.id,
        "username": user.name.to_lowercase().replace(' ', "_"),
        "discriminator": "0",
        "global_name": user.name,
        "avatar": null,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": null,
    });
    if user.bot {
        json["bot"] = true.into();
        json["global_name"] = Value::Null;
        json["username"] = user.name.clone().into();
    }
    json
}

/// The bot about itself.
pub(crate) fn current_user(world: &World) -> Value {
    let mut json = user(world, world.bot_id());
    json["verified"] = true.into();
    json["mfa_enabled"] = true.into();
    json["email"] = Value::Null;
    json["locale"] = "en-US".into();
    json
}

/// A member without its guild.
pub(crate) fn member(world: &World, member: &Member) -> Value {
    let mut json = partial_member(member);
    json["user"] = user(world, member.user_id);
    json
}

/// A member where the user stands beside it, as in messages.
pub(crate) fn partial_member(member: &Member) -> Value {
    json!({
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "roles": member.roles,
        "joined_at": time(member.joined_at),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
    })
}

/// A member in an interaction, with what it may do in the channel.
pub(crate) fn interaction_member(
    world: &World,
    guild: &Guild,
    id: Snowflake,
    permissions: Permissions,
) -> Value {
    let mut json = match guild.members.get(&id) {
        Some(known) => member(world, known),
        None => member(world, &Member::new(id, guild.made_at)),
    };
    json["permissions"] = json!(permissions);
    json
}

/// The application about itself.
pub(crate) fn application(world: &World) -> Value {
    let Application { id, name, owner_id, .. } = &world.application;
    json!({
        "id": id,
        "name": name,
        "icon": null,
        "description": "An application on the loopback Discord",
        "type": null,
        "bot": current_user(world),
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "00".repeat(32),
        "flags": world.application.flags(),
        "owner": user(world, *owner_id),
        "team": null,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "approximate_guild_count": world.guilds.keys().filter(|id| world.bot_is_in(**id)).count(),
        "approximate_user_install_count":
            world.users.values().filter(|user| user.installed_app).count(),
        "flags_new": world.application.flags().to_string(),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    })
}
