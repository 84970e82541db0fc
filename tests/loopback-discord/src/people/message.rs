//! A message, as people see it and what its author can do with it.

use std::sync::Arc;

use super::{ChannelHandle, Replies};
use crate::shared::Shared;
use crate::world::{Component, Embed, Mentions, Message, MessageEdit, Snowflake};

/// A message, whether it still exists or not.
#[derive(Clone, Debug)]
pub struct MessageHandle {
    pub(super) shared: Arc<Shared>,
    pub(super) id: Snowflake,
}

impl From<&MessageHandle> for MessageHandle {
    fn from(message: &MessageHandle) -> Self {
        message.clone()
    }
}

impl MessageHandle {
    pub(crate) fn new(shared: &Arc<Shared>, id: Snowflake) -> Self {
        Self { shared: Arc::clone(shared), id }
    }

    /// Its id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Whether it still exists.
    pub fn exists(&self) -> bool {
        self.shared.look(|world| world.messages.contains_key(&self.id))
    }

    /// The message as it is now.
    pub fn get(&self) -> Message {
        self.shared.look(|world| {
            let message = world.messages.get(&self.id);
            message.unwrap_or_else(|| panic!("message {} is gone", self.id)).clone()
        })
    }

    /// Where it is.
    pub fn channel(&self) -> ChannelHandle {
        ChannelHandle::new(&self.shared, self.get().channel_id)
    }

    /// The id of whoever wrote it.
    pub fn author_id(&self) -> Snowflake {
        self.get().author_id
    }

    /// The name of whoever wrote it.
    pub fn author(&self) -> String {
        let author = self.author_id();
        self.shared.look(|world| world.name_of(author))
    }

    /// Its text.
    pub fn content(&self) -> String {
        self.get().content
    }

    /// Everything there is to read: content and embeds.
    pub fn text(&self) -> String {
        self.get().text()
    }

    /// Its embeds.
    pub fn embeds(&self) -> Vec<Embed> {
        self.get().embeds
    }

    /// Its only embed.
    pub fn embed(&self) -> Embed {
        let mut embeds = self.embeds();
        assert_eq!(embeds.len(), 1, "expected one embed in {:?}", self.text());
        embeds.remove(0)
    }

    /// Its buttons, menus and inputs.
    pub fn controls(&self) -> Vec<Component> {
        self.get().controls().into_iter().cloned().collect()
    }

    /// The labels of its buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.controls().into_iter().filter_map(|control| control.label).collect()
    }

    /// Only one person sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.get().ephemeral_for.is_some()
    }

    /// Whether it has been edited.
    pub fn is_edited(&self) -> bool {
        self.get().edited_at.is_some()
    }

    /// Whether it is pinned.
    pub fn is_pinned(&self) -> bool {
        self.shared.look(|world| world.channels.values().any(|c| c.has_pinned(self.id)))
    }

    /// Whom it notified.
    pub fn mentions(&self) -> Mentions {
        self.get().mentions
    }

    /// Whether it notified nobody at all.
    pub fn pings_nobody(&self) -> bool {
        self.mentions().is_empty()
    }

    /// The message that it replies to.
    pub fn replies_to(&self) -> Option<MessageHandle> {
        let replied = self.get().reference.and_then(|reference| reference.message_id);
        replied.map(|id| Self::new(&self.shared, id))
    }

    /// The thread on it.
    pub fn thread(&self) -> ChannelHandle {
        // It has the id of the message.
        let there = self.shared.look(|world| world.channels.contains_key(&self.id));
        assert!(there, "there is no thread on {:?}", self.content());
        ChannelHandle::new(&self.shared, self.id)
    }

    /// The replies to it.
    pub fn replies(&self) -> Replies {
        Replies { message: self.clone() }
    }

    /// The emojis below it, and how many reacted with each.
    pub fn reactions(&self) -> Vec<(String, usize)> {
        let reactions = self.get().reactions;
        reactions.into_iter().map(|reaction| (reaction.emoji, reaction.users.len())).collect()
    }

    /// Its author edits it.
    pub async fn edit(&self, content: &str) {
        let edit = MessageEdit { content: Some(Some(content.into())), ..MessageEdit::default() };
        let message = self.get();
        self.shared
            .act(|world, now| {
                world.edit(message.channel_id, self.id, message.author_id, &edit, now)
            })
            .unwrap_or_else(|refusal| panic!("{} may not edit: {refusal}", self.author()));
        self.shared.flushed().await;
    }

    /// Its author deletes it.
    pub async fn delete(&self) {
        let message = self.get();
        let author = self.author();
        self.shared
            .act(|world, _| world.delete(message.channel_id, self.id, message.author_id))
            .unwrap_or_else(|refusal| panic!("{author} may not delete: {refusal}"));
        self.shared.flushed().await;
    }

    /// Discord tells of it once more, as it does after a resumption gone wrong.
    pub async fn is_told_again(&self) {
        let message = self.id;
        self.shared.act(|world, _| world.note(crate::world::Event::MessageCreate { message }));
        self.shared.flushed().await;
    }

    /// Discord has looked at a link in it and shows a preview: an update that is no edit.
    pub async fn gets_preview(&self) {
        let message = self.id;
        self.shared.act(|world, _| {
            if let Some(known) = world.messages.get_mut(&message) {
                known.embeds.push(Embed { title: Some("A page".to_owned()), ..Embed::default() });
            }
            world.note(crate::world::Event::MessageUpdate { message });
        });
        self.shared.flushed().await;
    }

    /// Waits until the message is like this.
    pub async fn until(&self, what: &str, fits: impl Fn(&Message) -> bool) -> Message {
        self.shared
            .wait(what, |state| {
                state.world.messages.get(&self.id).filter(|message| fits(message)).cloned()
            })
            .await
    }

    /// Waits until the message is gone.
    pub async fn until_deleted(&self) {
        self.shared
            .wait("a message to be deleted", |state| {
                (!state.world.messages.contains_key(&self.id)).then_some(())
            })
            .await;
    }

    /// Waits until the message is pinned, or no longer.
    pub async fn until_pinned(&self, pinned: bool) {
        self.shared
            .wait("a message to be pinned or unpinned", |state| {
                let is = state.world.channels.values().any(|c| c.has_pinned(self.id));
                (is == pinned).then_some(())
            })
            .await;
    }
}
