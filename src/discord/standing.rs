//! Messages of the bot that stand: replies and cards are edited and deleted. That one is gone already
//! is as good.

use std::future::Future;

use serenity::all::{ChannelId, EditMessage, Http, MessageId};

use super::error::chain;
use super::send::{self, SendError};
use super::state::State;
use crate::store::{Reply, ReplyState};

/// Discord's codes for "not there": the message, or its channel with it.
const GONE: [isize; 2] = [10008, 10003];

/// Where a reply stands; nowhere while it is being posted.
pub(super) fn place(reply: &Reply) -> Option<(ChannelId, MessageId)> {
    let channel = u64::try_from(reply.reply_channel_id).ok()?;
    let message = u64::try_from(reply.reply_id?).ok()?;
    Some((ChannelId::new(channel), MessageId::new(message)))
}

/// Deletes a message of the bot. False when it was gone.
pub(super) async fn delete(
    http: &Http,
    (channel, message): (ChannelId, MessageId),
) -> Result<bool, SendError> {
    twice(|| http.delete_message(channel, message, None)).await
}

/// Edits a message of the bot. False when it is gone.
pub(super) async fn edit(
    http: &Http,
    (channel, message): (ChannelId, MessageId),
    edit: &EditMessage,
) -> Result<bool, SendError> {
    twice(|| async { channel.edit_message(http, message, edit.clone()).await.map(drop) }).await
}

/// Deletes a reply that no longer has a message, or no longer fits; what goes wrong is logged.
pub(super) async fn take_back(http: &Http, at: (ChannelId, MessageId)) {
    if let Err(error) = delete(http, at).await {
        let (channel_id, reply_id) = (at.0.get(), at.1.get());
        tracing::warn!(channel_id, reply_id, error = %chain(&error), "a reply was not deleted");
    }
}

/// Whether a reply was withdrawn while it was being posted, by another process; then it goes.
pub(super) async fn is_overtaken(
    state: &State,
    http: &Http,
    message: MessageId,
    reply: (ChannelId, MessageId),
) -> bool {
    let noted = state.store.reply_to(message.into()).await;
    // A database that fails now has said that the claim stood. Who dismisses a reply deletes it.
    let withdrawn =
        noted.is_ok_and(|noted| noted.is_some_and(|noted| noted.state == ReplyState::Withdrawn));
    if withdrawn {
        take_back(http, reply).await;
    }
    withdrawn
}

/// Tries once more where Discord does not answer: to edit or delete twice does no harm.
async fn twice<F>(act: impl Fn() -> F) -> Result<bool, SendError>
where
    F: Future<Output = serenity::Result<()>>,
{
    match once(act()).await {
        Err(SendError::Unsure(_)) => once(act()).await,
        done => done,
    }
}

async fn once(act: impl Future<Output = serenity::Result<()>>) -> Result<bool, SendError> {
    let Ok(done) = tokio::time::timeout(send::PATIENCE, act).await else {
        return Err(SendError::Unsure("it took too long".to_owned()));
    };
    match done.map_err(send::meaning) {
        Ok(()) => Ok(true),
        Err(error) if error.code().is_some_and(|code| GONE.contains(&code)) => Ok(false),
        Err(error) => Err(error),
    }
}
