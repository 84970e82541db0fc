//! Moderators are asked before the bot speaks: a card in the review channel, one for each message, ever.

mod again;
mod card;
mod decide;
mod follow;

use serenity::all::{
    ChannelId, ComponentInteraction, CreateInteractionResponse, CreateMessage, GuildId, Http,
    MessageId, Nonce,
};

use super::answers::Answers;
use super::custom_id::Verdict;
use super::error::{Error, chain};
use super::grounds::Grounds;
use super::heard::Heard;
use super::render;
use super::send::{self, SendError};
use super::speak::{Owed, Say};
use super::state::State;
use crate::policy::{self, Reason};
use crate::store::{Review, ReviewState, StoreError};

pub(super) use again::{CarriedOut, carry_out, show_again, show_decision};
pub(super) use follow::{edited, gone};

/// Shows moderators a message that may be owed an answer. Silent for the same reason where nobody can
/// be asked.
pub(super) async fn ask(
    state: &State,
    http: &Http,
    owed: Owed,
    say: Say<'_>,
    (text, reason): (&str, Reason),
) -> Heard {
    let Some((guild, channel)) = place(state, owed, say) else { return Heard::Silent(reason) };
    let review = Review {
        message_id: owed.message.into(),
        channel_id: owed.channel.into(),
        guild_id: guild.into(),
        author_id: owed.author.into(),
        answer: say.myth.id().to_owned(),
        grounds: say.grounds.to_owned(),
        card_channel_id: channel.into(),
        card_id: None,
        state: ReviewState::Open,
        decided_by: None,
        at_ms: state.clock.now().as_millisecond(),
    };
    match open(state, &review).await {
        Ok(None) => {}
        Ok(Some(reason)) => return Heard::Silent(reason),
        Err(error) => {
            // Without a note there may be two cards: rather none.
            tracing::error!(message_id = owed.message.get(), error = %chain(&error), "not noted");
            return Heard::Failed { code: None };
        }
    }
    let draft = draft(say.answers, &review, (text, Some(reason)));
    match send::post(http, channel, draft).await {
        Ok(card) => shown(state, owed, card).await,
        Err(failure) => refused(state, owed, channel, &failure).await,
    }
}

/// Where moderators are asked, unless Discord has refused that a short time ago.
fn place(state: &State, owed: Owed, say: Say<'_>) -> Option<(GuildId, ChannelId)> {
    let channel = ChannelId::new(say.settings.review_channel?.0);
    let now = state.clock.now();
    let refused = state.refusals.last(channel, now);
    let left_alone = refused.is_some_and(|at| now.duration_since(at) < policy::LEFT_ALONE);
    if left_alone { None } else { Some((owed.guild?, channel)) }
}

/// Takes a message to ask about it, or says why that must not be.
async fn open(state: &State, review: &Review) -> Result<Option<Reason>, StoreError> {
    if state.store.reply_to(review.message_id).await?.is_some() {
        return Ok(Some(Reason::AlreadyAnswered));
    }
    let is_new = state.store.open_review(review).await?;
    Ok((!is_new).then_some(Reason::AlreadyAsked))
}

fn draft(
    answers: &Answers,
    review: &Review,
    (text, reason): (&str, Option<Reason>),
) -> CreateMessage {
    let message = id(review.message_id);
    let grounds: Option<Grounds> = serde_json::from_str(&review.grounds).ok();
    let card = card::open(answers, review, grounds.as_ref(), (text, reason));
    CreateMessage::new()
        .embed(render::embed(&card))
        .components(card::buttons(message, grounds.as_ref()))
        // Another one than that of the reply, which may follow within minutes.
        .nonce(Nonce::String(format!("ask-{message}")))
        .enforce_nonce(true)
        .allowed_mentions(render::nobody())
}

async fn shown(state: &State, owed: Owed, card: MessageId) -> Heard {
    if let Err(error) = state.store.review_shown(owed.message.into(), card.into()).await {
        // Its buttons work all the same.
        tracing::error!(message_id = owed.message.get(), error = %chain(&error), "card not noted");
    }
    Heard::Asked { card_id: card.get() }
}

async fn refused(state: &State, owed: Owed, channel: ChannelId, failure: &SendError) -> Heard {
    tracing::warn!(
        message_id = owed.message.get(),
        channel_id = channel.get(),
        error = %failure,
        "could not ask moderators: the bot needs View Channel, Send Messages and Embed Links in the \
         review channel"
    );
    if let SendError::NotHere { .. } = failure {
        state.refusals.note(channel, state.clock.now());
    }
    // Where nobody knows whether the card stands, the note does.
    if !matches!(failure, SendError::Unsure(_))
        && let Err(error) = state.store.drop_review(owed.message.into()).await
    {
        tracing::error!(message_id = owed.message.get(), error = %chain(&error), "not forgotten");
    }
    Heard::Failed { code: failure.code() }
}

/// Answers a press; none when it is answered already.
pub(super) async fn press(
    state: &State,
    http: &Http,
    pressed: &ComponentInteraction,
    (verdict, message): (Verdict, MessageId),
) -> Result<Option<CreateInteractionResponse>, Error> {
    decide::press(state, http, pressed, (verdict, message)).await
}

/// An id as Discord's.
fn id(stored: i64) -> MessageId {
    MessageId::new(stored.unsigned_abs().max(1))
}

/// Where the card stands; nowhere while it is being posted.
fn card_place(review: &Review) -> Option<(ChannelId, MessageId)> {
    let channel = ChannelId::new(id(review.card_channel_id).get());
    Some((channel, id(review.card_id?)))
}
