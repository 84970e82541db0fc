//! How the bot is, for whoever asks over HTTP: connected or not, its database, its numbers.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::{ConnectionStage, ShardId};

use super::state::State;
use crate::store;
use crate::telemetry::{Metrics, Subject};

/// How long the database may take to answer. Kubernetes and Docker wait longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of the connections besides their stages, which serenity keeps.
#[derive(Debug, Default)]
pub(super) struct Vitals {
    /// How many shards this process has; 0 as long as Discord has not said.
    shards: AtomicU32,
    /// Those that have been connected.
    seen: Mutex<HashSet<ShardId>>,
}

impl Vitals {
    /// This process has so many shards.
    pub(super) fn expect(&self, shards: u32) {
        self.shards.store(shards, Ordering::Relaxed);
    }

    /// A shard has begun a session. If it had one before, it is connected again.
    pub(super) fn identified(&self, metrics: &Metrics, shard: ShardId) {
        if !self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(shard) {
            metrics.reconnected(shard.0, "identified");
        }
    }
}

impl Subject for Arc<State> {
    async fn numbers(&self) -> String {
        self.metrics.store_failures(store::failures());
        connected(self).await;
        self.metrics.text()
    }

    async fn missing(&self) -> Vec<String> {
        let shards = self.vitals.shards.load(Ordering::Relaxed);
        let pinged = tokio::time::timeout(PATIENCE, self.store.ping());
        let (connected, pinged) = tokio::join!(connected(self), pinged);
        sentences(&Found {
            is_stopping: self.in_flight.is_closed(),
            shards,
            connected,
            database_answers: matches!(pinged, Ok(Ok(()))),
        })
    }
}

/// How many shards are connected; notes that and how long their heartbeats take.
async fn connected(state: &State) -> usize {
    let mut connected = 0;
    if let Some(manager) = state.connections.get() {
        for (shard, runner) in &*manager.runners.lock().await {
            let is_connected = runner.stage == ConnectionStage::Connected;
            connected += usize::from(is_connected);
            state.metrics.latency(shard.0, runner.latency.filter(|_| is_connected));
        }
    }
    state.metrics.shards(connected, state.vitals.shards.load(Ordering::Relaxed));
    connected
}

/// What was found when somebody asked.
struct Found {
    is_stopping: bool,
    shards: u32,
    connected: usize,
    database_answers: bool,
}

/// What keeps the bot from its work.
fn sentences(found: &Found) -> Vec<String> {
    let Found { is_stopping, shards, connected, database_answers } = *found;
    let mut missing = Vec::new();
    if is_stopping {
        missing.push("The bot is being stopped.".to_owned());
    }
    match usize::try_from(shards).unwrap_or(usize::MAX) {
        0 => missing.push("Discord has not said yet where to connect.".to_owned()),
        1 if connected == 0 => missing.push("The bot is not connected to Discord.".to_owned()),
        wanted if connected < wanted => missing.push(format!(
            "{connected} of {shards} connections to Discord stand, not all of them."
        )),
        _ => {}
    }
    if !database_answers {
        missing.push("The database does not answer.".to_owned());
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_what_is_missing() {
        let well =
            || Found { is_stopping: false, shards: 16, connected: 16, database_answers: true };
        assert!(sentences(&well()).is_empty());
        let said = [
            Found { shards: 0, connected: 0, ..well() },
            Found { shards: 1, connected: 0, ..well() },
            Found { connected: 7, database_answers: false, ..well() },
            Found { is_stopping: true, ..well() },
        ];
        let said: Vec<String> = said.iter().flat_map(sentences).collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        Discord has not said yet where to connect.
        The bot is not connected to Discord.
        7 of 16 connections to Discord stand, not all of them.
        The database does not answer.
        The bot is being stopped.
        ");
    }
}
