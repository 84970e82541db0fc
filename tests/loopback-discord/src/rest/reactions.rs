//! Reactions.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use crate::wire;
use crate::world::Snowflake;

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let (bot, emoji) = (call.bot, call.text("emoji_name").to_owned());
    call.world.react(channel, id, bot, &emoji)?;
    Ok(Answer::Empty)
}

pub(super) fn remove_own(call: &mut Call<'_>) -> Outcome {
    let bot = call.bot;
    remove_of(call, bot)
}

pub(super) fn remove(call: &mut Call<'_>) -> Outcome {
    let user = call.user_id("user_id")?;
    remove_of(call, user)
}

fn remove_of(call: &mut Call<'_>, user: Snowflake) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let (bot, emoji) = (call.bot, call.text("emoji_name").to_owned());
    call.world.unreact(channel, id, bot, user, &emoji)?;
    Ok(Answer::Empty)
}

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let channel = call.id("channel_id")?;
    call.world.visible_channel(channel, call.bot)?;
    let message = call.world.message_in(channel, call.id("message_id")?)?;
    let emoji = call.text("emoji_name");
    let users = message
        .reactions
        .iter()
        .filter(|reaction| reaction.emoji == emoji)
        .flat_map(|reaction| &reaction.users);
    Ok(Answer::Ok(users.map(|id| wire::user(call.world, *id)).collect::<Vec<Value>>().into()))
}
