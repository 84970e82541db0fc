//! Permissions, and who has which of them where.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Channel, Guild, OverwriteTarget, Snowflake, World};

/// A set of permissions, with Discord's bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Permissions(u64);

macro_rules! permissions {
    ($($name:ident = $bit:literal;)*) => {
        impl Permissions {
            $(#[doc = concat!("Bit ", stringify!($bit), ".")]
            pub const $name: Self = Self(1 << $bit);)*

            /// The names of the permissions in the set.
            pub fn names(self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.contains(Self::$name) { names.push(stringify!($name)); })*
                names
            }
        }
    };
}

permissions! {
    CREATE_INSTANT_INVITE = 0;
    KICK_MEMBERS = 1;
    BAN_MEMBERS = 2;
    ADMINISTRATOR = 3;
    MANAGE_CHANNELS = 4;
    MANAGE_GUILD = 5;
    ADD_REACTIONS = 6;
    VIEW_AUDIT_LOG = 7;
    VIEW_CHANNEL = 10;
    SEND_MESSAGES = 11;
    MANAGE_MESSAGES = 13;
    EMBED_LINKS = 14;
    ATTACH_FILES = 15;
    READ_MESSAGE_HISTORY = 16;
    MENTION_EVERYONE = 17;
    USE_EXTERNAL_EMOJIS = 18;
    MANAGE_ROLES = 28;
    MANAGE_WEBHOOKS = 29;
    USE_APPLICATION_COMMANDS = 31;
    MANAGE_THREADS = 34;
    CREATE_PUBLIC_THREADS = 35;
    CREATE_PRIVATE_THREADS = 36;
    SEND_MESSAGES_IN_THREADS = 38;
    MODERATE_MEMBERS = 40;
    USE_EXTERNAL_APPS = 50;
    PIN_MESSAGES = 51;
}

impl Permissions {
    /// None at all.
    pub const NONE: Self = Self(0);
    /// Every permission there is or will be.
    pub const ALL: Self = Self((1 << 53) - 1);

    /// The set with these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The bits of the set.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether all of `other` is in it.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set without what is in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What a new guild lets everybody do.
    pub fn of_everyone() -> Self {
        Self::CREATE_INSTANT_INVITE
            | Self::ADD_REACTIONS
            | Self::VIEW_CHANNEL
            | Self::SEND_MESSAGES
            | Self::EMBED_LINKS
            | Self::ATTACH_FILES
            | Self::READ_MESSAGE_HISTORY
            | Self::USE_EXTERNAL_EMOJIS
            | Self::USE_APPLICATION_COMMANDS
            | Self::CREATE_PUBLIC_THREADS
            | Self::CREATE_PRIVATE_THREADS
            | Self::SEND_MESSAGES_IN_THREADS
            | Self::USE_EXTERNAL_APPS
    }
}

impl BitOr for Permissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.names().join(" | "), self.0)
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A string of digits or a number, as with ids.
        Snowflake::deserialize(deserializer).map(|bits| Self(bits.get()))
    }
}

impl World {
    /// What `user` may do in `channel`; `None` if the channel or the member does not exist.
    pub fn permissions_in(&self, channel: Snowflake, user: Snowflake) -> Option<Permissions> {
        let channel = self.channels.get(&channel)?;
        let Some(guild) = channel.guild_id else {
            return channel.recipients.contains(&user).then(permissions_in_dm);
        };
        let guild = self.guilds.get(&guild)?;
        let base = guild_permissions(guild, user)?;
        if base.contains(Permissions::ADMINISTRATOR) {
            return Some(Permissions::ALL);
        }
        // A thread has the overwrites of the channel it belongs to.
        let place = match (channel.thread.is_some(), channel.parent_id) {
            (true, Some(parent)) => self.channels.get(&parent)?,
            _ => channel,
        };
        let permissions = apply_overwrites(base, guild, place, user);
        let hidden = channel
            .thread
            .as_ref()
            .is_some_and(|thread| thread.private && !thread.members.contains(&user));
        if !permissions.contains(Permissions::VIEW_CHANNEL)
            || hidden && !permissions.contains(Permissions::MANAGE_THREADS)
        {
            return Some(Permissions::NONE);
        }
        Some(permissions)
    }

    /// What `user` may do in `guild` before any channel has its say.
    pub fn permissions_in_guild(&self, guild: Snowflake, user: Snowflake) -> Option<Permissions> {
        guild_permissions(self.guilds.get(&guild)?, user)
    }
}

fn permissions_in_dm() -> Permissions {
    Permissions::of_everyone() | Permissions::PIN_MESSAGES
}

fn guild_permissions(guild: &Guild, user: Snowflake) -> Option<Permissions> {
    if guild.owner_id == user {
        return Some(Permissions::ALL);
    }
    let member = guild.members.get(&user)?;
    let mut permissions = Permissions::NONE;
    for role in &guild.roles {
        if role.id == guild.id || member.roles.contains(&role.id) {
            permissions |= role.permissions;
        }
    }
    if permissions.contains(Permissions::ADMINISTRATOR) {
        return Some(Permissions::ALL);
    }
    Some(permissions)
}

fn apply_overwrites(
    base: Permissions,
    guild: &Guild,
    channel: &Channel,
    user: Snowflake,
) -> Permissions {
    let roles = guild.members.get(&user).map(|member| &member.roles);
    let mut permissions = base;
    for everyone in channel.overwrites.iter().filter(|o| o.id == guild.id) {
        permissions = permissions.without(everyone.deny) | everyone.allow;
    }
    let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
    for overwrite in &channel.overwrites {
        let of_role = overwrite.target == OverwriteTarget::Role && overwrite.id != guild.id;
        if of_role && roles.is_some_and(|roles| roles.contains(&overwrite.id)) {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
    }
    permissions = permissions.without(deny) | allow;
    for own in &channel.overwrites {
        if own.target == OverwriteTarget::Member && own.id == user {
            permissions = permissions.without(own.deny) | own.allow;
        }
    }
    permissions
}
