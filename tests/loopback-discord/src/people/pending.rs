//! An interaction that the bot may still answer.

use std::sync::Arc;
use std::time::Duration;

use super::InteractionResult;
use crate::shared::{Shared, State};
use crate::world::{Choice, Interaction, Message, Response, Snowflake};

/// A command, button or menu that was used. From [`Person::starts`](super::Person::starts).
#[derive(Clone, Debug)]
pub struct PendingInteraction {
    shared: Arc<Shared>,
    id: Snowflake,
}

impl PendingInteraction {
    pub(super) fn new(shared: &Arc<Shared>, id: Snowflake) -> Self {
        Self { shared: Arc::clone(shared), id }
    }

    /// The interaction's id.
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Waits for the first response, also if it is only a "thinking …".
    pub async fn first_response(&self) -> InteractionResult {
        assert!(
            self.responded().await,
            "the application did not respond within {:?}\n{}",
            self.shared.look(|world| world.first_response_within),
            self.shared.dump()
        );
        InteractionResult::of(&self.shared, self.id)
    }

    /// Waits for something to read: past a "thinking …", and past an acknowledged button until the
    /// message changes or another comes.
    pub async fn answer(&self) -> InteractionResult {
        let first = self.first_response().await;
        let before = first.revision();
        self.shared
            .wait("the answer to an interaction", |state| self.answered(state, before))
            .await;
        InteractionResult::of(&self.shared, self.id)
    }

    /// Waits until it is too late for a first response, and fails if one came.
    pub async fn stays_unanswered(&self) {
        let responded = self.responded().await;
        assert!(!responded, "the application responded\n{}", self.shared.dump());
    }

    pub(super) async fn choices(&self) -> Vec<Choice> {
        let _ = self.first_response().await;
        self.shared.look(|world| match &world.interactions[&self.id].response {
            Some(Response::Choices(choices)) => choices.clone(),
            other => panic!("expected choices, not {other:?}"),
        })
    }

    /// Whether the bot responds in time.
    async fn responded(&self) -> bool {
        let clock = &self.shared.clock;
        let limit = if clock.is_stopped() {
            self.shared.patience
        } else {
            // A little more, so that it is over for certain when nobody moves the clock.
            self.shared.look(|world| world.first_response_within) + Duration::from_millis(50)
        };
        let responded = self
            .shared
            .wait_at_most(limit, |state| {
                let interaction = state.world.interactions.get(&self.id)?;
                if interaction.response.is_some() {
                    return Some(true);
                }
                state.world.response_is_late(interaction, clock.now()).then_some(false)
            })
            .await;
        match responded {
            Some(responded) => responded,
            None if clock.is_stopped() => panic!(
                "the clock stands still, and the application did not respond\n{}",
                self.shared.dump()
            ),
            None => false,
        }
    }

    fn answered(&self, state: &State, before: Option<u32>) -> Option<()> {
        let interaction: &Interaction = state.world.interactions.get(&self.id)?;
        let original = interaction.original.and_then(|id| state.world.messages.get(&id));
        let over = match interaction.response.as_ref()? {
            Response::Deferred => {
                !interaction.follow_ups.is_empty() || !original.is_some_and(Message::is_loading)
            }
            Response::DeferredUpdate => {
                let changed = original.map(|message| message.revision) != before;
                !interaction.follow_ups.is_empty() || changed
            }
            _ => true,
        };
        over.then_some(())
    }
}
