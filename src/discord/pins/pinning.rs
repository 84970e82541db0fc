//! A moderator pins an answer, or takes it down.
//!
//! Discord first, then the record: what is posted and cannot be pinned or recorded is deleted again.
//! Two moderators at once need no lock: whoever records second takes the own message back and edits
//! that of the other.

use serenity::all::{
    ChannelId, CreateMessage, EditMessage, GuildId, Http, Message, MessageId, Nonce, UserId,
};

use super::message_of;
use super::refusal::{self, Deed, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE};
use crate::cards::{self, Card};
use crate::discord::answers::Answers;
use crate::discord::error::Error;
use crate::discord::error::chain;
use crate::discord::render;
use crate::discord::state::State;
use crate::knowledge::Myth;
use crate::store::{Pin, StoreError};

/// How often it is looked at again when others pin, unpin or delete the same at the same time.
const TRIES: usize = 4;
const BUSY: &str = "Somebody else is pinning or unpinning this answer right now. Please look at \
                    `/mythmod pins`, and try again if need be.";

/// What a moderator wants.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) struct Order<'a> {
    pub(in crate::discord) guild: GuildId,
    pub(in crate::discord) channel: ChannelId,
    pub(in crate::discord) by: UserId,
    /// Nobody else has this number: that of the interaction.
    pub(in crate::discord) number: u64,
    pub(in crate::discord) note: Note<'a>,
}

/// What stands beside the answer.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) enum Note<'a> {
    /// What stood there before, if anything.
    Keep,
    /// This; may be empty.
    Set(&'a str),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::discord) enum Pinned {
    /// It was posted and pinned.
    New(Pin),
    /// It was pinned, and is edited.
    Edited {
        /// As it is now.
        now: Pin,
        /// Whether it had a note, and has none any more.
        lost_note: bool,
    },
}

/// What became of an answer that was to be unpinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum Unpinned {
    /// It no longer is pinned.
    Done,
    /// It was not.
    WasNot,
}

/// Posts and pins an answer, or edits the one that is pinned in this channel.
pub(super) async fn pin(
    state: &State,
    http: &Http,
    order: Order<'_>,
    (answers, myth): (&Answers, &Myth),
) -> Result<Pinned, Error> {
    for attempt in 0..TRIES {
        let known = state.store.pin(order.channel.into(), myth.id()).await?;
        let note = match (order.note, &known) {
            (Note::Set(note), _) => note,
            (Note::Keep, Some(known)) => &known.note,
            (Note::Keep, None) => "",
        };
        let card = cards::pinned(&answers.knowledge, myth, answers.language(), note);
        let pin = Pin {
            channel_id: order.channel.into(),
            answer: myth.id().to_owned(),
            guild_id: order.guild.into(),
            message_id: 0,
            note: note.to_owned(),
            version: answers.version(myth.id()).to_owned(),
            pinned_by: order.by.into(),
            at_ms: state.clock.now().as_millisecond(),
        };
        let done = match known {
            Some(known) => edited(state, http, (&order, &card), pin, &known).await?,
            None => posted(state, http, (&order, &card, attempt), pin).await?,
        };
        if let Some(done) = done {
            return Ok(done);
        }
    }
    Err(Error::User(BUSY.to_owned()))
}

/// Takes a pinned answer down. The message stays in the channel.
pub(super) async fn unpin(
    state: &State,
    http: &Http,
    (channel, answer, by): (ChannelId, &str, UserId),
) -> Result<Unpinned, Error> {
    let Some(known) = state.store.pin(channel.into(), answer).await? else {
        return Ok(Unpinned::WasNot);
    };
    let unpinned = http.unpin_message(channel, message_of(&known), Some(&reason(by))).await;
    let done = match unpinned {
        Ok(()) => Unpinned::Done,
        Err(error) => match refusal::code(&error) {
            // Deleted by hand.
            Some(UNKNOWN_MESSAGE | UNKNOWN_CHANNEL) => Unpinned::WasNot,
            _ => return Err(refusal::told(error, Deed::Unpin, channel)),
        },
    };
    state.store.forget_pin(known.message_id).await?;
    Ok(done)
}

