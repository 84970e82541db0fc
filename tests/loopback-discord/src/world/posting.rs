//! Sending, editing and deleting messages.

use jiff::{SignedDuration, Timestamp};

use super::message_form::ReferenceDraft;
use super::{
    Channel, ChannelType, Event, Message, MessageDraft, MessageEdit, MessageFlags,
    MessageReference, MessageType, Permissions, Snowflake, World,
};
use crate::error::{FormErrors, Refusal};

impl World {
    /// The channel, if `actor` sees it.
    pub fn visible_channel(&self, id: Snowflake, actor: Snowflake) -> Result<&Channel, Refusal> {
        let channel = self.channels.get(&id).ok_or_else(Refusal::unknown_channel)?;
        let permissions = self.permissions_in(id, actor).ok_or_else(Refusal::missing_access)?;
        if permissions.contains(Permissions::VIEW_CHANNEL) {
            Ok(channel)
        } else {
            Err(Refusal::missing_access())
        }
    }

    /// Refuses unless `actor` sees the channel and has all the permissions there.
    pub fn require(
        &self,
        channel: Snowflake,
        actor: Snowflake,
        permissions: Permissions,
    ) -> Result<(), Refusal> {
        self.visible_channel(channel, actor)?;
        let has = self.permissions_in(channel, actor).unwrap_or_default();
        if has.contains(permissions) { Ok(()) } else { Err(Refusal::missing_permissions()) }
    }

    /// A message of the channel that anybody there can see.
    pub fn message_in(&self, channel: Snowflake, id: Snowflake) -> Result<&Message, Refusal> {
        let message = self.messages.get(&id).ok_or_else(Refusal::unknown_message)?;
        if message.channel_id == channel && message.ephemeral_for.is_none() {
            Ok(message)
        } else {
            Err(Refusal::unknown_message())
        }
    }

    /// `author` sends a message.
    pub fn post(
        &mut self,
        channel: Snowflake,
        author: Snowflake,
        draft: &MessageDraft,
        now: Timestamp,
    ) -> Result<Snowflake, Refusal> {
        self.may_send(channel, author, draft)?;
        draft.check()?;
        let nonce = nonce_key(channel, author, draft);
        if let Some(earlier) = nonce.as_ref().and_then(|key| self.sent_with_nonce(key, now)) {
            return Ok(earlier);
        }
        let reference = match &draft.message_reference {
            Some(reference) => self.resolve_reference(channel, author, reference)?,
            None => None,
        };
        let id = self.insert(channel, author, draft, reference, now);
        if let Some(key) = nonce {
            self.nonces.insert(key, id);
        }
        Ok(id)
    }

    /// Puts a message into the world without asking who may, and tells.
    pub(crate) fn insert(
        &mut self,
        channel: Snowflake,
        author: Snowflake,
        draft: &MessageDraft,
        reference: Option<MessageReference>,
        now: Timestamp,
    ) -> Snowflake {
        let id = self.new_id(now);
        let mut message = Message::new(id, channel, author);
        let replied_to = reference.and_then(|r| r.message_id).and_then(|m| self.messages.get(&m));
        let replied_to = replied_to.map(|message| message.author_id);
        let allowed = draft.allowed_mentions.as_ref();
        message.mentions = self.mentions(channel, author, &draft.content, allowed, replied_to);
        if reference.is_some() {
            message.kind = MessageType::Reply;
        }
        message.content.clone_from(&draft.content);
        message.embeds.clone_from(&draft.embeds);
        message.components.clone_from(&draft.components);
        message.reference = reference;
        message.nonce.clone_from(&draft.nonce);
        message.flags = MessageFlags(draft.flags.unwrap_or_default());
        draft.attach_to(&mut message);
        self.publish(message);
        id
    }

    /// Puts a finished message into its channel and tells, unless it is ephemeral.
    pub(crate) fn publish(&mut self, message: Message) {
        let id = message.id;
        if message.ephemeral_for.is_none() {
            if let Some(channel) = self.channels.get_mut(&message.channel_id) {
                channel.messages.insert(id);
                if let Some(thread) = &mut channel.thread {
                    // A message brings an archived thread back.
                    thread.archived = false;
                    thread.members.insert(message.author_id);
                }
            }
            self.note(Event::MessageCreate { message: id });
        }
        self.messages.insert(id, message);
    }

    /// `actor` edits its own message; with `MANAGE_MESSAGES` also the flags of others'.
    pub fn edit(
        &mut self,
        channel: Snowflake,
        id: Snowflake,
        actor: Snowflake,
        edit: &MessageEdit,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.visible_channel(channel, actor)?;
        let message = self.message_in(channel, id)?;
        if message.kind.is_system() {
            return Err(Refusal::system_message());
        }
        if message.author_id != actor {
            let only_flags = edit.content.is_none() && edit.embeds.is_none();
            if !only_flags || edit.components.is_some() {
                return Err(Refusal::not_the_author());
            }
            self.require(channel, actor, Permissions::MANAGE_MESSAGES)?;
        }
        self.refuse_archived(channel)?;
        self.change(id, edit, now)
    }

