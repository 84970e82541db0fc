//! A webhook that writes into channels.

use std::sync::Arc;

use super::{ChannelHandle, MessageHandle};
use crate::shared::Shared;
use crate::world::{Message, Snowflake};

/// A webhook. From `GuildHandle::webhook`.
#[derive(Clone, Debug)]
pub struct WebhookHandle {
    shared: Arc<Shared>,
    id: Snowflake,
}

impl WebhookHandle {
    pub(crate) fn new(shared: &Arc<Shared>, name: &str) -> Self {
        let id = shared.act(|world, now| {
            let id = world.add_user(name, true, now);
            if let Some(user) = world.users.get_mut(&id) {
                user.webhook = true;
            }
            id
        });
        Self { shared: Arc::clone(shared), id }
    }

    /// Writes into a channel, without asking for permissions.
    pub async fn says(&self, channel: &ChannelHandle, content: &str) -> MessageHandle {
        let id = self.shared.act(|world, now| {
            let id = world.new_id(now);
            let mut message = Message::new(id, channel.id(), self.id);
            message.content = content.into();
            message.webhook_id = Some(self.id);
            world.publish(message);
            id
        });
        self.shared.flushed().await;
        MessageHandle::new(&self.shared, id)
    }
}
