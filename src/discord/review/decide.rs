//! A moderator decides about a message: once, whoever is first.

use serenity::all::{
    ChannelId, ComponentInteraction, CreateEmbed, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, EditInteractionResponse,
    Http, Message, MessageId, UserId,
};

use super::{card, id};
use crate::discord::answers::Answers;
use crate::discord::custom_id::Verdict;
use crate::discord::error::{Error, chain};
use crate::discord::grounds::Grounds;
use crate::discord::heard::Heard;
use crate::discord::moderator::{self, moderates};
use crate::discord::outcomes::{self, code};
use crate::discord::render;
use crate::discord::speak::{self, Owed, Say};
use crate::discord::state::State;
use crate::policy::Reason;
use crate::store::{Mute, Review, ReviewState, StoreError};

/// Answers a press; none when it is answered already.
pub(super) async fn press(
    state: &State,
    http: &Http,
    pressed: &ComponentInteraction,
    (verdict, message): (Verdict, MessageId),
) -> Result<Option<CreateInteractionResponse>, Error> {
    if !moderates(pressed.member.as_ref()) {
        return Err(Error::User(NOT_YOURS.to_owned()));
    }
    let Some(turn) = state.recent.turn_now(message, &state.clock) else {
        let review = review(state, pressed, message).await?;
        return Err(Error::User(card::too_late(&review)));
    };
    let review = review(state, pressed, message).await?;
    let answers = state.answers();
    if verdict == Verdict::Post && answers.knowledge.myth(&review.answer).is_none() {
        return Err(Error::User(NO_ANSWER.to_owned()));
    }
    if is_interrupted(state, &review).await? {
        state.store.reopen_review(review.message_id).await?;
    }
    let grounds: Option<Grounds> = serde_json::from_str(&review.grounds).ok();
    if !decide(state, pressed, verdict, (&review, grounds.as_ref())).await? {
        let review = self::review(state, pressed, message).await?;
        return Err(Error::User(card::too_late(&review)));
    }
    let review = Review { state: decision(verdict), ..review };
    let carried_out = match verdict {
        Verdict::Post => match post(state, http, pressed, &answers, &review).await {
            Ok(Some(failure)) => {
                // Whoever reads it may press again at once.
                drop(turn);
                tell(http, pressed, &failure).await;
                return Ok(None);
            }
            done => done.map(|_| None),
        },
        Verdict::Decline | Verdict::Mute => {
            Ok(Some(answered(state, pressed, &review, grounds.as_ref()).await))
        }
    };
    if carried_out.is_err() {
        state.store.reopen_review(review.message_id).await?;
    }
    carried_out
}

async fn review(
    state: &State,
    pressed: &ComponentInteraction,
    message: MessageId,
) -> Result<Review, Error> {
    let review = state.store.review(message.into()).await?;
    let review = review.filter(|review| Some(review.guild_id) == pressed.guild_id.map(i64::from));
    // The card of another message would show what was decided about this one.
    let card = i64::from(pressed.message.id);
    let review = review.filter(|review| review.card_id.is_none_or(|own| own == card));
    review.ok_or_else(|| Error::User(FORGOTTEN.to_owned()))
}

/// Whether the bot was stopped after somebody had decided to post and before it did. Whether it posts
/// twice is not decided here, but by the claim on the message.
async fn is_interrupted(state: &State, review: &Review) -> Result<bool, StoreError> {
    let posted = review.state == ReviewState::Posted;
    Ok(posted && state.store.reply_to(review.message_id).await?.is_none())
}

fn decision(verdict: Verdict) -> ReviewState {
    match verdict {
        Verdict::Post => ReviewState::Posted,
        Verdict::Decline => ReviewState::Declined,
        Verdict::Mute => ReviewState::Muted,
    }
}

/// Takes the decision. False when somebody has decided before.
async fn decide(
    state: &State,
    pressed: &ComponentInteraction,
    verdict: Verdict,
    (review, grounds): (&Review, Option<&Grounds>),
) -> Result<bool, Error> {
    let (by, now) = (i64::from(pressed.user.id), state.clock.now().as_millisecond());
    if verdict != Verdict::Mute {
        let decision = decision(verdict);
        return Ok(state.store.decide_review(review.message_id, decision, by, now).await?);
    }
    let phrases = grounds.map(Grounds::phrases).unwrap_or_default();
    if phrases.is_empty() {
        return Err(Error::User(NO_PHRASE.to_owned()));
    }
    let mute = |phrase: &&str| Mute {
        guild_id: review.guild_id,
        answer: review.answer.clone(),
        phrase: (*phrase).to_owned(),
        set_by: by,
        at_ms: now,
    };
    let mutes: Vec<Mute> = phrases.iter().map(mute).collect();
    let decided = Review { state: ReviewState::Muted, ..review.clone() };
    let (_, action) = told(&decided, grounds, None);
    let Some(entry) = moderator::entry(state, pressed, &action) else {
        return Err(Error::User(FORGOTTEN.to_owned()));
    };
    let decided = state.store.decide_mute(review.message_id, &entry, &mutes).await?;
    if let Some(guild) = pressed.guild_id {
        state.settings.forget(guild);
    }
    Ok(decided)
}

/// Answers a press that is carried out by having been taken.
async fn answered(
    state: &State,
    pressed: &ComponentInteraction,
    review: &Review,
    grounds: Option<&Grounds>,
) -> CreateInteractionResponse {
    let (what, action) = told(review, grounds, None);
    let outcome = if review.state == ReviewState::Muted {
        // Noted with the decision.
        code::PHRASE_MUTED
    } else {
        moderator::note(state, pressed, action).await;
        code::DECLINED
    };
    outcomes::count(state, pressed.guild_id, &review.answer, outcome).await;
    updated(pressed, &what)
}

