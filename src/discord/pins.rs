//! Pinned answers, kept true.

use serenity::all::{ChannelId, Http, MessageId};

use super::state::State;

/// Somebody pinned or unpinned something in a channel.
pub(super) async fn pins_changed(_state: &State, _http: &Http, _channel: ChannelId) {}

/// Messages are gone, and with them what was pinned.
pub(super) async fn messages_gone(_state: &State, _messages: &[MessageId]) {}

/// A channel or thread is gone, and with it what was pinned there.
pub(super) async fn channel_gone(_state: &State, _channel: ChannelId) {}
