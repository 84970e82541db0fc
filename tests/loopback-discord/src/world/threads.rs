//! Threads and forum posts.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Channel, ChannelType, Event, Message, MessageDraft, MessageFlags, MessageReference,
    MessageType, Permissions, Snowflake, ThreadMetadata, World,
};
use crate::error::{FormErrors, Refusal};

impl World {
    /// `actor` opens a thread on a message; it gets the message's id.
    pub fn open_thread_on(
        &mut self,
        channel: Snowflake,
        message: Snowflake,
        actor: Snowflake,
        name: &str,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        self.require(channel, actor, Permissions::CREATE_PUBLIC_THREADS)?;
        let kind = match self.visible_channel(channel, actor)?.kind {
            ChannelType::Text => ChannelType::PublicThread,
            ChannelType::Announcement => ChannelType::AnnouncementThread,
            _ => return Err(Refusal::wrong_channel_type()),
        };
        self.message_in(channel, message)?;
        if self.channels.contains_key(&message) {
            return Err(Refusal::thread_exists());
        }
        check_name(name)?;
        self.insert_thread(message, channel, kind, name, actor, now);
        if let Some(message) = self.messages.get_mut(&message) {
            message.flags.set(MessageFlags::HAS_THREAD, true);
        }
        self.note(Event::MessageUpdate { message });
        let id = self.new_id(now);
        let mut starter = Message::new(id, message, actor);
        starter.kind = MessageType::ThreadStarterMessage;
        starter.reference =
            Some(MessageReference { message_id: Some(message), channel_id: channel });
        self.publish(starter);
        Ok(message)
    }

    /// `actor` opens a thread that hangs on no message.
    pub fn open_thread(
        &mut self,
        channel: Snowflake,
        actor: Snowflake,
        name: &str,
        private: bool,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        let needed = if private {
            Permissions::CREATE_PRIVATE_THREADS
        } else {
            Permissions::CREATE_PUBLIC_THREADS
        };
        self.require(channel, actor, needed)?;
        let kind = match (self.visible_channel(channel, actor)?.kind, private) {
            (ChannelType::Text, false) => ChannelType::PublicThread,
            (ChannelType::Text, true) => ChannelType::PrivateThread,
            (ChannelType::Announcement, false) => ChannelType::AnnouncementThread,
            _ => return Err(Refusal::wrong_channel_type()),
        };
        check_name(name)?;
        let id = self.new_id(now);
        self.insert_thread(id, channel, kind, name, actor, now);
        if !private {
            let notice_id = self.new_id(now);
            let mut notice = Message::new(notice_id, channel, actor);
            notice.kind = MessageType::ThreadCreated;
            notice.content = name.into();
            notice.reference = Some(MessageReference { message_id: None, channel_id: id });
            self.publish(notice);
        }
        Ok(id)
    }

    /// `actor` posts in a forum: a thread whose first message has the thread's id.
    pub fn post_in_forum(
        &mut self,
        forum: Snowflake,
        actor: Snowflake,
        name: &str,
        draft: &MessageDraft,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        if self.visible_channel(forum, actor)?.kind != ChannelType::Forum {
            return Err(Refusal::wrong_channel_type());
        }
        let embeds =
            if draft.embeds.is_empty() { Permissions::NONE } else { Permissions::EMBED_LINKS };
        self.require(forum, actor, Permissions::SEND_MESSAGES | embeds)?;
        check_name(name)?;
        draft.check()?;
        let id = self.new_id(now);
        self.insert_thread(id, forum, ChannelType::PublicThread, name, actor, now);
        let mut first = Message::new(id, id, actor);
        first.mentions =
            self.mentions(id, actor, &draft.content, draft.allowed_mentions.as_ref(), None);
        first.content.clone_from(&draft.content);
        first.embeds.clone_from(&draft.embeds);
        first.components.clone_from(&draft.components);
        self.publish(first);
        Ok(id)
    }

    /// Archives or locks a thread, or brings it back.
    pub fn set_thread_state(&mut self, id: Snowflake, archived: bool, locked: bool) {
        let thread = self.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut());
        if let Some(thread) = thread {
            thread.archived = archived;
            thread.locked = locked;
            self.note(Event::ThreadUpdate { thread: id });
        }
    }

    fn insert_thread(
        &mut self,
        id: Snowflake,
        parent: Snowflake,
        kind: ChannelType,
        name: &str,
        actor: Snowflake,
        now: Timestamp,
    ) {
        let mut thread = Channel::new(id, kind, name);
        thread.guild_id = self.channels.get(&parent).and_then(|parent| parent.guild_id);
        thread.parent_id = Some(parent);
        thread.thread = Some(ThreadMetadata {
            owner_id: actor,
            archived: false,
            locked: false,
            private: kind == ChannelType::PrivateThread,
            members: BTreeSet::from([actor]),
            made_at: now,
        });
        self.channels.insert(id, thread);
        self.note(Event::ThreadCreate { thread: id });
    }
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let mut errors = FormErrors::default();
    errors.length("name", name, 1, 100);
    errors.into_result()
}
