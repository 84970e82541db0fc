//! *Not relevant*: the reply is taken back by the author of the message or a moderator.

use std::time::Duration;

use serenity::all::{
    ComponentInteraction, CreateInteractionResponse, CreateInteractionResponseMessage, Http,
    MessageId,
};

use super::error::{Error, chain};
use super::moderator::{self, moderates};
use super::outcomes::{self, code};
use super::state::State;
use super::{render, standing};
use crate::store::{Reply, ReplyState};

/// How long Discord may take to delete the reply: it waits three seconds for an answer to a press.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Answers a press.
pub(super) async fn press(
    state: &State,
    http: &Http,
    pressed: &ComponentInteraction,
    message: MessageId,
) -> Result<CreateInteractionResponse, Error> {
    let Some(reply) = state.store.reply_to(message.into()).await? else {
        return Err(Error::User(FORGOTTEN.to_owned()));
    };
    // The button of another reply would have that one deleted.
    if !is_on(&reply, pressed) {
        return Err(Error::User(FORGOTTEN.to_owned()));
    }
    let wrote_it = reply.author_id == Some(pressed.user.id.into()) || pressed.guild_id.is_none();
    if !wrote_it && !moderates(pressed.member.as_ref()) {
        return Err(Error::User(NOT_YOURS.to_owned()));
    }
    let now = state.clock.now().as_millisecond();
    let first = state.store.end_reply(message.into(), ReplyState::Dismissed, now).await?;
    // Also when somebody pressed before: Discord may not have deleted it then.
    let reply_at = (pressed.channel_id, pressed.message.id);
    let deleted = tokio::time::timeout(PATIENCE, standing::delete(http, reply_at)).await;
    if first {
        outcomes::count(state, pressed.guild_id, &reply.answer, code::DISMISSED).await;
        if !wrote_it {
            let action = format!("took back the answer `{}` as not relevant", reply.answer);
            moderator::note(state, pressed, action).await;
        }
    }
    match deleted {
        Ok(Ok(_)) => Ok(say(&taken_back(state, &reply).await)),
        Ok(Err(error)) => {
            let reply_id = pressed.message.id.get();
            tracing::warn!(reply_id, error = %chain(&error), "a reply was not deleted");
            Err(Error::User(STANDS.to_owned()))
        }
        Err(_) => Err(Error::User(STANDS.to_owned())),
    }
}

/// Whether what was pressed stands under this reply, as far as that is known.
pub(super) fn is_on(reply: &Reply, pressed: &ComponentInteraction) -> bool {
    let in_same_server = reply.guild_id == pressed.guild_id.map(i64::from);
    in_same_server && reply.reply_id.is_none_or(|id| id == i64::from(pressed.message.id))
}

/// What happens next, by the settings of the server.
async fn taken_back(state: &State, reply: &Reply) -> String {
    let guild = reply.guild_id.and_then(|id| u64::try_from(id).ok());
    let seconds = match guild {
        Some(guild) => state.settings.get(&state.store, guild.into()).await,
        None => return TAKEN_BACK.to_owned(),
    };
    match seconds.map(|set| set.settings.cooldowns.dismissed_s) {
        Ok(seconds @ 1..) => format!(
            "{TAKEN_BACK} The bot will not give this answer in this channel for {}.",
            duration(seconds)
        ),
        _ => TAKEN_BACK.to_owned(),
    }
}

/// The largest unit that fits without a rest: "24 hours", "90 minutes".
fn duration(seconds: u32) -> String {
    let (count, unit) = match seconds {
        seconds if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
        seconds if seconds.is_multiple_of(60) => (seconds / 60, "minute"),
        seconds => (seconds, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn say(sentence: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .content(sentence)
            .ephemeral(true)
            .allowed_mentions(render::nobody()),
    )
}

const TAKEN_BACK: &str = "Thank you. The reply is deleted, and counted as a false one.";
const NOT_YOURS: &str = "Only the person who was answered and moderators (*Manage Messages*, \
                         *Manage Server*) can take this reply back.";
const FORGOTTEN: &str = "The bot no longer knows about this reply. A moderator can delete it like \
                         any other message.";
const STANDS: &str = "It is noted that this reply is not relevant, but Discord has not deleted it. \
                      Please press again in a moment, or ask a moderator to delete it.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_largest_unit_that_fits() {
        let told = [86_400, 3600, 5400, 60, 61, 1].map(duration);
        let expected = ["24 hours", "1 hour", "90 minutes", "1 minute", "61 seconds", "1 second"];
        assert_eq!(told, expected);
    }
}
