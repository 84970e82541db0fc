//! Which servers Discord has described to this process. After it connects, Discord tells of one server
//! after the other, and nobody says that no message comes before.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use serenity::all::{Channel, ChannelId, GuildId, Http};

use super::error::chain;
use super::state::State;

/// The servers of which channels and threads are known.
#[derive(Debug, Default)]
pub(super) struct Described(RwLock<HashSet<GuildId>>);

impl Described {
    /// Notes that Discord has described a server.
    pub(super) fn note(&self, guild: GuildId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(guild);
    }

    /// Forgets a server that was left.
    pub(super) fn forget(&self, guild: GuildId) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }

    /// Whether it has.
    pub(super) fn contains(&self, guild: GuildId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&guild)
    }
}

/// Asks where a channel is that Discord has not described yet: what it hangs in, and what that hangs
/// in. False when it does not say.
pub(super) async fn ask(state: &State, http: &Http, channel: ChannelId) -> bool {
    let mut next = Some(channel);
    // A thread, its channel; the category of that is told with it.
    for _ in 0..2 {
        let Some(asked) = next else { break };
        match http.get_channel(asked).await {
            Ok(Channel::Guild(found)) => {
                state.places.note(&found);
                next = found.parent_id.filter(|_| found.thread_metadata.is_some());
            }
            Ok(_) => break,
            Err(error) => {
                let channel_id = asked.get();
                tracing::warn!(channel_id, error = %chain(&error), "place not known");
                return false;
            }
        }
    }
    true
}
