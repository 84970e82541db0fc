//! *Not relevant*: the reply is taken back by the author of the message or a moderator.

use serenity::all::{ComponentInteraction, CreateInteractionResponse, Http, MessageId};

use super::error::Error;
use super::state::State;

/// Answers a press.
#[expect(clippy::unused_async, reason = "not there yet")]
pub(super) async fn press(
    _state: &State,
    _http: &Http,
    _interaction: &ComponentInteraction,
    _message: MessageId,
) -> Result<CreateInteractionResponse, Error> {
    Err(Error::User("This is not there yet.".to_owned()))
}
