//! What a person sees after using a command, button or menu.

use std::sync::Arc;

use super::MessageHandle;
use crate::shared::Shared;
use crate::world::{Component, Embed, Message, Response, Snowflake};

/// What a person sees, as it was at that moment. [`Self::message`] is what it is now.
#[derive(Clone, Debug)]
pub struct InteractionResult {
    shared: Arc<Shared>,
    interaction: Snowflake,
    response: Response,
    seen: Option<Message>,
}

/// A modal that a person sees.
#[derive(Clone, Debug)]
pub struct ModalSeen {
    /// Its id.
    pub custom_id: String,
    /// Its headline.
    pub title: String,
    /// Its inputs.
    pub inputs: Vec<Component>,
}

impl From<&InteractionResult> for MessageHandle {
    fn from(result: &InteractionResult) -> Self {
        result.message()
    }
}

impl InteractionResult {
    pub(super) fn of(shared: &Arc<Shared>, interaction: Snowflake) -> Self {
        let (response, seen) = shared.look(|world| {
            let used = &world.interactions[&interaction];
            let response = used.response.clone().expect("somebody waited for the response");
            // After an acknowledged button, the follow-up is what there is to see.
            let acknowledged = matches!(response, Response::DeferredUpdate);
            let newer = used.follow_ups.last().filter(|_| acknowledged);
            let shown = newer.copied().or(used.original);
            let shown = shown.filter(|_| !matches!(response, Response::Modal { .. }));
            let seen = shown.and_then(|id| world.messages.get(&id)).cloned();
            (response, seen)
        });
        Self { shared: Arc::clone(shared), interaction, response, seen }
    }

    /// The message.
    pub fn message(&self) -> MessageHandle {
        MessageHandle::new(&self.shared, self.seen().id)
    }

    /// Its text.
    pub fn content(&self) -> &str {
        &self.seen().content
    }

    /// Everything there is to read: content and embeds.
    pub fn text(&self) -> String {
        self.seen().text()
    }

    /// Its embeds.
    pub fn embeds(&self) -> &[Embed] {
        &self.seen().embeds
    }

    /// Its only embed.
    pub fn embed(&self) -> &Embed {
        let embeds = self.embeds();
        assert_eq!(embeds.len(), 1, "expected one embed in {:?}", self.text());
        &embeds[0]
    }

    /// What is in its files, as text, with their names.
    pub fn files(&self) -> Vec<(String, String)> {
        let Message { attachments, contents, .. } = self.seen();
        attachments.iter().cloned().zip(contents.iter().cloned()).collect()
    }

    /// The labels of its buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.controls().iter().filter_map(|control| control.label.clone()).collect()
    }

    /// Its buttons and menus.
    pub fn controls(&self) -> Vec<Component> {
        self.seen().controls().into_iter().cloned().collect()
    }

    /// Only the person who asked sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.seen().ephemeral_for.is_some()
    }

    /// Everybody in the channel sees it.
    pub fn is_public(&self) -> bool {
        !self.is_ephemeral()
    }

    /// Whether it notified nobody at all.
    pub fn pings_nobody(&self) -> bool {
        self.seen().mentions.is_empty()
    }

    /// Whether it is only a "thinking …" as yet.
    pub fn is_thinking(&self) -> bool {
        self.seen().is_loading()
    }

    /// Whether a "thinking …" came first.
    pub fn was_deferred(&self) -> bool {
        matches!(self.response, Response::Deferred | Response::DeferredUpdate)
    }

    /// Whether it changed the message that the button is on, instead of sending one.
    pub fn is_update(&self) -> bool {
        matches!(self.response, Response::Update)
    }

    /// The modal, if it is one.
    pub fn modal(&self) -> Option<ModalSeen> {
        let Response::Modal { custom_id, title, components } = &self.response else { return None };
        let all = components.iter().flat_map(Component::flattened);
        let inputs = all.filter(|component| component.custom_id.is_some()).cloned().collect();
        Some(ModalSeen { custom_id: custom_id.clone(), title: title.clone(), inputs })
    }

    /// Follow-ups that there are by now, oldest first.
    pub fn follow_ups(&self) -> Vec<MessageHandle> {
        let ids = self.shared.look(|w| w.interactions[&self.interaction].follow_ups.clone());
        ids.into_iter().map(|id| MessageHandle::new(&self.shared, id)).collect()
    }

    /// Waits for the follow-up of that number, counted from 0.
    pub async fn follow_up(&self, index: usize) -> MessageHandle {
        let id = self
            .shared
            .wait("a follow-up", |state| {
                state.world.interactions[&self.interaction].follow_ups.get(index).copied()
            })
            .await;
        MessageHandle::new(&self.shared, id)
    }

    /// Waits until the message is changed once more, and says what it is then.
    pub async fn edited(&self) -> Message {
        let seen = self.seen();
        let message = self.message();
        message.until("an answer to be edited", |now| now.revision > seen.revision).await
    }

    pub(super) fn interaction(&self) -> Snowflake {
        self.interaction
    }

    pub(super) fn revision(&self) -> Option<u32> {
        self.seen.as_ref().map(|message| message.revision)
    }

    /// Where it was, and on which message.
    pub(super) fn place(&self) -> (Snowflake, Option<Snowflake>) {
        self.shared.look(|world| {
            let used = &world.interactions[&self.interaction];
            (used.channel_id, used.original)
        })
    }

    fn seen(&self) -> &Message {
        self.seen.as_ref().unwrap_or_else(|| {
            panic!("there is no message to see; the response is {:?}", self.response)
        })
    }
}

impl ModalSeen {
    /// The ids and texts of all inputs, filled in by label.
    pub(super) fn fill(&self, texts: &[(&str, &str)]) -> Vec<(String, String)> {
        let labels: Vec<&str> = self.inputs.iter().filter_map(|i| i.label.as_deref()).collect();
        for (label, _) in texts {
            assert!(labels.contains(label), "there is no input \"{label}\"; there are {labels:?}");
        }
        self.inputs
            .iter()
            .map(|input| {
                let given = texts.iter().find(|(label, _)| input.label.as_deref() == Some(label));
                let text = given.map_or_else(
                    || input.value.clone().unwrap_or_default(),
                    |(_, text)| (*text).to_owned(),
                );
                let required = input.required != Some(false);
                assert!(!required || !text.is_empty(), "the input {:?} is required", input.label);
                (input.custom_id.clone().unwrap_or_default(), text)
            })
            .collect()
    }
}
