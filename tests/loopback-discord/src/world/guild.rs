//! Guilds and roles.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{ChannelType, Event, Member, Permissions, Snowflake, World};

/// A guild ("server").
#[derive(Clone, Debug)]
pub struct Guild {
    /// Id; also the id of its @everyone role.
    pub id: Snowflake,
    /// Name.
    pub name: String,
    /// Who may do anything.
    pub owner_id: Snowflake,
    /// Roles, @everyone first.
    pub roles: Vec<Role>,
    /// Members by user id.
    pub members: BTreeMap<Snowflake, Member>,
    /// An outage: the guild exists but cannot be reached.
    pub unavailable: bool,
    /// Where Discord, and bots, tell moderators news.
    pub updates_channel: Option<Snowflake>,
    /// Where Discord welcomes people.
    pub system_channel: Option<Snowflake>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Id.
    pub id: Snowflake,
    /// Name.
    pub name: String,
    /// What it permits.
    pub permissions: Permissions,
    /// Whether everybody may mention it.
    pub mentionable: bool,
    /// Belongs to a bot and cannot be given to others.
    pub managed: bool,
}

impl Guild {
    /// The role of that id.
    pub fn role(&self, id: Snowflake) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

impl World {
    /// Adds a guild with an owner of its own and, if asked, with the bot under test as a member.
    pub fn add_guild(&mut self, name: &str, with_bot: bool, now: Timestamp) -> Snowflake {
        let owner_id = self.add_user(&format!("owner of {name}"), false, now);
        let id = self.new_id(now);
        let everyone = Role {
            id,
            name: "@everyone".into(),
            permissions: Permissions::of_everyone(),
            mentionable: false,
            managed: false,
        };
        let guild = Guild {
            id,
            name: name.into(),
            owner_id,
            roles: vec![everyone],
            members: BTreeMap::new(),
            unavailable: false,
            updates_channel: None,
            system_channel: None,
            made_at: now,
        };
        self.guilds.insert(id, guild);
        self.add_member(id, owner_id, now);
        if with_bot {
            self.add_bot_to(id, now);
        }
        id
    }

    /// The bot under test joins a guild, with a managed role of its own.
    pub fn add_bot_to(&mut self, guild: Snowflake, now: Timestamp) {
        let bot = self.bot_id();
        let name = self.application.name.clone();
        let role = self.add_role(guild, &name, Permissions::of_everyone(), now);
        if let Some(guild) = self.guilds.get_mut(&guild) {
            for own in guild.roles.iter_mut().filter(|own| own.id == role) {
                own.managed = true;
            }
            let mut member = Member::new(bot, now);
            member.roles.push(role);
            guild.members.insert(bot, member);
        }
        self.note(Event::GuildCreate { guild });
    }

    /// Adds a role.
    pub fn add_role(
        &mut self,
        guild: Snowflake,
        name: &str,
        permissions: Permissions,
        now: Timestamp,
    ) -> Snowflake {
        let id = self.new_id(now);
        let role = Role { id, name: name.into(), permissions, mentionable: true, managed: false };
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.roles.push(role);
        }
        self.note(Event::GuildRoleCreate { guild, role: id });
        id
    }

    /// Changes what a role permits.
    pub fn set_role_permissions(
        &mut self,
        guild: Snowflake,
        role: Snowflake,
        permissions: Permissions,
    ) {
        let roles = self.guilds.get_mut(&guild).map(|guild| &mut guild.roles);
        for changed in roles.into_iter().flatten().filter(|other| other.id == role) {
            changed.permissions = permissions;
        }
        self.note(Event::GuildRoleUpdate { guild, role });
    }

    /// The guild of that name.
    pub fn guild_named(&self, name: &str) -> Option<&Guild> {
        self.guilds.values().find(|guild| guild.name == name)
    }

    /// Whether the bot under test is a member of the guild.
    pub fn bot_is_in(&self, guild: Snowflake) -> bool {
        let bot = self.bot_id();
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&bot))
    }

    /// The channel of that name and kind in the guild.
    pub fn channel_named(
        &self,
        guild: Snowflake,
        name: &str,
        kind: ChannelType,
    ) -> Option<Snowflake> {
        self.channels
            .values()
            .find(|c| c.guild_id == Some(guild) && c.name == name && c.kind == kind)
            .map(|channel| channel.id)
    }
}
