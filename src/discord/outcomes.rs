//! How often what happened, for statistics: by server, day and answer, never by person.

use std::sync::atomic::{AtomicBool, Ordering};

use serenity::all::GuildId;

use super::error::chain;
use super::state::State;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Whether counting fails at the moment. It is logged when that begins, not each time.
#[derive(Debug, Default)]
pub(super) struct Failing(AtomicBool);

/// Counts what became of a message that has to do with an answer: the code of a
/// [`Reason`](crate::policy::Reason) or one of [`code`]. Nothing in direct messages. It does no harm
/// when that fails, and is called when there is nothing more to do.
pub(super) async fn count(state: &State, guild: Option<GuildId>, answer: &str, outcome: &str) {
    let Some(guild) = guild else { return };
    let day = state.clock.now().as_second().div_euclid(DAY);
    match state.store.count(guild.into(), day, answer, outcome).await {
        Ok(()) => state.counting.0.store(false, Ordering::Relaxed),
        Err(error) if !state.counting.0.swap(true, Ordering::Relaxed) => {
            tracing::error!(error = %chain(&error), "outcomes are not counted");
        }
        Err(_) => {}
    }
}

/// What happens besides keeping silent.
pub(super) mod code {
    /// The bot replied by itself.
    pub(in crate::discord) const REPLIED: &str = "replied";
    /// It wanted to reply, or to ask, and could not.
    pub(in crate::discord) const FAILED: &str = "failed";
    /// It asked moderators.
    pub(in crate::discord) const ASKED: &str = "asked";
    /// Moderators had the answer posted.
    pub(in crate::discord) const POSTED: &str = "posted";
    /// Moderators said: not this one.
    pub(in crate::discord) const DECLINED: &str = "declined";
    /// Moderators said: never for this phrase.
    pub(in crate::discord) const PHRASE_MUTED: &str = "phrase-muted";
    /// Somebody said that a reply was not relevant.
    pub(in crate::discord) const DISMISSED: &str = "dismissed";
    /// The message is gone or says something else, and its reply went, too.
    pub(in crate::discord) const WITHDRAWN: &str = "withdrawn";
    /// The message says something else, and so does its reply.
    pub(in crate::discord) const CHANGED: &str = "changed";
}
