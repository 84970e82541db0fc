//! Posts a reply, and tells what a failure means.

use std::time::Duration;

use serenity::all::{
    ChannelId, CreateMessage, ErrorResponse, Http, HttpError, MessageId, MessageReference, Nonce,
};

use super::error::chain;
use super::render;
use super::rest;
use super::speak::Owed;
use crate::cards::Card;

/// How long one attempt may take, the waits that Discord asks for included: longer than the relay
/// (`rest`) waits for limits and then for Discord.
pub(super) const PATIENCE: Duration = Duration::from_secs(45);

/// Discord's codes for "not here": missing access or permission, no history to reply in, blocked by
/// its user, an archived, locked or vanished thread or channel.
const NOT_HERE: [isize; 8] = [50001, 50013, 160_002, 50007, 50083, 160_005, 10003, 50008];

/// A reply that does not stand, or may not.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// Discord does not let the bot write in this channel, at least for now.
    #[error("Discord refuses replies in this channel ({code}): {message}")]
    NotHere {
        /// Discord's error code.
        code: isize,
        /// Its words.
        message: String,
    },
    /// Discord refuses this reply: an error in the bot.
    #[error("Discord refuses this reply ({code}): {message}")]
    Refused {
        /// Discord's error code.
        code: isize,
        /// Its words.
        message: String,
    },
    /// Nobody knows whether the reply stands.
    #[error("no answer from Discord: {0}")]
    Unsure(String),
}

impl SendError {
    /// Discord's error code.
    pub(super) fn code(&self) -> Option<isize> {
        match self {
            Self::NotHere { code, .. } | Self::Refused { code, .. } => Some(*code),
            Self::Unsure(_) => None,
        }
    }
}

/// Replies to a message with `card`, in its channel or in a thread on it.
pub(super) async fn reply(
    http: &Http,
    owed: Owed,
    stands: ChannelId,
    card: &Card,
) -> Result<MessageId, SendError> {
    post(http, stands, draft(owed, stands, card)).await
}

/// Posts something that has an enforced nonce. Where Discord does not answer, it is asked once more:
/// thanks to the nonce that makes no second message.
pub(super) async fn post(
    http: &Http,
    channel: ChannelId,
    draft: CreateMessage,
) -> Result<MessageId, SendError> {
    match attempt(http, channel, draft.clone()).await {
        Err(SendError::Unsure(_)) => attempt(http, channel, draft).await,
        done => done,
    }
}

async fn attempt(
    http: &Http,
    channel: ChannelId,
    draft: CreateMessage,
) -> Result<MessageId, SendError> {
    let posting = channel.send_message(http, draft);
    match tokio::time::timeout(PATIENCE, posting).await {
        Ok(Ok(posted)) => Ok(posted.id),
        Ok(Err(error)) => Err(meaning(error)),
        Err(_) => Err(SendError::Unsure("it took too long".to_owned())),
    }
}

fn draft(owed: Owed, stands: ChannelId, card: &Card) -> CreateMessage {
    let draft = CreateMessage::new()
        .embed(render::embed(card))
        .components(render::buttons(card, Some(owed.message)))
        .nonce(Nonce::String(owed.message.to_string()))
        .enforce_nonce(true)
        .allowed_mentions(render::nobody());
    if stands != owed.channel {
        // A thread begins with the message.
        return draft;
    }
    let reference = MessageReference::from((owed.channel, owed.message));
    draft.reference_message(reference.fail_if_not_exists(false))
}

pub(super) fn meaning(error: serenity::Error) -> SendError {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => answered(response),
        serenity::Error::Http(error) => SendError::Unsure(chain(&error)),
        // A reply that stands, but with a body that serenity cannot read.
        serenity::Error::Json(error) => SendError::Unsure(chain(&error)),
        other => SendError::Refused { code: -1, message: chain(&other) },
    }
}

fn answered(response: ErrorResponse) -> SendError {
    let status = response.status_code.as_u16();
    let (code, message) = (response.error.code, response.error.message);
    if code == rest::UNREACHABLE {
        return SendError::Unsure(message);
    }
    if status >= 500 {
        return SendError::Unsure(format!("status {status}"));
    }
    // The relay passes 429 on when limits are used up for long.
    if NOT_HERE.contains(&code) || matches!(status, 401 | 403 | 404 | 429) {
        return SendError::NotHere { code, message };
    }
    SendError::Refused { code, message }
}

#[cfg(test)]
mod tests {
    use serenity::all::UserId;

    use super::*;

    #[test]
    fn a_reply_pings_nobody_and_is_posted_once() {
        let owed = Owed {
            message: MessageId::new(77),
            channel: ChannelId::new(1),
            guild: None,
            author: UserId::new(4),
        };
        let card = Card { body: "Hello".to_owned(), ..Card::default() };
        let draft = serde_json::to_string_pretty(&draft(owed, owed.channel, &card)).expect("JSON");
        insta::assert_snapshot!(draft, @r#"
    {
      "nonce": "77",
      "tts": false,
      "embeds": [
        {
          "type": "rich",
          "description": "Hello",
          "color": 5992076
        }
      ],
      "allowed_mentions": {
        "parse": [],
        "users": [],
        "roles": [],
        "replied_user": false
      },
      "message_reference": {
        "type": 0,
        "message_id": "77",
        "channel_id": "1",
        "guild_id": null,
        "fail_if_not_exists": false
      },
      "components": [],
      "sticker_ids": [],
      "attachments": [],
      "enforce_nonce": true
    }
    "#);
    }
}
