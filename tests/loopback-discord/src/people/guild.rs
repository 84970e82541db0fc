//! A guild, and what can be done with it.

use std::sync::Arc;

use super::{ChannelHandle, Person, WebhookHandle};
use crate::shared::Shared;
use crate::world::{ChannelType, Event, Guild, Permissions, Snowflake, World};

/// A guild. From `LoopbackDiscord::guild`.
#[derive(Clone, Debug)]
pub struct GuildHandle {
    shared: Arc<Shared>,
    id: Snowflake,
}

/// A role of a guild. From [`GuildHandle::role`].
#[derive(Clone, Debug)]
pub struct RoleHandle {
    pub(super) shared: Arc<Shared>,
    pub(super) guild: Snowflake,
    pub(super) id: Snowflake,
}

impl GuildHandle {
    pub(crate) fn new(shared: &Arc<Shared>, id: Snowflake) -> Self {
        Self { shared: Arc::clone(shared), id }
    }

    /// Its id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The member of that name; whoever is not there yet joins.
    pub fn member(&self, name: &str) -> Person {
        self.member_or_bot(name, false)
    }

    /// Another bot, which joins if it is not there yet.
    pub fn other_bot(&self, name: &str) -> Person {
        self.member_or_bot(name, true)
    }

    /// The owner, who may do anything.
    pub fn owner(&self) -> Person {
        let owner = self.shared.look(|world| self.known(world).owner_id);
        Person::new(&self.shared, owner)
    }

    /// The text channel of that name; it is made if there is none.
    pub fn text_channel(&self, name: &str) -> ChannelHandle {
        self.channel(name, ChannelType::Text)
    }

    /// The announcement channel of that name; it is made if there is none.
    pub fn announcement_channel(&self, name: &str) -> ChannelHandle {
        self.channel(name, ChannelType::Announcement)
    }

    /// The forum of that name; it is made if there is none.
    pub fn forum(&self, name: &str) -> ChannelHandle {
        self.channel(name, ChannelType::Forum)
    }

    /// The category of that name; it is made if there is none.
    pub fn category(&self, name: &str) -> ChannelHandle {
        self.channel(name, ChannelType::Category)
    }

    /// The role of that name; it is made with these permissions if there is none.
    pub fn role(&self, name: &str, permissions: Permissions) -> RoleHandle {
        let id = self.shared.act(|world, now| {
            let known = self.known(world).roles.iter().find(|role| role.name == name);
            match known.map(|role| role.id) {
                Some(id) => id,
                None => world.add_role(self.id, name, permissions, now),
            }
        });
        RoleHandle { shared: Arc::clone(&self.shared), guild: self.id, id }
    }

    /// The role that everybody has.
    pub fn everyone(&self) -> RoleHandle {
        RoleHandle { shared: Arc::clone(&self.shared), guild: self.id, id: self.id }
    }

    /// What the bot's own role permits. What @everyone may, the bot still may.
    pub fn permit_bot(&self, permissions: Permissions) {
        self.shared.act(|world, _| {
            let bot = world.bot_id();
            let guild = self.known(world);
            let roles = guild.members.get(&bot).map(|member| member.roles.clone());
            let own = roles
                .into_iter()
                .flatten()
                .find(|id| guild.role(*id).is_some_and(|role| role.managed));
            let own = own.expect("the bot is a member with a role of its own");
            world.set_role_permissions(self.id, own, permissions);
        });
    }

    /// A webhook that writes under this name.
    pub fn webhook(&self, name: &str) -> WebhookHandle {
        WebhookHandle::new(&self.shared, name)
    }

    /// The bot is removed from the guild.
    pub async fn kicks_bot(&self) {
        self.shared.act(|world, _| {
            let bot = world.bot_id();
            world.remove_member(self.id, bot);
        });
        self.shared.flushed().await;
    }

    /// The bot is added to the guild.
    pub async fn invites_bot(&self) {
        self.shared.act(|world, now| {
            if !world.bot_is_in(self.id) {
                world.add_bot_to(self.id, now);
            }
        });
        self.shared.flushed().await;
    }

    /// Chooses the channel in which moderators are told news.
    pub fn sets_updates_channel(&self, channel: &ChannelHandle) {
        self.change(|guild| guild.updates_channel = Some(channel.id()));
    }

    /// Chooses the channel in which people are welcomed.
    pub fn sets_system_channel(&self, channel: &ChannelHandle) {
        self.change(|guild| guild.system_channel = Some(channel.id()));
    }

    /// The guild has an outage.
    pub async fn goes_down(&self) {
        self.shared.act(|world, _| world.set_unavailable(self.id, true));
        self.shared.flushed().await;
    }

    /// The outage is over.
    pub async fn comes_back(&self) {
        self.shared.act(|world, _| world.set_unavailable(self.id, false));
        self.shared.flushed().await;
    }

    fn change(&self, change: impl FnOnce(&mut Guild)) {
        self.shared.act(|world, _| {
            change(world.guilds.get_mut(&self.id).expect("guilds are never removed"));
        });
    }

    fn member_or_bot(&self, name: &str, bot: bool) -> Person {
        let id = self.shared.act(|world, now| {
            let user = match world.user_named(name) {
                Some(user) => user.id,
                None => world.add_user(name, bot, now),
            };
            world.add_member(self.id, user, now);
            user
        });
        Person::new(&self.shared, id)
    }

    fn channel(&self, name: &str, kind: ChannelType) -> ChannelHandle {
        let id = self.shared.act(|world, now| match world.channel_named(self.id, name, kind) {
            Some(id) => id,
            None => world.add_channel(self.id, name, kind, now),
        });
        ChannelHandle::new(&self.shared, id)
    }

    fn known<'a>(&self, world: &'a World) -> &'a Guild {
        world.guilds.get(&self.id).expect("guilds are never removed")
    }
}

impl RoleHandle {
    /// Its id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Changes what it permits.
    pub fn set_permissions(&self, permissions: Permissions) {
        self.shared.act(|world, _| world.set_role_permissions(self.guild, self.id, permissions));
    }

    /// Whether everybody may mention it.
    pub fn set_mentionable(&self, mentionable: bool) {
        let (guild_id, role) = (self.guild, self.id);
        self.shared.act(|world, _| {
            let guild = world.guilds.get_mut(&guild_id);
            for own in guild.into_iter().flat_map(|g| &mut g.roles).filter(|own| own.id == role) {
                own.mentionable = mentionable;
            }
            world.note(Event::GuildRoleUpdate { guild: guild_id, role });
        });
    }
}
