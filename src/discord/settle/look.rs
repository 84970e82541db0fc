//! What stands in a channel.

use serenity::all::{ChannelId, GetMessages, Http, Message, MessageId};

use crate::discord::send::{self, SendError};

/// How many messages Discord gives at a time, and how often it is asked at most in each direction.
const PAGE: u8 = 100;
const PAGES: usize = 5;

/// What came of a search.
#[derive(Debug)]
pub(super) enum Searched {
    Found(MessageId),
    NotThere,
    /// So much was written since that it could not be seen whole.
    Unknown,
}

/// Looks for a message that was written after `from`, among the next ones and the last ones.
pub(super) async fn search(
    http: &Http,
    channel: ChannelId,
    from: MessageId,
    fits: impl Fn(&Message) -> bool,
) -> Result<Searched, SendError> {
    let mut after = from;
    for _ in 0..PAGES {
        let page = messages_after(http, channel, after, PAGE).await?;
        if let Some(found) = page.iter().find(|message| fits(message)) {
            return Ok(Searched::Found(found.id));
        }
        match page.iter().map(|message| message.id).max() {
            Some(last) if page.len() >= PAGE.into() => after = last,
            _ => return Ok(Searched::NotThere),
        }
    }
    let mut newest = GetMessages::new().limit(PAGE);
    for _ in 0..PAGES {
        let page = ask(http, channel, newest).await?;
        if let Some(found) = page.iter().find(|message| fits(message)) {
            return Ok(Searched::Found(found.id));
        }
        match page.iter().map(|message| message.id).min() {
            Some(first) if first > after => newest = GetMessages::new().limit(PAGE).before(first),
            _ => return Ok(Searched::NotThere),
        }
    }
    Ok(Searched::Unknown)
}

/// A message; none if it is gone. Asked for as part of a list, which is no error where it is gone.
pub(super) async fn message(
    http: &Http,
    channel: ChannelId,
    id: MessageId,
) -> Result<Option<Message>, SendError> {
    let before = MessageId::new(id.get().saturating_sub(1).max(1));
    let next = messages_after(http, channel, before, 1).await?;
    Ok(next.into_iter().find(|message| message.id == id))
}

/// The next messages after one, at most `most`, which is 1 to 100.
pub(in crate::discord) async fn messages_after(
    http: &Http,
    channel: ChannelId,
    after: MessageId,
    most: u8,
) -> Result<Vec<Message>, SendError> {
    ask(http, channel, GetMessages::new().after(after).limit(most)).await
}

async fn ask(
    http: &Http,
    channel: ChannelId,
    which: GetMessages,
) -> Result<Vec<Message>, SendError> {
    match tokio::time::timeout(send::PATIENCE, channel.messages(http, which)).await {
        Ok(read) => read.map_err(send::meaning),
        Err(_) => Err(SendError::Unsure("it took too long".to_owned())),
    }
}
