//! Follow-ups and changes of answers, which go by the application's webhook.

use super::call::{Answer, Call, Outcome};
use crate::error::Refusal;
use crate::world::{MessageDraft, MessageEdit, Snowflake};

/// The token of the path, if the webhook is the application's.
fn token(call: &Call<'_>) -> Result<String, Refusal> {
    if call.id("webhook_id")? == call.world.application.id {
        Ok(call.text("webhook_token").to_owned())
    } else {
        Err(Refusal::unknown_webhook())
    }
}

/// The message of the path; none stands for the first response.
fn message(call: &Call<'_>) -> Result<Option<Snowflake>, Refusal> {
    if call.params.contains_key("message_id") { call.id("message_id").map(Some) } else { Ok(None) }
}

pub(super) fn execute(call: &mut Call<'_>) -> Outcome {
    let token = token(call)?;
    let draft: MessageDraft = call.form()?;
    let now = call.now;
    let id = call.world.follow_up(&token, &draft, now)?;
    // An application's webhook always waits.
    Ok(Answer::Ok(call.message_json_of(id)))
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = call.world.answer(&token(call)?, message(call)?, call.now)?;
    Ok(Answer::Ok(call.message_json_of(id)))
}

pub(super) fn edit(call: &mut Call<'_>) -> Outcome {
    let (token, message) = (token(call)?, message(call)?);
    let edit: MessageEdit = call.form()?;
    let now = call.now;
    let id = call.world.edit_answer(&token, message, &edit, now)?;
    Ok(Answer::Ok(call.message_json_of(id)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let (token, message, now) = (token(call)?, message(call)?, call.now);
    call.world.delete_answer(&token, message, now)?;
    Ok(Answer::Empty)
}
