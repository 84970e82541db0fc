//! Orders of moderators about pinned answers: noted, carried out, noted in the audit log, forgotten.
//! What a process that was killed has left is finished by the next one.

use std::future::Future;

use serenity::all::{ChannelId, GuildId, Http, Message, MessageId, MessageType, UserId};

use super::pinning::{self, Note, Order, Pinned, Unpinned};
use crate::discord::answers::Answers;
use crate::discord::custom_id::{self, CustomId};
use crate::discord::error::{Error, chain};
use crate::discord::persist;
use crate::discord::settle::messages_after;
use crate::discord::standing;
use crate::discord::state::State;
use crate::knowledge::Myth;
use crate::store::{Entry, Pin, PinOrder, PinWhat};

/// How many messages behind an order may be the one that it had posted.
const NEXT: u8 = 100;

/// Posts and pins an answer, or edits the one that is pinned in this channel.
pub(in crate::discord) async fn pin(
    state: &State,
    http: &Http,
    order: Order<'_>,
    answer: (&Answers, &Myth),
) -> Result<Pinned, Error> {
    let note = match order.note {
        Note::Keep => None,
        Note::Set(note) => Some(note.to_owned()),
    };
    let noted = noted(state, (PinWhat::Pin, answer.1.id(), note), &order);
    as_ordered(state, noted, do_pin(state, http, order, answer)).await
}

/// Takes a pinned answer down. The message stays in the channel.
pub(in crate::discord) async fn unpin(
    state: &State,
    http: &Http,
    order: Order<'_>,
    answer: &str,
) -> Result<Unpinned, Error> {
    let noted = noted(state, (PinWhat::Unpin, answer, None), &order);
    as_ordered(state, noted, do_unpin(state, http, order, answer)).await
}

fn noted(
    state: &State,
    (what, answer, note): (PinWhat, &str, Option<String>),
    order: &Order<'_>,
) -> PinOrder {
    PinOrder {
        number: order.number.try_into().unwrap_or_default(),
        guild_id: order.guild.into(),
        channel_id: order.channel.into(),
        answer: answer.to_owned(),
        what,
        note,
        ordered_by: order.by.into(),
        at_ms: state.clock.now().as_millisecond(),
    }
}

async fn as_ordered<T>(
    state: &State,
    order: PinOrder,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    state.settling.begun(order.number);
    state.store.order(&order).await?;
    let done = work.await;
    // Also when it failed: the moderator is told.
    let number = order.number;
    persist::surely(state, "order", move |store| async move { store.order_done(number).await })
        .await;
    done
}

async fn do_pin(
    state: &State,
    http: &Http,
    order: Order<'_>,
    (answers, myth): (&Answers, &Myth),
) -> Result<Pinned, Error> {
    let pinned = pinning::pin(state, http, order, (answers, myth)).await?;
    let done = match &pinned {
        Pinned::New(_) => "pinned",
        Pinned::Edited { .. } => "edited the pinned",
    };
    let action = format!("{done} `{}` in <#{}>", myth.id(), order.channel);
    note(state, &order, action).await;
    Ok(pinned)
}

async fn do_unpin(
    state: &State,
    http: &Http,
    order: Order<'_>,
    answer: &str,
) -> Result<Unpinned, Error> {
    let unpinned = pinning::unpin(state, http, (order.channel, answer, order.by)).await?;
    if unpinned == Unpinned::Done {
        note(state, &order, format!("unpinned `{answer}` in <#{}>", order.channel)).await;
    }
    Ok(unpinned)
}

/// The same order is noted once.
async fn note(state: &State, order: &Order<'_>, action: String) {
    let entry = Entry {
        id: order.number.try_into().unwrap_or_default(),
        guild_id: order.guild.into(),
        actor_id: order.by.into(),
        action,
        at_ms: state.clock.now().as_millisecond(),
    };
    persist::note(state, entry).await;
}

/// Finishes an order of an earlier life of the bot. False when that must wait.
pub(in crate::discord) async fn left_behind(
    state: &State,
    http: &Http,
    noted: &PinOrder,
) -> Result<bool, Error> {
    let id = |id: i64| id.unsigned_abs().max(1);
    let order = Order {
        guild: GuildId::new(id(noted.guild_id)),
        channel: ChannelId::new(id(noted.channel_id)),
        by: UserId::new(id(noted.ordered_by)),
        number: id(noted.number),
        note: noted.note.as_deref().map_or(Note::Keep, Note::Set),
    };
    let answers = state.answers();
    let done = match (noted.what, answers.knowledge.myth(&noted.answer)) {
        (PinWhat::Unpin, _) => do_unpin(state, http, order, &noted.answer).await.map(drop),
        (PinWhat::Pin, Some(myth)) => match take_up(state, http, noted, &answers).await {
            Ok(()) => do_pin(state, http, order, (&answers, myth)).await.map(drop),
            Err(error) => Err(error),
        },
        // The answer is gone.
        (PinWhat::Pin, None) => Ok(()),
    };
    match done {
        Ok(()) => {}
        Err(Error::User(why)) => {
            let (channel_id, answer) = (noted.channel_id, &noted.answer);
            tracing::warn!(channel_id, answer, why, "an order was not carried out");
        }
        Err(error @ Error::Store(_)) => return Err(error),
        Err(error) => {
            tracing::warn!(error = %chain(&error), "an order waits");
            return Ok(false);
        }
    }
    state.store.order_done(noted.number).await?;
    Ok(true)
}

/// Finds what the order had posted: it becomes the pinned answer of its channel, unless that has
/// another by now.
async fn take_up(
    state: &State,
    http: &Http,
    noted: &PinOrder,
    answers: &Answers,
) -> Result<(), Error> {
    let channel = ChannelId::new(noted.channel_id.unsigned_abs().max(1));
    let behind = MessageId::new(noted.number.unsigned_abs().max(1));
    let next = messages_after(http, channel, behind, NEXT).await;
    let next = next.map_err(|error| Error::Internal(Box::new(error)))?;
    let posted = next.iter().filter(|message| {
        let is_own = state.me.get() == Some(&message.author.id);
        is_own && shows(message, &noted.answer)
    });
    for message in posted {
        match state.store.pin(noted.channel_id, &noted.answer).await? {
            Some(pin) if pin.message_id == i64::from(message.id) => {}
            Some(_) => standing::take_back(http, (channel, message.id)).await,
            None => {
                let pin = Pin {
                    channel_id: noted.channel_id,
                    answer: noted.answer.clone(),
                    guild_id: noted.guild_id,
                    message_id: message.id.into(),
                    note: noted.note.clone().unwrap_or_default(),
                    version: answers.version(&noted.answer).to_owned(),
                    pinned_by: noted.ordered_by,
                    at_ms: state.clock.now().as_millisecond(),
                };
                state.store.save_pin(&pin, None).await?;
            }
        }
    }
    Ok(())
}

/// Whether a message shows an answer to be pinned: not one that replies, or that a command gave.
fn shows(message: &Message, answer: &str) -> bool {
    let ids = custom_id::of(message);
    message.kind == MessageType::Regular
        && ids.contains(&CustomId::Details(answer.to_owned()))
        && !ids.iter().any(|id| matches!(id, CustomId::Why(_)))
}
