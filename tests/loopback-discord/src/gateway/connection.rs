//! One WebSocket connection to the gateway.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Extension;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::unbounded_channel;

use super::identify_limit::TooOften;
use super::trouble::Reception;
use super::{Connection, Outgoing};
use crate::line::Line;
use crate::shared::Shared;
use crate::wire::{application, current_user, guild_create};
use crate::world::{Intents, World};

/// The query of the gateway's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Version {
    v: Option<u8>,
}

/// `GET /` with an upgrade.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    Query(version): Query<Version>,
    Extension(line): Extension<Line>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let reception = shared.lock().gateway.trouble.receive();
    shared.wake();
    match reception {
        Reception::Served => {}
        Reception::Refused => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Reception::Ignored => std::future::pending().await,
    }
    upgrade.on_upgrade(move |socket| async move {
        let (sender, outgoing) = unbounded_channel();
        let number = {
            let mut state = shared.lock();
            state.gateway.connections += 1;
            state.gateway.connections
        };
        let connection = Connection { number, sender, unsent: Arc::new(AtomicUsize::new(0)) };
        let mut task = Task { shared, socket, line, connection, identified: false };
        let ended = task.run(outgoing, version.v).await;
        task.shared.lock().gateway.disconnected(number, ended);
        task.shared.wake();
    })
}

