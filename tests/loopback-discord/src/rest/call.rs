//! One request on its way into the world, and the answer on its way out.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::{FormErrors, Refusal};
use crate::wire;
use crate::world::{Message, Snowflake, World};

/// A request, matched with its route.
pub(super) struct Call<'a> {
    pub(super) world: &'a mut World,
    pub(super) now: Timestamp,
    /// The bot, which is the only one who comes this way.
    pub(super) bot: Snowflake,
    pub(super) params: BTreeMap<&'static str, String>,
    pub(super) query: &'a BTreeMap<String, String>,
    pub(super) body: &'a Value,
    pub(super) address: SocketAddr,
}

/// What a request is granted.
pub(super) enum Answer {
    /// 200 with a body.
    Ok(Value),
    /// 201 with a body.
    Created(Value),
    /// 204.
    Empty,
}

/// What became of a request.
pub(super) type Outcome = Result<Answer, Refusal>;

impl Answer {
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Ok(_) => 200,
            Self::Created(_) => 201,
            Self::Empty => 204,
        }
    }

    pub(super) fn body(&self) -> &Value {
        match self {
            Self::Ok(body) | Self::Created(body) => body,
            Self::Empty => &Value::Null,
        }
    }
}

impl Call<'_> {
    /// A placeholder of the path as text.
    pub(super) fn text(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// A placeholder of the path as an id.
    pub(super) fn id(&self, name: &str) -> Result<Snowflake, Refusal> {
        let text = self.text(name);
        text.parse().map_err(|_| not_a_snowflake(name, text))
    }

    /// The same, resolved from "@me" if it says so.
    pub(super) fn user_id(&self, name: &str) -> Result<Snowflake, Refusal> {
        if self.text(name) == "@me" { Ok(self.bot) } else { self.id(name) }
    }

    /// A number in the query, within bounds.
    pub(super) fn limit(&self, otherwise: usize, most: usize) -> Result<usize, Refusal> {
        let Some(text) = self.query.get("limit") else { return Ok(otherwise) };
        match text.parse() {
            Ok(limit) if (1..=most).contains(&limit) => Ok(limit),
            _ => {
                let message = format!("int value should be between 1 and {most}.");
                Err(FormErrors::one("limit", "NUMBER_TYPE_MAX", message))
            }
        }
    }

    /// An id in the query.
    pub(super) fn query_id(&self, name: &str) -> Result<Option<Snowflake>, Refusal> {
        let text = self.query.get(name);
        text.map(|text| text.parse().map_err(|_| not_a_snowflake(name, text))).transpose()
    }

    /// Whether the query says `name=true`.
    pub(super) fn asks_for(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value == "true" || value == "True")
    }

    /// The body as a form.
    pub(super) fn form<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        form_from("", self.body)
    }

    /// A message as the bot gets it from REST.
    pub(super) fn message_json(&self, message: &Message) -> Value {
        let mut json = wire::message(self.world, message);
        wire::redact_for_rest(self.world, message, &mut json);
        json
    }

    /// The same by its id.
    pub(super) fn message_json_of(&self, id: Snowflake) -> Value {
        self.world.messages.get(&id).map_or(json!(null), |message| self.message_json(message))
    }
}

/// Reads a form, or says which field does not fit.
pub(super) fn form_from<T: DeserializeOwned>(path: &str, json: &Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let at = error.path().to_string().replace('[', ".").replace(']', "");
        let at = if at == "." { String::new() } else { at };
        let message = error.inner().to_string();
        let missing = message.starts_with("missing field");
        let (at, code, message) = match message.split('`').nth(1).filter(|_| missing) {
            Some(field) => {
                let message = "This field is required".to_owned();
                (format!("{at}.{field}"), "BASE_TYPE_REQUIRED", message)
            }
            None => (at, "BASE_TYPE_CONVERT", message),
        };
        FormErrors::one(&format!("{path}.{at}"), code, message)
    })
}

fn not_a_snowflake(name: &str, text: &str) -> Refusal {
    FormErrors::one(name, "NUMBER_TYPE_COERCE", format!("Value \"{text}\" is not snowflake."))
}
