//! What must be written although the database is away: it has happened already, on Discord or in the
//! database itself, and cannot be taken back.

use std::future::Future;
use std::time::Duration;

use tracing::Instrument as _;

use super::error::chain;
use super::state::State;
use crate::store::{Entry, Store, StoreError};

/// How many seconds to wait before something is written again; ten minutes in all.
const PAUSES: [u64; 12] = [1, 2, 5, 10, 20, 60, 60, 60, 60, 120, 120, 120];

/// Writes, and where that fails goes on trying while the bot runs. Nobody waits for that.
pub(super) async fn surely<F>(
    state: &State,
    what: &'static str,
    write: impl Fn(Store) -> F + Send + 'static,
) where
    F: Future<Output = Result<(), StoreError>> + Send,
{
    let Err(error) = write(state.store.clone()).await else { return };
    tracing::error!(what, error = %chain(&error), "not written yet");
    let store = state.store.clone();
    let go_on = async move {
        for pause in PAUSES {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            if write(store.clone()).await.is_ok() {
                tracing::info!(what, "written");
                return;
            }
        }
        tracing::error!(what, "never written");
    };
    state.in_flight.spawn(go_on.in_current_span());
}

/// Notes in the audit log what somebody did. That it is done was or will be confirmed: a log that
/// cannot be written now must not say otherwise.
pub(super) async fn note(state: &State, entry: Entry) {
    surely(state, "audit log", move |store| {
        let entry = entry.clone();
        async move { store.note(&entry).await }
    })
    .await;
}
