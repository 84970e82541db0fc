//! Moderators are asked before the bot speaks.

use serenity::all::{ComponentInteraction, CreateInteractionResponse, Http, MessageId};

use super::custom_id::Verdict;
use super::error::Error;
use super::heard::Heard;
use super::speak::{Owed, Say};
use super::state::State;
use crate::policy::Reason;

/// Shows moderators a message that may be owed an answer.
pub(super) async fn ask(
    _state: &State,
    _http: &Http,
    _owed: Owed,
    _say: Say<'_>,
    (_text, reason): (&str, Reason),
) -> Heard {
    Heard::Silent(reason)
}

/// Answers a press.
#[expect(clippy::unused_async, reason = "not there yet")]
pub(super) async fn press(
    _state: &State,
    _http: &Http,
    _interaction: &ComponentInteraction,
    (_verdict, _message): (Verdict, MessageId),
) -> Result<CreateInteractionResponse, Error> {
    Err(Error::User("This is not there yet.".to_owned()))
}
