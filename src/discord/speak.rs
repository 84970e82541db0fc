//! The bot speaks: the server's cooldowns, a claim on the message, the reply.

use std::sync::Arc;

use serenity::all::{ChannelId, GuildId, Http, MessageId, UserId};

use super::answers::Answers;
use super::error::chain;
use super::grounds::Grounds;
use super::heard::Heard;
use super::locked_out;
use super::persist;
use super::pins;
use super::send::{self, SendError};
use super::standing;
use super::state::State;
use super::thread;
use crate::cards::{self, Card};
use crate::knowledge::Myth;
use crate::matching::Outcome;
use crate::policy::settings::{Length, ReplyPlace, Settings};
use crate::policy::{Reason, Spoken, cooldown};
use crate::store::{self, Claim, Phrase, StoreError};

/// By how much the clocks of several processes may differ.
const AHEAD: jiff::SignedDuration = jiff::SignedDuration::from_mins(1);

/// A message that is owed an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owed {
    pub(super) message: MessageId,
    pub(super) channel: ChannelId,
    /// None in direct messages.
    pub(super) guild: Option<GuildId>,
    pub(super) author: UserId,
}

/// What it is answered with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Say<'a> {
    pub(super) answers: &'a Answers,
    pub(super) myth: &'a Myth,
    /// Why, as JSON.
    pub(super) grounds: &'a str,
    pub(super) settings: &'a Settings,
}

/// Why the bot speaks, as it is kept.
pub(super) fn grounds(answers: &Answers, answer: &str, outcome: &Outcome) -> String {
    let at = *answers.knowledge.pack.thresholds.get_ref();
    serde_json::json!(Grounds::new(answer, outcome, at)).to_string()
}

/// Why the bot speaks when it is a phrase of the server's own, as it is kept.
pub(super) fn own_grounds(answers: &Answers, phrase: &Phrase) -> String {
    let answer = phrase.answer.as_deref().unwrap_or_default();
    let at = *answers.knowledge.pack.thresholds.get_ref();
    serde_json::json!(Grounds::of_own(answer, at, &phrase.written)).to_string()
}

/// Answers a message unless the bot spoke too lately, or the message has its reply.
pub(super) async fn unless_lately(state: &State, http: &Http, owed: Owed, say: Say<'_>) -> Heard {
    let claimed = {
        let _turn =
            state.turns.of(owed.guild.map_or(owed.channel.get(), GuildId::get)).lock().await;
        match lately(state, owed, say).await {
            Ok(Some((reason, _))) => return Heard::Silent(reason),
            Ok(None) => claim(state, owed, say).await,
            Err(error) => Err(error),
        }
    };
    let heard = after_claim(state, http, owed, say, claimed).await;
    if let Heard::Failed { code: Some(code) } = heard {
        locked_out::tell(state, http, owed, say.settings, code).await;
    }
    heard
}

/// Answers a message because a moderator says so, unless it has its reply.
pub(super) async fn anyway(state: &State, http: &Http, owed: Owed, say: Say<'_>) -> Heard {
    let claimed = claim(state, owed, say).await;
    after_claim(state, http, owed, say, claimed).await
}

/// Why the bot would keep silent for now, and for how long. Never in direct messages: whoever writes
/// there wants an answer.
pub(super) async fn lately(
    state: &State,
    owed: Owed,
    say: Say<'_>,
) -> Result<Option<(Reason, jiff::SignedDuration)>, StoreError> {
    if owed.guild.is_none() {
        return Ok(None);
    }
    let now = state.clock.now();
    let since = (now - cooldown::HOUR).as_millisecond();
    let claim = as_claim(state, owed, say);
    let mut spoken = state.store.spoken(&claim, since).await?;
    if is_ahead(&spoken, (now + AHEAD).as_millisecond()) {
        bring_back(state).await?;
        spoken = state.store.spoken(&claim, since).await?;
    }
    Ok(cooldown::left(&say.settings.cooldowns, &times(spoken), now))
}

/// Sees to it that the bot is said to have spoken before now: else a clock that is set back would make
/// it silent until it is there again, and then for the cooldown.
pub(super) async fn bring_back(state: &State) -> Result<(), StoreError> {
    let now = state.clock.now();
    let (now, latest) = (now.as_millisecond(), (now + AHEAD).as_millisecond());
    let times = state.store.bring_back(now, latest).await?;
    if times > 0 {
        tracing::warn!(times, "the clock was set back: what was said later has been said now");
    }
    Ok(())
}

/// Whether the bot is said to have spoken after `latest_ms`.
fn is_ahead(spoken: &store::Spoken, latest_ms: i64) -> bool {
    let times = [spoken.in_channel_ms, spoken.answer_ms, spoken.to_author_ms, spoken.dismissed_ms];
    times.into_iter().flatten().any(|ms| ms > latest_ms)
}

