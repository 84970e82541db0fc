//! What people read: pure functions from knowledge and outcomes to [`Card`]s, which the terminal
//! prints and Discord shows as embeds.
//!
//! The words around an answer come from the labels of its language; those of commands are English.

mod about;
mod details;
mod escape;
mod faults;
mod limits;
mod list;
mod markdown;
mod not_found;
mod page;
mod pinned;
mod reply;
mod short;
mod sources;
mod text;
mod version;
mod welcome;
mod why;

pub use about::about;
pub use details::details;
pub use escape::quoted;
pub use faults::faults;
pub use limits::{counted, fit};
pub use list::list;
pub use not_found::not_found;
pub use page::title;
pub use pinned::{pinned, pinned_here};
pub use reply::reply;
pub use short::short;
pub use sources::sources;
pub use text::{Style, text};
pub use version::version;
pub use welcome::welcome;
pub use why::{why, why_own, why_with};

/// A message to people, before it is drawn: an embed on Discord, text in a terminal.
///
/// Its texts are Discord Markdown. Limits are Discord's (documentation, "Embed limits").
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Card {
    /// Heading, at most 256 characters.
    pub title: String,
    /// Main text, at most 4,096 characters.
    pub body: String,
    /// Parts with a heading each, at most 25.
    pub fields: Vec<Field>,
    /// Last line, at most 2,048 characters.
    pub footer: String,
    /// What can be pressed under it, at most 5.
    pub buttons: Vec<Button>,
}

/// A part of a card.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Field {
    /// Heading, at most 256 characters.
    pub name: String,
    /// Text, at most 1,024 characters.
    pub value: String,
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Button {
    /// What it does.
    pub action: Action,
    /// What stands on it, at most 80 characters.
    pub label: String,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Shows the whole answer with this id.
    Details(String),
    /// Explains the reply.
    Why,
    /// Takes the reply back.
    Dismiss,
}
