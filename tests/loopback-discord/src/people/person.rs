//! A person (or another bot), and where it belongs.

use std::sync::Arc;

use super::{ChannelHandle, GuildHandle, RoleHandle};
use crate::shared::Shared;
use crate::world::{CommandType, Snowflake, User};

/// A user who acts.
#[derive(Clone, Debug)]
pub struct Person {
    pub(super) shared: Arc<Shared>,
    id: Snowflake,
}

impl Person {
    pub(crate) fn new(shared: &Arc<Shared>, id: Snowflake) -> Self {
        Self { shared: Arc::clone(shared), id }
    }

    /// The user's id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The name.
    pub fn name(&self) -> String {
        self.shared.look(|world| world.name_of(self.id))
    }

    /// As it is written in a message to notify.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// The direct messages with the bot under test.
    pub fn dm(&self) -> ChannelHandle {
        let id = self.shared.act(|world, now| {
            let bot = world.bot_id();
            world.dm_channel(self.id, bot, now)
        });
        ChannelHandle::new(&self.shared, id)
    }

    /// The direct messages with another person, where the bot is not.
    pub fn dm_with(&self, other: &Self) -> ChannelHandle {
        let id = self.shared.act(|world, now| world.dm_channel(self.id, other.id, now));
        ChannelHandle::new(&self.shared, id)
    }

    /// Joins a guild.
    pub async fn joins(&self, guild: &GuildHandle) {
        self.shared.act(|world, now| world.add_member(guild.id(), self.id, now));
        self.shared.flushed().await;
    }

    /// Leaves a guild.
    pub async fn leaves(&self, guild: &GuildHandle) {
        self.shared.act(|world, _| world.remove_member(guild.id(), self.id));
        self.shared.flushed().await;
    }

    /// Gets a role.
    pub async fn gets(&self, role: &RoleHandle) {
        self.shared.act(|world, _| world.set_role(role.guild, self.id, role.id, true));
        self.shared.flushed().await;
    }

    /// Loses a role.
    pub async fn loses(&self, role: &RoleHandle) {
        self.shared.act(|world, _| world.set_role(role.guild, self.id, role.id, false));
        self.shared.flushed().await;
    }

    /// Installs the application for itself, to use it everywhere.
    pub fn installs_app(&self) {
        self.change(|user| user.installed_app = true);
    }

    /// Does not want direct messages of bots.
    pub fn refuses_dms(&self) {
        self.change(|user| user.accepts_dms = false);
    }

    /// Sets the language of its client, such as `de` or `en-US`.
    pub fn speaks(&self, locale: &str) {
        self.change(|user| locale.clone_into(&mut user.locale));
    }

    /// The slash commands that it is offered in a channel.
    pub fn sees_commands(&self, channel: &ChannelHandle) -> Vec<String> {
        self.offered(channel, CommandType::ChatInput)
    }

    /// The commands in the menu of a message in a channel.
    pub fn sees_message_menu(&self, channel: &ChannelHandle) -> Vec<String> {
        self.offered(channel, CommandType::Message)
    }

    fn offered(&self, channel: &ChannelHandle, kind: CommandType) -> Vec<String> {
        self.shared.look(|world| {
            let offered = world.offered_commands(self.id, channel.id(), kind);
            offered.into_iter().map(|command| command.name().to_owned()).collect()
        })
    }

    fn change(&self, change: impl FnOnce(&mut User)) {
        self.shared.act(|world, _| {
            change(world.users.get_mut(&self.id).expect("users are never removed"));
        });
    }
}
