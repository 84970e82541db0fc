//! What a person does with commands, menus, buttons and modals.

use super::command_line::read;
use super::{ChannelHandle, InteractionResult, MessageHandle, PendingInteraction, Person};
use crate::world::{
    Choice, Command, CommandType, Component, InteractionData, InteractionType, OptionValue,
    Snowflake,
};

/// Why a person cannot use something: it is not there, not offered, or wrongly filled in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotUse(String);

impl Person {
    /// Runs a command such as `/myth show encirclement` and waits for its answer.
    ///
    /// The command line is read by the registered commands: options in their order or as
    /// `name:value`. Panics, and lists what there is, if it does not fit, if the command is not
    /// offered here, and if the bot does not respond in time.
    pub async fn runs(&self, channel: &ChannelHandle, line: &str) -> InteractionResult {
        self.starts(channel, line).await.answer().await
    }

    /// Chooses a file for a command; its id stands for it in the command line.
    pub fn uploads(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Snowflake {
        self.shared.act(|world, now| {
            let id = world.new_id(now);
            world.files.insert(id, (name.to_owned(), bytes.into()));
            id
        })
    }

    /// Runs a command and does not wait.
    pub async fn starts(&self, channel: &ChannelHandle, line: &str) -> PendingInteraction {
        let started = self.tries(channel, line).await;
        started.unwrap_or_else(|error| self.fail(&format!("run {line}"), &error))
    }

    /// Runs a command and does not wait, or says why that is not possible.
    pub async fn tries(
        &self,
        channel: &ChannelHandle,
        line: &str,
    ) -> Result<PendingInteraction, CannotUse> {
        let id = self.shared.act(|world, now| {
            let read = read(world, self.id(), channel.id(), line, false)?;
            let data = InteractionData::Command {
                command: read.command,
                options: read.options,
                target: None,
            };
            world.interact(self.id(), channel.id(), InteractionType::Command, data, now)
        });
        self.begun(id).await
    }

    /// Runs a command in the direct messages with the bot.
    pub async fn dms_command(&self, line: &str) -> InteractionResult {
        self.runs(&self.dm(), line).await
    }

    /// Types a command and waits for the choices that the bot suggests for its last option.
    pub async fn types(&self, channel: &ChannelHandle, line: &str) -> Vec<Choice> {
        let id = self.shared.act(|world, now| {
            let read = read(world, self.id(), channel.id(), line, true)?;
            let typed: Vec<OptionValue> = read.options;
            let data =
                InteractionData::Command { command: read.command, options: typed, target: None };
            world.interact(self.id(), channel.id(), InteractionType::Autocomplete, data, now)
        });
        let begun = self.begun(id).await;
        let pending = begun.unwrap_or_else(|error| self.fail(&format!("type {line}"), &error));
        pending.choices().await
    }

    /// Opens the menu of a message, chooses a command of the application and waits for its answer.
    pub async fn opens_menu(
        &self,
        message: impl Into<MessageHandle>,
        command: &str,
    ) -> InteractionResult {
        let begun = self.tries_menu(message, command).await;
        let pending = begun.unwrap_or_else(|error| self.fail(&format!("choose {command}"), &error));
        pending.answer().await
    }

    /// The same without waiting, or the reason why it is not possible.
    pub async fn tries_menu(
        &self,
        message: impl Into<MessageHandle>,
        command: &str,
    ) -> Result<PendingInteraction, CannotUse> {
        let message = message.into();
        let channel = message.channel().id();
        let id = self.shared.act(|world, now| {
            let fits = |c: &&Command| c.form.kind == CommandType::Message && c.name() == command;
            let Some(found) = world.commands.values().find(fits) else {
                let menu = world.commands.values().filter(|c| c.form.kind == CommandType::Message);
                let names: Vec<&str> = menu.map(Command::name).collect();
                return Err(format!("it is not in the menu, which has {names:?}"));
            };
            let data = InteractionData::Command {
                command: found.id,
                options: Vec::new(),
                target: Some(message.id()),
            };
            world.interact(self.id(), channel, InteractionType::Command, data, now)
        });
        self.begun(id).await
    }

    /// Clicks the button with that label and waits for what comes of it.
    pub async fn clicks(
        &self,
        message: impl Into<MessageHandle>,
        label: &str,
    ) -> InteractionResult {
        self.starts_click(message, label).await.answer().await
    }

    /// Clicks the button with that label and does not wait.
    pub async fn starts_click(
        &self,
        message: impl Into<MessageHandle>,
        label: &str,
    ) -> PendingInteraction {
        let message = message.into();
        let button = message
            .controls()
            .into_iter()
            .find(|control| !control.is_select() && control.label.as_deref() == Some(label))
            .unwrap_or_else(|| {
                panic!("there is no button \"{label}\"; there are {:?}", message.buttons())
            });
        assert!(!button.is_disabled(), "the button \"{label}\" is greyed out");
        assert!(!button.is_link(), "the button \"{label}\" is a link");
        self.uses(&message, button, Vec::new()).await
    }

    /// Selects options, by what is written on them, in the only select menu of a message.
    pub async fn selects(
        &self,
        message: impl Into<MessageHandle>,
        labels: &[&str],
    ) -> InteractionResult {
        let message = message.into();
        let menus: Vec<Component> =
            message.controls().into_iter().filter(Component::is_select).collect();
        let [menu] = &menus[..] else { panic!("expected one menu, there are {}", menus.len()) };
        assert!(!menu.is_disabled(), "the menu is greyed out");
        let (least, most) = (menu.min_values.unwrap_or(1), menu.max_values.unwrap_or(1));
        assert!(
            (usize::from(least)..=usize::from(most)).contains(&labels.len()),
            "the menu takes {least} to {most} values"
        );
        let value = |label: &&str| {
            let option = menu.options.iter().find(|option| option.label == *label);
            match option {
                Some(option) => option.value.clone(),
                // The other menus take ids.
                None if menu.options.is_empty() => (*label).to_owned(),
                None => {
                    let labels: Vec<&str> = menu.options.iter().map(|o| o.label.as_str()).collect();
                    panic!("there is no option \"{label}\"; there are {labels:?}")
                }
            }
        };
        let values = labels.iter().map(value).collect();
        self.uses(&message, menu.clone(), values).await.answer().await
    }

    /// Fills in the modal of an answer, by the labels of its inputs, and sends it.
    pub async fn submits(
        &self,
        opened: &InteractionResult,
        texts: &[(&str, &str)],
    ) -> InteractionResult {
        let modal = opened.modal().unwrap_or_else(|| panic!("the answer is not a modal"));
        let values = modal.fill(texts);
        let (channel, message) = opened.place();
        let id = self.shared.act(|world, now| {
            let data = InteractionData::Modal { custom_id: modal.custom_id, values };
            let id = world.interact(self.id(), channel, InteractionType::Modal, data, now)?;
            if let Some(interaction) = world.interactions.get_mut(&id) {
                interaction.original = message;
                interaction.triggered_by = Some(opened.interaction());
            }
            Ok(id)
        });
        let begun = self.begun(id).await;
        begun.unwrap_or_else(|error| self.fail("send the modal", &error)).answer().await
    }

    async fn uses(
        &self,
        message: &MessageHandle,
        component: Component,
        values: Vec<String>,
    ) -> PendingInteraction {
        let seen = message.get();
        let visible = seen.ephemeral_for.is_none_or(|only| only == self.id());
        assert!(visible, "{} does not see that ephemeral message", self.name());
        let data =
            InteractionData::Component { message: seen.id, component: Box::new(component), values };
        let kind = InteractionType::Component;
        let id = self
            .shared
            .act(|world, now| world.interact(self.id(), seen.channel_id, kind, data, now));
        let begun = self.begun(id).await;
        begun.unwrap_or_else(|error| self.fail("use that", &error))
    }

    async fn begun(&self, id: Result<Snowflake, String>) -> Result<PendingInteraction, CannotUse> {
        let id = id.map_err(CannotUse)?;
        self.shared.flushed().await;
        Ok(PendingInteraction::new(&self.shared, id))
    }

    fn fail(&self, what: &str, error: &CannotUse) -> ! {
        panic!("{} cannot {what}: {error}", self.name())
    }
}
