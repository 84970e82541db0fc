//! Channels, threads and direct messages.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Event, Permissions, Snowflake, World};

/// The types of channels that this world has, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ChannelType {
    /// Text channel of a guild.
    Text = 0,
    /// Direct messages between two users.
    Dm = 1,
    /// Heading over other channels.
    Category = 4,
    /// Announcement channel.
    Announcement = 5,
    /// Thread of an announcement channel.
    AnnouncementThread = 10,
    /// Thread, or post of a forum.
    PublicThread = 11,
    /// Thread for those who are invited.
    PrivateThread = 12,
    /// Forum: has posts, which are threads, and no messages of its own.
    Forum = 15,
}

impl ChannelType {
    /// Discord's number for it.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Whether messages can be sent into it.
    pub const fn has_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum)
    }
}

/// A channel of any type.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Id.
    pub id: Snowflake,
    /// What kind of channel it is.
    pub kind: ChannelType,
    /// The guild it is in; `None` for direct messages.
    pub guild_id: Option<Snowflake>,
    /// Name.
    pub name: String,
    /// Topic.
    pub topic: Option<String>,
    /// The category of a channel, or the channel of a thread.
    pub parent_id: Option<Snowflake>,
    /// Exceptions from the permissions of the guild.
    pub overwrites: Vec<Overwrite>,
    /// What makes it a thread.
    pub thread: Option<ThreadMetadata>,
    /// The users of a direct-message channel.
    pub recipients: Vec<Snowflake>,
    /// Its messages, oldest first, without ephemeral ones.
    pub messages: BTreeSet<Snowflake>,
    /// Pinned messages and when they were pinned.
    pub pins: Vec<(Snowflake, Timestamp)>,
    /// When a message was last pinned.
    pub last_pin: Option<Timestamp>,
}

/// What a thread has and other channels do not have.
#[derive(Clone, Debug)]
pub struct ThreadMetadata {
    /// Who opened it.
    pub owner_id: Snowflake,
    /// No longer listed; a message brings it back unless it is locked.
    pub archived: bool,
    /// Only moderators can bring it back.
    pub locked: bool,
    /// Only its members and moderators see it.
    pub private: bool,
    /// Who follows it.
    pub members: BTreeSet<Snowflake>,
    /// When it was opened.
    pub made_at: Timestamp,
}

/// Whom an overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverwriteTarget {
    /// A role.
    Role,
    /// A member.
    Member,
}

/// An exception from the permissions of the guild.
#[derive(Clone, Copy, Debug)]
pub struct Overwrite {
    /// The role or user.
    pub id: Snowflake,
    /// Which of the two.
    pub target: OverwriteTarget,
    /// Permitted here.
    pub allow: Permissions,
    /// Not permitted here.
    pub deny: Permissions,
}

impl Channel {
    pub(crate) fn new(id: Snowflake, kind: ChannelType, name: &str) -> Self {
        Self {
            id,
            kind,
            guild_id: None,
            name: name.into(),
            topic: None,
            parent_id: None,
            overwrites: Vec::new(),
            thread: None,
            recipients: Vec::new(),
            messages: BTreeSet::new(),
            pins: Vec::new(),
            last_pin: None,
        }
    }

    /// Whether the message is pinned here.
    pub fn has_pinned(&self, message: Snowflake) -> bool {
        self.pins.iter().any(|(pinned, _)| *pinned == message)
    }
}

impl World {
    /// Adds a channel to a guild.
    pub fn add_channel(
        &mut self,
        guild: Snowflake,
        name: &str,
        kind: ChannelType,
        now: Timestamp,
    ) -> Snowflake {
        let id = self.new_id(now);
        let mut channel = Channel::new(id, kind, name);
        channel.guild_id = Some(guild);
        self.channels.insert(id, channel);
        self.note(Event::ChannelCreate { channel: id });
        id
    }

    /// Removes a channel with its threads and messages.
    pub fn delete_channel(&mut self, id: Snowflake) {
        let threads: Vec<Snowflake> = self
            .channels
            .values()
            .filter(|c| c.thread.is_some() && c.parent_id == Some(id))
            .map(|c| c.id)
            .collect();
        for thread in threads {
            self.delete_channel(thread);
        }
        let Some(channel) = self.channels.remove(&id) else { return };
        for message in &channel.messages {
            self.messages.remove(message);
        }
        self.note(Event::ChannelDelete { channel: Box::new(channel) });
    }

    /// Sets the overwrite for one role or member.
    pub fn set_overwrite(&mut self, id: Snowflake, overwrite: Overwrite) {
        let Some(channel) = self.channels.get_mut(&id) else { return };
        channel.overwrites.retain(|other| other.id != overwrite.id);
        channel.overwrites.push(overwrite);
        self.note(Event::ChannelUpdate { channel: id });
    }

    /// The direct-message channel of two users, made if need be.
    pub fn dm_channel(&mut self, one: Snowflake, other: Snowflake, now: Timestamp) -> Snowflake {
        let both = |c: &&Channel| c.recipients.contains(&one) && c.recipients.contains(&other);
        if let Some(channel) = self.channels.values().find(both) {
            return channel.id;
        }
        let id = self.new_id(now);
        let mut channel = Channel::new(id, ChannelType::Dm, "");
        channel.recipients = vec![one, other];
        self.channels.insert(id, channel);
        id
    }

    /// A channel's name as people write it, for sentences about it.
    pub fn channel_name(&self, id: Snowflake) -> String {
        match self.channels.get(&id) {
            Some(channel) if channel.kind == ChannelType::Dm => {
                let names: Vec<String> =
                    channel.recipients.iter().map(|user| self.name_of(*user)).collect();
                format!("the direct messages of {}", names.join(" and "))
            }
            Some(channel) => format!("#{}", channel.name),
            None => format!("channel {id}"),
        }
    }
}
