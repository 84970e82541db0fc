//! Channels.

use serde_json::Value;

use super::call::{Answer, Call, Outcome};
use crate::error::Refusal;
use crate::wire;
use crate::world::{ChannelType, Event, Permissions};

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let channel = call.world.visible_channel(call.id("channel_id")?, call.bot)?;
    Ok(Answer::Ok(wire::channel(call.world, channel)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = call.id("channel_id")?;
    let channel = call.world.visible_channel(id, call.bot)?;
    let json = wire::channel(call.world, channel);
    if channel.kind != ChannelType::Dm {
        let thread = channel.thread.is_some();
        let manage =
            if thread { Permissions::MANAGE_THREADS } else { Permissions::MANAGE_CHANNELS };
        call.world.require(id, call.bot, manage)?;
        call.world.delete_channel(id);
    }
    Ok(Answer::Ok(json))
}

/// Only what bots for threads need: archive, lock, rename.
pub(super) fn edit(call: &mut Call<'_>) -> Outcome {
    let id = call.id("channel_id")?;
    let channel = call.world.visible_channel(id, call.bot)?;
    let own = channel.thread.as_ref().is_some_and(|thread| thread.owner_id == call.bot);
    let thread = channel.thread.clone();
    let manage =
        if thread.is_some() { Permissions::MANAGE_THREADS } else { Permissions::MANAGE_CHANNELS };
    if !own {
        call.world.require(id, call.bot, manage)?;
    }
    let flag = |name: &str, now: bool| call.body[name].as_bool().unwrap_or(now);
    if let Some(thread) = thread {
        let (archived, locked) = (flag("archived", thread.archived), flag("locked", thread.locked));
        call.world.set_thread_state(id, archived, locked);
    }
    if let (Value::String(name), Some(channel)) =
        (&call.body["name"], call.world.channels.get_mut(&id))
    {
        channel.name.clone_from(name);
    }
    get(call)
}

pub(super) fn type_in(call: &mut Call<'_>) -> Outcome {
    let id = call.id("channel_id")?;
    let kind = call.world.visible_channel(id, call.bot)?.kind;
    if !kind.has_messages() {
        return Err(Refusal::not_a_text_channel());
    }
    if kind != ChannelType::Dm {
        call.world.require(id, call.bot, Permissions::SEND_MESSAGES)?;
    }
    let user = call.bot;
    call.world.note(Event::TypingStart { channel: id, user });
    Ok(Answer::Empty)
}
