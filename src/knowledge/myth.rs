//! One answer: its sources and facts, its text in a language, and what claims it answers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::date::{day, optional_day};
use super::lexicon::{Concept, Phrase};

/// `<myth>/myth.toml`: what is the same in every language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MythFile {
    /// Short name in small letters and hyphens, the same as the folder's.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Number under which people can ask for it, from 1.
    #[serde(default = "zero")]
    #[schemars(with = "u16")]
    pub number: Spanned<u16>,
    /// Day on which the whole answer was last checked.
    #[serde(default, deserialize_with = "optional_day")]
    #[schemars(with = "String")]
    pub updated: Option<Date>,
    /// Sources, the ones shown in a short reply first.
    #[serde(default)]
    #[schemars(with = "Vec<Source>")]
    pub sources: Vec<Spanned<Source>>,
    /// Dated facts that the texts cite with `[^id]`.
    #[serde(default)]
    #[schemars(with = "Vec<Fact>")]
    pub facts: Vec<Spanned<Fact>>,
}

/// Something that a reader can open.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name within the answer.
    pub id: String,
    /// Title of the page.
    pub title: String,
    /// Address, https.
    pub url: String,
    /// Who published it.
    pub publisher: String,
    /// Where it stands in the dispute.
    pub kind: SourceKind,
    /// Language of the page, as in `en`.
    pub language: String,
    /// Day on which an editor last looked at it.
    #[serde(deserialize_with = "day")]
    #[schemars(with = "String")]
    pub checked: Date,
}

/// Where a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The document or the figures themselves.
    Primary,
    /// Reporting or research by someone who is no party to the dispute.
    Independent,
    /// A scholar or outlet that disputes the answer or a part of it.
    Critical,
}

/// A value that held at a date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Name within the answer, cited as `[^name]`.
    pub id: String,
    /// The figure or statement in a few words; its numbers stand in the sentences that cite it.
    pub value: String,
    /// Since when, or on which day, it held: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// Ids of the sources that say so.
    pub sources: Vec<String>,
}

/// `<myth>/<language>.toml`: the answer in one language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerFile {
    /// Heading of the reply.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub title: Spanned<String>,
    /// The claim in one neutral sentence.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub claim: Spanned<String>,
    /// Id of a verdict of the pack's scale.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub verdict: Spanned<String>,
    /// The verdict in one sentence, part by part where the parts differ.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub verdict_note: Spanned<String>,
    /// Two to four sentences.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub summary: Spanned<String>,
    /// What has changed since the fact sheet.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub changed: Spanned<String>,
    /// What is disputed, and what is true in the claim.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub disputed: Spanned<String>,
    /// The longer story.
    #[serde(default = "empty")]
    #[schemars(with = "String")]
    pub details: Spanned<String>,
    /// The claim as people put it, used to look the answer up and to rank it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub claims: Vec<Spanned<String>>,
}

/// `<myth>/<language>.match.toml`: what messages in one language are owed the answer.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchFile {
    /// Concepts of this claim alone; those that several claims share stand in the lexicon.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Concept>")]
    pub concepts: BTreeMap<String, Spanned<Concept>>,
    /// Phrases of this claim alone.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Phrase>")]
    pub phrases: BTreeMap<String, Spanned<Phrase>>,
    /// What a claim looks like.
    #[serde(default)]
    #[schemars(with = "Vec<PatternEntry>")]
    pub patterns: Vec<Spanned<PatternEntry>>,
    /// What looks like a claim and is none; it cancels the patterns that it touches.
    #[serde(default)]
    #[schemars(with = "Vec<ExceptionEntry>")]
    pub exceptions: Vec<Spanned<ExceptionEntry>>,
    /// Sentences that must, and must not, get the answer.
    #[serde(default)]
    pub examples: Examples,
}

/// One way to make a claim.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PatternEntry {
    /// What it says, in plain words: people see it as the reason of a reply.
    pub name: String,
    /// The pattern, see `knowledge::pattern`.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Concepts that must be somewhere in the message, each `a` or `a|b`.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Concepts that must not be in the sentences that the pattern stands in, each `a` or `a|b`.
    #[serde(default)]
    pub unless: Vec<String>,
    /// How sure it is on its own.
    pub strength: Strength,
}

/// What looks like a claim and is none.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionEntry {
    /// What it says, in plain words.
    pub name: String,
    /// The pattern, see `knowledge::pattern`.
    #[serde(rename = "match")]
    pub pattern: String,
}

/// How sure a pattern is on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Sure enough to reply.
    Strong,
    /// Worth a moderator's look; three in different places are enough to reply.
    Fair,
    /// Only a hint.
    Weak,
}

/// Sentences that hold the patterns in place.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    /// Messages that must get this answer as a reply.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub reply: Vec<Spanned<String>>,
    /// Messages that must not get this answer as a reply.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub silent: Vec<Spanned<String>>,
}

fn empty() -> Spanned<String> {
    Spanned::new(0..0, String::new())
}

fn zero() -> Spanned<u16> {
    Spanned::new(0..0, 0)
}
