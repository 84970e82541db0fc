//! What a person does in channels.

use super::{ChannelHandle, MessageHandle, Person};
use crate::error::Refusal;
use crate::world::{Event, MessageDraft, Snowflake, World};

use jiff::Timestamp;

impl Person {
    /// Writes into a channel.
    pub async fn says(&self, channel: &ChannelHandle, content: &str) -> MessageHandle {
        self.posts(channel, MessageDraft::text(content)).await
    }

    /// Writes something with embeds, components or a reference into a channel.
    pub async fn posts(&self, channel: &ChannelHandle, draft: MessageDraft) -> MessageHandle {
        let what = "write there";
        self.makes(what, |world, now| world.post(channel.id(), self.id(), &draft, now)).await
    }

    /// Replies to a message.
    pub async fn replies(&self, message: impl Into<MessageHandle>, content: &str) -> MessageHandle {
        let message = message.into();
        let channel = message.channel();
        let draft = MessageDraft {
            message_reference: Some(message.id().into()),
            ..MessageDraft::text(content)
        };
        self.posts(&channel, draft).await
    }

    /// Writes a direct message to the bot under test.
    pub async fn dms(&self, content: &str) -> MessageHandle {
        self.says(&self.dm(), content).await
    }

    /// Opens a thread on a message.
    pub async fn opens_thread(&self, message: &MessageHandle, name: &str) -> ChannelHandle {
        let channel = message.channel().id();
        let opened = self
            .makes("open a thread", |world, now| {
                world.open_thread_on(channel, message.id(), self.id(), name, now)
            })
            .await;
        ChannelHandle::new(&self.shared, opened.id())
    }

    /// Opens a thread that hangs on no message; a private one is seen by its members only.
    pub async fn opens_thread_in(
        &self,
        channel: &ChannelHandle,
        name: &str,
        private: bool,
    ) -> ChannelHandle {
        let opened = self
            .makes("open a thread", |world, now| {
                world.open_thread(channel.id(), self.id(), name, private, now)
            })
            .await;
        ChannelHandle::new(&self.shared, opened.id())
    }

    /// Posts in a forum. The post's first message is `post.messages()[0]`.
    pub async fn posts_in_forum(
        &self,
        forum: &ChannelHandle,
        title: &str,
        content: &str,
    ) -> ChannelHandle {
        let draft = MessageDraft::text(content);
        let post = self
            .makes("post in the forum", |world, now| {
                world.post_in_forum(forum.id(), self.id(), title, &draft, now)
            })
            .await;
        ChannelHandle::new(&self.shared, post.id())
    }

    /// Reacts with an emoji.
    pub async fn reacts(&self, message: &MessageHandle, emoji: &str) {
        let channel = message.channel().id();
        self.does("react", |world, _| world.react(channel, message.id(), self.id(), emoji)).await;
    }

    /// Takes its reaction back.
    pub async fn unreacts(&self, message: &MessageHandle, emoji: &str) {
        let (channel, id) = (message.channel().id(), self.id());
        self.does("take a reaction back", |world, _| {
            world.unreact(channel, message.id(), id, id, emoji)
        })
        .await;
    }

    /// Pins a message.
    pub async fn pins(&self, message: &MessageHandle) {
        let channel = message.channel().id();
        self.does("pin", |world, now| world.pin(channel, message.id(), self.id(), now)).await;
    }

    /// Unpins a message.
    pub async fn unpins(&self, message: &MessageHandle) {
        let channel = message.channel().id();
        self.does("unpin", |world, _| world.unpin(channel, message.id(), self.id())).await;
    }

    /// Deletes a message, its own or as a moderator.
    pub async fn deletes(&self, message: &MessageHandle) {
        let channel = message.channel().id();
        self.does("delete", |world, _| world.delete(channel, message.id(), self.id())).await;
    }

    /// Deletes several messages of a channel at once, as a moderator.
    pub async fn deletes_bulk(&self, channel: &ChannelHandle, messages: &[MessageHandle]) {
        let ids: Vec<Snowflake> = messages.iter().map(MessageHandle::id).collect();
        self.does("delete", |world, _| world.delete_bulk(channel.id(), &ids, self.id())).await;
    }

    /// Begins to type into a channel.
    pub async fn starts_typing(&self, channel: &ChannelHandle) {
        let (channel, user) = (channel.id(), self.id());
        self.shared.act(|world, _| world.note(Event::TypingStart { channel, user }));
        self.shared.flushed().await;
    }

    async fn makes(
        &self,
        what: &str,
        action: impl FnOnce(&mut World, Timestamp) -> Result<Snowflake, Refusal>,
    ) -> MessageHandle {
        let made = self.shared.act(action);
        let id = made.unwrap_or_else(|refusal| panic!("{} may not {what}: {refusal}", self.name()));
        self.shared.flushed().await;
        MessageHandle::new(&self.shared, id)
    }

    async fn does(
        &self,
        what: &str,
        action: impl FnOnce(&mut World, Timestamp) -> Result<(), Refusal>,
    ) {
        let done = self.shared.act(action);
        done.unwrap_or_else(|refusal| panic!("{} may not {what}: {refusal}", self.name()));
        self.shared.flushed().await;
    }
}
