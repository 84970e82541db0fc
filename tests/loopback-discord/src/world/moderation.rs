//! What moderators and Discord itself do: bulk deletion, joins, outages.

use jiff::Timestamp;

use super::{Event, Message, MessageType, Permissions, Snowflake, World};
use crate::error::{FormErrors, Refusal};

impl World {
    /// `actor` deletes 2 to 100 messages at once. Unknown ones are passed over.
    pub fn delete_bulk(
        &mut self,
        channel: Snowflake,
        ids: &[Snowflake],
        actor: Snowflake,
    ) -> Result<(), Refusal> {
        self.require(channel, actor, Permissions::MANAGE_MESSAGES)?;
        let mut errors = FormErrors::default();
        errors.count("messages", ids.len(), 2, 100);
        errors.into_result()?;
        let known: Vec<Snowflake> =
            ids.iter().copied().filter(|id| self.message_in(channel, *id).is_ok()).collect();
        for id in &known {
            self.remove_message(*id);
        }
        self.note(Event::MessageDeleteBulk { channel, messages: known });
        Ok(())
    }

    /// Discord writes into a channel that a member joined.
    pub fn announce_join(
        &mut self,
        channel: Snowflake,
        user: Snowflake,
        now: Timestamp,
    ) -> Snowflake {
        let id = self.new_id(now);
        let mut notice = Message::new(id, channel, user);
        notice.kind = MessageType::UserJoin;
        self.publish(notice);
        id
    }

    /// A guild has an outage, or comes back.
    pub fn set_unavailable(&mut self, id: Snowflake, unavailable: bool) {
        let Some(guild) = self.guilds.get_mut(&id) else { return };
        guild.unavailable = unavailable;
        if unavailable {
            self.note(Event::GuildDelete { guild: id, unavailable });
        } else {
            self.note(Event::GuildCreate { guild: id });
        }
    }
}
