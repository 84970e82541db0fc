//! Threads and forum posts.

use serde::Deserialize;

use super::call::{Answer, Call, Outcome};
use crate::error::{FormErrors, Refusal};
use crate::wire;
use crate::world::{ChannelType, MessageDraft, Snowflake};

#[derive(Deserialize)]
struct Form {
    name: String,
    #[serde(rename = "type", default)]
    kind: Option<u8>,
    #[serde(default)]
    message: Option<MessageDraft>,
}

pub(super) fn open_on_message(call: &mut Call<'_>) -> Outcome {
    let (channel, message) = (call.id("channel_id")?, call.id("message_id")?);
    let form: Form = call.form()?;
    let (bot, now) = (call.bot, call.now);
    let thread = call.world.open_thread_on(channel, message, bot, &form.name, now)?;
    created(call, thread)
}

/// A thread without a message; in a forum, a post.
pub(super) fn open(call: &mut Call<'_>) -> Outcome {
    let id = call.id("channel_id")?;
    let form: Form = call.form()?;
    let (bot, now) = (call.bot, call.now);
    let in_forum = call.world.visible_channel(id, bot)?.kind == ChannelType::Forum;
    let thread = match form.message {
        Some(draft) if in_forum => call.world.post_in_forum(id, bot, &form.name, &draft, now)?,
        None if in_forum => {
            return Err(FormErrors::one("message", "BASE_TYPE_REQUIRED", "This field is required"));
        }
        _ => {
            // Without a type it is a private thread, for historical reasons.
            let private = form.kind.unwrap_or(12) == 12;
            call.world.open_thread(id, bot, &form.name, private, now)?
        }
    };
    created(call, thread)
}

pub(super) fn join(call: &mut Call<'_>) -> Outcome {
    let id = call.world.visible_channel(call.id("channel_id")?, call.bot)?.id;
    let bot = call.bot;
    let thread = call.world.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut());
    thread.ok_or_else(Refusal::wrong_channel_type)?.members.insert(bot);
    Ok(Answer::Empty)
}

fn created(call: &Call<'_>, id: Snowflake) -> Outcome {
    let thread = call.world.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
    let mut json = wire::channel(call.world, thread);
    let parent = thread.parent_id.and_then(|parent| call.world.channels.get(&parent));
    if parent.is_some_and(|parent| parent.kind == ChannelType::Forum) {
        json["message"] = call.message_json_of(id);
    }
    Ok(Answer::Created(json))
}
