//! The gateway: sessions, which get the events that they asked for and may know.

mod connection;
mod control;
mod identify_limit;
mod session;
mod trouble;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use connection::upgrade;
pub use control::GatewayControl;
use identify_limit::IdentifyLimit;
use session::Session;
use trouble::Trouble;

use crate::wire::{Told, redact};
use crate::world::{Intents, Snowflake, World};

/// Something for a connection to do.
#[derive(Debug)]
pub(crate) enum Outgoing {
    /// Send this.
    Text(String),
    /// Close with this code and reason.
    Close(u16, &'static str),
    /// Cut the connection without a word.
    Cut,
    /// Cut it with a reset.
    Reset,
    /// Send half of this, and cut the connection.
    Torn(String),
    /// Close without a code.
    CloseWithoutCode,
    /// Send and read nothing any more.
    Mute,
}

/// The sending end of a connection, which counts what is still to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// Which connection this is, of all there have been.
    pub(crate) number: u64,
    pub(crate) sender: UnboundedSender<Outgoing>,
    pub(crate) unsent: Arc<AtomicUsize>,
}

/// All sessions, and how the gateway behaves towards them.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) sessions: Vec<Session>,
    pub(crate) heartbeat_every: Duration,
    /// Whether heartbeats are answered.
    pub(crate) acks_heartbeats: bool,
    /// Whether payloads get fields that no library knows.
    pub(crate) adds_unknown_fields: bool,
    pub(crate) connections: u64,
    pub(crate) identifies: u64,
    pub(crate) resumes: u64,
    pub(crate) heartbeats: u64,
    /// Close codes sent, oldest first.
    pub(crate) closed_with: Vec<u16>,
    pub(crate) identify_limit: IdentifyLimit,
    pub(crate) trouble: Trouble,
    next_session: u64,
}

impl Gateway {
    pub(crate) fn new(world: &World) -> Self {
        Self {
            sessions: Vec::new(),
            heartbeat_every: world.heartbeat_every,
            acks_heartbeats: true,
            adds_unknown_fields: false,
            connections: 0,
            identifies: 0,
            resumes: 0,
            heartbeats: 0,
            closed_with: Vec::new(),
            identify_limit: IdentifyLimit::default(),
            trouble: Trouble::default(),
            next_session: 1,
        }
    }

    /// Starts a session and says under which name.
    pub(crate) fn open(
        &mut self,
        connection: Connection,
        shard: (u64, u64),
        intents: Intents,
    ) -> String {
        let id = format!("{:032x}", self.next_session);
        self.next_session += 1;
        self.identifies += 1;
        self.sessions.push(Session::new(id.clone(), shard, intents, connection));
        id
    }

    /// Tells every session that asked for the event and whose shard it concerns.
    pub(crate) fn dispatch(&mut self, told: &Told, bot: Snowflake) {
        for session in &mut self.sessions {
            let wanted = session.intents.contains(told.intent);
            let shard = told.guild.map_or(0, |guild| guild.shard(session.shard.1));
            if !wanted || shard != session.shard.0 {
                continue;
            }
            let mut data = told.data.clone();
            if told.has_content && !session.intents.contains(Intents::MESSAGE_CONTENT) {
                redact(&mut data, bot);
            }
            if self.adds_unknown_fields {
                add_unknown_fields(&mut data);
            }
            session.push(told.name, &data);
        }
    }

    /// Sends an event to every session, whatever its intents.
    pub(crate) fn push_raw(&mut self, name: &str, data: &Value) {
        for session in &mut self.sessions {
            session.push(name, data);
        }
    }

    /// The same with data that are JSON already.
    pub(crate) fn push_text(&mut self, name: &str, data: &str) {
        for session in &mut self.sessions {
            session.push_text(name, data);
        }
    }

    /// Makes every connection do something. Says how many there are.
    pub(crate) fn tell_connections(&mut self, make: impl Fn() -> Outgoing) -> usize {
        let connected = self.sessions.iter().filter_map(|session| session.connection.as_ref());
        let mut told = 0;
        for connection in connected {
            connection.send(make());
            told += 1;
        }
        told
    }

    pub(crate) fn session(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// A connection has ended. Its session waits to be resumed, unless it `ended` for good.
    pub(crate) fn disconnected(&mut self, number: u64, ended: bool) {
        for session in &mut self.sessions {
            if session.connection.as_ref().is_some_and(|own| own.number == number) {
                session.connection = None;
                session.over = session.over || ended;
            }
        }
        self.sessions.retain(|session| !session.over);
    }

    /// Sessions that have a connection.
    pub(crate) fn connected(&self) -> usize {
        self.sessions.iter().filter(|session| session.connection.is_some()).count()
    }

    /// The shards that have a connection, sorted, each with how many there are.
    pub(crate) fn shards(&self) -> Vec<(u64, u64)> {
        let connected = self.sessions.iter().filter(|session| session.connection.is_some());
        let mut shards: Vec<_> = connected.map(|session| session.shard).collect();
        shards.sort_unstable();
        shards
    }

    /// Whether everything there is to send has been sent.
    pub(crate) fn is_flushed(&self) -> bool {
        self.sessions.iter().all(Session::is_flushed)
    }

    pub(crate) fn dump(&self) -> String {
        format!(
            "gateway: {} connected, {} connections ever, {} identifies, {} resumes, closed with {:?}",
            self.connected(),
            self.connections,
            self.identifies,
            self.resumes,
            self.closed_with
        )
    }
}

impl Connection {
    pub(crate) fn send(&self, outgoing: Outgoing) {
        self.unsent.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        // A closed connection has no more to send; its session learns of it by `disconnected`.
        if self.sender.send(outgoing).is_err() {
            self.unsent.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        }
    }
}

/// Adds what Discord may add any day, at every level.
fn add_unknown_fields(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.values_mut().for_each(add_unknown_fields);
            map.insert("a_field_of_tomorrow".into(), json!({"nested": [1, null]}));
        }
        Value::Array(list) => list.iter_mut().for_each(add_unknown_fields),
        _ => {}
    }
}
