//! A message arrives: reply, ask moderators, or keep silent.
//!
//! Policy and engine decide, by the server's settings; [`speak`] sees to it that the bot does not
//! speak too often and no message is answered twice, by whatever process. Every message ends in one
//! [`Heard`].

use std::sync::Arc;

use serenity::all::{GuildId, Http, Message, MessageType};
use tokio::time::Instant;

use super::answers::Answers;
use super::described;
use super::error::chain;
use super::guild_settings::GuildSettings;
use super::heard::{BotEvent, Heard};
use super::outcomes::{self, code};
use super::review;
use super::speak::{self, Owed, Say};
use super::state::State;
use crate::matching::Outcome;
use crate::policy::settings::{Id, Whereabouts};
use crate::policy::{self, Arrival, Author, Circumstances, Decision, Own, Read, Reason};

/// Takes a message that arrived at this moment, unless there is too much to do: then it is left unread,
/// which is counted and not logged for each. It is called in a span that says which message it is.
pub(super) async fn arrived(state: &State, http: &Http, message: &Message, arrived: Instant) {
    // What its marks decide is done at once, and needs no place and no settings.
    if let Some(reason) = policy::passed_over(arrival(state, message)) {
        return conclude(state, message, arrived, (Heard::Silent(reason), None)).await;
    }
    match state.messages.enter() {
        Some(_place) => take(state, http, message, arrived).await,
        None => state.tell(BotEvent::Message {
            message_id: message.id.get(),
            heard: Heard::Silent(Reason::Overloaded),
        }),
    }
}

/// Takes a message that arrived at this moment, and tells what became of it.
pub(super) async fn take(state: &State, http: &Http, message: &Message, arrived: Instant) {
    let became = answer(state, http, message).await;
    conclude(state, message, arrived, became).await;
}

/// Logs, counts and tells what became of a message, and which answer it has to do with.
async fn conclude(
    state: &State,
    message: &Message,
    arrived: Instant,
    (heard, about): (Heard, Option<String>),
) {
    match &heard {
        Heard::Silent(reason) => tracing::debug!(reason = reason.code(), "kept silent"),
        Heard::Replied { reply_id } => {
            state.metrics.replied_after(arrived.elapsed());
            tracing::debug!(reply_id, "replied");
        }
        Heard::Asked { card_id } => tracing::debug!(card_id, "moderators asked"),
        // Why is logged where it happened.
        Heard::Failed { code } => tracing::debug!(code, "failed"),
    }
    let (outcome, reason) = labels(&heard);
    state.metrics.message(outcome, reason);
    if let Some(answer) = about {
        count(state, message, &answer, &heard).await;
    }
    state.tell(BotEvent::Message { message_id: message.id.get(), heard });
}

/// What becomes of a message, and which answer it has to do with.
async fn answer(state: &State, http: &Http, message: &Message) -> (Heard, Option<String>) {
    let set = match settings(state, message.guild_id).await {
        Ok(set) => set,
        Err(reason) => return (Heard::Silent(reason), None),
    };
    let answers = state.answers();
    let owed = owed(message);
    let mut decided = decide(state, &answers, &set, message);
    if !matches!(decided.decision, Decision::Silent(_)) && must_ask(state, &set, message) {
        if !described::ask(state, http, message.channel_id).await {
            return (Heard::Silent(Reason::NoSettings), decided.about);
        }
        decided = decide(state, &answers, &set, message);
    }
    let Decided { decision, about } = decided;
    let (answer, outcome, ask) = match decision {
        Decision::Silent(reason) => return (Heard::Silent(reason), about),
        Decision::Review { answer, outcome, reason } => (answer, outcome, Some(reason)),
        Decision::Reply { answer, outcome } => (answer, outcome, None),
    };
    let Some(myth) = answers.knowledge.myth(&answer) else {
        return (Heard::Silent(Reason::NoMatch), None);
    };
    let grounds = grounds(&answers, &set, &message.content, (&answer, &outcome));
    let say = Say { answers: &answers, myth, grounds: &grounds, settings: &set.settings };
    let _turn = state.recent.turn(message.id, &state.clock).await;
    if state.recent.is_outdated(message.id, message.edited_timestamp) {
        // Whoever takes care of the edit looks at it as it is now.
        return (Heard::Silent(Reason::Outdated), None);
    }
    let heard = match ask {
        Some(reason) => review::ask(state, http, owed, say, (&message.content, reason)).await,
        None => speak::unless_lately(state, http, owed, say).await,
    };
    (heard, Some(answer))
}

