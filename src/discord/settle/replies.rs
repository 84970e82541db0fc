//! Replies of which nobody knows whether they stand, and such that should not stand any more.

use std::sync::Arc;

use serenity::all::{ChannelId, GuildId, Http, Message, MessageId, UserId};

use super::look::{Searched, message, search};
use super::{AGAIN, FRESH};
use crate::discord::auto_reply;
use crate::discord::corrections;
use crate::discord::custom_id::{self, CustomId};
use crate::discord::error::{Error, chain};
use crate::discord::heard::Heard;
use crate::discord::outcomes::{self, code};
use crate::discord::send::SendError;
use crate::discord::speak::{self, Owed, Say};
use crate::discord::standing;
use crate::discord::state::State;
use crate::policy::Decision;
use crate::store::{Reply, ReplyState, ReviewState};

/// What is known of a reply.
enum Stands {
    /// It stands there.
    At(ChannelId, MessageId),
    /// It does not; this is the message that it would reply to, if that is still there.
    No(Option<Box<Message>>),
    /// It cannot be seen.
    Unknown,
}

/// A message was taken to answer it, and no reply is known. True when that is so no longer.
pub(super) async fn unsent(state: &State, http: &Http, row: &Reply) -> Result<bool, Error> {
    let owed = owed(row);
    // Somebody may be writing it.
    let Some(_turn) = state.recent.turn_now(owed.message, &state.clock) else { return Ok(false) };
    let noted = state.store.reply_to(row.message_id).await?;
    let Some(row) = noted.filter(|row| row.reply_id.is_none() && row.state == ReplyState::Stands)
    else {
        return Ok(false);
    };
    let message = match find(state, http, owed).await {
        Ok(Stands::At(channel, reply)) => {
            state.store.sent(row.message_id, (channel.into(), reply.into())).await?;
            return Ok(true);
        }
        Ok(Stands::No(message)) => message,
        Ok(Stands::Unknown) => return Ok(false),
        Err(error) => {
            let (message_id, channel_id) = (row.message_id, row.channel_id);
            tracing::debug!(message_id, channel_id, error = %chain(&error), "reply not looked for");
            return Ok(false);
        }
    };
    let review = state.store.review(row.message_id).await?;
    let decided = review.is_some_and(|review| review.state == ReviewState::Posted);
    let age = state.clock.now().as_millisecond() - row.at_ms;
    if let Some(message) = message
        && (decided || (0..FRESH.as_millis()).contains(&i128::from(age)))
        && let Some(heard) = post(state, http, &row, (owed, &message, decided)).await?
    {
        return Ok(matches!(heard, Heard::Replied { .. }));
    }
    // Younger ones may be on their way from another process.
    if i128::from(age) < i128::try_from(AGAIN.as_millis()).unwrap_or_default() {
        return Ok(false);
    }
    state.store.release(row.message_id).await?;
    tracing::info!(message_id = row.message_id, "a message was taken and not answered: given back");
    Ok(true)
}

/// Posts the reply, unless it is no longer owed.
async fn post(
    state: &State,
    http: &Http,
    row: &Reply,
    (owed, message, decided): (Owed, &Message, bool),
) -> Result<Option<Heard>, Error> {
    let answers = state.answers();
    let Some(myth) = answers.knowledge.myth(&row.answer) else { return Ok(None) };
    let set = match owed.guild {
        Some(guild) => state.settings.get(&state.store, guild).await?,
        None => Arc::default(),
    };
    if !decided {
        let decided = auto_reply::decide(state, &answers, &set, message);
        let Decision::Reply { answer, .. } = decided.decision else { return Ok(None) };
        if answer != row.answer {
            return Ok(None);
        }
    }
    if answers.version(&row.answer) != row.version {
        // Discord may have it from an earlier life, with its words.
        state.store.note_version(row.message_id, (&row.answer, corrections::UNKNOWN)).await?;
    }
    let say = Say { answers: &answers, myth, grounds: &row.grounds, settings: &set.settings };
    let heard = speak::post(state, http, owed, say).await;
    if let Heard::Replied { reply_id } = heard
        && !decided
    {
        tracing::info!(message_id = row.message_id, reply_id, "replied, late");
        state.metrics.message("replied", "");
        outcomes::count(state, owed.guild, &row.answer, code::REPLIED).await;
    }
    Ok(Some(heard))
}

/// Looks for the reply in the channel of the message, and in a thread on it.
async fn find(state: &State, http: &Http, owed: Owed) -> Result<Stands, SendError> {
    let is_reply = |message: &Message| {
        let about = message.message_reference.as_ref().and_then(|reference| reference.message_id);
        let why = CustomId::Why(owed.message);
        state.me.get() == Some(&message.author.id)
            && (about == Some(owed.message) || custom_id::of(message).contains(&why))
    };
    let Some(original) = message(http, owed.channel, owed.message).await? else {
        return Ok(match search(http, owed.channel, owed.message, is_reply).await? {
            Searched::Found(reply) => Stands::At(owed.channel, reply),
            Searched::NotThere => Stands::No(None),
            Searched::Unknown => Stands::Unknown,
        });
    };
    let thread = original.thread.as_ref().map(|thread| thread.id);
    for channel in [Some(owed.channel), thread].into_iter().flatten() {
        match search(http, channel, owed.message, is_reply).await? {
            Searched::Found(reply) => return Ok(Stands::At(channel, reply)),
            Searched::NotThere => {}
            Searched::Unknown => return Ok(Stands::Unknown),
        }
    }
    Ok(Stands::No(Some(Box::new(original))))
}

/// A reply was taken back. True when it still stood.
pub(super) async fn ended(state: &State, http: &Http, row: &Reply) -> bool {
    let owed = owed(row);
    let Some(_turn) = state.recent.turn_now(owed.message, &state.clock) else { return false };
    let stands = async {
        match standing::place(row) {
            Some((channel, reply)) => {
                let still = message(http, channel, reply).await?;
                Ok::<_, SendError>(still.map(|_| (channel, reply)))
            }
            None => match find(state, http, owed).await? {
                Stands::At(channel, reply) => Ok(Some((channel, reply))),
                Stands::No(_) | Stands::Unknown => Ok(None),
            },
        }
    };
    match stands.await {
        Ok(Some(at)) => {
            standing::take_back(http, at).await;
            true
        }
        Ok(None) => false,
        Err(error) => {
            let message_id = row.message_id;
            tracing::debug!(message_id, error = %chain(&error), "reply not looked for");
            false
        }
    }
}

fn owed(row: &Reply) -> Owed {
    let id = |id: i64| id.unsigned_abs().max(1);
    Owed {
        message: MessageId::new(id(row.message_id)),
        channel: ChannelId::new(id(row.channel_id)),
        guild: row.guild_id.map(|guild| GuildId::new(id(guild))),
        author: UserId::new(row.author_id.map_or(1, id)),
    }
}
