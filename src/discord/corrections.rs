//! Replies that give an older version of an answer are corrected, one after the other.
//!
//! Which version a reply gives stands in the database, so that this goes on after a restart, and also
//! finds what was said before it. One process does it at a time.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serenity::all::{ChannelId, EditMessage, GuildId, Http, HttpError, MessageId, UserId};
use tokio::sync::Notify;

use super::answers::Answers;
use super::error::chain;
use super::heard::BotEvent;
use super::speak::{self, Owed};
use super::state::State;
use super::{alone, pins, render};
use crate::cards;
use crate::store::{Reply, ReplyState, StoreError};

/// How long the bot waits between two corrections. Discord takes five edits in five seconds in a
/// channel, and people want replies meanwhile.
pub const PACE: Duration = Duration::from_secs(1);

/// How old a reply may be to be corrected: nobody reads older ones.
const WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// After trouble, or while another process corrects, the bot waits so many times its pace.
const LONGER: u32 = 60;

/// How often one reply is tried.
const TRIES: u32 = 10;

/// How many replies are asked for at once.
const BATCH: i64 = 50;

/// After how many replies the log says how far it is.
const REPORT: u64 = 60;

/// How long an edit may take, the waits that Discord asks for included.
const PATIENCE: Duration = super::send::PATIENCE;

/// When corrections are due, and how fast.
#[derive(Debug)]
pub(super) struct Corrections {
    due: Notify,
    pace: Duration,
}

impl Corrections {
    pub(super) fn new(pace: Duration) -> Self {
        Self { due: Notify::new(), pace }
    }

    /// The answers are others than before, or the bot has just started.
    pub(super) fn are_due(&self) {
        self.due.notify_one();
    }

    fn longer(&self) -> Duration {
        self.pace.saturating_mul(LONGER)
    }
}

/// Corrects whenever it is due, and once more a while later: a reply may have been on its way with
/// the answers of before.
pub(super) async fn run(state: &State, http: &Http) -> Infallible {
    let corrections = &state.corrections;
    let (mut once_more, mut pins_left) = (false, false);
    loop {
        let due = corrections.due.notified();
        let is_due = if once_more {
            tokio::time::timeout(corrections.longer(), due).await.is_ok()
        } else {
            due.await;
            true
        };
        let Progress { corrected, passed_over, .. } = until_all_is_done(state, http).await;
        if is_due || corrected + passed_over > 0 {
            state.tell(BotEvent::Corrected { corrected, passed_over });
        }
        if is_due || pins_left {
            pins_left = !pins::update_outdated(state, http).await;
        }
        once_more = is_due || pins_left;
    }
}

/// Leaves what is left to others, when the bot stops.
pub(super) async fn leave(state: &State) {
    alone::leave(state, alone::CORRECTIONS).await;
    alone::leave(state, alone::PINS).await;
}

async fn until_all_is_done(state: &State, http: &Http) -> Progress {
    let mut progress = Progress::default();
    loop {
        match pass(state, http, &mut progress).await {
            Ok(Pass::Done) => return progress,
            Ok(Pass::OtherAnswers) => {}
            Ok(Pass::OtherProcess) => tokio::time::sleep(state.corrections.longer()).await,
            Err(error) => {
                tracing::error!(error = %chain(&error), "corrections wait for the database");
                tokio::time::sleep(state.corrections.longer()).await;
            }
        }
    }
}

/// How a pass over all answers ended.
enum Pass {
    Done,
    /// The answers were replaced meanwhile.
    OtherAnswers,
    /// Another process corrects.
    OtherProcess,
}

/// Corrects every outdated reply, the newest of each answer first.
async fn pass(state: &State, http: &Http, progress: &mut Progress) -> Result<Pass, StoreError> {
    let answers = state.answers();
    let since_ms = (state.clock.now() - WITHIN).as_millisecond();
    progress.left = 0;
    for (answer, version) in answers.versions() {
        let count = state.store.outdated_count((answer, version), since_ms).await?;
        progress.left += count.unsigned_abs();
    }
    if progress.left == 0 {
        return Ok(Pass::Done);
    }
    if !keep_lease(state).await? {
        return Ok(Pass::OtherProcess);
    }
    tracing::info!(left = progress.left, "correcting replies");
    for (answer, version) in answers.versions() {
        loop {
            let outdated = state.store.outdated_replies((answer, version), since_ms, BATCH).await?;
            if outdated.is_empty() {
                break;
            }
            for reply in outdated {
                if !Arc::ptr_eq(&answers, &state.answers()) {
                    return Ok(Pass::OtherAnswers);
                }
                if !keep_lease(state).await? {
                    return Ok(Pass::OtherProcess);
                }
                let is_corrected = correct(state, http, &answers, reply.message_id).await?;
                state.metrics.correction(if is_corrected { "corrected" } else { "passed-over" });
                progress.note(is_corrected);
                tokio::time::sleep(state.corrections.pace).await;
            }
        }
    }
    let Progress { corrected, passed_over, .. } = progress;
    tracing::info!(corrected, passed_over, "all replies are corrected");
    state.store.end_lease(alone::CORRECTIONS, state.holder).await?;
    Ok(Pass::Done)
}

