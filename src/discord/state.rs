//! What all handlers share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use serenity::all::{ChannelId, ShardManager, UserId};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::task::TaskTracker;

use super::heard::BotEvent;
use crate::clock::Clock;
use crate::knowledge::Knowledge;
use crate::matching::Matcher;
use crate::policy;
use crate::store::Store;

/// Made once, read by every handler.
#[derive(Debug)]
pub(super) struct State {
    pub(super) knowledge: Knowledge,
    pub(super) matcher: Matcher,
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) refusals: Refusals,
    /// Held by whatever must be finished before the bot stops; closed once it stops.
    pub(super) in_flight: TaskTracker,
    /// The bot itself, known once it is connected.
    pub(super) me: OnceLock<UserId>,
    /// Who manages the connections.
    pub(super) connections: Connections,
    pub(super) observer: Option<UnboundedSender<BotEvent>>,
}

impl State {
    /// Tells whoever watches.
    pub(super) fn tell(&self, event: BotEvent) {
        if let Some(observer) = &self.observer {
            // Nobody may be watching any more.
            let _ = observer.send(event);
        }
    }

    /// The language in which the bot speaks.
    pub(super) fn language(&self) -> &str {
        self.knowledge.main_language()
    }
}

/// Who manages the connections to Discord, while there are any.
#[derive(Debug, Default)]
pub(super) struct Connections(Mutex<Option<Arc<ShardManager>>>);

impl Connections {
    pub(super) fn get(&self) -> Option<Arc<ShardManager>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another in place, and returns the one before.
    pub(super) fn set(&self, new: Option<Arc<ShardManager>>) -> Option<Arc<ShardManager>> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), new)
    }
}

/// Channels in which Discord does not let the bot write, and since when. In memory only: after a
/// restart it tries again.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<HashMap<ChannelId, Timestamp>>);

impl Refusals {
    /// When `channel` last refused a reply.
    pub(super) fn last(&self, channel: ChannelId) -> Option<Timestamp> {
        let channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        channels.get(&channel).copied()
    }

    /// Notes that `channel` refused a reply; forgets those that no longer matter.
    pub(super) fn note(&self, channel: ChannelId, now: Timestamp) {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, refused| now.duration_since(*refused) < policy::LEFT_ALONE);
        channels.insert(channel, now);
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn only_fresh_refusals_are_kept() {
        let refusals = Refusals::default();
        let (one, two) = (ChannelId::new(1), ChannelId::new(2));
        let now = Timestamp::UNIX_EPOCH;
        refusals.note(one, now);
        assert_eq!(refusals.last(one), Some(now));
        let later = now + SignedDuration::from_mins(10);
        refusals.note(two, later);
        assert_eq!((refusals.last(one), refusals.last(two)), (None, Some(later)));
    }
}
