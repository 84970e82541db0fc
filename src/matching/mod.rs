//! The engine: is this text owed an answer, which, and why.
//!
//! Pure functions of text and knowledge: no clock, no files, no network.

mod outcome;

pub use outcome::{Candidate, Evidence, Finding, Outcome, Stance, Tier};

use crate::knowledge::Knowledge;

/// The engine, built once from a knowledge folder and shared.
#[derive(Debug)]
pub struct Matcher {}

impl Matcher {
    /// Builds every index.
    #[must_use]
    pub fn new(_knowledge: &Knowledge) -> Self {
        Self {}
    }

    /// Decides on a text of any length. Never panics.
    #[must_use]
    pub fn find(&self, _text: &str) -> Outcome {
        Outcome { tier: Tier::Silent, answer: None, score: 0.0, stance: Stance::None, reason: String::new(), evidence: vec![], candidates: vec![], findings: vec![] }
    }

    /// The answers whose claims are most like `query`, best first, at most `top`. For looking an
    /// answer up: ids, titles and claims as people put them, tolerant of typos. Scores from 0 to 1.
    #[must_use]
    pub fn look_up(&self, _query: &str, _top: usize) -> Vec<Candidate> {
        vec![]
    }
}