/// Nothing when somebody else was first.
async fn posted(
    state: &State,
    http: &Http,
    (order, card, attempt): (&Order<'_>, &Card, usize),
    pin: Pin,
) -> Result<Option<Pinned>, Error> {
    let message = post(http, order.channel, card, &format!("{}-{attempt}", order.number)).await?;
    if let Err(error) = http.pin_message(order.channel, message, Some(&reason(order.by))).await {
        take_back(http, order.channel, message).await;
        return Err(refusal::told(error, Deed::Pin, order.channel));
    }
    let pin = Pin { message_id: message.into(), ..pin };
    let saved = saved(state, &pin, None).await;
    if let Ok(false) = saved {
        // The same order, carried out once more.
        let known = state.store.pin(pin.channel_id, &pin.answer).await?;
        if known.is_some_and(|known| known.message_id == pin.message_id) {
            return Ok(Some(Pinned::New(pin)));
        }
    }
    if !matches!(saved, Ok(true)) {
        take_back(http, order.channel, message).await;
    }
    Ok(saved?.then_some(Pinned::New(pin)))
}

/// Nothing when the pinned message is gone, or somebody else has pinned another.
async fn edited(
    state: &State,
    http: &Http,
    (order, card): (&Order<'_>, &Card),
    pin: Pin,
    known: &Pin,
) -> Result<Option<Pinned>, Error> {
    let message = message_of(known);
    let stands = match edit(http, (order.channel, message), card).await {
        Ok(stands) => stands,
        Err(error) => {
            if forget_if_gone(state, &error, known).await? == Some(UNKNOWN_MESSAGE) {
                return Ok(None);
            }
            return Err(refusal::told(error, Deed::Edit, order.channel));
        }
    };
    // Somebody unpinned it, and the bot has not heard of it.
    if !stands.pinned
        && let Err(error) = http.pin_message(order.channel, message, Some(&reason(order.by))).await
    {
        state.store.forget_pin(known.message_id).await?;
        return Err(refusal::told(error, Deed::Pin, order.channel));
    }
    let pin = Pin { message_id: known.message_id, ..pin };
    let saved = saved(state, &pin, Some(known.message_id)).await?
        // The record was forgotten since: the message was unpinned for a moment.
        || saved(state, &pin, None).await?;
    let lost_note = pin.note.is_empty() && !known.note.is_empty();
    Ok(saved.then_some(Pinned::Edited { now: pin, lost_note }))
}

async fn saved(state: &State, pin: &Pin, seen: Option<i64>) -> Result<bool, StoreError> {
    state.store.save_pin(pin, seen).await
}

/// Posts a card. Where Discord does not answer, it is asked once more: thanks to the nonce that
/// makes no second message.
async fn post(
    http: &Http,
    channel: ChannelId,
    card: &Card,
    nonce: &str,
) -> Result<MessageId, Error> {
    let draft = || {
        CreateMessage::new()
            .embed(render::embed(card))
            .components(render::buttons(card, None))
            .nonce(Nonce::String(nonce.to_owned()))
            .enforce_nonce(true)
            .allowed_mentions(render::nobody())
    };
    let mut posted = channel.send_message(http, draft()).await;
    if posted.as_ref().is_err_and(|error| refusal::code(error).is_none()) {
        posted = channel.send_message(http, draft()).await;
    }
    match posted {
        Ok(message) => Ok(message.id),
        Err(error) => Err(refusal::told(error, Deed::Post, channel)),
    }
}

/// Makes a pinned message show a card; returns it as it is then.
pub(super) async fn edit(
    http: &Http,
    (channel, message): (ChannelId, MessageId),
    card: &Card,
) -> Result<Message, serenity::Error> {
    let edit = EditMessage::new()
        .embed(render::embed(card))
        .components(render::buttons(card, None))
        .allowed_mentions(render::nobody());
    channel.edit_message(http, message, edit).await
}

/// Forgets a pinned answer that is gone, alone or with its channel, as an error tells. Returns the
/// error's code.
pub(super) async fn forget_if_gone(
    state: &State,
    error: &serenity::Error,
    known: &Pin,
) -> Result<Option<isize>, StoreError> {
    let code = refusal::code(error);
    match code {
        Some(UNKNOWN_MESSAGE) => {
            state.store.forget_pin(known.message_id).await?;
        }
        Some(UNKNOWN_CHANNEL) => {
            state.store.forget_pins_in(known.channel_id).await?;
        }
        _ => {}
    }
    Ok(code)
}

/// Deletes what was posted in vain.
async fn take_back(http: &Http, channel: ChannelId, message: MessageId) {
    if let Err(error) = http.delete_message(channel, message, None).await {
        let (channel_id, message_id) = (channel.get(), message.get());
        tracing::warn!(channel_id, message_id, error = %chain(&error), "an answer that was not pinned still stands");
    }
}

/// What Discord's own audit log says.
fn reason(by: UserId) -> String {
    format!("asked by user {by}")
}
