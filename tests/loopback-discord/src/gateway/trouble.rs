//! Connections that break, fall silent or do not come about: more of what a test can do to the gateway.

use serde_json::Value;

use super::{GatewayControl, Outgoing};

/// What becomes of somebody who wants to connect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reception {
    /// Served.
    #[default]
    Served,
    /// Sent away: 503.
    Refused,
    /// Left waiting: the connection stands, and nothing comes.
    Ignored,
}

/// How the gateway misbehaves towards those who come.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    pub(crate) reception: Reception,
    /// How many of the next are left waiting: the connection stands, and nothing comes.
    pub(crate) ignored: u64,
    /// How many wanted to connect, served or not.
    pub(crate) attempts: u64,
    /// How many events before the missed ones are told again with a resumption.
    pub(crate) replayed: u64,
    /// Whether a new session is told of its guilds only when the test says so.
    pub(crate) holds_guilds: bool,
    /// What was held back, by session.
    pub(crate) held: Vec<(String, Value)>,
}

impl Trouble {
    /// Receives somebody.
    pub(crate) fn receive(&mut self) -> Reception {
        self.attempts += 1;
        if self.ignored > 0 {
            self.ignored -= 1;
            return Reception::Ignored;
        }
        self.reception
    }
}

impl GatewayControl {
    /// Cuts every connection with a reset (RST): what was sent and not yet read is lost with it. The
    /// sessions can be resumed.
    pub fn reset_connections(&self) {
        self.tell(|| Outgoing::Reset);
    }

    /// Cuts every connection in the middle of the WebSocket frame of its next event. The sessions can
    /// be resumed.
    pub fn tear_at_next_event(&self) {
        for session in &mut self.shared.lock().gateway.sessions {
            session.tears = true;
        }
    }

    /// Closes every connection with a close frame that has no code. The sessions can be resumed.
    pub fn close_without_code(&self) {
        self.tell(|| Outgoing::CloseWithoutCode);
    }

    /// Every connection stays open, and nothing comes any more; what the bot sends is not read.
    pub fn mute_connections(&self) {
        self.tell(|| Outgoing::Mute);
    }

    /// Sends text of any kind to every connection, such as JSON that ends in the middle.
    pub fn send_text(&self, text: &str) {
        self.tell(|| Outgoing::Text(text.to_owned()));
    }

    /// Sends away whoever wants to connect, from now on or no longer.
    pub fn refuse_connections(&self, refuses: bool) {
        self.receive(if refuses { Reception::Refused } else { Reception::Served });
    }

    /// Leaves waiting, for ever, so many of the next who want to connect.
    pub fn ignore_next_connections(&self, connections: u64) {
        self.shared.lock().gateway.trouble.ignored = connections;
    }

    /// With each resumption, tells so many events again that the session was told of already.
    pub fn replay_on_resume(&self, events: u64) {
        self.shared.lock().gateway.trouble.replayed = events;
    }

    /// Whether sessions that begin from now on hear of their guilds only at
    /// [`Self::release_guilds`].
    pub fn hold_guilds(&self, holds: bool) {
        self.shared.lock().gateway.trouble.holds_guilds = holds;
    }

    /// Tells sessions of the guilds that were held back.
    pub async fn release_guilds(&self) {
        {
            let mut state = self.shared.lock();
            for (session, guild) in std::mem::take(&mut state.gateway.trouble.held) {
                if let Some(session) = state.gateway.session(&session) {
                    session.push("GUILD_CREATE", &guild);
                }
            }
        }
        self.shared.flushed().await;
    }

    /// How often a bot wanted to connect, served or not.
    pub fn attempts(&self) -> u64 {
        self.shared.lock().gateway.trouble.attempts
    }

    /// Waits until a bot has wanted to connect so many times in all.
    pub async fn attempted(&self, times: u64) {
        let what = format!("{times} attempts to connect");
        self.shared
            .wait(&what, |state| (state.gateway.trouble.attempts >= times).then_some(()))
            .await;
    }

    /// Waits until so many heartbeats have come in all.
    pub async fn heard_heartbeats(&self, times: u64) {
        let what = format!("{times} heartbeats");
        self.shared.wait(&what, |state| (state.gateway.heartbeats >= times).then_some(())).await;
    }

    fn receive(&self, reception: Reception) {
        self.shared.lock().gateway.trouble.reception = reception;
        self.shared.wake();
    }
}