/// How far it is.
#[derive(Debug, Default)]
struct Progress {
    corrected: u64,
    passed_over: u64,
    left: u64,
}

impl Progress {
    fn note(&mut self, is_corrected: bool) {
        *(if is_corrected { &mut self.corrected } else { &mut self.passed_over }) += 1;
        self.left = self.left.saturating_sub(1);
        let done = self.corrected + self.passed_over;
        if done.is_multiple_of(REPORT) {
            tracing::info!(done, left = self.left, "correcting replies");
        }
    }
}

/// Whether this process may go on.
async fn keep_lease(state: &State) -> Result<bool, StoreError> {
    alone::may(state, alone::CORRECTIONS).await
}

/// The version of a reply of which nobody knows what it says: none that an answer has.
pub(super) const UNKNOWN: &str = "";

/// Corrects the reply to a message; false when that cannot be done. Then it is noted, so that nobody
/// tries again.
async fn correct(
    state: &State,
    http: &Http,
    answers: &Answers,
    message_id: i64,
) -> Result<bool, StoreError> {
    let store = &state.store;
    for _ in 0..TRIES {
        // As it stands now: somebody may have dismissed it, or its message was edited.
        let Some(reply) = store.reply_to(message_id).await? else { return Ok(false) };
        let version = answers.version(&reply.answer);
        if reply.state != ReplyState::Stands || version.is_empty() {
            return Ok(false);
        }
        if reply.version == version {
            return Ok(true);
        }
        // Whoever is killed before the end leaves a reply that says nobody knows what: also not what it
        // said before, should the answer go back to that.
        store.note_version(message_id, (&reply.answer, UNKNOWN)).await?;
        match edit(state, http, answers, &reply).await {
            Ok(()) if store.note_version(message_id, (&reply.answer, version)).await? => {
                tracing::debug!(message_id, answer = reply.answer, "reply corrected");
                return Ok(true);
            }
            // It gives another answer since.
            Ok(()) => {}
            Err(EditError::Gone) => {
                let now_ms = state.clock.now().as_millisecond();
                store.end_reply(message_id, ReplyState::Withdrawn, now_ms).await?;
                return Ok(false);
            }
            Err(EditError::Refused(reason)) => {
                let channel_id = reply.channel_id;
                tracing::warn!(message_id, channel_id, reason, "reply cannot be corrected");
                store.correction_refused(message_id, version).await?;
                return Ok(false);
            }
            Err(EditError::Trouble(reason)) => {
                tracing::warn!(message_id, reason, "reply not corrected yet");
                tokio::time::sleep(state.corrections.longer()).await;
                if !keep_lease(state).await? {
                    return Ok(false);
                }
            }
        }
    }
    if let Some(reply) = store.reply_to(message_id).await? {
        tracing::warn!(message_id, "reply not corrected, after {TRIES} tries");
        store.correction_refused(message_id, answers.version(&reply.answer)).await?;
    }
    Ok(false)
}

/// Why a reply does not say what it should.
enum EditError {
    /// It is deleted, or its channel is.
    Gone,
    /// Discord does not let the bot edit it.
    Refused(String),
    /// Discord does not answer, or wants the bot to wait.
    Trouble(String),
}

async fn edit(
    state: &State,
    http: &Http,
    answers: &Answers,
    reply: &Reply,
) -> Result<(), EditError> {
    let (Some(reply_id), Some(myth)) = (reply.reply_id, answers.knowledge.myth(&reply.answer))
    else {
        return Err(EditError::Gone);
    };
    let id = |id: i64| id.unsigned_abs();
    let owed = Owed {
        message: MessageId::new(id(reply.message_id)),
        channel: ChannelId::new(id(reply.channel_id)),
        guild: reply.guild_id.map(|guild| GuildId::new(id(guild))),
        author: UserId::new(reply.author_id.map_or(1, id)),
    };
    let card = speak::card_for(state, owed, (answers, myth)).await;
    let now = state.clock.now();
    let card = cards::corrected(card, answers.knowledge.labels(answers.language()), now);
    let draft = EditMessage::new()
        .embed(render::embed(&card))
        .components(render::buttons(&card, Some(owed.message)))
        .allowed_mentions(render::nobody());
    let editing =
        ChannelId::new(id(reply.reply_channel_id)).edit_message(http, id(reply_id), draft);
    match tokio::time::timeout(PATIENCE, editing).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(meaning(error)),
        Err(_) => Err(EditError::Trouble("it took too long".to_owned())),
    }
}

fn meaning(error: serenity::Error) -> EditError {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let said = format!("{} ({})", response.error.message, response.error.code);
            match (response.error.code, response.status_code.as_u16()) {
                // Unknown channel, server, message.
                (10003 | 10004 | 10008, _) => EditError::Gone,
                (_, 429 | 500..) => EditError::Trouble(said),
                _ => EditError::Refused(said),
            }
        }
        serenity::Error::Http(error) => EditError::Trouble(chain(&error)),
        // The edit stands, but with a body that serenity cannot read; or an error in the bot.
        other => EditError::Refused(chain(&other)),
    }
}
