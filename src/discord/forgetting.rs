//! What is old is forgotten, once a day; but not because a clock is wrong.

use std::convert::Infallible;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::alone;
use super::error::chain;
use super::heard::BotEvent;
use super::state::State;
use crate::policy;
use crate::store::{Noted, Purged, StoreError};

/// How often what is old is forgotten, and after what time it is tried again when that failed.
const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);

/// The shortest time by which a clock that is ahead is not believed at once.
const LEAST: SignedDuration = SignedDuration::from_hours(48);

/// How long a clock must have stayed ahead to be believed: what is looked at once a day was so the day
/// before, whatever an hour of summer time does to it.
const STAYED: SignedDuration = SignedDuration::from_hours(23);

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
    let (before, left) = (now - kept, now - policy::LEFT);
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

/// Whether the clock has leapt, and has not stayed there since it was first doubted. That is noted: a bot
/// that is started every morning must not doubt for ever.
async fn is_doubted(
    state: &State,
    now: Timestamp,
    kept: SignedDuration,
) -> Result<bool, StoreError> {
    if !is_far_ahead(now, state.store.noted_time(Noted::Purged).await?, kept) {
        return Ok(false);
    }
    let since = state.store.noted_time(Noted::ClockDoubted).await?;
    let passed = since.map(|since| now.as_millisecond().saturating_sub(since));
    if passed.is_none_or(|passed| passed < 0) || is_far_ahead(now, since, kept) {
        state.store.note_time(Noted::ClockDoubted, now.as_millisecond()).await?;
        return Ok(true);
    }
    Ok(passed.is_some_and(|passed| i128::from(passed) < STAYED.as_millis()))
}

/// Whether so much time is said to have passed that most of what is kept would be forgotten at once:
/// either the bot was off for long, or the clock is wrong.
fn is_far_ahead(now: Timestamp, last_ms: Option<i64>, kept: SignedDuration) -> bool {
    let passed = last_ms.map(|last| now.as_millisecond().saturating_sub(last));
    let doubtful = (kept / 2).max(LEAST);
    passed.is_some_and(|passed| i128::from(passed) > doubtful.as_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_of_half_the_time_is_not_believed_at_once() {
        let kept = SignedDuration::from_hours(90 * 24);
        let after = |days: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(days * 24);
        assert!(!is_far_ahead(after(1), Some(0), kept));
        assert!(!is_far_ahead(after(45), Some(0), kept));
        assert!(is_far_ahead(after(46), Some(0), kept));
        // A new database, and a clock that was set back.
        assert!(!is_far_ahead(after(9999), None, kept));
        assert!(!is_far_ahead(Timestamp::UNIX_EPOCH, Some(i64::MAX), kept));
        // What is kept for a day is still forgotten every day.
        let kept = SignedDuration::from_hours(24);
        assert!(!is_far_ahead(after(1), Some(0), kept));
    }
}