/// Why a payload ends the connection.
enum End {
    /// The gateway closes it.
    Close(u16, &'static str),
    /// The client closed it; `true` if that ends the session, too.
    ByClient(bool),
    /// The test wants it cut.
    Cut,
}

struct Task {
    shared: Arc<Shared>,
    socket: WebSocket,
    line: Line,
    connection: Connection,
    identified: bool,
}

impl Task {
    /// Serves the connection until it ends. Says whether the session is over as well.
    async fn run(
        &mut self,
        mut outgoing: tokio::sync::mpsc::UnboundedReceiver<Outgoing>,
        version: Option<u8>,
    ) -> bool {
        if version != Some(10) {
            return self.close(4012, "Invalid API version").await;
        }
        let interval = self.shared.lock().gateway.heartbeat_every.as_millis();
        let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval}});
        self.connection.send(Outgoing::Text(hello.to_string()));
        loop {
            let end = tokio::select! {
                biased;
                next = outgoing.recv() => match next {
                    Some(Outgoing::Mute) => {
                        self.stay_mute(&mut outgoing).await;
                        return false;
                    }
                    Some(next) => self.send(next).await,
                    None => return false,
                },
                received = self.socket.recv() => match received {
                    Some(Ok(message)) => self.receive(&message),
                    _ => Err(End::ByClient(false)),
                },
            };
            match end {
                Ok(()) => {}
                Err(End::Close(code, reason)) => return self.close(code, reason).await,
                Err(End::ByClient(over)) => return over,
                Err(End::Cut) => return false,
            }
        }
    }

    /// Neither sends nor reads until the connection is to be cut.
    async fn stay_mute(&mut self, outgoing: &mut tokio::sync::mpsc::UnboundedReceiver<Outgoing>) {
        loop {
            self.connection.unsent.fetch_sub(1, Ordering::SeqCst);
            self.shared.wake();
            if matches!(outgoing.recv().await, None | Some(Outgoing::Cut | Outgoing::Reset)) {
                return;
            }
        }
    }

    async fn send(&mut self, outgoing: Outgoing) -> Result<(), End> {
        let sent = match outgoing {
            Outgoing::Text(text) => self.socket.send(Message::Text(text.into())).await,
            Outgoing::Close(code, reason) => return Err(End::Close(code, reason)),
            Outgoing::Cut | Outgoing::Mute => return Err(End::Cut),
            Outgoing::Reset => {
                self.line.reset_at_end();
                return Err(End::Cut);
            }
            Outgoing::Torn(text) => {
                self.line.break_after(text.len() / 2);
                // It fails in the middle.
                drop(self.socket.send(Message::Text(text.into())).await);
                return Err(End::Cut);
            }
            Outgoing::CloseWithoutCode => {
                drop(self.socket.send(Message::Close(None)).await);
                return Err(End::Cut);
            }
        };
        self.connection.unsent.fetch_sub(1, Ordering::SeqCst);
        self.shared.wake();
        sent.map_err(|_| End::ByClient(false))
    }

    /// Closes with a code. Says whether that ends the session.
    async fn close(&mut self, code: u16, reason: &'static str) -> bool {
        self.shared.lock().gateway.closed_with.push(code);
        let frame = CloseFrame { code, reason: reason.into() };
        // The client may be gone already; then there is nobody to tell.
        drop(self.socket.send(Message::Close(Some(frame))).await);
        matches!(code, 1000 | 1001 | 4003..=4007 | 4009..=4014)
    }

    fn receive(&mut self, message: &Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text.as_str(),
            Message::Close(frame) => {
                let code = frame.as_ref().map(|frame| frame.code);
                return Err(End::ByClient(matches!(code, Some(1000 | 1001))));
            }
            Message::Binary(_) => return Err(End::Close(4002, "Error while decoding payload.")),
            _ => return Ok(()),
        };
        let payload: Value = serde_json::from_str(text)
            .map_err(|_| End::Close(4002, "Error while decoding payload."))?;
        match payload["op"].as_u64() {
            Some(1) => {
                self.heartbeat();
                Ok(())
            }
            Some(2) => self.identify(&payload["d"]),
            Some(6) => self.resume(&payload["d"]),
            Some(3 | 4 | 8) if self.identified => Ok(()),
            Some(3 | 4 | 8) => Err(End::Close(4003, "Not authenticated.")),
            _ => Err(End::Close(4001, "Unknown opcode.")),
        }
    }

    fn heartbeat(&self) {
        let mut state = self.shared.lock();
        state.gateway.heartbeats += 1;
        if state.gateway.acks_heartbeats {
            self.send_later(&json!({"op": 11, "s": null, "t": null, "d": null}));
        }
        drop(state);
        self.shared.wake();
    }

    fn identify(&mut self, data: &Value) -> Result<(), End> {
        self.check_token(data)?;
        let number = |index: usize| data["shard"][index].as_u64();
        let shard = match (number(0), number(1)) {
            _ if data["shard"].is_null() => (0, 1),
            (Some(id), Some(total)) if id < total => (id, total),
            _ => return Err(End::Close(4010, "Invalid shard.")),
        };
        let Some(bits) = data["intents"].as_u64() else {
            return Err(End::Close(4013, "Invalid intent(s)."));
        };
        let intents = Intents::from_bits(bits);
        if !Intents::KNOWN.contains(intents) {
            return Err(End::Close(4013, "Invalid intent(s)."));
        }
        let address = self.shared.address;
        let mut guard = self.shared.lock();
        let state = &mut *guard;
        // Only a session that was declared invalid may be followed by another.
        let own = |session: &&mut super::Session| session.is_on(self.connection.number);
        if let Some(session) = state.gateway.sessions.iter_mut().find(own) {
            if !session.over {
                return Err(End::Close(4005, "Already authenticated."));
            }
            session.connection = None;
        }
        state.gateway.sessions.retain(|session| !session.over);
        let refused = intents.and(Intents::PRIVILEGED).without(state.world.application.privileged);
        if refused != Intents::NONE {
            return Err(End::Close(4014, "Disallowed intent(s)."));
        }
        match state.gateway.identify_limit.begin(&mut state.world, shard.0) {
            Ok(()) => {}
            Err(TooOften::Now(complaint)) => {
                state.log.complain(complaint);
                self.send_later(&json!({"op": 9, "s": null, "t": null, "d": false}));
                return Ok(());
            }
            Err(TooOften::Today) => {
                state.log.complain(format!("shard {} identified too often today", shard.0));
                return Err(End::Close(4004, "Authentication failed."));
            }
        }
        let id = state.gateway.open(self.connection.clone(), shard, intents);
        let world = &state.world;
        let holds = state.gateway.trouble.holds_guilds;
        let mut held = Vec::new();
        if let Some(session) = state.gateway.session(&id) {
            session.push("READY", &ready(world, &id, shard, &format!("ws://{address}")));
            for guild in guilds_of(world, shard).filter(|guild| !guild.unavailable) {
                match guild_create(world, guild) {
                    _ if !intents.contains(Intents::GUILDS) => {}
                    guild if holds => held.push((id.clone(), guild)),
                    guild => session.push("GUILD_CREATE", &guild),
                }
            }
        }
        state.gateway.trouble.held.extend(held);
        self.identified = true;
        drop(guard);
        self.shared.wake();
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), End> {
        self.check_token(data)?;
        let id = data["session_id"].as_str().unwrap_or_default();
        let sequence = data["seq"].as_u64().unwrap_or_default();
        let mut guard = self.shared.lock();
        let connection = self.connection.clone();
        let replayed = guard.gateway.trouble.replayed;
        let known = guard.gateway.session(id);
        let resumed = known.is_some_and(|known| known.resume(sequence, replayed, connection));
        if resumed {
            guard.gateway.resumes += 1;
            self.identified = true;
        } else {
            guard.gateway.sessions.retain(|session| session.id != id);
            self.send_later(&json!({"op": 9, "s": null, "t": null, "d": false}));
        }
        drop(guard);
        self.shared.wake();
        Ok(())
    }

    fn check_token(&self, data: &Value) -> Result<(), End> {
        // Libraries may or may not keep the "Bot " of the HTTP header.
        let given = data["token"].as_str().unwrap_or_default();
        let given = given.strip_prefix("Bot ").unwrap_or(given);
        if given == self.shared.lock().world.application.token {
            Ok(())
        } else {
            Err(End::Close(4004, "Authentication failed."))
        }
    }

    fn send_later(&self, payload: &Value) {
        self.connection.send(Outgoing::Text(payload.to_string()));
    }
}

fn guilds_of(world: &World, shard: (u64, u64)) -> impl Iterator<Item = &crate::world::Guild> {
    world
        .guilds
        .values()
        .filter(move |guild| guild.id.shard(shard.1) == shard.0 && world.bot_is_in(guild.id))
}

fn ready(world: &World, session: &str, shard: (u64, u64), gateway: &str) -> Value {
    let application = application(world);
    let guilds: Vec<Value> =
        guilds_of(world, shard).map(|guild| json!({"id": guild.id, "unavailable": true})).collect();
    json!({
        "v": 10,
        "user": current_user(world),
        "guilds": guilds,
        "session_id": session,
        "resume_gateway_url": gateway,
        "session_type": "normal",
        "shard": [shard.0, shard.1],
        "application": {"id": application["id"], "flags": application["flags"]},
        "private_channels": [],
        "presences": [],
        "relationships": [],
        "_trace": [],
    })
}
