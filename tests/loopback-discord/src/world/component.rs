//! Components: rows of buttons and select menus, and the inputs of a modal.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The types of components that this world has, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[repr(u8)]
pub enum ComponentType {
    /// A row of others.
    ActionRow = 1,
    /// Button.
    Button = 2,
    /// Select menu with options that the bot names.
    StringSelect = 3,
    /// Text input of a modal.
    TextInput = 4,
    /// Select menu of users.
    UserSelect = 5,
    /// Select menu of roles.
    RoleSelect = 6,
    /// Select menu of users and roles.
    MentionableSelect = 7,
    /// Select menu of channels.
    ChannelSelect = 8,
}

impl From<ComponentType> for u8 {
    fn from(kind: ComponentType) -> Self {
        kind as Self
    }
}

impl TryFrom<u8> for ComponentType {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Ok(match number {
            1 => Self::ActionRow,
            2 => Self::Button,
            3 => Self::StringSelect,
            4 => Self::TextInput,
            5 => Self::UserSelect,
            6 => Self::RoleSelect,
            7 => Self::MentionableSelect,
            8 => Self::ChannelSelect,
            other => return Err(format!("Value must be one of 1..8, not {other}.")),
        })
    }
}

/// A component as a bot sends it. Which fields it needs depends on its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ComponentType,
    /// What is in a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// What the bot gets back when it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// Style of a button (5 is a link) or of a text input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<u8>,
    /// What is written on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Emoji of a button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Value>,
    /// Where a link button leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Greyed out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
    /// Options of a select menu.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<SelectOption>,
    /// Shown while nothing is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// How few can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u8>,
    /// How many can be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u8>,
    /// Shortest text of an input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u16>,
    /// Longest text of an input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u16>,
    /// Whether an input must be filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// What an input holds at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Types of channels that a menu offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_types: Option<Vec<u8>>,
    /// What a menu of users, roles or channels has chosen at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_values: Option<Value>,
}

/// An option of a select menu.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelectOption {
    /// What a person reads.
    pub label: String,
    /// What the bot gets.
    pub value: String,
    /// A second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// An emoji before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Value>,
    /// Chosen at first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

impl Component {
    /// A button that opens a link.
    pub fn is_link(&self) -> bool {
        self.kind == ComponentType::Button && self.style == Some(5)
    }

    /// Whether it is a select menu.
    pub fn is_select(&self) -> bool {
        use ComponentType::{ActionRow, Button, TextInput};
        !matches!(self.kind, ActionRow | Button | TextInput)
    }

    /// Whether it is greyed out.
    pub fn is_disabled(&self) -> bool {
        self.disabled == Some(true)
    }

    /// This component and whatever is in it.
    pub fn flattened(&self) -> Vec<&Self> {
        let inner = self.components.iter().flat_map(Self::flattened);
        std::iter::once(self).chain(inner).collect()
    }
}
