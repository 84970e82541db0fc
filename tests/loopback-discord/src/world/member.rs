//! Members: users in a guild, with roles.

use jiff::Timestamp;

use super::{Event, Snowflake, World};

/// A user's membership of a guild.
#[derive(Clone, Debug)]
pub struct Member {
    /// The user.
    pub user_id: Snowflake,
    /// Name in this guild.
    pub nick: Option<String>,
    /// Its roles, without @everyone.
    pub roles: Vec<Snowflake>,
    /// Since when.
    pub joined_at: Timestamp,
}

impl Member {
    /// A new member with no roles.
    pub fn new(user_id: Snowflake, now: Timestamp) -> Self {
        Self { user_id, nick: None, roles: Vec::new(), joined_at: now }
    }
}

impl World {
    /// A user joins a guild; nothing happens if it is there already.
    pub fn add_member(&mut self, guild_id: Snowflake, user: Snowflake, now: Timestamp) {
        let Some(guild) = self.guilds.get_mut(&guild_id) else { return };
        if guild.members.contains_key(&user) {
            return;
        }
        guild.members.insert(user, Member::new(user, now));
        self.note(Event::GuildMemberAdd { guild: guild_id, user });
    }

    /// A user leaves a guild or is removed. The bot itself learns it by `GUILD_DELETE`.
    pub fn remove_member(&mut self, guild_id: Snowflake, user: Snowflake) {
        let removed = self.guilds.get_mut(&guild_id).and_then(|g| g.members.remove(&user));
        if removed.is_none() {
            return;
        }
        if user == self.bot_id() {
            self.note(Event::GuildDelete { guild: guild_id, unavailable: false });
        } else {
            self.note(Event::GuildMemberRemove { guild: guild_id, user });
        }
    }

    /// Gives a member a role, or takes it.
    pub fn set_role(&mut self, guild_id: Snowflake, user: Snowflake, role: Snowflake, has: bool) {
        let member = self.guilds.get_mut(&guild_id).and_then(|g| g.members.get_mut(&user));
        let Some(member) = member else { return };
        member.roles.retain(|other| *other != role);
        if has {
            member.roles.push(role);
        }
        self.note(Event::GuildMemberUpdate { guild: guild_id, user });
    }
}
