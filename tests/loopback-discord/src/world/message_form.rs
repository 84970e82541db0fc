//! What a sender may put into a message, and the limits on it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::component_form::check_components;
use super::embed::check_embeds;
use super::{Component, Embed, Message, Snowflake};
use crate::error::{FormErrors, Refusal};

/// The form of a new message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MessageDraft {
    /// Text, up to 2000.
    #[serde(deserialize_with = "null_is_default")]
    pub content: String,
    /// Embeds, up to 10.
    #[serde(deserialize_with = "null_is_default")]
    pub embeds: Vec<Embed>,
    /// Rows of buttons and menus.
    #[serde(deserialize_with = "null_is_default")]
    pub components: Vec<Component>,
    /// Which mentions notify.
    pub allowed_mentions: Option<AllowedMentions>,
    /// The message to reply to.
    pub message_reference: Option<ReferenceDraft>,
    /// Flags.
    pub flags: Option<u64>,
    /// To recognise the message by, up to 25.
    pub nonce: Option<Value>,
    /// A second message with the same nonce is not sent.
    #[serde(deserialize_with = "null_is_default")]
    pub enforce_nonce: bool,
    /// Files sent with it.
    #[serde(deserialize_with = "null_is_default")]
    pub attachments: Vec<AttachmentDraft>,
}

/// The form of an edit: what is absent stays as it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MessageEdit {
    /// New text; `Some(None)` removes it.
    #[serde(deserialize_with = "present")]
    pub content: Option<Option<String>>,
    /// New embeds.
    #[serde(deserialize_with = "present")]
    pub embeds: Option<Option<Vec<Embed>>>,
    /// New components.
    #[serde(deserialize_with = "present")]
    pub components: Option<Option<Vec<Component>>>,
    /// Which mentions notify.
    pub allowed_mentions: Option<AllowedMentions>,
    /// Flags.
    #[serde(deserialize_with = "present")]
    pub flags: Option<Option<u64>>,
}

/// Which mentions in a message notify.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AllowedMentions {
    /// Kinds that do: `users`, `roles`, `everyone`.
    #[serde(deserialize_with = "null_is_default")]
    pub parse: Vec<String>,
    /// Users that are.
    #[serde(deserialize_with = "null_is_default")]
    pub users: Vec<Snowflake>,
    /// Roles that are.
    #[serde(deserialize_with = "null_is_default")]
    pub roles: Vec<Snowflake>,
    /// Whether the author of the message replied to is.
    #[serde(deserialize_with = "null_is_default")]
    pub replied_user: bool,
}

/// The message to reply to.
#[derive(Clone, Debug, Deserialize)]
pub struct ReferenceDraft {
    /// 0 is a reply, 1 a forward.
    #[serde(rename = "type", default)]
    pub kind: Option<u8>,
    /// The message.
    pub message_id: Snowflake,
    /// Its channel.
    #[serde(default)]
    pub channel_id: Option<Snowflake>,
    /// Whether the new message is refused if that one is gone; it is, unless told.
    #[serde(default)]
    pub fail_if_not_exists: Option<bool>,
}

impl From<Snowflake> for ReferenceDraft {
    fn from(message_id: Snowflake) -> Self {
        Self { kind: None, message_id, channel_id: None, fail_if_not_exists: None }
    }
}

/// A file sent with a message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AttachmentDraft {
    /// Its name.
    pub filename: Option<String>,
    /// What is in it, as text.
    #[serde(rename = "loopback_content")]
    pub content: String,
}

impl MessageDraft {
    /// A message that is only text.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Puts the files into the message.
    pub(crate) fn attach_to(&self, message: &mut Message) {
        let files = self.attachments.iter();
        message.attachments =
            files.clone().map(|f| f.filename.clone().unwrap_or_default()).collect();
        message.contents = files.map(|file| file.content.clone()).collect();
    }

    /// Refuses what is too long, too many or nothing at all.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let mut errors = FormErrors::default();
        errors.length("content", &self.content, 0, 2000);
        check_embeds(&self.embeds, &mut errors);
        check_components(&self.components, &mut errors);
        if let Some(allowed) = &self.allowed_mentions {
            allowed.check(&mut errors);
        }
        if self.nonce.as_ref().and_then(Value::as_str).is_some_and(|n| n.chars().count() > 25) {
            let message = "Must be 25 or fewer in length.";
            errors.add("nonce", "BASE_TYPE_MAX_LENGTH", message);
        }
        errors.into_result()?;
        let nothing = self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty();
        if nothing { Err(Refusal::empty_message()) } else { Ok(()) }
    }
}

impl MessageEdit {
    /// Refuses what is too long, too many, or would leave nothing of the message.
    pub(crate) fn check(&self, message: &Message) -> Result<(), Refusal> {
        let mut after = message.clone();
        self.apply_to(&mut after);
        let draft = MessageDraft {
            content: after.content,
            embeds: after.embeds,
            components: after.components,
            allowed_mentions: self.allowed_mentions.clone(),
            attachments: vec![AttachmentDraft::default(); after.attachments.len()],
            ..MessageDraft::default()
        };
        draft.check()
    }

    /// Changes the message without asking.
    pub(crate) fn apply_to(&self, message: &mut Message) {
        if let Some(content) = &self.content {
            message.content = content.clone().unwrap_or_default();
        }
        if let Some(embeds) = &self.embeds {
            message.embeds = embeds.clone().unwrap_or_default();
        }
        if let Some(components) = &self.components {
            message.components = components.clone().unwrap_or_default();
        }
    }
}

impl AllowedMentions {
    fn check(&self, errors: &mut FormErrors) {
        for (index, kind) in self.parse.iter().enumerate() {
            if !matches!(kind.as_str(), "users" | "roles" | "everyone") {
                let message = "Value must be one of ('roles', 'users', 'everyone').";
                errors.add(
                    &format!("allowed_mentions.parse.{index}"),
                    "BASE_TYPE_CHOICES",
                    message,
                );
            }
        }
        for (kind, ids) in [("users", &self.users), ("roles", &self.roles)] {
            if !ids.is_empty() && self.parse.iter().any(|parsed| parsed == kind) {
                let message =
                    format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                errors.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
            }
            errors.count(&format!("allowed_mentions.{kind}"), ids.len(), 0, 100);
        }
    }
}

/// Reads `null` as the default value, as Discord does.
pub(crate) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Tells `null` from absent: `Some(None)` and, by `#[serde(default)]`, `None`.
#[expect(clippy::option_option, reason = "the three states of a field in a PATCH")]
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
