//! A message that was answered is edited or deleted: its reply follows.

use serenity::all::{ChannelId, Http, MessageId, MessageUpdateEvent};

use super::state::State;

/// A message was edited.
pub(super) async fn edited(_state: &State, _http: &Http, _event: &MessageUpdateEvent) {}

/// Messages are gone.
pub(super) async fn deleted(
    _state: &State,
    _http: &Http,
    _channel: ChannelId,
    _messages: &[MessageId],
) {
}
