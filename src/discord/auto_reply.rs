//! A message arrives: reply or keep silent.
//!
//! Policy and engine decide; the store sees to it that no message is answered twice, by whatever
//! process; then the reply is posted. Every message ends in one [`Heard`].

use serenity::all::{Http, Message, MessageType};

use super::error::chain;
use super::grounds::Grounds;
use super::heard::{BotEvent, Heard};
use super::send::{self, SendError};
use super::state::State;
use crate::cards;
use crate::knowledge::Myth;
use crate::matching::Outcome;
use crate::policy::{self, Arrival, Author, Decision, History, Reason};
use crate::store::{Claim, StoreError};

/// Takes a message, and tells what became of it.
pub(super) async fn take(state: &State, http: &Http, message: &Message) {
    let heard = answer(state, http, message).await;
    match &heard {
        Heard::Silent(reason) => tracing::debug!(
            message_id = message.id.get(),
            channel_id = message.channel_id.get(),
            reason = reason.code(),
            "kept silent"
        ),
        Heard::Replied { reply_id } => tracing::info!(
            message_id = message.id.get(),
            channel_id = message.channel_id.get(),
            reply_id,
            "replied"
        ),
        // Logged where it happened.
        Heard::Failed { .. } => {}
    }
    state.tell(BotEvent::Message { message_id: message.id.get(), heard });
}

async fn answer(state: &State, http: &Http, message: &Message) -> Heard {
    let now = state.clock.now();
    let history = History { refused_at: state.refusals.last(message.channel_id) };
    let read = || state.matcher.find(&message.content);
    let (answer, outcome) = match policy::decide(arrival(state, message), history, now, read) {
        Decision::Silent(reason) => return Heard::Silent(reason),
        Decision::Reply { answer, outcome } => (answer, outcome),
    };
    let Some(myth) = state.knowledge.myth(&answer) else {
        return Heard::Silent(Reason::NoMatch);
    };
    match claim(state, message, myth, &outcome).await {
        Ok(true) => post(state, http, message, myth).await,
        Ok(false) => Heard::Silent(Reason::AlreadyAnswered),
        Err(error) => {
            // Without a claim there may be two replies: rather none.
            tracing::error!(message_id = message.id.get(), error = %chain(&error), "not claimed");
            Heard::Failed { code: None }
        }
    }
}

fn arrival(state: &State, message: &Message) -> Arrival {
    let author = if state.me.get() == Some(&message.author.id) {
        Author::Myself
    } else if message.webhook_id.is_some() {
        Author::Webhook
    } else if message.author.bot {
        Author::Bot
    } else {
        Author::Person
    };
    Arrival {
        author,
        is_system: !matches!(message.kind, MessageType::Regular | MessageType::InlineReply),
        has_text: !message.content.trim().is_empty(),
    }
}

async fn claim(
    state: &State,
    message: &Message,
    myth: &Myth,
    outcome: &Outcome,
) -> Result<bool, StoreError> {
    let at = *state.knowledge.pack.thresholds.get_ref();
    let grounds = serde_json::json!(Grounds::new(myth.id(), outcome, at)).to_string();
    let claim = Claim {
        message_id: message.id.into(),
        channel_id: message.channel_id.into(),
        guild_id: message.guild_id.map(i64::from),
        author_id: message.author.id.into(),
        answer: myth.id(),
        version: &cards::version(&state.knowledge, myth, state.language()),
        grounds: &grounds,
        at_ms: state.clock.now().as_millisecond(),
    };
    state.store.claim(&claim).await
}

async fn post(state: &State, http: &Http, message: &Message, myth: &Myth) -> Heard {
    let card = cards::reply(&state.knowledge, myth, state.language());
    let failure = match send::reply(http, message, &card).await {
        Ok(reply) => {
            if let Err(error) = state.store.sent(message.id.into(), reply.into()).await {
                // The claim stands, so nothing is answered twice.
                tracing::error!(message_id = message.id.get(), error = %chain(&error), "reply not noted");
            }
            return Heard::Replied { reply_id: reply.get() };
        }
        Err(failure) => failure,
    };
    tracing::warn!(
        message_id = message.id.get(),
        channel_id = message.channel_id.get(),
        error = %failure,
        "could not reply"
    );
    if let SendError::NotHere { .. } = failure {
        state.refusals.note(message.channel_id, state.clock.now());
    }
    // Where nobody knows whether the reply stands, the claim does.
    if !matches!(failure, SendError::Unsure(_))
        && let Err(error) = state.store.release(message.id.into()).await
    {
        tracing::error!(message_id = message.id.get(), error = %chain(&error), "claim not released");
    }
    Heard::Failed { code: failure.code() }
}
