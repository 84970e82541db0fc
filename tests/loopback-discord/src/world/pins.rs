//! Pinning. Since 23 February 2026 it needs `PIN_MESSAGES`; `MANAGE_MESSAGES` alone pins nothing.

use jiff::Timestamp;

use super::{Event, Message, MessageReference, MessageType, Permissions, Snowflake, World};
use crate::error::Refusal;

/// How many pins a channel can have.
pub(crate) const MOST_PINS: usize = 250;

impl World {
    /// `actor` pins a message. Pinning it again changes nothing.
    pub fn pin(
        &mut self,
        channel_id: Snowflake,
        message: Snowflake,
        actor: Snowflake,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.require(channel_id, actor, Permissions::PIN_MESSAGES)?;
        if self.message_in(channel_id, message)?.kind.is_system() {
            return Err(Refusal::system_message());
        }
        let channel = self.channels.get_mut(&channel_id).ok_or_else(Refusal::unknown_channel)?;
        if channel.thread.as_ref().is_some_and(|thread| thread.archived) {
            return Err(Refusal::archived_thread());
        }
        if channel.has_pinned(message) {
            return Ok(());
        }
        if channel.pins.len() >= MOST_PINS {
            return Err(Refusal::too_many_pins());
        }
        channel.pins.push((message, now));
        channel.last_pin = Some(now);
        self.note(Event::MessageUpdate { message });
        self.note(Event::ChannelPinsUpdate { channel: channel_id });

        // Discord writes into the channel that somebody pinned something.
        let id = self.new_id(now);
        let mut notice = Message::new(id, channel_id, actor);
        notice.kind = MessageType::ChannelPinnedMessage;
        notice.reference = Some(MessageReference { message_id: Some(message), channel_id });
        self.publish(notice);
        Ok(())
    }

    /// `actor` unpins a message.
    pub fn unpin(
        &mut self,
        channel_id: Snowflake,
        message: Snowflake,
        actor: Snowflake,
    ) -> Result<(), Refusal> {
        self.require(channel_id, actor, Permissions::PIN_MESSAGES)?;
        self.message_in(channel_id, message)?;
        let channel = self.channels.get_mut(&channel_id).ok_or_else(Refusal::unknown_channel)?;
        let before = channel.pins.len();
        channel.pins.retain(|(pinned, _)| *pinned != message);
        if channel.pins.len() < before {
            self.note(Event::MessageUpdate { message });
            self.note(Event::ChannelPinsUpdate { channel: channel_id });
        }
        Ok(())
    }
}
