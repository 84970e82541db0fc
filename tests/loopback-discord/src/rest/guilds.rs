//! Guilds.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::error::Refusal;
use crate::wire;
use crate::world::{Guild, Intents};

fn guild<'a>(call: &'a Call<'_>) -> Result<&'a Guild, Refusal> {
    let id = call.id("guild_id")?;
    let guild = call.world.guilds.get(&id).filter(|_| call.world.bot_is_in(id));
    guild.ok_or_else(Refusal::unknown_guild)
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let guild = guild(call)?;
    let mut json = wire::guild(guild);
    if call.asks_for("with_counts") {
        json["approximate_member_count"] = guild.members.len().into();
        json["approximate_presence_count"] = guild.members.len().into();
    }
    Ok(Answer::Ok(json))
}

pub(super) fn channels(call: &mut Call<'_>) -> Outcome {
    let id = guild(call)?.id;
    let channels = call
        .world
        .channels
        .values()
        .filter(|channel| channel.guild_id == Some(id) && channel.thread.is_none())
        .map(|channel| wire::channel(call.world, channel));
    Ok(Answer::Ok(channels.collect::<Vec<Value>>().into()))
}

pub(super) fn active_threads(call: &mut Call<'_>) -> Outcome {
    let id = guild(call)?.id;
    let threads = call
        .world
        .channels
        .values()
        .filter(|channel| channel.guild_id == Some(id))
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
        .filter(|channel| call.world.visible_channel(channel.id, call.bot).is_ok())
        .map(|channel| wire::channel(call.world, channel));
    Ok(Answer::Ok(
        json!({"threads": threads.collect::<Vec<Value>>(), "members": [], "has_more": false}),
    ))
}

pub(super) fn roles(call: &mut Call<'_>) -> Outcome {
    let roles = guild(call)?.roles.iter().map(wire::role);
    Ok(Answer::Ok(roles.collect::<Vec<Value>>().into()))
}

pub(super) fn member(call: &mut Call<'_>) -> Outcome {
    let guild = guild(call)?;
    let user = call.user_id("user_id")?;
    if !call.world.users.contains_key(&user) {
        return Err(Refusal::unknown_user());
    }
    let member = guild.members.get(&user).ok_or_else(Refusal::unknown_member)?;
    Ok(Answer::Ok(wire::member(call.world, member)))
}

/// The list of all members needs the privileged intent.
pub(super) fn members(call: &mut Call<'_>) -> Outcome {
    let guild = guild(call)?;
    if !call.world.application.privileged.contains(Intents::GUILD_MEMBERS) {
        return Err(Refusal::missing_access());
    }
    let limit = call.limit(1, 1000)?;
    let after = call.query_id("after")?.unwrap_or_default();
    let members = guild.members.range(after.next()..).take(limit);
    let json = members.map(|(_, member)| wire::member(call.world, member));
    Ok(Answer::Ok(json.collect::<Vec<Value>>().into()))
}
