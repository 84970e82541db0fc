//! Users, and what the bot can do as one.

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::error::Refusal;
use crate::wire;
use crate::world::Snowflake;

#[expect(clippy::unnecessary_wraps, reason = "all handlers have this shape")]
pub(super) fn current(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::Ok(wire::current_user(call.world)))
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = call.user_id("user_id")?;
    match call.world.users.get(&id) {
        Some(user) if !user.webhook => Ok(Answer::Ok(wire::user(call.world, id))),
        _ => Err(Refusal::unknown_user()),
    }
}

pub(super) fn guilds(call: &mut Call<'_>) -> Outcome {
    let limit = call.limit(200, 200)?;
    let guilds = call.world.guilds.values().filter(|guild| call.world.bot_is_in(guild.id));
    let json = guilds.take(limit).map(|guild| {
        let permissions = call.world.permissions_in_guild(guild.id, call.bot).unwrap_or_default();
        json!({
            "id": guild.id, "name": guild.name, "icon": null, "banner": null,
            "owner": guild.owner_id == call.bot, "permissions": permissions, "features": [],
        })
    });
    Ok(Answer::Ok(json.collect::<Vec<Value>>().into()))
}

pub(super) fn leave_guild(call: &mut Call<'_>) -> Outcome {
    let guild = call.id("guild_id")?;
    if !call.world.bot_is_in(guild) {
        return Err(Refusal::unknown_guild());
    }
    let bot = call.bot;
    call.world.remove_member(guild, bot);
    Ok(Answer::Empty)
}

pub(super) fn open_dm(call: &mut Call<'_>) -> Outcome {
    #[derive(Deserialize)]
    struct Form {
        recipient_id: Snowflake,
    }
    let form: Form = call.form()?;
    let known = call.world.users.get(&form.recipient_id);
    if known.is_none_or(|user| user.bot) {
        return Err(Refusal::cannot_dm());
    }
    let (bot, now) = (call.bot, call.now);
    let id = call.world.dm_channel(form.recipient_id, bot, now);
    let channel = call.world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    Ok(Answer::Ok(wire::channel(call.world, channel)))
}
