//! Interactions: what a person does with a command, a button, a menu or a modal of the application.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    Choice, Command, CommandType, Component, Context, Event, IntegrationType, OptionType,
    Permissions, Snowflake, World,
};

/// One use of a command or a component.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// Id.
    pub id: Snowflake,
    /// What the bot answers with.
    pub token: String,
    /// What kind of use.
    pub kind: InteractionType,
    /// What was used, and how.
    pub data: InteractionData,
    /// Who did it.
    pub user_id: Snowflake,
    /// Where.
    pub channel_id: Snowflake,
    /// When.
    pub made_at: Timestamp,
    /// In which kind of place.
    pub context: Context,
    /// By which installations the application may be used here.
    pub owners: Vec<(IntegrationType, Snowflake)>,
    /// The first response, once there is one.
    pub response: Option<Response>,
    /// The message of the first response, or that of the component.
    pub original: Option<Snowflake>,
    /// Later messages.
    pub follow_ups: Vec<Snowflake>,
    /// For a modal, the interaction that was answered with it.
    pub triggered_by: Option<Snowflake>,
}

/// The types of interactions, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum InteractionType {
    /// A command was run.
    Command = 2,
    /// A button or menu was used.
    Component = 3,
    /// Somebody types a command.
    Autocomplete = 4,
    /// A modal was sent.
    Modal = 5,
}

/// What was used, and how.
#[derive(Clone, Debug)]
pub enum InteractionData {
    /// A command, run or being typed.
    Command {
        /// The command.
        command: Snowflake,
        /// Its options as given.
        options: Vec<OptionValue>,
        /// The message or user whose menu it is.
        target: Option<Snowflake>,
    },
    /// A button or select menu.
    Component {
        /// The message it is on.
        message: Snowflake,
        /// The component.
        component: Box<Component>,
        /// What was selected.
        values: Vec<String>,
    },
    /// A modal.
    Modal {
        /// Its id.
        custom_id: String,
        /// The inputs' ids and texts.
        values: Vec<(String, String)>,
    },
}

/// A given option.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionValue {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: OptionType,
    /// Its value, unless it is a subcommand.
    pub value: Option<Value>,
    /// Being typed.
    pub focused: bool,
    /// The options of a subcommand.
    pub options: Vec<OptionValue>,
}

/// The first response to an interaction.
#[derive(Clone, Debug)]
pub enum Response {
    /// A message.
    Message,
    /// "thinking …", and a message later.
    Deferred,
    /// The message of the component will be changed later, or not.
    DeferredUpdate,
    /// The message of the component was changed.
    Update,
    /// Choices.
    Choices(Vec<Choice>),
    /// A modal.
    Modal {
        /// Its id.
        custom_id: String,
        /// Its headline.
        title: String,
        /// Its rows of inputs.
        components: Vec<Component>,
    },
}

/// Where a command would be used.
struct Place {
    guild: Option<Snowflake>,
    context: Context,
}

impl World {
    /// The commands of a type that `user` is offered in `channel`.
    pub fn offered_commands(
        &self,
        user: Snowflake,
        channel: Snowflake,
        kind: CommandType,
    ) -> Vec<&Command> {
        self.commands
            .values()
            .filter(|command| command.form.kind == kind)
            .filter(|command| self.installations_for(command, user, channel).is_ok())
            .collect()
    }

    /// By which installations `user` may use `command` in `channel`, or the reason why not.
    pub fn installations_for(
        &self,
        command: &Command,
        user: Snowflake,
        channel: Snowflake,
    ) -> Result<Vec<(IntegrationType, Snowflake)>, String> {
        let place = self.place(channel, user)?;
        if command.guild_id.is_some() && command.guild_id != place.guild {
            return Err("it is registered in another guild".into());
        }
        if !command.form.usable_in(place.context) {
            return Err(format!("its contexts do not include {:?}", place.context));
        }
        let installed = self.installations(user, &place);
        let owners: Vec<_> =
            installed.into_iter().filter(|(kind, _)| command.form.installed_by(*kind)).collect();
        if owners.is_empty() {
            return Err("the application is not installed here in a way that has it".into());
        }
        if place.guild.is_some() {
            self.check_use(command, user, channel, &owners)?;
        }
        Ok(owners)
    }

    /// Somebody uses something of the application.
    pub fn interact(
        &mut self,
        user: Snowflake,
        channel: Snowflake,
        kind: InteractionType,
        data: InteractionData,
        now: Timestamp,
    ) -> Result<Snowflake, String> {
        let place = self.place(channel, user)?;
        let owners = match &data {
            InteractionData::Command { command, .. } => {
                let command = self.commands.get(command).ok_or("no such command")?;
                self.installations_for(command, user, channel)?
            }
            _ => self.installations(user, &place),
        };
        let id = self.new_id(now);
        let original = match &data {
            InteractionData::Component { message, .. } => Some(*message),
            _ => None,
        };
        let interaction = Interaction {
            id,
            token: format!("aW50ZXJhY3Rpb24.{id}.{:x}", id.get().rotate_left(17)),
            kind,
            data,
            user_id: user,
            channel_id: channel,
            made_at: now,
            context: place.context,
            owners,
            response: None,
            original,
            follow_ups: Vec::new(),
            triggered_by: None,
        };
        self.interactions.insert(id, interaction);
        self.note(Event::InteractionCreate { interaction: id });
        Ok(id)
    }

    fn place(&self, channel: Snowflake, user: Snowflake) -> Result<Place, String> {
        let found = self.visible_channel(channel, user);
        let channel =
            found.map_err(|_| format!("{} does not see that channel", self.name_of(user)))?;
        let context = match channel.guild_id {
            Some(_) => Context::Guild,
            None if channel.recipients.contains(&self.bot_id()) => Context::BotDm,
            None => Context::PrivateChannel,
        };
        Ok(Place { guild: channel.guild_id, context })
    }

    fn installations(&self, user: Snowflake, place: &Place) -> Vec<(IntegrationType, Snowflake)> {
        let mut installed = Vec::new();
        match (place.guild, place.context) {
            (Some(guild), _) if self.bot_is_in(guild) => {
                installed.push((IntegrationType::GuildInstall, guild));
            }
            // Discord writes "0" for the direct messages of an application.
            (None, Context::BotDm) => {
                installed.push((IntegrationType::GuildInstall, Snowflake::default()));
            }
            _ => {}
        }
        if self.users.get(&user).is_some_and(|user| user.installed_app) {
            installed.push((IntegrationType::UserInstall, user));
        }
        installed
    }

    fn check_use(
        &self,
        command: &Command,
        user: Snowflake,
        channel: Snowflake,
        owners: &[(IntegrationType, Snowflake)],
    ) -> Result<(), String> {
        let has = self.permissions_in(channel, user).unwrap_or_default();
        if !has.contains(Permissions::USE_APPLICATION_COMMANDS) {
            return Err("USE_APPLICATION_COMMANDS is missing".into());
        }
        let by_guild = owners.iter().any(|(kind, _)| *kind == IntegrationType::GuildInstall);
        let needed = command.form.default_member_permissions.filter(|_| by_guild);
        match needed {
            Some(Permissions::NONE) if !has.contains(Permissions::ADMINISTRATOR) => {
                Err("it is for administrators only".into())
            }
            Some(needed) if !has.contains(needed) => {
                Err(format!("it needs {}", needed.without(has).names().join(" and ")))
            }
            _ => Ok(()),
        }
    }
}