/// What became of a message, for the bot's numbers.
fn labels(heard: &Heard) -> (&'static str, &'static str) {
    match heard {
        Heard::Replied { .. } => ("replied", ""),
        Heard::Asked { .. } => ("asked", ""),
        Heard::Failed { .. } => ("failed", ""),
        Heard::Silent(reason) => ("silent", reason.code()),
    }
}

/// Counts what became of a message; nothing that was counted before.
async fn count(state: &State, message: &Message, answer: &str, heard: &Heard) {
    let outcome = match heard {
        Heard::Replied { .. } => code::REPLIED,
        Heard::Asked { .. } => code::ASKED,
        Heard::Failed { .. } => code::FAILED,
        Heard::Silent(
            Reason::NoMatch | Reason::AlreadyAnswered | Reason::AlreadyAsked | Reason::Outdated,
        ) => return,
        Heard::Silent(reason) => reason.code(),
    };
    if !state.recent.is_first(message.id, message.edited_timestamp, &state.clock) {
        return;
    }
    outcomes::count(state, message.guild_id, answer, outcome).await;
}

/// What the server has set, or the default in direct messages.
pub(super) async fn settings(
    state: &State,
    guild: Option<GuildId>,
) -> Result<Arc<GuildSettings>, Reason> {
    let Some(guild) = guild else { return Ok(Arc::default()) };
    state.settings.get(&state.store, guild).await.map_err(|error| {
        tracing::error!(guild_id = guild.get(), error = %chain(&error), "settings not read");
        Reason::NoSettings
    })
}

/// Whether there are rules for places, and nobody has said yet where this one is.
fn must_ask(state: &State, set: &GuildSettings, message: &Message) -> bool {
    let is_described = message.guild_id.is_none_or(|guild| state.described.contains(guild));
    !is_described && !set.settings.rules.is_empty()
}

/// What was decided.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) decision: Decision,
    /// The answer that the message has to do with, also when it gets none.
    pub(super) about: Option<String>,
}

/// The decision on a message, by all but what the bot said lately.
pub(super) fn decide(
    state: &State,
    answers: &Answers,
    set: &GuildSettings,
    message: &Message,
) -> Decided {
    let now = state.clock.now();
    let circumstances = Circumstances {
        settings: &set.settings,
        at: &whereabouts(state, message),
        opted_out: state.opted_out.contains(message.author.id),
        refused_at: state.refusals.last(message.channel_id, now),
        threshold: answers.knowledge.pack.thresholds.get_ref().reply,
    };
    let mut about = None;
    let arrival = arrival(state, message);
    let decision = policy::decide(arrival, &circumstances, now, || {
        let began = Instant::now();
        let read = read(answers, set, &message.content);
        state.metrics.matched_in(began.elapsed());
        about = nearest(&read).map(str::to_owned);
        read
    });
    Decided { decision, about }
}

/// What a text says, to the engine and to the server's own phrases.
pub(super) fn read(answers: &Answers, set: &GuildSettings, text: &str) -> Read {
    let outcome = answers.matcher.find(text);
    let own = set.own(answers, text, &outcome);
    Read { outcome, own }
}

/// Why a text is owed an answer, as it is kept: words of the server's own, or what the engine found.
pub(super) fn grounds(
    answers: &Answers,
    set: &GuildSettings,
    text: &str,
    (answer, outcome): (&str, &Outcome),
) -> String {
    match set.tied(answers, text) {
        Some(own) => speak::own_grounds(answers, own),
        None => speak::grounds(answers, answer, outcome),
    }
}

/// The answer that a text is owed, or would be if what was found counted.
pub(super) fn nearest(read: &Read) -> Option<&str> {
    let outcome = &read.outcome;
    match (&read.own, &outcome.answer) {
        (Own::Answer(answer), _) | (_, Some(answer)) => Some(answer),
        _ => {
            let found = outcome.findings.iter();
            let surest = found.max_by(|a, b| a.weight.total_cmp(&b.weight));
            surest.map(|finding| finding.answer.as_str())
        }
    }
}

/// Where a message was written, and by whom.
pub(super) fn whereabouts(state: &State, message: &Message) -> Whereabouts {
    let roles = message.member.iter().flat_map(|member| &member.roles);
    Whereabouts {
        author: Some(Id(message.author.id.get())),
        roles: roles.map(|role| Id(role.get())).collect(),
        ..state.places.whereabouts(message.channel_id)
    }
}

pub(super) fn owed(message: &Message) -> Owed {
    Owed {
        message: message.id,
        channel: message.channel_id,
        guild: message.guild_id,
        author: message.author.id,
    }
}

pub(super) fn arrival(state: &State, message: &Message) -> Arrival {
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
