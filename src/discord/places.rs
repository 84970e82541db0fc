//! Which channel a thread hangs in, and which category a channel is in: Discord does not say so with
//! a message, and rules are set for them.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use serenity::all::{ChannelId, ChannelType, Guild, GuildChannel, GuildId, PartialChannel};

use crate::policy::settings::{Id, Scope, Whereabouts};

/// What is known of a channel or thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    guild: GuildId,
    parent: ChannelId,
    is_thread: bool,
}

/// Every channel and thread that hangs in another; told by the gateway, 32 bytes each.
#[derive(Debug, Default)]
pub(super) struct Places(RwLock<HashMap<ChannelId, Place>>);

impl Places {
    /// Takes the channels and threads of a server.
    pub(super) fn arrive(&self, guild: &Guild) {
        let mut places = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for channel in guild.channels.values().chain(&guild.threads) {
            insert(&mut places, channel);
        }
    }

    /// Takes one that is new or was changed.
    pub(super) fn note(&self, channel: &GuildChannel) {
        insert(&mut self.0.write().unwrap_or_else(PoisonError::into_inner), channel);
    }

    /// Forgets one that is gone, and returns whatever hung in it.
    pub(super) fn forget(&self, channel: ChannelId) -> Vec<ChannelId> {
        let mut places = self.0.write().unwrap_or_else(PoisonError::into_inner);
        places.remove(&channel);
        let inside = |(id, place): (&ChannelId, &Place)| {
            (place.is_thread && place.parent == channel).then_some(*id)
        };
        let inside: Vec<ChannelId> = places.iter().filter_map(inside).collect();
        places.retain(|id, _| !inside.contains(id));
        inside
    }

    /// Forgets those of a server that the bot is no longer in.
    pub(super) fn leave(&self, guild: GuildId) {
        let mut places = self.0.write().unwrap_or_else(PoisonError::into_inner);
        places.retain(|_, place| place.guild != guild);
        if places.len() <= places.capacity() / 4 {
            places.shrink_to_fit();
        }
    }

    /// Where a channel or thread is; author and roles are left out.
    pub(super) fn whereabouts(&self, channel: ChannelId) -> Whereabouts {
        let places = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let id = |channel: ChannelId| Id(channel.get());
        let parent = |channel| places.get(&channel).map(|place: &Place| place.parent);
        match places.get(&channel) {
            Some(Place { parent: above, is_thread: true, .. }) => Whereabouts {
                thread: Some(id(channel)),
                channel: Some(id(*above)),
                category: parent(*above).map(id),
                ..Whereabouts::default()
            },
            _ => Whereabouts {
                channel: Some(id(channel)),
                category: parent(channel).map(id),
                ..Whereabouts::default()
            },
        }
    }
}

/// A channel, category or thread as a rule can be set for it.
pub(super) fn scope(channel: ChannelId, kind: ChannelType) -> Scope {
    let id = Id(channel.get());
    match kind {
        ChannelType::Category => Scope::Category(id),
        ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread => {
            Scope::Thread(id)
        }
        _ => Scope::Channel(id),
    }
}

/// Where a channel is that Discord describes, also when it is a thread that was archived long ago.
pub(super) fn in_channel(places: &Places, channel: &PartialChannel) -> Whereabouts {
    match (scope(channel.id, channel.kind), channel.parent_id) {
        (Scope::Category(category), _) => {
            Whereabouts { category: Some(category), ..Whereabouts::default() }
        }
        (Scope::Thread(thread), Some(parent)) => {
            Whereabouts { thread: Some(thread), ..places.whereabouts(parent) }
        }
        _ => places.whereabouts(channel.id),
    }
}

fn insert(places: &mut HashMap<ChannelId, Place>, channel: &GuildChannel) {
    let is_thread = channel.thread_metadata.is_some();
    let guild = channel.guild_id;
    match channel.parent_id {
        Some(parent) => places.insert(channel.id, Place { guild, parent, is_thread }),
        None => places.remove(&channel.id),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(parent: u64, is_thread: bool) -> Place {
        Place { guild: GuildId::new(1), parent: ChannelId::new(parent), is_thread }
    }

    fn places() -> Places {
        let known = [(2, place(3, false)), (20, place(2, true))];
        let known = known.into_iter().map(|(id, place)| (ChannelId::new(id), place));
        Places(RwLock::new(known.collect()))
    }

    fn shown(places: &Places, channel: u64) -> [Option<u64>; 3] {
        let at = places.whereabouts(ChannelId::new(channel));
        [at.thread, at.channel, at.category].map(|id| id.map(|Id(id)| id))
    }

    #[test]
    fn threads_are_in_channels_and_channels_in_categories() {
        let places = places();
        assert_eq!(shown(&places, 20), [Some(20), Some(2), Some(3)]);
        assert_eq!(shown(&places, 2), [None, Some(2), Some(3)]);
        assert_eq!(shown(&places, 5), [None, Some(5), None]);
        assert_eq!(shown(&places, 99), [None, Some(99), None]);
    }

    #[test]
    fn a_server_that_was_left_takes_no_room() {
        let places = places();
        places.leave(GuildId::new(2));
        assert_eq!(shown(&places, 20), [Some(20), Some(2), Some(3)]);
        places.leave(GuildId::new(1));
        assert_eq!(shown(&places, 20), [None, Some(20), None]);
        assert_eq!(places.0.read().expect("sound").capacity(), 0);
    }

    #[test]
    fn with_a_channel_its_threads_are_gone() {
        let places = places();
        assert_eq!(places.forget(ChannelId::new(2)), [ChannelId::new(20)]);
        assert_eq!(shown(&places, 20), [None, Some(20), None]);
    }
}
