//! First responses to interactions.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome, form_from};
use crate::error::{FormErrors, Refusal};
use crate::world::{Callback, CallbackData, Choice, Component, MessageDraft, MessageFlags};

pub(super) fn respond(call: &mut Call<'_>) -> Outcome {
    let id = call.id("interaction_id")?;
    let token = call.text("interaction_token").to_owned();
    let callback = callback(call.body)?;
    let kind = callback.kind;
    let now = call.now;
    let message = call.world.respond(id, &token, callback, now)?;
    if !call.asks_for("with_response") {
        return Ok(Answer::Empty);
    }
    let interaction = call.world.interactions.get(&id).ok_or_else(Refusal::unknown_interaction)?;
    let mut json = json!({
        "interaction": {
            "id": id, "type": interaction.kind as u8,
            "channel_id": interaction.channel_id,
        },
        "resource": {"type": kind},
    });
    if let Some(message) = message.filter(|_| matches!(kind, 4..=7)) {
        let known = call.world.messages.get(&message);
        json["interaction"]["response_message_id"] = json!(message);
        json["interaction"]["response_message_loading"] =
            known.is_some_and(crate::world::Message::is_loading).into();
        json["interaction"]["response_message_ephemeral"] =
            known.is_some_and(|known| known.ephemeral_for.is_some()).into();
        if matches!(kind, 4 | 7) {
            json["resource"]["message"] = call.message_json_of(message);
        }
    }
    Ok(Answer::Ok(json))
}

fn callback(body: &Value) -> Result<Callback, Refusal> {
    let Some(kind) = body["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()) else {
        return Err(FormErrors::one("type", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let empty = json!({});
    let data = if body["data"].is_null() { &empty } else { &body["data"] };
    let data = match kind {
        4 => CallbackData::Message(Box::new(form_from::<MessageDraft>("data", data)?)),
        5 => {
            let flags = MessageFlags(data["flags"].as_u64().unwrap_or_default());
            CallbackData::Deferred { ephemeral: flags.contains(MessageFlags::EPHEMERAL) }
        }
        6 => CallbackData::DeferredUpdate,
        7 => CallbackData::Update(Box::new(form_from("data", data)?)),
        8 => CallbackData::Choices(form_from::<Vec<Choice>>("data.choices", &data["choices"])?),
        9 => CallbackData::Modal {
            custom_id: data["custom_id"].as_str().unwrap_or_default().into(),
            title: data["title"].as_str().unwrap_or_default().into(),
            components: form_from::<Vec<Component>>("data.components", &data["components"])?,
        },
        _ => {
            let message = "Value must be one of {4, 5, 6, 7, 8, 9}.";
            return Err(FormErrors::one("type", "BASE_TYPE_CHOICES", message));
        }
    };
    Ok(Callback { kind, data })
}
