//! Refusals: what Discord answers to a request that it does not grant, with status and code.

use serde_json::{Map, Value, json};

/// A refusal with the HTTP status and the JSON error code of the real Discord.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// JSON error code; 0 is Discord's "general error".
    pub code: u32,
    /// The sentence that Discord sends with it.
    pub message: String,
    /// Per-field errors of an invalid form body, as Discord nests them.
    pub errors: Option<Value>,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal, $code:literal, $message:literal;)*) => {
        impl Refusal {
            $($(#[$doc])* pub fn $name() -> Self { Self::new($status, $code, $message) })*
        }
    };
}

refusals! {
    /// The token is missing or wrong.
    unauthorized = 401, 0, "401: Unauthorized";
    /// There is no such route.
    not_found = 404, 0, "404: Not Found";
    /// The route exists, but not with this method.
    method_not_allowed = 405, 0, "405: Method Not Allowed";
    /// No application with that id.
    unknown_application = 404, 10002, "Unknown Application";
    /// No channel with that id.
    unknown_channel = 404, 10003, "Unknown Channel";
    /// No guild with that id.
    unknown_guild = 404, 10004, "Unknown Guild";
    /// No member with that id in the guild.
    unknown_member = 404, 10007, "Unknown Member";
    /// No message with that id in the channel.
    unknown_message = 404, 10008, "Unknown Message";
    /// No role with that id.
    unknown_role = 404, 10011, "Unknown Role";
    /// No user with that id.
    unknown_user = 404, 10013, "Unknown User";
    /// No such emoji.
    unknown_emoji = 404, 10014, "Unknown Emoji";
    /// No such webhook, or a follow-up to an interaction that has not been answered yet.
    unknown_webhook = 404, 10015, "Unknown Webhook";
    /// The interaction does not exist, or its first response came too late.
    unknown_interaction = 404, 10062, "Unknown interaction";
    /// No such command.
    unknown_command = 404, 10063, "Unknown application command";
    /// The channel has as many pins as it can have.
    too_many_pins = 400, 30003, "Maximum number of pins reached (250)";
    /// An interaction can have one first response.
    already_acknowledged = 400, 40060, "Interaction has already been acknowledged.";
    /// The channel cannot be seen.
    missing_access = 403, 50001, "Missing Access";
    /// A message of somebody else.
    not_the_author = 403, 50005, "Cannot edit a message authored by another user";
    /// Neither content nor embed nor anything else.
    empty_message = 400, 50006, "Cannot send an empty message";
    /// Direct messages to this user are not possible.
    cannot_dm = 403, 50007, "Cannot send messages to this user";
    /// The channel is of a kind that has no messages.
    not_a_text_channel = 400, 50008, "Cannot send messages in a non-text channel";
    /// A permission is missing.
    missing_permissions = 403, 50013, "Missing Permissions";
    /// System messages cannot be pinned or edited.
    system_message = 403, 50021, "Cannot execute action on a system message";
    /// The action does not fit this type of channel.
    wrong_channel_type = 400, 50024, "Cannot execute action on this channel type";
    /// The token of a webhook or an interaction is wrong or too old.
    invalid_webhook_token = 401, 50027, "Invalid Webhook Token";
    /// The body is not JSON.
    invalid_json = 400, 50109, "The request body contains invalid JSON.";
    /// The thread is archived.
    archived_thread = 400, 50083, "Thread is archived";
    /// A reply needs `READ_MESSAGE_HISTORY`.
    reply_without_history = 403, 160_002,
        "Cannot reply without permission to read message history";
    /// The message has a thread already.
    thread_exists = 400, 160_004, "A thread has already been created for this message";
    /// The thread is locked.
    locked_thread = 400, 160_005, "Thread is locked";
}

impl Refusal {
    /// Any other refusal.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), errors: None }
    }

    /// The JSON body that Discord answers with.
    pub fn to_json(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// Collects the per-field errors of one invalid form body (50035).
#[derive(Debug, Default)]
pub struct FormErrors {
    root: Map<String, Value>,
}

impl FormErrors {
    /// Adds an error at a path such as `embeds.0.fields.3.name`.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut at = &mut self.root;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            at = at
                .entry(step)
                .or_insert_with(|| json!({}))
                .as_object_mut()
                .expect("only objects are put in");
        }
        let errors = at.entry("_errors").or_insert_with(|| json!([]));
        if let Some(errors) = errors.as_array_mut() {
            errors.push(json!({"code": code, "message": message.into()}));
        }
    }

    /// Adds the error for a text whose length is not within the bounds, if so.
    pub fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length == 0 && min > 0 {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if length > max && min == 0 {
            let message = format!("Must be {max} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", message);
        } else if length < min || length > max {
            let message = format!("Must be between {min} and {max} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", message);
        }
    }

    /// Adds the error for a list whose length is not within the bounds, if so.
    pub fn count(&mut self, path: &str, length: usize, min: usize, max: usize) {
        if length < min || length > max {
            let message = format!("Must be between {min} and {max} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", message);
        }
    }

    /// `Ok` if nothing was added.
    pub fn into_result(self) -> Result<(), Refusal> {
        if self.root.is_empty() { Ok(()) } else { Err(self.into_refusal()) }
    }

    /// The refusal with whatever was added.
    pub fn into_refusal(self) -> Refusal {
        let mut refusal = Refusal::new(400, 50035, "Invalid Form Body");
        refusal.errors = Some(Value::Object(self.root));
        refusal
    }

    /// A refusal with one error.
    pub fn one(path: &str, code: &str, message: impl Into<String>) -> Refusal {
        let mut errors = Self::default();
        errors.add(path, code, message);
        errors.into_refusal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_nest_as_discord_nests_them() {
        let refusal = FormErrors::one("embeds.0.title", "BASE_TYPE_MAX_LENGTH", "too long");
        assert_eq!(refusal.code, 50035);
        assert_eq!(
            refusal.to_json()["errors"]["embeds"]["0"]["title"]["_errors"][0]["message"],
            "too long"
        );
    }
}
