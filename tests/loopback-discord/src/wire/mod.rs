//! The world as the JSON that Discord sends, for REST answers and gateway events alike.

mod channel;
mod command;
mod event;
mod guild;
mod interaction;
mod message;
mod user;

use jiff::Timestamp;

pub(crate) use channel::channel;
pub(crate) use event::{Told, tell};
pub(crate) use guild::{guild, guild_create, role};
pub(crate) use message::{message, redact, redact_for_rest};
pub(crate) use user::{application, current_user, member, user};

/// A time as Discord writes it.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
