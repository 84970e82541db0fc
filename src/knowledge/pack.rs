//! What holds for all answers of a folder: who made it, its scope, its scale, its thresholds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::date::optional_day;

/// `pack.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// What the answers are about.
    #[serde(default)]
    pub name: String,
    /// Who answers for them.
    #[serde(default)]
    pub publisher: String,
    /// How to report an error.
    #[serde(default)]
    pub contact: String,
    /// What the answers cover, what they do not, and why.
    #[serde(default)]
    pub scope: String,
    /// What happens when an answer was wrong.
    #[serde(default)]
    pub corrections: String,
    /// Day of the last revision.
    #[serde(default, deserialize_with = "optional_day")]
    #[schemars(with = "String")]
    pub version: Option<Date>,
    /// Languages, as in `en`; the first is the one that is used when a text is missing.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Publishers that are a party to the dispute: every answer needs a source by someone else.
    #[serde(default)]
    pub parties: Vec<String>,
    /// Scores from which the bot acts.
    #[serde(default = "Thresholds::unset")]
    #[schemars(with = "Thresholds")]
    pub thresholds: Spanned<Thresholds>,
    /// The scale of verdicts: id to definition.
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
}

/// Scores from 0 to 1 from which the bot acts.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// From here on it replies.
    pub reply: f32,
    /// From here on it shows the message to moderators; at most `reply`.
    pub suggest: f32,
}

impl Thresholds {
    fn unset() -> Spanned<Self> {
        Spanned::new(0..0, Self { reply: 0.0, suggest: 0.0 })
    }
}

/// `labels/<language>.toml`: the words around every answer.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelsFile {
    /// Before the claim.
    #[serde(default)]
    pub claim: String,
    /// Before the verdict.
    #[serde(default)]
    pub verdict: String,
    /// Over what has changed.
    #[serde(default)]
    pub changed: String,
    /// Over what is disputed.
    #[serde(default)]
    pub disputed: String,
    /// Over the dated facts.
    #[serde(default)]
    pub facts: String,
    /// Over the sources.
    #[serde(default)]
    pub sources: String,
    /// Before the date of the facts.
    #[serde(default)]
    pub as_of: String,
    /// On the button that shows everything.
    #[serde(default)]
    pub details_button: String,
    /// On the button that explains the reply.
    #[serde(default)]
    pub why_button: String,
    /// On the button that takes the reply back.
    #[serde(default)]
    pub dismiss_button: String,
    /// Behind a source whose publisher is a party to the dispute.
    #[serde(default)]
    pub party: String,
    /// A primary source.
    #[serde(default)]
    pub kind_primary: String,
    /// An independent source.
    #[serde(default)]
    pub kind_independent: String,
    /// A critical source.
    #[serde(default)]
    pub kind_critical: String,
    /// The twelve months, January first.
    #[serde(default)]
    pub months: Vec<String>,
    /// Verdict id to the words shown for it.
    #[serde(default)]
    pub verdicts: BTreeMap<String, String>,
    /// Commands on Discord in this language: `myth show` is a command, `myth show myth` its option.
    #[serde(default)]
    pub commands: BTreeMap<String, CommandLabels>,
}

/// A command, or an option of one, in another language than that of the program.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandLabels {
    /// What people type; the program's own word if it is left out.
    #[serde(default)]
    pub name: String,
    /// What it does, in at most 100 characters.
    #[serde(default)]
    pub description: String,
}

impl CommandLabels {
    /// Whether Discord takes this as a name (its documentation, "Application Command Naming"): 1 to 32
    /// characters; of what is typed behind a slash only small letters, digits, `-` and `_`.
    #[must_use]
    pub fn is_name(name: &str, slash: bool) -> bool {
        let small = |sign: char| {
            (sign.is_alphanumeric() && !sign.is_uppercase()) || matches!(sign, '-' | '_')
        };
        (1..=32).contains(&name.chars().count())
            && name.trim() == name
            && (!slash || name.chars().all(small))
    }
}
