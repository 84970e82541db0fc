//! One session: what it asked for, and what it can still be told again.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::{Connection, Outgoing};
use crate::world::Intents;

/// How many events a session that lost its connection can catch up on.
const BUFFERED: usize = 1000;

/// Events about a session itself, which are not told twice.
const SESSION_EVENTS: [&str; 2] = ["\"t\":\"READY\"", "\"t\":\"RESUMED\""];

/// What a shard of the bot has with the gateway.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    /// Its number and how many there are.
    pub(crate) shard: (u64, u64),
    pub(crate) intents: Intents,
    /// Its connection, unless that is lost.
    pub(crate) connection: Option<Connection>,
    /// It cannot be resumed.
    pub(crate) over: bool,
    /// The connection is torn in the middle of the next event.
    pub(crate) tears: bool,
    sequence: u64,
    sent: VecDeque<(u64, String)>,
}

impl Session {
    pub(crate) fn new(
        id: String,
        shard: (u64, u64),
        intents: Intents,
        connection: Connection,
    ) -> Self {
        let connection = Some(connection);
        let (over, tears, sent) = (false, false, VecDeque::new());
        Self { id, shard, intents, connection, over, tears, sequence: 0, sent }
    }

    /// Sends an event, or keeps it for a resumption.
    pub(crate) fn push(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let payload = json!({"op": 0, "s": self.sequence, "t": name, "d": data});
        self.send(payload.to_string());
    }

    /// The same with data that are JSON already.
    pub(crate) fn push_text(&mut self, name: &str, data: &str) {
        self.sequence += 1;
        self.send(format!(r#"{{"op":0,"s":{},"t":"{name}","d":{data}}}"#, self.sequence));
    }

    fn send(&mut self, text: String) {
        if let Some(connection) = &self.connection {
            let torn = std::mem::take(&mut self.tears);
            let make = if torn { Outgoing::Torn } else { Outgoing::Text };
            connection.send(make(text.clone()));
        }
        self.sent.push_back((self.sequence, text));
        if self.sent.len() > BUFFERED {
            self.sent.pop_front();
        }
    }

    /// Goes on after `sequence` on a new connection, and tells `replayed` events before that again.
    /// False if that is not possible.
    pub(crate) fn resume(&mut self, sequence: u64, replayed: u64, connection: Connection) -> bool {
        let forgotten = self.sent.front().is_some_and(|(oldest, _)| *oldest > sequence + 1);
        if forgotten || sequence > self.sequence || self.over {
            return false;
        }
        let after = sequence.saturating_sub(replayed);
        let is_missed = |text: &str| !SESSION_EVENTS.iter().any(|name| text.contains(name));
        let missed = self
            .sent
            .iter()
            .filter(|(number, text)| *number > after && (*number > sequence || is_missed(text)));
        for (_, text) in missed {
            connection.send(Outgoing::Text(text.clone()));
        }
        self.connection = Some(connection);
        self.push("RESUMED", &json!({}));
        true
    }

    /// Whether it is that connection's.
    pub(crate) fn is_on(&self, connection: u64) -> bool {
        self.connection.as_ref().is_some_and(|own| own.number == connection)
    }

    pub(crate) fn is_flushed(&self) -> bool {
        self.unsent() == 0
    }

    /// How many payloads its connection has still to send.
    pub(crate) fn unsent(&self) -> usize {
        let connection = self.connection.as_ref();
        connection.map_or(0, |connection| connection.unsent.load(Ordering::SeqCst))
    }
}
