//! A thread on a message, for servers that want replies there.

use serenity::all::{ChannelId, CreateThread, Http};

use super::error::chain;
use super::render;
use super::send::{self, SendError};
use super::speak::Owed;
use super::state::State;
use crate::policy;

/// Most characters of a thread's name.
const NAME: usize = 100;

/// The message has a thread.
const EXISTS: isize = 160_004;

/// The thread on a message, opened and named if there is none; none where Discord does not let the
/// bot, which is then not tried for a while.
pub(super) async fn on(state: &State, http: &Http, owed: Owed, name: &str) -> Option<ChannelId> {
    let now = state.clock.now();
    let refused = state.thread_refusals.last(owed.channel, now);
    if refused.is_some_and(|refused| now.duration_since(refused) < policy::LEFT_ALONE) {
        return None;
    }
    // A thread on a message has the id of the message.
    let thread = ChannelId::new(owed.message.get());
    let opened = match open(http, owed, name).await {
        Err(SendError::Unsure(_)) => open(http, owed, name).await,
        done => done,
    };
    let failure = match opened {
        Ok(()) => return Some(thread),
        Err(failure) if failure.code() == Some(EXISTS) => return Some(thread),
        Err(failure) => failure,
    };
    tracing::info!(
        channel_id = owed.channel.get(),
        error = %chain(&failure),
        "no thread for the reply: it goes to the channel"
    );
    if !matches!(failure, SendError::Unsure(_)) {
        state.thread_refusals.note(owed.channel, now);
    }
    None
}

async fn open(http: &Http, owed: Owed, name: &str) -> Result<(), SendError> {
    let form = CreateThread::new(render::shortened(name, NAME));
    let opening = owed.channel.create_thread_from_message(http, owed.message, form);
    match tokio::time::timeout(send::PATIENCE, opening).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(send::meaning(error)),
        Err(_) => Err(SendError::Unsure("it took too long".to_owned())),
    }
}
