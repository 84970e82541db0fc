//! Pinned answers: a channel holds at most one per answer, and what stands in the store is what is
//! pinned.
//!
//! | room | what it does |
//! |---|---|
//! | `pinning` | a moderator pins or unpins: Discord first, then the record |
//! | `upkeep` | somebody pinned, unpinned or deleted by hand: the record follows |
//! | `update` | the knowledge was changed: pinned answers are edited |
//! | `refusal` | what Discord refuses, in sentences for moderators |

mod pinning;
mod refusal;
mod update;
mod upkeep;

use serenity::all::MessageId;

use crate::store::Pin;

pub(super) use pinning::{Note, Order, Pinned, Unpinned, pin, unpin};
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

fn message_of(pin: &Pin) -> MessageId {
    MessageId::new(pin.message_id.unsigned_abs())
}
