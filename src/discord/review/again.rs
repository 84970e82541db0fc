//! What a moderator decided is carried out and shown although the bot was killed in between.

use serenity::all::{ChannelId, EditMessage, Http, Message, UserId};

use super::card::{self, Closed};
use super::{decide, draft, follow, id};
use crate::discord::answers::Answers;
use crate::discord::error::Error;
use crate::discord::grounds::Grounds;
use crate::discord::heard::Heard;
use crate::discord::outcomes::{self, code};
use crate::discord::persist;
use crate::discord::send;
use crate::discord::speak::{self, Owed, Say};
use crate::discord::standing;
use crate::discord::state::State;
use crate::discord::{moderator, render};
use crate::policy::Reason;
use crate::store::{Entry, Review, ReviewState};

/// How many entries of the audit log are looked through.
const LOG: i64 = 200;

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum CarriedOut {
    /// It was, or is now.
    Yes,
    /// Not yet.
    No,
}

/// Posts the card of a message that waits, with the nonce of the first time.
pub(in crate::discord) async fn show_again(
    state: &State,
    http: &Http,
    answers: &Answers,
    review: &Review,
    (text, reason): (&str, Option<Reason>),
) -> Result<bool, Error> {
    let channel = ChannelId::new(id(review.card_channel_id).get());
    match send::post(http, channel, draft(answers, review, (text, reason))).await {
        Ok(card) => {
            state.store.review_shown(review.message_id, card.into()).await?;
            Ok(true)
        }
        Err(error) => {
            tracing::warn!(message_id = review.message_id, %error, "could not ask moderators");
            Ok(false)
        }
    }
}

/// Posts the answer if somebody decided so and that was not done. The others are carried out when they
/// are taken.
pub(in crate::discord) async fn carry_out(
    state: &State,
    http: &Http,
    review: &Review,
) -> Result<CarriedOut, Error> {
    if review.state != ReviewState::Posted {
        return Ok(CarriedOut::Yes);
    }
    match state.store.reply_to(review.message_id).await? {
        Some(reply) if reply.reply_id.is_none() => return Ok(CarriedOut::No),
        Some(_) => return Ok(CarriedOut::Yes),
        None => {}
    }
    let answers = state.answers();
    let guild = id(review.guild_id).get().into();
    let set = state.settings.get(&state.store, guild).await?;
    let heard = match answers.knowledge.myth(&review.answer) {
        Some(myth) => {
            let owed = Owed {
                message: id(review.message_id),
                channel: ChannelId::new(id(review.channel_id).get()),
                guild: Some(guild),
                author: UserId::new(id(review.author_id).get()),
            };
            let grounds = &review.grounds;
            let say = Say { answers: &answers, myth, grounds, settings: &set.settings };
            speak::anyway(state, http, owed, say).await
        }
        None => Heard::Failed { code: None },
    };
    if matches!(heard, Heard::Failed { .. }) {
        // Its buttons work again.
        state.store.reopen_review(review.message_id).await?;
        return Ok(CarriedOut::No);
    }
    outcomes::count(state, Some(guild), &review.answer, code::POSTED).await;
    Ok(CarriedOut::Yes)
}

/// Makes a card say what was decided, and sees to it that the audit log does.
pub(in crate::discord) async fn show_decision(
    state: &State,
    http: &Http,
    review: &Review,
    card: &Message,
) -> Result<(), Error> {
    let edit = EditMessage::new().components(vec![]).allowed_mentions(render::nobody());
    let edit = match review.state {
        ReviewState::Open => return Ok(()),
        ReviewState::Withdrawn => {
            let answers = state.answers();
            edit.embed(render::embed(&card::closed(&answers, review, Closed::Nothing)))
        }
        ReviewState::Posted | ReviewState::Declined | ReviewState::Muted => {
            let grounds: Option<Grounds> = serde_json::from_str(&review.grounds).ok();
            let reply = state.store.reply_to(review.message_id).await?;
            let reply = reply.and_then(|reply| reply.reply_id);
            let (what, action) = decide::told(review, grounds.as_ref(), reply);
            note(state, review, &action).await?;
            let by = review.decided_by.unwrap_or_default().unsigned_abs();
            edit.embeds(decide::embeds(card, by, &what))
        }
    };
    let place = (card.channel_id, card.id);
    if let Err(error) = standing::edit(http, place, &edit).await {
        follow::not_edited(place.1, &error);
    }
    Ok(())
}

/// Notes a decision in the audit log, unless it stands there. Phrases that are muted were noted with
/// the decision.
async fn note(state: &State, review: &Review, action: &str) -> Result<(), Error> {
    let Some(by) = review.decided_by.filter(|_| review.state != ReviewState::Muted) else {
        return Ok(());
    };
    let action = render::shortened(action, moderator::ACTION);
    let log = state.store.audit_log(review.guild_id, LOG).await?;
    if log.iter().any(|entry| entry.actor_id == by && entry.action == action) {
        return Ok(());
    }
    let entry = Entry {
        id: review.message_id,
        guild_id: review.guild_id,
        actor_id: by,
        action,
        at_ms: state.clock.now().as_millisecond(),
    };
    persist::note(state, entry).await;
    Ok(())
}
