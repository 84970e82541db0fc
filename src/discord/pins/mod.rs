//! Pinned answers: a channel holds at most one per answer, and what stands in the store is what is
//! pinned.
//!
//! | room | what it does |
//! |---|---|
//! | `orders` | what a moderator ordered is noted until it is done |
//! | `pinning` | a moderator pins or unpins: Discord first, then the record |
//! | `upkeep` | somebody pinned, unpinned or deleted by hand: the record follows |
//! | `update` | the knowledge was changed: pinned answers are edited |
//! | `refusal` | what Discord refuses, in sentences for moderators |

mod orders;
mod pinning;
mod refusal;
mod update;
mod upkeep;

use serenity::all::MessageId;

use super::error::chain;
use super::speak::Owed;
use super::state::State;
use crate::cards::{self, Card};
use crate::knowledge::Myth;
use crate::store::Pin;

pub(super) use orders::{left_behind, pin, unpin};
pub(super) use pinning::{Note, Order, Pinned, Unpinned};
pub(super) use update::update_outdated;
pub(super) use upkeep::{channel_gone, messages_gone, pins_changed};

/// The address of a message.
pub(super) fn link(guild_id: i64, channel_id: i64, message_id: i64) -> String {
    format!("https://discord.com/channels/{guild_id}/{channel_id}/{message_id}")
}

/// The address of a pinned answer.
pub(super) fn link_to(pin: &Pin) -> String {
    link(pin.guild_id, pin.channel_id, pin.message_id)
}

/// `answer`, a card for a message; where the answer is pinned, a line that leads there.
pub(super) async fn or_link(state: &State, owed: Owed, myth: &Myth, answer: Card) -> Card {
    if owed.guild.is_none() {
        return answer;
    }
    match state.store.pin(owed.channel.into(), myth.id()).await {
        Ok(Some(pin)) => cards::pinned_here(answer, &link_to(&pin)),
        Ok(None) => answer,
        Err(error) => {
            // The answer itself is never wrong.
            let channel_id = owed.channel.get();
            tracing::error!(channel_id, error = %chain(&error), "pins not read");
            answer
        }
    }
}

fn message_of(pin: &Pin) -> MessageId {
    MessageId::new(pin.message_id.unsigned_abs())
}
