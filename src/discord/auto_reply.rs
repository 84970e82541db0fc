//! A message arrives: reply, ask moderators, or keep silent.
//!
//! Policy and engine decide, by the server's settings; [`speak`] sees to it that the bot does not
//! speak too often and no message is answered twice, by whatever process. Every message ends in one
//! [`Heard`].

use std::sync::Arc;

use serenity::all::{Http, Message, MessageType};

use super::answers::Answers;
use super::error::chain;
use super::guild_settings::GuildSettings;
use super::heard::{BotEvent, Heard};
use super::review;
use super::speak::{self, Owed, Say};
use super::state::State;
use crate::policy::settings::{Id, Whereabouts};
use crate::policy::{self, Arrival, Author, Circumstances, Decision, Read, Reason};

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
        Heard::Asked { card_id } => tracing::info!(
            message_id = message.id.get(),
            channel_id = message.channel_id.get(),
            card_id,
            "moderators asked"
        ),
        // Logged where it happened.
        Heard::Failed { .. } => {}
    }
    state.tell(BotEvent::Message { message_id: message.id.get(), heard });
}

async fn answer(state: &State, http: &Http, message: &Message) -> Heard {
    let set = match settings(state, message).await {
        Ok(set) => set,
        Err(reason) => return Heard::Silent(reason),
    };
    let answers = state.answers();
    let owed = owed(message);
    match decide(state, &answers, &set, message) {
        Decision::Silent(reason) => Heard::Silent(reason),
        Decision::Review { answer, outcome, reason } => {
            let Some(myth) = answers.knowledge.myth(&answer) else {
                return Heard::Silent(Reason::NoMatch);
            };
            let grounds = match set.tied(&answers, &message.content) {
                Some(own) => speak::own_grounds(&answers, own),
                None => speak::grounds(&answers, &answer, &outcome),
            };
            let say = Say { answers: &answers, myth, grounds: &grounds, settings: &set.settings };
            review::ask(state, http, owed, say, (&message.content, reason)).await
        }
        Decision::Reply { answer, outcome } => {
            let Some(myth) = answers.knowledge.myth(&answer) else {
                return Heard::Silent(Reason::NoMatch);
            };
            let grounds = match set.tied(&answers, &message.content) {
                Some(own) => speak::own_grounds(&answers, own),
                None => speak::grounds(&answers, &answer, &outcome),
            };
            let say = Say { answers: &answers, myth, grounds: &grounds, settings: &set.settings };
            speak::unless_lately(state, http, owed, say).await
        }
    }
}

/// What the server has set, or the default in direct messages.
async fn settings(state: &State, message: &Message) -> Result<Arc<GuildSettings>, Reason> {
    let Some(guild) = message.guild_id else { return Ok(Arc::default()) };
    state.settings.get(&state.store, guild).await.map_err(|error| {
        tracing::error!(guild_id = guild.get(), error = %chain(&error), "settings not read");
        Reason::NoSettings
    })
}

/// The decision on a message, by all but what the bot said lately.
pub(super) fn decide(
    state: &State,
    answers: &Answers,
    set: &GuildSettings,
    message: &Message,
) -> Decision {
    let circumstances = Circumstances {
        settings: &set.settings,
        at: &whereabouts(state, message),
        opted_out: state.opted_out.contains(message.author.id),
        refused_at: state.refusals.last(message.channel_id),
        threshold: answers.knowledge.pack.thresholds.get_ref().reply,
    };
    policy::decide(arrival(state, message), &circumstances, state.clock.now(), || {
        let outcome = answers.matcher.find(&message.content);
        let own = set.own(answers, &message.content, &outcome);
        Read { outcome, own }
    })
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
