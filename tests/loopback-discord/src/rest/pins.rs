//! Pins, by the routes of before 2025 and those of today.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::wire;
use crate::world::Permissions;

pub(super) fn pin(call: &mut Call<'_>) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let (bot, now) = (call.bot, call.now);
    call.world.pin(channel, id, bot, now)?;
    Ok(Answer::Empty)
}

pub(super) fn unpin(call: &mut Call<'_>) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let bot = call.bot;
    call.world.unpin(channel, id, bot)?;
    Ok(Answer::Empty)
}

/// The list of today: a page of pins with the times of pinning.
pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let channel = call.world.visible_channel(call.id("channel_id")?, call.bot)?;
    let limit = call.limit(50, 50)?;
    let may = call.world.permissions_in(channel.id, call.bot).unwrap_or_default();
    if !may.contains(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Answer::Ok(json!({"items": [], "has_more": false})));
    }
    let before = call.query.get("before").and_then(|time| time.parse().ok());
    let older = channel
        .pins
        .iter()
        .rev()
        .filter(|(_, at)| before.is_none_or(|before: jiff::Timestamp| *at < before));
    let items: Vec<Value> = older
        .clone()
        .take(limit)
        .map(|(id, at)| json!({"pinned_at": wire::time(*at), "message": call.message_json_of(*id)}))
        .collect();
    Ok(Answer::Ok(json!({"items": items, "has_more": older.count() > limit})))
}

/// The deprecated list: messages only, at most 50 of them.
pub(super) fn list_deprecated(call: &mut Call<'_>) -> Outcome {
    let channel = call.world.visible_channel(call.id("channel_id")?, call.bot)?;
    let may = call.world.permissions_in(channel.id, call.bot).unwrap_or_default();
    if !may.contains(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Answer::Ok(json!([])));
    }
    let pins = channel.pins.iter().rev().take(50);
    let messages = pins.map(|(id, _)| call.message_json_of(*id));
    Ok(Answer::Ok(messages.collect::<Vec<Value>>().into()))
}
