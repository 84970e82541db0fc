//! Messages that wait for moderators without a card, and decisions that are not carried out or not
//! shown.

use serenity::all::{ChannelId, Http, Message, MessageId};

use super::look::{Searched, message, search};
use super::{FRESH, LATELY};
use crate::discord::auto_reply;
use crate::discord::custom_id::{self, CustomId};
use crate::discord::error::{Error, chain};
use crate::discord::review;
use crate::discord::send::SendError;
use crate::discord::state::State;
use crate::policy::{Decision, Own};
use crate::store::{Review, ReviewState};

/// A message waits for moderators, and no card is known. True when that is so no longer.
pub(super) async fn unshown(state: &State, http: &Http, row: &Review) -> Result<bool, Error> {
    let id = id(row.message_id);
    let Some(_turn) = state.recent.turn_now(MessageId::new(id), &state.clock) else {
        return Ok(false);
    };
    let noted = state.store.review(row.message_id).await?;
    let is_open = |row: &Review| row.card_id.is_none() && row.state == ReviewState::Open;
    let Some(row) = noted.filter(is_open) else { return Ok(false) };
    let age = i128::from(state.clock.now().as_millisecond() - row.at_ms);
    match show(state, http, &row).await? {
        Ok(done) => return Ok(done),
        Err(error) => {
            let message_id = row.message_id;
            tracing::debug!(message_id, error = %chain(&error), "card not looked for");
        }
    }
    if age < LATELY.as_millis() {
        return Ok(false);
    }
    // Moderators were never asked, and it is too late now.
    state.store.drop_review(row.message_id).await?;
    Ok(true)
}

/// Notes the card if it stands, and posts it if it does not. False when that must wait.
async fn show(state: &State, http: &Http, row: &Review) -> Result<Result<bool, SendError>, Error> {
    let (message_id, room) =
        (MessageId::new(id(row.message_id)), ChannelId::new(id(row.card_channel_id)));
    let is_card = |card: &Message| {
        let about =
            |id: &CustomId| matches!(id, CustomId::Review(_, about) if *about == message_id);
        state.me.get() == Some(&card.author.id) && custom_id::of(card).iter().any(about)
    };
    let searched = search(http, room, message_id, is_card).await;
    match searched {
        Ok(Searched::Found(card)) => {
            state.store.review_shown(row.message_id, card.into()).await?;
            return Ok(Ok(true));
        }
        Ok(Searched::NotThere) => {}
        Ok(Searched::Unknown) => return Ok(Ok(false)),
        Err(error) => return Ok(Err(error)),
    }
    let asked = match message(http, ChannelId::new(id(row.channel_id)), message_id).await {
        Ok(asked) => asked,
        Err(error) => return Ok(Err(error)),
    };
    let age = i128::from(state.clock.now().as_millisecond() - row.at_ms);
    let Some(asked) = asked else {
        let now = state.clock.now().as_millisecond();
        // It may be on its way from another process.
        return Ok(Ok(age >= FRESH.as_millis()
            && state
                .store
                .decide_review(row.message_id, ReviewState::Withdrawn, None, now)
                .await?));
    };
    if age >= LATELY.as_millis() {
        state.store.drop_review(row.message_id).await?;
        return Ok(Ok(true));
    }
    let answers = state.answers();
    let set = state.settings.get(&state.store, id(row.guild_id).into()).await?;
    let read = auto_reply::read(&answers, &set, &asked.content);
    if matches!(read.own, Own::Never | Own::Muted) {
        return Ok(Ok(false));
    }
    let reason = match auto_reply::decide(state, &answers, &set, &asked).decision {
        Decision::Review { reason, .. } => Some(reason),
        _ => None,
    };
    review::show_again(state, http, &answers, row, (&asked.content, reason)).await.map(Ok)
}

/// Moderators have decided. True when that was not carried out, or the card did not show it.
pub(super) async fn decided(state: &State, http: &Http, row: &Review) -> Result<bool, Error> {
    let message_id = MessageId::new(id(row.message_id));
    let Some(_turn) = state.recent.turn_now(message_id, &state.clock) else { return Ok(false) };
    let noted = state.store.review(row.message_id).await?;
    let Some(row) = noted.filter(|row| row.state != ReviewState::Open) else { return Ok(false) };
    let Some(row) = withdrawn(state, http, row).await? else { return Ok(false) };
    let carried_out = review::carry_out(state, http, &row).await?;
    if carried_out == review::CarriedOut::No {
        return Ok(false);
    }
    let Some(card_id) = row.card_id else { return Ok(false) };
    let place = (ChannelId::new(id(row.card_channel_id)), MessageId::new(id(card_id)));
    let card = match message(http, place.0, place.1).await {
        Ok(Some(card)) if !card.components.is_empty() => card,
        Ok(_) => return Ok(false),
        Err(error) => {
            tracing::debug!(card_id, error = %chain(&error), "card not looked for");
            return Ok(false);
        }
    };
    review::show_decision(state, http, &row, &card).await?;
    Ok(true)
}

/// A decision to post an answer to a message that is gone by now counts no more. None when that cannot
/// be seen.
async fn withdrawn(state: &State, http: &Http, row: Review) -> Result<Option<Review>, Error> {
    let store = &state.store;
    if row.state != ReviewState::Posted || store.reply_to(row.message_id).await?.is_some() {
        return Ok(Some(row));
    }
    let place = (ChannelId::new(id(row.channel_id)), MessageId::new(id(row.message_id)));
    match message(http, place.0, place.1).await {
        Ok(Some(_)) => Ok(Some(row)),
        Ok(None) => {
            let now = state.clock.now().as_millisecond();
            store.reopen_review(row.message_id).await?;
            store.decide_review(row.message_id, ReviewState::Withdrawn, None, now).await?;
            Ok(Some(Review { state: ReviewState::Withdrawn, ..row }))
        }
        Err(error) => {
            let message_id = row.message_id;
            tracing::debug!(message_id, error = %chain(&error), "message not looked for");
            Ok(None)
        }
    }
}

fn id(stored: i64) -> u64 {
    stored.unsigned_abs().max(1)
}