    /// Changes a message within the limits, and tells.
    pub(crate) fn change(
        &mut self,
        id: Snowflake,
        edit: &MessageEdit,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let message = self.messages.get(&id).ok_or_else(Refusal::unknown_message)?;
        edit.check(message)?;
        let (channel, author) = (message.channel_id, message.author_id);
        let content = edit.content.clone().flatten();
        let mentions = content.map(|content| {
            self.mentions(channel, author, &content, edit.allowed_mentions.as_ref(), None)
        });
        let Some(message) = self.messages.get_mut(&id) else { return Ok(()) };
        edit.apply_to(message);
        if let Some(mentions) = mentions {
            message.mentions = mentions;
        }
        let suppress = MessageFlags::SUPPRESS_EMBEDS;
        if let Some(flags) = edit.flags {
            message.flags.set(suppress, MessageFlags(flags.unwrap_or_default()).contains(suppress));
        }
        message.flags.set(MessageFlags::LOADING, false);
        message.edited_at = Some(now);
        message.revision += 1;
        if message.ephemeral_for.is_none() {
            self.note(Event::MessageUpdate { message: id });
        }
        Ok(())
    }

    /// `actor` deletes a message: its own, or any with `MANAGE_MESSAGES`.
    pub fn delete(
        &mut self,
        channel: Snowflake,
        id: Snowflake,
        actor: Snowflake,
    ) -> Result<(), Refusal> {
        self.visible_channel(channel, actor)?;
        if self.message_in(channel, id)?.author_id != actor {
            self.require(channel, actor, Permissions::MANAGE_MESSAGES)?;
        }
        self.refuse_archived(channel)?;
        self.remove_message(id);
        self.note(Event::MessageDelete { channel, message: id });
        Ok(())
    }

    /// Takes a message out of the world without telling.
    pub(crate) fn remove_message(&mut self, id: Snowflake) {
        let Some(message) = self.messages.remove(&id) else { return };
        if let Some(channel) = self.channels.get_mut(&message.channel_id) {
            channel.messages.remove(&id);
            channel.pins.retain(|(pinned, _)| *pinned != id);
        }
    }

    fn refuse_archived(&self, channel: Snowflake) -> Result<(), Refusal> {
        let thread = self.channels.get(&channel).and_then(|channel| channel.thread.as_ref());
        let archived = thread.is_some_and(|thread| thread.archived);
        if archived { Err(Refusal::archived_thread()) } else { Ok(()) }
    }

    fn may_send(
        &self,
        channel_id: Snowflake,
        author: Snowflake,
        draft: &MessageDraft,
    ) -> Result<(), Refusal> {
        let channel = self.visible_channel(channel_id, author)?;
        if !channel.kind.has_messages() {
            return Err(Refusal::not_a_text_channel());
        }
        if channel.kind == ChannelType::Dm {
            return self.may_write_directly(channel, author);
        }
        let mut needed = Permissions::SEND_MESSAGES;
        if let Some(thread) = &channel.thread {
            needed = Permissions::SEND_MESSAGES_IN_THREADS;
            let manages = self.require(channel_id, author, Permissions::MANAGE_THREADS).is_ok();
            if thread.locked && !manages {
                return Err(if thread.archived {
                    Refusal::archived_thread()
                } else {
                    Refusal::locked_thread()
                });
            }
        }
        // Bots that send embeds without the permission are refused, not stripped of them.
        if !draft.embeds.is_empty() {
            needed |= Permissions::EMBED_LINKS;
        }
        if !draft.attachments.is_empty() {
            needed |= Permissions::ATTACH_FILES;
        }
        self.require(channel_id, author, needed)
    }

    fn may_write_directly(&self, channel: &Channel, author: Snowflake) -> Result<(), Refusal> {
        let is_bot = self.users.get(&author).is_some_and(|user| user.bot);
        let other = channel.recipients.iter().find(|user| **user != author);
        let accepts = other.and_then(|user| self.users.get(user)).is_none_or(|u| u.accepts_dms);
        if is_bot && !accepts { Err(Refusal::cannot_dm()) } else { Ok(()) }
    }

    fn resolve_reference(
        &self,
        channel: Snowflake,
        author: Snowflake,
        reference: &ReferenceDraft,
    ) -> Result<Option<MessageReference>, Refusal> {
        let has = self.permissions_in(channel, author).unwrap_or_default();
        if !has.contains(Permissions::READ_MESSAGE_HISTORY) {
            return Err(Refusal::reply_without_history());
        }
        let elsewhere = reference.channel_id.is_some_and(|other| other != channel);
        match self.message_in(channel, reference.message_id) {
            Ok(message) if !elsewhere => {
                if message.kind.is_system() && message.kind != MessageType::UserJoin {
                    let code = "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE";
                    let message = "Cannot reply to a system message";
                    return Err(FormErrors::one("message_reference", code, message));
                }
                let message_id = Some(reference.message_id);
                Ok(Some(MessageReference { message_id, channel_id: channel }))
            }
            _ if reference.fail_if_not_exists == Some(false) => Ok(None),
            _ => {
                let code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE";
                Err(FormErrors::one("message_reference", code, "Unknown message"))
            }
        }
    }

    /// The message that was sent with the same enforced nonce in the last few minutes.
    fn sent_with_nonce(&self, key: &NonceKey, now: Timestamp) -> Option<Snowflake> {
        let id = self.nonces.get(key).filter(|id| self.messages.contains_key(id))?;
        let age = now.duration_since(id.made_at());
        (age <= SignedDuration::from_mins(5)).then_some(*id)
    }
}

/// What is sent once: channel, author and nonce of a draft that enforces its nonce.
type NonceKey = (Snowflake, Snowflake, String);

fn nonce_key(channel: Snowflake, author: Snowflake, draft: &MessageDraft) -> Option<NonceKey> {
    let nonce = draft.nonce.as_ref().filter(|nonce| draft.enforce_nonce && !nonce.is_null())?;
    Some((channel, author, nonce.to_string()))
}
