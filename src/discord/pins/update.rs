//! Pinned answers say what the knowledge says now.
//!
//! Which version each shows stands in the store, so that work that was broken off goes on where it
//! was, after a restart, too.

use std::time::Duration;

use serenity::all::{ChannelId, Http};

use super::message_of;
use super::pinning::{edit, forget_if_gone};
use crate::cards;
use crate::discord::alone;
use crate::discord::answers::Answers;
use crate::discord::error::chain;
use crate::discord::state::State;
use crate::knowledge::Myth;
use crate::store::{Pin, StoreError};

/// How many are read from the store at a time.
const BATCH: i64 = 50;
/// The time between two edits: nobody waits for them, and commands come first.
const PACE: Duration = Duration::from_secs(1);

/// How many pinned answers were edited, and how many could not be.
#[derive(Debug, Default)]
struct Progress {
    edited: usize,
    left_alone: usize,
}

/// Edits all pinned answers that show something else than the knowledge says, one after the other;
/// ends early when the bot stops. What Discord refuses is left as it is until the next time. False when
/// another process does it, which may not live to the end.
pub(in crate::discord) async fn update_outdated(state: &State, http: &Http) -> bool {
    let _alone = state.updating_pins.lock().await;
    let answers = state.answers();
    let mut progress = Progress::default();
    let mut alone = true;
    for myth in &answers.knowledge.myths {
        match update(state, http, (&answers, myth), &mut progress).await {
            Ok(is_done) => alone = alone && is_done,
            Err(error) => {
                tracing::error!(answer = myth.id(), error = %chain(&error), "pins not brought up to date");
            }
        }
    }
    let Progress { edited, left_alone } = progress;
    if edited + left_alone > 0 {
        tracing::info!(edited, left_alone, "pinned answers brought up to date");
        alone::leave(state, alone::PINS).await;
    }
    alone
}

/// False when another process does it.
async fn update(
    state: &State,
    http: &Http,
    (answers, myth): (&Answers, &Myth),
    progress: &mut Progress,
) -> Result<bool, StoreError> {
    let version = answers.version(myth.id());
    let mut after = 0;
    loop {
        let pins = state.store.outdated_pins((myth.id(), version), after, BATCH).await?;
        let Some(last) = pins.last() else { return Ok(true) };
        after = last.message_id;
        for pin in &pins {
            if state.in_flight.is_closed() {
                return Ok(true);
            }
            if progress.edited + progress.left_alone > 0 {
                tokio::time::sleep(PACE).await;
            }
            if !alone::may(state, alone::PINS).await? {
                return Ok(false);
            }
            if renew(state, http, (answers, myth), pin).await? {
                progress.edited += 1;
            } else {
                progress.left_alone += 1;
            }
        }
    }
}

/// Whether it could be edited.
async fn renew(
    state: &State,
    http: &Http,
    (answers, myth): (&Answers, &Myth),
    pin: &Pin,
) -> Result<bool, StoreError> {
    let card = cards::pinned(&answers.knowledge, myth, answers.language(), &pin.note);
    let place = (ChannelId::new(pin.channel_id.unsigned_abs()), message_of(pin));
    match edit(http, place, &card).await {
        Ok(_) => {
            state.store.pin_shows(pin.message_id, answers.version(myth.id())).await?;
            Ok(true)
        }
        Err(error) => {
            let (channel_id, message_id) = (pin.channel_id, pin.message_id);
            tracing::warn!(channel_id, message_id, error = %chain(&error), "a pinned answer was left as it is");
            forget_if_gone(state, &error, pin).await?;
            Ok(false)
        }
    }
}
