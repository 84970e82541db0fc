//! People: acting in the world and seeing what comes of it.
//!
//! Handles are cheap to clone. What a person does follows the same rules as what the bot does: who
//! may not, makes the test fail with a sentence that says why.

mod acting;
mod channel;
mod command_line;
mod guild;
mod interacting;
mod message;
mod option_value;
mod pending;
mod person;
mod replies;
mod result;
mod webhook;

pub use channel::{ChannelHandle, Whom};
pub use guild::{GuildHandle, RoleHandle};
pub use interacting::CannotUse;
pub use message::MessageHandle;
pub use pending::PendingInteraction;
pub use person::Person;
pub use replies::Replies;
pub use result::{InteractionResult, ModalSeen};
pub use webhook::WebhookHandle;
