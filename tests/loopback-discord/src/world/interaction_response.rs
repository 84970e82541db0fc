//! Answering interactions: the first response within 3 seconds, more within 15 minutes.

use std::time::Duration;

use jiff::Timestamp;

use super::command_form::check_choice_list;
use super::component_form::check_modal;
use super::{
    Choice, Command, Component, Context, Interaction, InteractionData, InteractionMetadata,
    InteractionType, Message, MessageDraft, MessageEdit, MessageFlags, MessageReference,
    MessageType, Permissions, Response, Snowflake, World,
};
use crate::error::{FormErrors, Refusal};

/// A first response.
#[derive(Clone, Debug)]
pub struct Callback {
    /// Discord's number for its type.
    pub kind: u8,
    /// What it carries.
    pub data: CallbackData,
}

/// What a first response carries.
#[derive(Clone, Debug)]
pub enum CallbackData {
    /// A new message.
    Message(Box<MessageDraft>),
    /// A "thinking …" and whether only one person sees it.
    Deferred {
        /// Only the person who asked sees the answer.
        ephemeral: bool,
    },
    /// The component's message will be changed later.
    DeferredUpdate,
    /// A change of the component's message.
    Update(Box<MessageEdit>),
    /// Choices for somebody who types.
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

impl World {
    /// The bot gives its first response. Says which message came of it, if any.
    pub fn respond(
        &mut self,
        id: Snowflake,
        token: &str,
        callback: Callback,
        now: Timestamp,
    ) -> Result<Option<Snowflake>, Refusal> {
        let interaction = self
            .interactions
            .get(&id)
            .filter(|interaction| interaction.token == token)
            .ok_or_else(Refusal::unknown_interaction)?;
        if interaction.response.is_some() {
            return Err(Refusal::already_acknowledged());
        }
        if self.response_is_late(interaction, now) {
            return Err(Refusal::unknown_interaction());
        }
        check_kind(interaction, &callback)?;
        let response = self.act_on(id, callback.data, now)?;
        let Some(interaction) = self.interactions.get_mut(&id) else { return Ok(None) };
        interaction.response = Some(response);
        Ok(interaction.original)
    }

    /// Whether it is too late for a first response.
    pub fn response_is_late(&self, interaction: &Interaction, now: Timestamp) -> bool {
        elapsed(interaction.made_at, now) > self.first_response_within
    }

    /// The interaction of a token that is still valid and was responded to.
    pub fn answered(&self, token: &str, now: Timestamp) -> Result<&Interaction, Refusal> {
        let id = token.split('.').nth(1).and_then(|id| id.parse().ok()).unwrap_or_default();
        let interaction = self.interactions.get(&id).filter(|other| other.token == token);
        let interaction = interaction.ok_or_else(Refusal::unknown_webhook)?;
        if elapsed(interaction.made_at, now) > self.token_valid_for {
            return Err(Refusal::invalid_webhook_token());
        }
        match interaction.response {
            None | Some(Response::Choices(_)) => Err(Refusal::unknown_webhook()),
            Some(_) => Ok(interaction),
        }
    }

    /// A message that belongs to the interaction; `None` stands for `@original`.
    pub fn answer(
        &self,
        token: &str,
        message: Option<Snowflake>,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        let interaction = self.answered(token, now)?;
        let id = match message {
            None => interaction.original,
            Some(id) if interaction.follow_ups.contains(&id) => Some(id),
            Some(id) => interaction.original.filter(|original| *original == id),
        };
        id.filter(|id| self.messages.contains_key(id)).ok_or_else(Refusal::unknown_message)
    }

    /// The bot sends one more message. After a deferred response, the first fills that in.
    pub fn follow_up(
        &mut self,
        token: &str,
        draft: &MessageDraft,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        let interaction = self.answered(token, now)?;
        let (id, original) = (interaction.id, interaction.original);
        draft.check()?;
        let loading = original.filter(|id| self.messages.get(id).is_some_and(Message::is_loading));
        if let Some(original) = loading {
            let edit = MessageEdit {
                content: Some(Some(draft.content.clone())),
                embeds: Some(Some(draft.embeds.clone())),
                components: Some(Some(draft.components.clone())),
                ..MessageEdit::default()
            };
            self.change(original, &edit, now)?;
            return Ok(original);
        }
        let message = self.insert_answer(id, draft, original, now);
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.follow_ups.push(message);
        }
        Ok(message)
    }

    /// The bot changes one of its answers.
    pub fn edit_answer(
        &mut self,
        token: &str,
        message: Option<Snowflake>,
        edit: &MessageEdit,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        let id = self.answer(token, message, now)?;
        self.change(id, edit, now)?;
        Ok(id)
    }

    /// The bot deletes one of its answers.
    pub fn delete_answer(
        &mut self,
        token: &str,
        message: Option<Snowflake>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let id = self.answer(token, message, now)?;
        let deleted = self.messages.get(&id).map(|m| (m.channel_id, m.ephemeral_for.is_none()));
        self.remove_message(id);
        if let Some((channel, true)) = deleted {
            self.note(super::Event::MessageDelete { channel, message: id });
        }
        Ok(())
    }

