//! What happens when somebody presses a button under a message of the bot.

use std::time::Duration;

use serenity::all::{
    ChannelId, ComponentInteraction, CreateInteractionResponse, CreateInteractionResponseMessage,
    Http, MessageId,
};

use super::answers::Answers;
use super::custom_id::CustomId;
use super::error::{self, Error, chain};
use super::grounds::Grounds;
use super::render;
use super::state::State;
use super::{commands, dismissal, review};
use crate::cards::{self, Card};
use crate::knowledge::Myth;
use crate::matching::Tier;

/// How long a message may take to be read again: Discord waits three seconds for an answer to a
/// press.
const READ_AGAIN: Duration = Duration::from_millis(1500);

/// Answers a press.
pub(super) async fn press(state: &State, http: &Http, interaction: &ComponentInteraction) {
    let response = match respond(state, http, interaction).await {
        Ok(Some(response)) => response,
        // It was answered meanwhile.
        Ok(None) => return,
        Err(error) => {
            let sentence = error::told(&error, "button", interaction.id.get());
            CreateInteractionResponse::Message(message().content(sentence).ephemeral(true))
        }
    };
    if let Err(error) = interaction.create_response(http, response).await {
        tracing::warn!(interaction_id = interaction.id.get(), error = %chain(&error), "a press was not answered");
    }
}

async fn respond(
    state: &State,
    http: &Http,
    interaction: &ComponentInteraction,
) -> Result<Option<CreateInteractionResponse>, Error> {
    let id = interaction.data.custom_id.parse::<CustomId>();
    let id = id.map_err(|_| Error::User(UNKNOWN.to_owned()))?;
    Ok(Some(match id {
        CustomId::Details(answer) => {
            let answers = state.answers();
            let myth = myth(&answers, &answer)?;
            let card = cards::details(&answers.knowledge, myth, answers.language());
            CreateInteractionResponse::Message(shown(&card).ephemeral(true))
        }
        CustomId::Why(message_id) => {
            let card = why(state, http, interaction, message_id).await?;
            CreateInteractionResponse::Message(shown(&card).ephemeral(true))
        }
        CustomId::Pick(answer) => {
            CreateInteractionResponse::UpdateMessage(answered(&state.answers(), &answer)?)
        }
        CustomId::Dismiss(message) => dismissal::press(state, http, interaction, message).await?,
        CustomId::Review(verdict, message) => {
            return review::press(state, http, interaction, (verdict, message)).await;
        }
        CustomId::Reset(guild) => commands::reset(state, interaction, guild).await?,
        CustomId::Post(answer) => {
            CreateInteractionResponse::Message(answered(&state.answers(), &answer)?)
        }
    }))
}

/// With the words of the message as it stands in the channel, if the bot would still give the same
/// answer to it; else what was kept of the decision.
async fn why(
    state: &State,
    http: &Http,
    pressed: &ComponentInteraction,
    message: MessageId,
) -> Result<Card, Error> {
    let reply = state.store.reply_to(message.into()).await?;
    // Whoever pressed may not be able to read another message.
    let Some(reply) = reply.filter(|reply| dismissal::is_on(reply, pressed)) else {
        return Err(Error::User(forgotten(state.retention_days)));
    };
    let answers = state.answers();
    let grounds: Grounds = serde_json::from_str(&reply.grounds)?;
    if let Some((answer, phrase)) = grounds.own() {
        return Ok(cards::why_own(&answers.knowledge, answer, phrase));
    }
    // The reply may stand in a thread on the message.
    let channel = u64::try_from(reply.channel_id).map_or(pressed.channel_id, ChannelId::new);
    if let Some(text) = text_of(http, channel, message).await {
        let outcome = answers.matcher.find(&text);
        if outcome.tier == Tier::Reply && outcome.answer.as_ref() == Some(&reply.answer) {
            return Ok(cards::why(&answers.knowledge, &answers.matcher, &text, &outcome));
        }
    }
    let (outcome, at) = grounds.into_outcome();
    Ok(cards::why_with(&answers.knowledge, &outcome, at))
}

/// The text of a message, unless it is gone or may not be read.
async fn text_of(http: &Http, channel: ChannelId, message: MessageId) -> Option<String> {
    let read = tokio::time::timeout(READ_AGAIN, http.get_message(channel, message)).await;
    read.ok()?.ok().map(|message| message.content)
}

fn myth<'a>(answers: &'a Answers, answer: &str) -> Result<&'a Myth, Error> {
    let found = answers.knowledge.myth(answer);
    found.ok_or_else(|| Error::User(GONE.to_owned()))
}

/// The short answer, with its button for more.
fn answered(answers: &Answers, answer: &str) -> Result<CreateInteractionResponseMessage, Error> {
    let card = cards::reply(&answers.knowledge, myth(answers, answer)?, answers.language());
    Ok(shown(&card).content(""))
}

fn shown(card: &Card) -> CreateInteractionResponseMessage {
    message().embed(render::embed(card)).components(render::buttons(card, None))
}

fn message() -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().allowed_mentions(render::nobody())
}

const UNKNOWN: &str =
    "The bot does not know this button any more. `/myth list` shows every answer.";
const GONE: &str = "The bot no longer has this answer. `/myth list` shows those that it has.";

fn forgotten(retention_days: u16) -> String {
    let days = cards::counted(retention_days.into(), "day");
    format!("The bot no longer knows why it gave this reply: it keeps that for {days}.")
}
