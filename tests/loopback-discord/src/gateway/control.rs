//! What a test can do to the gateway.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Gateway, Outgoing};
use crate::shared::{Shared, State};
use crate::world::Intents;

/// Makes the gateway misbehave, and counts what the bot did. From `LoopbackDiscord::gateway`.
#[derive(Clone, Debug)]
pub struct GatewayControl {
    pub(crate) shared: Arc<Shared>,
}

impl GatewayControl {
    /// Cuts every connection without a close frame. The sessions can be resumed.
    pub fn drop_connections(&self) {
        self.tell(|| Outgoing::Cut);
    }

    /// Closes every connection with this code, such as 4000 or 4009.
    pub fn close(&self, code: u16) {
        self.tell(|| Outgoing::Close(code, "closed by the test"));
    }

    /// Asks every shard to reconnect and resume (op 7).
    pub fn ask_to_reconnect(&self) {
        self.send_op(7, &Value::Null);
    }

    /// Tells every shard that its session is no longer valid (op 9). Unless `resumable`, the
    /// session is over.
    pub fn invalidate_sessions(&self, resumable: bool) {
        self.send_op(9, &json!(resumable));
        if !resumable {
            let mut state = self.shared.lock();
            for session in &mut state.gateway.sessions {
                session.over = true;
            }
        }
    }

    /// Whether heartbeats are answered from now on.
    pub fn ack_heartbeats(&self, acks: bool) {
        self.shared.lock().gateway.acks_heartbeats = acks;
    }

    /// Whether payloads get fields that no library knows, from now on.
    pub fn add_unknown_fields(&self, adds: bool) {
        self.shared.lock().gateway.adds_unknown_fields = adds;
    }

    /// Sends an event of any name to every session.
    pub fn send_event(&self, name: &str, data: &Value) {
        self.shared.lock().gateway.push_raw(name, data);
    }

    /// Sends an event with data that are JSON already to every session, whatever the world is like.
    /// For floods: no faster than the bot takes it, and without a thought for intents and shards.
    pub async fn feed(&self, name: &str, data: &str) {
        /// So many payloads may wait to be sent.
        const AHEAD: usize = 256;
        let takes_more =
            |gateway: &Gateway| gateway.sessions.iter().all(|session| session.unsent() < AHEAD);
        let fed = {
            let mut state = self.shared.lock();
            let fed = takes_more(&state.gateway);
            if fed {
                state.gateway.push_text(name, data);
            }
            fed
        };
        if !fed {
            let takes_more = |state: &State| takes_more(&state.gateway).then_some(());
            self.shared.wait("the bot to take what it is told", takes_more).await;
            self.shared.lock().gateway.push_text(name, data);
        }
    }

    /// How often a bot has identified.
    pub fn identifies(&self) -> u64 {
        self.shared.lock().gateway.identifies
    }

    /// How often a session has been resumed.
    pub fn resumes(&self) -> u64 {
        self.shared.lock().gateway.resumes
    }

    /// How many heartbeats have come.
    pub fn heartbeats(&self) -> u64 {
        self.shared.lock().gateway.heartbeats
    }

    /// The codes of all close frames sent, oldest first.
    pub fn closed_with(&self) -> Vec<u16> {
        self.shared.lock().gateway.closed_with.clone()
    }

    /// The shards that are connected: their numbers, sorted, each with how many there are.
    pub fn shards(&self) -> Vec<(u64, u64)> {
        self.shared.lock().gateway.shards()
    }

    /// Waits until just these shards are connected, of so many.
    pub async fn shards_connected(&self, wanted: impl IntoIterator<Item = u64>, total: u64) {
        let wanted: Vec<_> = wanted.into_iter().map(|number| (number, total)).collect();
        let what = format!("the shards {wanted:?} to be connected");
        self.shared.wait(&what, |state| (state.gateway.shards() == wanted).then_some(())).await;
    }

    /// Tells one shard that its session is no longer valid (op 9), and ends it.
    pub fn invalidate_shard(&self, number: u64) {
        let text = json!({"op": 9, "s": null, "t": null, "d": false}).to_string();
        let mut state = self.shared.lock();
        for session in state.gateway.sessions.iter_mut().filter(|one| one.shard.0 == number) {
            session.over = true;
            if let Some(connection) = &session.connection {
                connection.send(Outgoing::Text(text.clone()));
            }
        }
    }

    /// The intents of the sessions there are.
    pub fn intents(&self) -> Vec<Intents> {
        self.shared.lock().gateway.sessions.iter().map(|session| session.intents).collect()
    }

    /// Waits until a session has been resumed `times` times in all.
    pub async fn resumed(&self, times: u64) {
        let what = format!("{times} resumptions");
        self.shared.wait(&what, |state| (state.gateway.resumes >= times).then_some(())).await;
    }

    /// Waits until a bot has identified `times` times in all.
    pub async fn identified(&self, times: u64) {
        let what = format!("{times} identifications");
        self.shared.wait(&what, |state| (state.gateway.identifies >= times).then_some(())).await;
    }

    /// Waits until no connection is left.
    pub async fn disconnected(&self) {
        self.shared
            .wait("the bot to disconnect", |state| (state.gateway.connected() == 0).then_some(()))
            .await;
    }

    /// Waits until a connection was closed with this code.
    pub async fn closed(&self, code: u16) {
        let what = format!("a close frame with {code}");
        self.shared
            .wait(&what, |state| state.gateway.closed_with.contains(&code).then_some(()))
            .await;
    }

    fn send_op(&self, op: u8, data: &Value) {
        let text = json!({"op": op, "s": null, "t": null, "d": data}).to_string();
        self.tell(|| Outgoing::Text(text.clone()));
    }

    pub(super) fn tell(&self, make: impl Fn() -> Outgoing) {
        let told = self.shared.lock().gateway.tell_connections(make);
        assert!(told > 0, "no bot is connected to the gateway\n{}", self.shared.dump());
    }
}