fn times(spoken: store::Spoken) -> Spoken {
    let at = |ms: Option<i64>| ms.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    Spoken {
        in_channel: at(spoken.in_channel_ms),
        answer: at(spoken.answer_ms),
        to_person: at(spoken.to_author_ms),
        dismissed: at(spoken.dismissed_ms),
        within_an_hour: u32::try_from(spoken.in_guild).unwrap_or(u32::MAX),
    }
}

fn as_claim<'a>(state: &State, owed: Owed, say: Say<'a>) -> Claim<'a> {
    Claim {
        message_id: owed.message.into(),
        channel_id: owed.channel.into(),
        guild_id: owed.guild.map(i64::from),
        author_id: owed.author.into(),
        answer: say.myth.id(),
        version: say.answers.version(say.myth.id()),
        grounds: say.grounds,
        at_ms: state.clock.now().as_millisecond(),
    }
}

async fn claim(state: &State, owed: Owed, say: Say<'_>) -> Result<bool, StoreError> {
    state.store.claim(&as_claim(state, owed, say)).await
}

async fn after_claim(
    state: &State,
    http: &Http,
    owed: Owed,
    say: Say<'_>,
    claimed: Result<bool, StoreError>,
) -> Heard {
    match claimed {
        Ok(true) => post(state, http, owed, say).await,
        Ok(false) => Heard::Silent(Reason::AlreadyAnswered),
        Err(error) => {
            // Without a claim there may be two replies: rather none.
            tracing::error!(message_id = owed.message.get(), error = %chain(&error), "not claimed");
            Heard::Failed { code: None }
        }
    }
}

/// An answer as a server wants it: in full or in a sentence.
pub(super) fn card(answers: &Answers, myth: &Myth, settings: &Settings) -> Card {
    let draw = match settings.style.length {
        Length::Full => cards::reply,
        Length::Short => cards::short,
    };
    draw(&answers.knowledge, myth, answers.language())
}

/// What a message that was answered is answered with now; where the settings of its server cannot be
/// read, in full.
pub(super) async fn card_for(
    state: &State,
    owed: Owed,
    (answers, myth): (&Answers, &Myth),
) -> Card {
    let set = match owed.guild {
        Some(guild) => state.settings.get(&state.store, guild).await.unwrap_or_default(),
        None => Arc::default(),
    };
    pins::or_link(state, owed, myth, card(answers, myth, &set.settings)).await
}

/// Where the reply goes: the channel of the message or, where the server wants that and Discord lets
/// the bot, a thread on the message.
async fn place(state: &State, http: &Http, owed: Owed, say: Say<'_>) -> ChannelId {
    let wants_thread = say.settings.style.place == ReplyPlace::Thread && owed.guild.is_some();
    let is_in_thread = state.places.whereabouts(owed.channel).thread.is_some();
    if !wants_thread || is_in_thread {
        return owed.channel;
    }
    let name = cards::title(&say.answers.knowledge, say.myth, say.answers.language());
    thread::on(state, http, owed, name).await.unwrap_or(owed.channel)
}

/// Posts the reply to a message that was taken.
pub(super) async fn post(state: &State, http: &Http, owed: Owed, say: Say<'_>) -> Heard {
    let card = card(say.answers, say.myth, say.settings);
    let card = pins::or_link(state, owed, say.myth, card).await;
    let mut stands = place(state, http, owed, say).await;
    let mut sent = send::reply(http, owed, stands, &card).await;
    if stands != owed.channel && matches!(sent, Err(SendError::NotHere { .. })) {
        // It may open threads there, and not write in them.
        state.thread_refusals.note(owed.channel, state.clock.now());
        stands = owed.channel;
        sent = send::reply(http, owed, stands, &card).await;
    }
    let failure = match sent {
        Ok(reply) => {
            state.locked_out.clear(owed.channel);
            note_sent(state, owed.message, (stands, reply)).await;
            if standing::is_overtaken(state, http, owed.message, (stands, reply)).await {
                return Heard::Silent(Reason::Outdated);
            }
            return Heard::Replied { reply_id: reply.get() };
        }
        Err(failure) => failure,
    };
    tracing::warn!(
        message_id = owed.message.get(),
        channel_id = owed.channel.get(),
        error = %failure,
        "could not reply"
    );
    if let SendError::NotHere { .. } = failure {
        state.refusals.note(owed.channel, state.clock.now());
    }
    // Where nobody knows whether the reply stands, the claim does.
    if !matches!(failure, SendError::Unsure(_))
        && let Err(error) = state.store.release(owed.message.into()).await
    {
        tracing::error!(message_id = owed.message.get(), error = %chain(&error), "claim not released");
    }
    Heard::Failed { code: failure.code() }
}

/// Notes that a reply stands: the claim does, so that nothing is answered twice, but what happens to
/// the message must find its reply.
async fn note_sent(state: &State, message: MessageId, (channel, reply): (ChannelId, MessageId)) {
    persist::surely(state, "reply", move |store| async move {
        store.sent(message.into(), (channel.into(), reply.into())).await
    })
    .await;
}
