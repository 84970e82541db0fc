//! The engine: is this text owed an answer, which, and why.
//!
//! Pure functions of text and knowledge: no clock, no files, no network. A text is [normalised]
//! (normalize), scanned for the lexicon's word forms (`keyword`), misspelt words are read as what
//! they are meant to be (`mend`), the answers' patterns are held against what was found
//! (`pattern`), cues tell whether the claim is made, asked or rejected (`stance`), and what is left
//! is added up (`score`). Claims that have no patterns are found by likeness (`bare`, `search`).
//!
//! [normalised]: normalize::normalize

mod bare;
mod buffer;
mod change;
mod claims;
mod compound;
mod concepts;
mod cues;
mod fuzzy;
mod keyword;
mod letters;
mod mend;
pub mod normalize;
mod outcome;
mod pattern;
mod phrase;
mod rules;
mod scanner;
mod score;
mod search;
mod slip;
mod spaced;
mod spelling;
mod stance;
mod strip;
#[cfg(test)]
mod tests;
mod trace;

pub use change::{Change, What, arithmetic};
pub use outcome::{Candidate, Cue, CueKind, Evidence, Finding, Outcome, Reading, Stance, Tier};

use crate::knowledge::{Knowledge, Thresholds};
use bare::Bare;
use claims::Claims;
use concepts::Concepts;
use fuzzy::FuzzyIndex;
use keyword::{Hit, KeywordIndex};
use normalize::{Text, normalize};
use phrase::Phrases;
use rules::Rules;

/// How many candidates are named among claims that have no patterns, unless told otherwise.
const NEAREST: usize = 5;

/// The engine, built once from a knowledge folder and shared.
#[derive(Debug)]
pub struct Matcher {
    concepts: Concepts,
    keywords: Option<KeywordIndex>,
    fuzzy: FuzzyIndex,
    phrases: Phrases,
    rules: Rules,
    claims: Claims,
    thresholds: Thresholds,
}

impl Matcher {
    /// Builds every index. Patterns that do not parse are left out: [`crate::knowledge::load`]
    /// refuses a folder that has one.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let (concepts, literals) = Concepts::new(knowledge);
        let fuzzy = FuzzyIndex::new(&literals, knowledge.languages.values().map(|l| &l.words));
        Self {
            phrases: Phrases::new(knowledge, &concepts),
            rules: Rules::new(knowledge, &concepts),
            claims: Claims::new(knowledge),
            keywords: KeywordIndex::new(literals).ok(),
            fuzzy,
            concepts,
            thresholds: *knowledge.pack.thresholds.get_ref(),
        }
    }

    /// Decides on a text of any length. Never panics.
    #[must_use]
    pub fn find(&self, message: &str) -> Outcome {
        self.find_with(message, NEAREST)
    }

    /// Decides on a text of any length. Of claims that have no patterns it names at most `top`
    /// candidates, however far they are. Never panics.
    #[must_use]
    pub fn find_with(&self, message: &str, top: usize) -> Outcome {
        let (text, hits) = self.read(message);
        let mut findings = Vec::new();
        let mut asked = false;
        if !hits.is_empty() {
            let found = self.phrases.found(&text, hits, self.concepts.len());
            let grounds = self.rules.findings(&found, &self.concepts, message);
            asked = grounds.asked;
            findings = grounds.findings;
        }
        if findings.is_empty() && self.claims.has_bare() {
            return self.bare().find(message, top);
        }
        score::decide(findings, asked, text.words.len(), self.thresholds)
    }

    /// The answers whose claims are most like `query`, best first, at most `top`. For looking an
    /// answer up: titles and claims as people put them, tolerant of typos. Scores from 0 to 1.
    #[must_use]
    pub fn look_up(&self, query: &str, top: usize) -> Vec<Candidate> {
        self.claims.rank(&normalize(query), top)
    }

    fn bare(&self) -> Bare<'_> {
        Bare {
            claims: &self.claims,
            keywords: self.keywords.as_ref(),
            concepts: &self.concepts,
            thresholds: self.thresholds,
        }
    }

    /// What `word`, in small letters, is taken for although it is another, where much is forgiven;
    /// `None` when it is read as it stands.
    #[must_use]
    pub fn taken_for(&self, word: &str) -> Option<String> {
        let text = normalize(word);
        self.keywords.as_ref().filter(|index| index.hits(&text, &self.concepts).is_empty())?;
        mend::mend(&self.fuzzy, &text, &[false], true)
            .map(|mended| mended.plain.trim_start().to_owned())
    }

    /// The message as it is read: normalised, misspelt and run-together words mended.
    #[must_use]
    pub fn reading(&self, message: &str) -> Text {
        self.read(message).0
    }

    /// The words of a message, misspelt ones mended, and every hit.
    fn read(&self, message: &str) -> (Text, Vec<Hit>) {
        let text = normalize(message);
        let Some(keywords) = &self.keywords else {
            return (text, Vec::new());
        };
        let hits = keywords.hits(&text, &self.concepts);
        let (text, hits) = self.mended(text, hits, keywords, false);
        // More is forgiven where the message is about something that we know.
        if hits.iter().any(|hit| self.rules.is_key(hit.concept)) {
            return self.mended(text, hits, keywords, true);
        }
        (text, hits)
    }

    /// The text with the words mended that are in no hit, and its hits.
    fn mended(
        &self,
        text: Text,
        hits: Vec<Hit>,
        keywords: &KeywordIndex,
        bold: bool,
    ) -> (Text, Vec<Hit>) {
        let mut known = vec![false; text.words.len()];
        for hit in &hits {
            known.iter_mut().take(hit.last + 1).skip(hit.first).for_each(|known| *known = true);
        }
        match mend::mend(&self.fuzzy, &text, &known, bold) {
            Some(mended) => {
                let hits = keywords.hits(&mended, &self.concepts);
                (mended, hits)
            }
            None => (text, hits),
        }
    }
}
