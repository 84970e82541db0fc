//! Somebody pins, unpins or deletes by hand: the record follows.

use serenity::all::{ChannelId, Http, MessageId};

use super::message_of;
use super::pinning::forget_if_gone;
use crate::discord::error::chain;
use crate::discord::state::State;
use crate::store::{Pin, StoreError};

/// Somebody pinned or unpinned something in a channel. Discord does not say what.
pub(in crate::discord) async fn pins_changed(state: &State, http: &Http, channel: ChannelId) {
    if let Err(error) = follow(state, http, channel).await {
        tracing::error!(channel_id = channel.get(), error = %chain(&error), "pins not followed");
    }
}

async fn follow(state: &State, http: &Http, channel: ChannelId) -> Result<(), StoreError> {
    let known = state.store.pins_in(channel.into()).await?;
    if known.is_empty() {
        return Ok(());
    }
    // The newest 50, or none at all where the bot may not read the history.
    let pinned = http.get_pins(channel).await.unwrap_or_default();
    let missing =
        known.iter().filter(|pin| pinned.iter().all(|message| message.id != message_of(pin)));
    for pin in missing {
        look(state, http, channel, pin).await?;
    }
    Ok(())
}

/// Asks about a message that was not among the pinned ones.
async fn look(state: &State, http: &Http, channel: ChannelId, pin: &Pin) -> Result<(), StoreError> {
    match http.get_message(channel, message_of(pin)).await {
        Ok(message) if message.pinned => {}
        Ok(_) => {
            state.store.forget_pin(pin.message_id).await?;
            tracing::info!(
                channel_id = channel.get(),
                message_id = pin.message_id,
                "an answer was unpinned by hand"
            );
        }
        Err(error) => {
            // Where it may not look, what is recorded stays.
            forget_if_gone(state, &error, pin).await?;
        }
    }
    Ok(())
}

/// Messages are gone, and with them what was pinned.
pub(in crate::discord) async fn messages_gone(state: &State, messages: &[MessageId]) {
    for message in messages {
        if let Err(error) = state.store.forget_pin((*message).into()).await {
            tracing::error!(message_id = message.get(), error = %chain(&error), "pin not forgotten");
        }
    }
}

/// A channel or thread is gone, and with it what was pinned there.
pub(in crate::discord) async fn channel_gone(state: &State, channel: ChannelId) {
    if let Err(error) = state.store.forget_pins_in(channel.into()).await {
        tracing::error!(channel_id = channel.get(), error = %chain(&error), "pins not forgotten");
    }
}
