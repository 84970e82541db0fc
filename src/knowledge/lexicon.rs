//! The words of a language: concepts that the patterns of all answers share, and the cues that
//! tell what a message does with a claim.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// `lexicon/<language>.toml`: the concepts of one language.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// Concepts by name (small letters, digits and `_`).
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Concept>")]
    pub concepts: BTreeMap<String, Spanned<Concept>>,
    /// Phrases by name: rows of concepts that count as one concept. Names are shared with
    /// `concepts`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Phrase>")]
    pub phrases: BTreeMap<String, Spanned<Phrase>>,
}

/// A row of concepts that patterns use like one concept: "allied soldiers".
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Patterns over concepts, any of which makes it; see `knowledge::pattern`.
    #[serde(rename = "match", default)]
    #[schemars(with = "Vec<String>")]
    pub patterns: Vec<Spanned<String>>,
    /// As for a concept.
    #[serde(default)]
    pub role: Option<Role>,
    /// As for a concept.
    #[serde(default)]
    pub negatable: bool,
}

/// `words/<language>.toml`: ordinary words, for reading misspelt and run-together ones.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// The commonest words, with blanks between them: of these and the lexicon's words
    /// run-together words are made.
    #[serde(default)]
    pub common: String,
    /// Words that are spelt almost like a word of the lexicon and are never taken for a slip.
    #[serde(default)]
    pub real: String,
    /// Further words that people write often, of the lexicon or not: where a misspelt word may be
    /// several ones, these are likelier.
    #[serde(default)]
    pub frequent: String,
}

/// A meaning and the words for it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Word forms, see `knowledge::form`. Several words in one form must follow each other.
    /// `expand*` also stands for longer words that begin so, `promise(|s|d)` for one stem with
    /// several endings. A form in capitals (`US`) matches capitals only. A negation
    /// inside a longer form of a concept with a role does not count as one: "no doubt".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub words: Vec<Spanned<String>>,
    /// Other concepts whose words count as this one's, too.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub includes: Vec<Spanned<String>>,
    /// What the concept does to the stance of a message; most concepts do nothing.
    #[serde(default)]
    pub role: Option<Role>,
    /// Whether a negation shortly before it turns the sense of the whole pattern round, as it does
    /// for verbs ("is *not* surrounding") and not for names.
    #[serde(default)]
    pub negatable: bool,
    /// Whether its words are nothing else: shorter forms of other concepts inside them do not count
    /// ("the *west* bank" is no west).
    #[serde(default)]
    pub hides: bool,
}

/// What a cue does to the stance of a message.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// "not", "never", "no": turns the negatable word after it round.
    Negation,
    /// "a myth", "debunked", "no evidence that": rejects what its sentence says.
    Debunk,
    /// "don't tell me", "stop saying": rejects what follows, so that a denial after it is a claim.
    Reversal,
    /// "yeah right", "poor russia": makes fun of what its sentence says.
    Mockery,
    /// "did", "is it true", "why": a sentence that begins so asks.
    Question,
    /// "but", "because": a negation before it does not reach behind it.
    Boundary,
    /// "that", "this", "which": a sentence that begins so speaks about the one before it.
    Reference,
    /// "that", "to say": opens the clause that a debunking cue before it is about.
    Complement,
    /// "no doubt", "not only": looks like a negation and is none.
    NoNegation,
    /// "lol", "cute", "says the": right behind a quoted or echoed claim it makes light of it.
    Scoff,
    /// "yes", "asking for a friend": the sentence behind a question goes on with it and does not
    /// rebut it.
    Assent,
    /// "people claim", "Moscow says": the claim is somebody else's.
    Attribution,
    /// "in reality", "yet": a sentence that begins so speaks against the one before it.
    Rebuttal,
    /// "my neighbour tells me", "tiny": a weak sign that the claim is argued about. Alone it does
    /// nothing; two of different concepts make a reply a suggestion.
    Doubt,
    /// "The Kremlin claims": a sign of doubt that is enough when another statement follows, as it
    /// most often answers the claim.
    Teller,
}
