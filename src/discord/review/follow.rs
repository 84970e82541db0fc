//! A message that waits for a decision is edited or deleted: its card follows.

use serenity::all::{EditMessage, Http, MessageId};

use super::card::{self, Closed};
use super::{card_place, id};
use crate::discord::answers::Answers;
use crate::discord::error::chain;
use crate::discord::grounds::Grounds;
use crate::discord::heard::Revision;
use crate::discord::send::SendError;
use crate::discord::state::State;
use crate::discord::{render, standing};
use crate::policy::Reason;
use crate::store::{Review, ReviewState, StoreError};

/// The message is gone.
pub(in crate::discord) async fn gone(
    state: &State,
    http: &Http,
    message: MessageId,
) -> Result<(), StoreError> {
    let review = state.store.review(message.into()).await?;
    // Most messages wait for nothing.
    let Some(review) = review.filter(|review| review.state == ReviewState::Open) else {
        return Ok(());
    };
    let now = state.clock.now().as_millisecond();
    if state.store.decide_review(message.into(), ReviewState::Withdrawn, None, now).await? {
        close(state, http, &review, Closed::Gone).await;
    }
    Ok(())
}

/// The message says something else: another answer with its grounds and why moderators are asked, or
/// nothing of note. `text` is shown in the card.
pub(in crate::discord) async fn edited(
    state: &State,
    http: &Http,
    answers: &Answers,
    review: Review,
    now_says: Option<(&str, String, Option<Reason>)>,
    text: &str,
) -> Result<Revision, StoreError> {
    if review.state != ReviewState::Open {
        return Ok(Revision::Left);
    }
    let Some((answer, json, reason)) = now_says else {
        let now = state.clock.now().as_millisecond();
        let id = review.message_id;
        if state.store.decide_review(id, ReviewState::Withdrawn, None, now).await? {
            close(state, http, &review, Closed::Edited).await;
        }
        return Ok(Revision::Withdrawn);
    };
    if !state.store.review_anew(review.message_id, (answer, &json)).await? {
        return Ok(Revision::Left);
    }
    let review = Review { answer: answer.to_owned(), grounds: json, ..review };
    let grounds: Option<Grounds> = serde_json::from_str(&review.grounds).ok();
    let card = card::open(answers, &review, grounds.as_ref(), (text, reason));
    let edit = EditMessage::new()
        .embed(render::embed(&card))
        .components(card::buttons(id(review.message_id), grounds.as_ref()));
    show(http, &review, edit).await;
    Ok(Revision::Changed)
}

async fn close(state: &State, http: &Http, review: &Review, why: Closed) {
    let card = card::closed(&state.answers(), review, why);
    let edit = EditMessage::new().embed(render::embed(&card)).components(vec![]);
    show(http, review, edit).await;
}

/// Edits the card; what goes wrong is logged. Its buttons are checked when they are pressed.
async fn show(http: &Http, review: &Review, edit: EditMessage) {
    let Some(place) = card_place(review) else { return };
    let edit = edit.allowed_mentions(render::nobody());
    if let Err(error) = standing::edit(http, place, &edit).await {
        not_edited(place.1, &error);
    }
}

pub(super) fn not_edited(card: MessageId, error: &SendError) {
    tracing::warn!(card_id = card.get(), error = %chain(error), "a card was not edited");
}
