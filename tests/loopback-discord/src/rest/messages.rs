//! Messages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome};
use crate::world::{MessageDraft, MessageEdit, Permissions, Snowflake};

pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    let channel = call.id("channel_id")?;
    let draft: MessageDraft = call.form()?;
    let (bot, now) = (call.bot, call.now);
    let id = call.world.post(channel, bot, &draft, now)?;
    Ok(Answer::Ok(call.message_json_of(id)))
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let channel = call.id("channel_id")?;
    call.world.require(channel, call.bot, Permissions::READ_MESSAGE_HISTORY)?;
    let message = call.world.message_in(channel, call.id("message_id")?)?;
    Ok(Answer::Ok(call.message_json(message)))
}

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let channel = call.world.visible_channel(call.id("channel_id")?, call.bot)?;
    let limit = call.limit(50, 100)?;
    let may = call.world.permissions_in(channel.id, call.bot).unwrap_or_default();
    if !may.contains(Permissions::READ_MESSAGE_HISTORY) {
        // Not refused, but there is nothing to see.
        return Ok(Answer::Ok(json!([])));
    }
    let newest_first = channel.messages.iter().rev().copied();
    let before = call.query_id("before")?;
    let after = call.query_id("after")?;
    let around = call.query_id("around")?;
    let ids: Vec<Snowflake> = if let Some(after) = after {
        let mut ids: Vec<Snowflake> =
            channel.messages.range(after.next()..).copied().take(limit).collect();
        ids.reverse();
        ids
    } else if let Some(around) = around {
        let newer = channel.messages.range(around.next()..).take(limit / 2).count();
        let skip = channel.messages.range(around.next()..).count() - newer;
        newest_first.skip(skip).take(limit).collect()
    } else {
        let older = |id: &Snowflake| before.is_none_or(|before| *id < before);
        newest_first.filter(older).take(limit).collect()
    };
    let messages = ids.into_iter().map(|id| call.message_json_of(id));
    Ok(Answer::Ok(messages.collect::<Vec<Value>>().into()))
}

pub(super) fn edit(call: &mut Call<'_>) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let edit: MessageEdit = call.form()?;
    let (bot, now) = (call.bot, call.now);
    call.world.edit(channel, id, bot, &edit, now)?;
    Ok(Answer::Ok(call.message_json_of(id)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let bot = call.bot;
    call.world.delete(channel, id, bot)?;
    Ok(Answer::Empty)
}

pub(super) fn delete_bulk(call: &mut Call<'_>) -> Outcome {
    #[derive(Deserialize)]
    struct Form {
        messages: Vec<Snowflake>,
    }
    let channel = call.id("channel_id")?;
    let form: Form = call.form()?;
    let bot = call.bot;
    call.world.delete_bulk(channel, &form.messages, bot)?;
    Ok(Answer::Empty)
}
