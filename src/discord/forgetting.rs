//! What is old is forgotten, once a day; but not because a clock is wrong.

use std::convert::Infallible;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::alone;
use super::error::chain;
use super::heard::BotEvent;
use super::state::State;
use crate::policy::retention::{self, Doubt};
use crate::store::{Noted, Purged, StoreError};

/// How often what is old is forgotten, and after what time it is tried again when that failed.
const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);

/// Forgets what is old, now and every day.
pub(super) async fn daily(state: &State) -> Infallible {
    loop {
        let pause = match once(state).await {
            Ok(()) => DAY,
            Err(error) => {
                tracing::error!(error = %chain(&error), "old rows not forgotten yet");
                HOUR
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Forgets what is old, unless the clock is doubted.
async fn once(state: &State) -> Result<(), StoreError> {
    let now = state.clock.now();
    let kept = SignedDuration::from_hours(i64::from(state.retention_days) * 24);
    if is_doubted(state, now, kept).await? {
        tracing::warn!(
            "the clock is far ahead of the last time that something was forgotten: nothing is \
             forgotten until it has been so for a day. Is it right?"
        );
        state.tell(BotEvent::Forgot { old: 0, left: 0, clock_doubted: true });
        return Ok(());
    }
    let (before, left) = (now - kept, now - retention::LEFT);
    let (before, left) = (before.as_millisecond(), left.as_millisecond());
    let Purged { old, left } = if alone::may(state, alone::PURGE).await? {
        let purged = state.store.purge(before, left).await;
        alone::leave(state, alone::PURGE).await;
        purged?
    } else {
        Purged::default()
    };
    state.store.note_time(Noted::Purged, now.as_millisecond()).await?;
    if old + left > 0 {
        tracing::info!(old, left, "old rows forgotten");
    }
    state.tell(BotEvent::Forgot { old, left, clock_doubted: false });
    Ok(())
}

async fn is_doubted(
    state: &State,
    now: Timestamp,
    kept: SignedDuration,
) -> Result<bool, StoreError> {
    let (store, at) = (&state.store, |ms: i64| Timestamp::from_millisecond(ms).ok());
    let last = store.noted_time(Noted::Purged).await?.and_then(at);
    let since = store.noted_time(Noted::ClockDoubted).await?.and_then(at);
    let doubt = retention::doubt(now, last, since, kept);
    match doubt {
        Doubt::Begins => store.note_time(Noted::ClockDoubted, now.as_millisecond()).await?,
        // The next leap is another one.
        Doubt::None if since.is_some_and(|since| since > Timestamp::UNIX_EPOCH) => {
            store.note_time(Noted::ClockDoubted, 0).await?;
        }
        Doubt::None | Doubt::Lasts => {}
    }
    Ok(doubt != Doubt::None)
}