    fn act_on(
        &mut self,
        id: Snowflake,
        data: CallbackData,
        now: Timestamp,
    ) -> Result<Response, Refusal> {
        match data {
            CallbackData::Message(draft) => {
                draft.check().map_err(under_data)?;
                let replies_to = self.interactions.get(&id).and_then(|i| i.original);
                let message = self.insert_answer(id, &draft, replies_to, now);
                self.set_original(id, message);
                Ok(Response::Message)
            }
            CallbackData::Deferred { ephemeral } => {
                let mut draft = MessageDraft::default();
                let flags = if ephemeral { MessageFlags::EPHEMERAL.0 } else { 0 };
                draft.flags = Some(flags | MessageFlags::LOADING.0);
                let replies_to = self.interactions.get(&id).and_then(|i| i.original);
                let message = self.insert_answer(id, &draft, replies_to, now);
                self.set_original(id, message);
                Ok(Response::Deferred)
            }
            CallbackData::DeferredUpdate => Ok(Response::DeferredUpdate),
            CallbackData::Update(edit) => {
                let original = self.interactions.get(&id).and_then(|i| i.original);
                let original = original.ok_or_else(Refusal::unknown_message)?;
                self.change(original, &edit, now).map_err(under_data)?;
                Ok(Response::Update)
            }
            CallbackData::Choices(choices) => {
                let mut errors = FormErrors::default();
                check_choice_list(&choices, "data.choices", &mut errors);
                errors.into_result()?;
                Ok(Response::Choices(choices))
            }
            CallbackData::Modal { custom_id, title, components } => {
                let mut errors = FormErrors::default();
                errors.length("data.custom_id", &custom_id, 1, 100);
                errors.length("data.title", &title, 1, 45);
                check_modal(&components, &mut errors);
                errors.into_result()?;
                Ok(Response::Modal { custom_id, title, components })
            }
        }
    }

    fn set_original(&mut self, id: Snowflake, message: Snowflake) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.original = Some(message);
        }
    }

    /// Puts an answer into the channel. The bot needs no permission there for it.
    fn insert_answer(
        &mut self,
        interaction: Snowflake,
        draft: &MessageDraft,
        replies_to: Option<Snowflake>,
        now: Timestamp,
    ) -> Snowflake {
        let Some(interaction) = self.interactions.get(&interaction).cloned() else {
            return Snowflake::default();
        };
        let id = self.new_id(now);
        let channel = interaction.channel_id;
        let mut message = Message::new(id, channel, self.bot_id());
        message.content.clone_from(&draft.content);
        message.embeds.clone_from(&draft.embeds);
        message.components.clone_from(&draft.components);
        draft.attach_to(&mut message);
        message.webhook_id = Some(self.application.id);
        message.flags = MessageFlags(draft.flags.unwrap_or_default());
        if message.flags.contains(MessageFlags::EPHEMERAL) || self.must_be_ephemeral(&interaction) {
            message.flags.set(MessageFlags::EPHEMERAL, true);
            message.ephemeral_for = Some(interaction.user_id);
        }
        let allowed = draft.allowed_mentions.as_ref();
        message.mentions = self.mentions(channel, self.bot_id(), &draft.content, allowed, None);
        message.kind = match (&interaction.data, replies_to) {
            (InteractionData::Command { target: Some(_), .. }, None) => {
                MessageType::ContextMenuCommand
            }
            (InteractionData::Command { .. }, None) => MessageType::ChatInputCommand,
            (_, Some(_)) => MessageType::Reply,
            (_, None) => MessageType::Default,
        };
        message.reference = replies_to
            .map(|replied| MessageReference { message_id: Some(replied), channel_id: channel });
        message.interaction = Some(InteractionMetadata {
            id: interaction.id,
            kind: interaction.kind as u8,
            user_id: interaction.user_id,
            name: self.name_of_use(&interaction),
            message_id: replies_to,
            triggered_by: interaction.triggered_by,
        });
        self.publish(message);
        id
    }

    /// Answers of an application that only the user installed stay private without
    /// `USE_EXTERNAL_APPS`.
    fn must_be_ephemeral(&self, interaction: &Interaction) -> bool {
        let by_user_only =
            interaction.owners.iter().all(|(kind, _)| *kind == super::IntegrationType::UserInstall);
        let has = self.permissions_in(interaction.channel_id, interaction.user_id);
        interaction.context == Context::Guild
            && by_user_only
            && !has.unwrap_or_default().contains(Permissions::USE_EXTERNAL_APPS)
    }

    fn name_of_use(&self, interaction: &Interaction) -> String {
        let InteractionData::Command { command, options, .. } = &interaction.data else {
            return String::new();
        };
        let mut name = self.commands.get(command).map_or("", Command::name).to_owned();
        let mut options = options;
        while let Some(sub) = options.iter().find(|option| option.value.is_none()) {
            name.push(' ');
            name.push_str(&sub.name);
            options = &sub.options;
        }
        name
    }
}

fn check_kind(interaction: &Interaction, callback: &Callback) -> Result<(), Refusal> {
    let fits = match callback.data {
        CallbackData::Choices(_) => interaction.kind == InteractionType::Autocomplete,
        CallbackData::DeferredUpdate | CallbackData::Update(_) => {
            matches!(interaction.kind, InteractionType::Component | InteractionType::Modal)
                && interaction.original.is_some()
        }
        CallbackData::Modal { .. } => {
            matches!(interaction.kind, InteractionType::Command | InteractionType::Component)
        }
        CallbackData::Message(_) | CallbackData::Deferred { .. } => {
            interaction.kind != InteractionType::Autocomplete
        }
    };
    if fits {
        return Ok(());
    }
    let message = format!("Response type {} does not fit this interaction", callback.kind);
    Err(FormErrors::one("type", "INTERACTION_RESPONSE_TYPE_INVALID", message))
}

/// The errors of a message that is the `data` of a callback.
fn under_data(mut refusal: Refusal) -> Refusal {
    if let Some(errors) = refusal.errors.take() {
        refusal.errors = Some(serde_json::json!({ "data": errors }));
    }
    refusal
}

fn elapsed(since: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(since)).unwrap_or_default()
}
