//! Reactions.

use super::{Event, Permissions, Reaction, Snowflake, World};
use crate::error::Refusal;

impl World {
    /// `actor` reacts with an emoji.
    pub fn react(
        &mut self,
        channel: Snowflake,
        message: Snowflake,
        actor: Snowflake,
        emoji: &str,
    ) -> Result<(), Refusal> {
        self.require(channel, actor, Permissions::READ_MESSAGE_HISTORY)?;
        let known = self.message_in(channel, message)?.reactions.iter().any(|r| r.emoji == emoji);
        if !known {
            self.require(channel, actor, Permissions::ADD_REACTIONS)?;
        }
        if emoji.is_empty() || emoji.chars().all(|letter| letter.is_ascii_alphabetic()) {
            return Err(Refusal::unknown_emoji());
        }
        let message_id = message;
        let Some(message) = self.messages.get_mut(&message) else { return Ok(()) };
        let index = message.reactions.iter().position(|reaction| reaction.emoji == emoji);
        let index = index.unwrap_or_else(|| {
            message.reactions.push(Reaction { emoji: emoji.into(), users: Vec::new() });
            message.reactions.len() - 1
        });
        if !message.reactions[index].users.contains(&actor) {
            message.reactions[index].users.push(actor);
            let emoji = emoji.into();
            self.note(Event::ReactionAdd { channel, message: message_id, user: actor, emoji });
        }
        Ok(())
    }

    /// `actor` takes back a reaction: its own, or `user`'s with `MANAGE_MESSAGES`.
    pub fn unreact(
        &mut self,
        channel: Snowflake,
        message_id: Snowflake,
        actor: Snowflake,
        user: Snowflake,
        emoji: &str,
    ) -> Result<(), Refusal> {
        self.visible_channel(channel, actor)?;
        if actor != user {
            self.require(channel, actor, Permissions::MANAGE_MESSAGES)?;
        }
        self.message_in(channel, message_id)?;
        let Some(message) = self.messages.get_mut(&message_id) else { return Ok(()) };
        for reaction in message.reactions.iter_mut().filter(|reaction| reaction.emoji == emoji) {
            reaction.users.retain(|other| *other != user);
        }
        message.reactions.retain(|reaction| !reaction.users.is_empty());
        self.note(Event::ReactionRemove {
            channel,
            message: message_id,
            user,
            emoji: emoji.into(),
        });
        Ok(())
    }
}
