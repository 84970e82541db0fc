//! What all handlers share.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use jiff::Timestamp;
use serenity::all::{ChannelId, ShardManager, UserId};
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::task::TaskTracker;

use super::answers::{Answers, Current};
use super::corrections::Corrections;
use super::described::Described;
use super::gateway::starts::Starts;
use super::guild_settings::Cache;
use super::heard::BotEvent;
use super::intake::Intake;
use super::locked_out::LockedOut;
use super::membership::Membership;
use super::outcomes::Failing;
use super::owners::Owners;
use super::places::Places;
use super::recent::Recent;
use super::reload::Source;
use super::settle::Settling;
use super::vitals::Vitals;
use crate::clock::Clock;
use crate::policy;
use crate::store::{Store, StoreError};
use crate::telemetry::Metrics;

/// Made once, read by every handler.
#[derive(Debug)]
pub(super) struct State {
    pub(super) answers: Current,
    /// What stands in for Discord's own address, if anything does.
    pub(super) api_url: Option<String>,
    /// Where the answers come from.
    pub(super) source: Source,
    pub(super) corrections: Corrections,
    pub(super) settling: Settling,
    pub(super) owners: Owners,
    /// For how many days the bot keeps what happened.
    pub(super) retention_days: u16,
    pub(super) settings: Cache,
    pub(super) places: Places,
    pub(super) described: Described,
    pub(super) membership: Membership,
    pub(super) opted_out: OptedOut,
    pub(super) turns: Turns,
    pub(super) recent: Recent,
    /// Held by who brings pinned answers up to date.
    pub(super) updating_pins: tokio::sync::Mutex<()>,
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) messages: Intake,
    pub(super) changes: Intake,
    pub(super) metrics: Metrics,
    pub(super) refusals: Refusals,
    /// Channels in which Discord does not let the bot open threads.
    pub(super) thread_refusals: Refusals,
    pub(super) locked_out: LockedOut,
    pub(super) counting: Failing,
    /// Held by whatever must be finished before the bot stops; closed once it stops.
    pub(super) in_flight: TaskTracker,
    /// The bot itself, known once it is connected.
    pub(super) me: OnceLock<UserId>,
    /// Who manages the connections.
    pub(super) connections: Connections,
    pub(super) starts: Starts,
    /// Stands for this process where only one may do something.
    pub(super) holder: i64,
    pub(super) vitals: Vitals,
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

    /// What the bot knows at the moment.
    pub(super) fn answers(&self) -> Arc<Answers> {
        self.answers.get()
    }
}

/// A number that hardly anybody else has.
pub(super) fn random() -> i64 {
    // Seeded at random.
    RandomState::new().build_hasher().finish().cast_signed()
}

/// People who do not want to be answered, as far as is known.
#[derive(Debug, Default)]
pub(super) struct OptedOut(RwLock<HashSet<UserId>>);

impl OptedOut {
    pub(super) fn contains(&self, user: UserId) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&user)
    }

    /// Takes what stands in the database.
    pub(super) async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let ids = store.opted_out().await?;
        let users = ids.into_iter().map(|id| UserId::new(id.unsigned_abs())).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = users;
        Ok(())
    }
}

/// Who may speak in a server next: two messages at the same moment must not both find that the bot has
/// not spoken for long. A server is served by one process. Several may share a turn; they wait a few
/// milliseconds.
#[derive(Debug)]
pub(super) struct Turns([tokio::sync::Mutex<()>; 64]);

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| tokio::sync::Mutex::new(())))
    }
}

impl Turns {
    /// The turn of a server or, in direct messages, of a channel.
    pub(super) fn of(&self, id: u64) -> &tokio::sync::Mutex<()> {
        // The last 22 bits of an id count within a millisecond and are often 0.
        let index = usize::try_from((id >> 22) % 64).unwrap_or_default();
        self.0.get(index).unwrap_or(&self.0[0])
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
    /// When `channel` last refused a reply: not later than `now`, also if the clock was set back.
    pub(super) fn last(&self, channel: ChannelId, now: Timestamp) -> Option<Timestamp> {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = channels.get_mut(&channel)?;
        *refused = now.min(*refused);
        Some(*refused)
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
        assert_eq!(refusals.last(one, now), Some(now));
        let later = now + SignedDuration::from_mins(10);
        refusals.note(two, later);
        assert_eq!((refusals.last(one, later), refusals.last(two, later)), (None, Some(later)));
    }

    #[test]
    fn a_clock_that_is_set_back_leaves_no_channel_alone_for_longer() {
        let (refusals, channel) = (Refusals::default(), ChannelId::new(1));
        let now = Timestamp::UNIX_EPOCH;
        refusals.note(channel, now + SignedDuration::from_hours(1));
        assert_eq!(refusals.last(channel, now), Some(now));
        let later = now + policy::LEFT_ALONE;
        assert_eq!(refusals.last(channel, later), Some(now));
    }
}
