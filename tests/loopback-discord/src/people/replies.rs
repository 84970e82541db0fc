//! The replies to a message.

use super::MessageHandle;
use crate::shared::State;
use crate::world::Snowflake;

/// The replies to a message. From [`MessageHandle::replies`].
#[derive(Clone, Debug)]
pub struct Replies {
    pub(super) message: MessageHandle,
}

impl Replies {
    /// Those there are, oldest first.
    pub fn all(&self) -> Vec<MessageHandle> {
        let ids = self.ids(&self.message.shared.lock());
        ids.into_iter().map(|id| MessageHandle::new(&self.message.shared, id)).collect()
    }

    /// Waits until there is one, and fails if there are more.
    pub async fn await_one(&self) -> MessageHandle {
        let ids = self
            .message
            .shared
            .wait("a reply", |state| Some(self.ids(state)).filter(|ids| !ids.is_empty()))
            .await;
        assert_eq!(ids.len(), 1, "expected one reply\n{}", self.message.shared.dump());
        MessageHandle::new(&self.message.shared, ids[0])
    }

    fn ids(&self, state: &State) -> Vec<Snowflake> {
        let id = self.message.id;
        let replies = |candidate: &crate::world::Message| {
            candidate.kind == crate::world::MessageType::Reply
                && candidate.reference.and_then(|reference| reference.message_id) == Some(id)
        };
        // A reply is younger than what it replies to.
        let younger = state.world.messages.range(id..);
        younger.filter(|(_, message)| replies(message)).map(|(id, _)| *id).collect()
    }
}