/// What the card and the audit log say about a decision; `reply` is the id of the reply.
pub(super) fn told(
    review: &Review,
    grounds: Option<&Grounds>,
    reply: Option<i64>,
) -> (String, String) {
    let answer = &review.answer;
    match (review.state, reply) {
        (ReviewState::Posted, Some(reply)) => {
            let reply = card::link((review.guild_id, review.channel_id, reply));
            let action = format!("had {} answered with `{answer}`", link(review));
            (format!("had [the answer]({reply}) posted."), action)
        }
        (ReviewState::Posted, None) => {
            let action = format!("had {} answered with `{answer}`", link(review));
            ("had the answer posted.".to_owned(), action)
        }
        (ReviewState::Muted, _) => {
            let phrases = grounds.map(Grounds::phrases).unwrap_or_default();
            let listed = card::listed(&phrases);
            let what = format!(
                "muted {listed}: alone, that gets no answer in this server any more. `/mythmod \
                 phrases` lists what is muted."
            );
            (what, format!("muted {listed} for the answer `{answer}`"))
        }
        _ => {
            let action = format!("did not have {} answered with `{answer}`", link(review));
            ("chose *Not this one*: the message gets no answer.".to_owned(), action)
        }
    }
}

/// Has the answer posted. Discord waits three seconds and this may take longer, so the press is
/// acknowledged first. Returns what to tell whoever pressed when it could not be posted.
async fn post(
    state: &State,
    http: &Http,
    pressed: &ComponentInteraction,
    answers: &Answers,
    review: &Review,
) -> Result<Option<String>, Error> {
    let Some(myth) = answers.knowledge.myth(&review.answer) else {
        return Err(Error::User(NO_ANSWER.to_owned()));
    };
    let set = match pressed.guild_id {
        Some(guild) => state.settings.get(&state.store, guild).await?,
        None => return Err(Error::User(FORGOTTEN.to_owned())),
    };
    pressed.defer(http).await?;
    let owed = Owed {
        message: id(review.message_id),
        channel: ChannelId::new(id(review.channel_id).get()),
        guild: pressed.guild_id,
        author: UserId::new(id(review.author_id).get()),
    };
    let say = Say { answers, myth, grounds: &review.grounds, settings: &set.settings };
    let what = match speak::anyway(state, http, owed, say).await {
        Heard::Replied { reply_id } => {
            let (what, action) = told(review, None, i64::try_from(reply_id).ok());
            moderator::note(state, pressed, action).await;
            outcomes::count(state, pressed.guild_id, &review.answer, code::POSTED).await;
            what
        }
        Heard::Silent(Reason::AlreadyAnswered) => {
            "wanted the answer posted; the message had its reply already.".to_owned()
        }
        Heard::Silent(reason) => format!("wanted the answer posted, but {reason}."),
        Heard::Failed { code } => {
            state.store.reopen_review(review.message_id).await.unwrap_or_else(|error| {
                // Whoever presses next finds no reply, and opens it again.
                tracing::error!(error = %chain(&error), "a decision was not taken back");
            });
            return Ok(Some(card::refused(code)));
        }
        Heard::Asked { .. } => return Ok(None),
    };
    let edit = EditInteractionResponse::new()
        .embeds(embeds(&pressed.message, pressed.user.id.get(), &what))
        .components(vec![])
        .allowed_mentions(render::nobody());
    if let Err(error) = pressed.edit_response(http, edit).await {
        tracing::warn!(interaction_id = pressed.id.get(), error = %chain(&error), "a card was not edited");
    }
    Ok(None)
}

/// A sentence for the one who pressed, after the press was acknowledged.
async fn tell(http: &Http, pressed: &ComponentInteraction, sentence: &str) {
    let told = CreateInteractionResponseFollowup::new()
        .content(sentence)
        .ephemeral(true)
        .allowed_mentions(render::nobody());
    if let Err(error) = pressed.create_followup(http, told).await {
        tracing::warn!(interaction_id = pressed.id.get(), error = %chain(&error), "nobody could be told");
    }
}

/// The card with the decision and without buttons.
fn updated(pressed: &ComponentInteraction, what: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(
        CreateInteractionResponseMessage::new()
            .embeds(embeds(&pressed.message, pressed.user.id.get(), what))
            .components(vec![])
            .allowed_mentions(render::nobody()),
    )
}

/// What the card shows, and who decided what. The words of the message stand there and nowhere else.
pub(super) fn embeds(card: &Message, by: u64, what: &str) -> Vec<CreateEmbed> {
    let (name, value) = card::decided(by, what);
    let shown = card.embeds.iter().take(1).cloned().map(CreateEmbed::from);
    shown.map(|embed| embed.field(&name, &value, false)).collect()
}

fn link(review: &Review) -> String {
    card::link((review.guild_id, review.channel_id, review.message_id))
}

const NOT_YOURS: &str = "Only moderators (*Manage Messages*, *Manage Server*) decide about this.";
const FORGOTTEN: &str =
    "The bot no longer knows about this message. `/myth show` posts any answer.";
const NO_ANSWER: &str = "The bot no longer has this answer. `/myth list` shows those that it has. \
                         Nothing is decided yet.";
const NO_PHRASE: &str = "No phrase of the bot's own was found in this message, so there is none to \
                         mute: `/mythmod phrases` shows the words that moderators have set. Nothing \
                         is decided yet.";
