//! What the engine says about a text.

use serde::Serialize;

use crate::knowledge::Strength;

/// What to do about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Nothing.
    Silent,
    /// Show it to moderators.
    Suggest,
    /// Sure enough to speak.
    Reply,
}

/// What the text does with the claim that it came nearest to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// No claim was found.
    None,
    /// States it.
    Asserts,
    /// Asks whether it is true.
    Asks,
    /// Says it is not so, debunks it, or makes fun of it.
    Denies,
}

/// What in the text speaks for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What it says, in the words of the knowledge file: a pattern's name or a claim.
    pub phrase: String,
    /// The words of the text, as written, from the first to the last that count.
    pub text: String,
    /// Where they stand: first and one past the last, in characters (Unicode scalar values) of the
    /// original text.
    pub span: [usize; 2],
    /// Letters that were changed to read misspelt words, in all.
    pub distance: usize,
}

/// A pattern or claim that was met, before tiers are decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Which answer it belongs to.
    pub answer: String,
    /// The words it met.
    pub evidence: Evidence,
    /// How sure it is on its own; `None` for a claim found by likeness.
    pub strength: Option<Strength>,
    /// What it adds to the score, 0 to 1.
    pub weight: f32,
    /// What turned it into silence, in plain words with the cue, if anything did.
    pub cancelled: Option<String>,
}

/// An answer and how near the text is to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Id of the answer.
    pub answer: String,
    /// 0 to 1, comparable with the thresholds of the pack.
    pub score: f32,
}

/// The engine's decision on a text, with its grounds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// What to do.
    pub tier: Tier,
    /// The best answer that reached `suggest` or `reply`.
    pub answer: Option<String>,
    /// Its score, or that of the nearest answer when there is none, 0 to 1.
    pub score: f32,
    /// What the text does with the claim.
    pub stance: Stance,
    /// One sentence without a full stop: why it was decided so.
    pub reason: String,
    /// What speaks for the answer, or what was found and cancelled.
    pub evidence: Vec<Evidence>,
    /// Every answer with a score above 0, best first.
    pub candidates: Vec<Candidate>,
    /// Everything that was found, for the explanation.
    pub findings: Vec<Finding>,
}
