//! Work that one process does at a time, whatever becomes of the one that does it.
//!
//! A row in the database says who does it and until when; whoever goes on says so again and again. That
//! works on both databases, needs no connection of its own, and the work of a process that was killed is
//! taken over after [`LEASE`]. A lock of PostgreSQL (`pg_advisory_lock`) would be given back at once then,
//! but also whenever its connection breaks, which the process that works on would not notice.

use jiff::SignedDuration;

use super::error::chain;
use super::state::State;
use crate::store::StoreError;

/// How long a process may be silent before another one goes on with its work.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// Edits of replies that give an older version of an answer.
pub(super) const CORRECTIONS: &str = "corrections";
/// Edits of pinned answers.
pub(super) const PINS: &str = "pins";
/// To forget what is old.
pub(super) const PURGE: &str = "purge";

/// Whether this process may begin with a task, or go on with it.
pub(super) async fn may(state: &State, task: &str) -> Result<bool, StoreError> {
    let now = state.clock.now();
    let times = (now.as_millisecond(), (now + LEASE).as_millisecond());
    state.store.lease(task, state.holder, times).await
}

/// Leaves a task to others: it is done, or the bot stops.
pub(super) async fn leave(state: &State, task: &str) {
    if let Err(error) = state.store.end_lease(task, state.holder).await {
        // Others go on once the time is over.
        tracing::debug!(task, error = %chain(&error), "a task is not handed over");
    }
}
