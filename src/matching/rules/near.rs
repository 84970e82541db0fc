//! The pattern that a text came nearest to without meeting it: what an explanation of silence names.

use std::cmp::Reverse;

use super::found::Found;
use super::{Rule, Rules, written};
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyword::Hit;

/// A pattern that nearly stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The answer that it speaks for.
    pub answer: String,
    /// What it says, in the words of the knowledge file.
    pub phrase: String,
    /// The words of the text that are parts of it, as written, in the pattern's order.
    pub met: Vec<String>,
    /// Why it was not met all the same.
    pub lack: Lack,
}

/// What keeps a pattern from being met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The text has nothing for this part of it: language and name of each concept that would do.
    Part(Vec<(String, String)>),
    /// These words of the text, as written, make it something else.
    Spoilt(String),
    /// Every part is there, but not close enough together or not in the pattern's order.
    Order,
}

impl Rules {
    /// The pattern of which the text has all parts but one at most, and at least two; of several
    /// the one of which most is there. `None` when there is none.
    pub(crate) fn nearest(
        &self,
        found: &Found<'_>,
        concepts: &Concepts,
        message: &str,
    ) -> Option<Near> {
        let candidates = self.patterns.iter().filter_map(|rule| Candidate::new(rule, found));
        let nearest = candidates.min_by_key(|candidate| candidate.farness(found))?;
        let word = |hit: &Hit| written(*hit, found.text, message).0;
        let lack = match (nearest.missing, nearest.rule.pattern.spoiler(found)) {
            (Some(any), _) => {
                let names = any.iter().filter_map(|concept| concepts.name(*concept));
                Lack::Part(names.map(|(code, name)| (code.to_owned(), name.to_owned())).collect())
            }
            (None, Some(spoiler)) => Lack::Spoilt(word(&spoiler)),
            (None, None) => Lack::Order,
        };
        let (answer, phrase) =
            (self.answers.get(nearest.rule.answer)?.clone(), nearest.rule.name.clone());
        Some(Near { answer, phrase, met: nearest.met.iter().map(word).collect(), lack })
    }
}

/// A pattern that may be the nearest.
#[derive(Debug)]
struct Candidate<'a> {
    rule: &'a Rule,
    met: Vec<Hit>,
    missing: Option<&'a [ConceptId]>,
}

impl<'a> Candidate<'a> {
    fn new(rule: &'a Rule, found: &Found<'a>) -> Option<Self> {
        let mut candidate = Self { rule, met: Vec::new(), missing: None };
        let mut lacks = 0;
        for any in rule.pattern.required(found.sets()) {
            match found.hits.iter().find(|hit| any.contains(&hit.concept)) {
                Some(hit) if candidate.has(*hit) => {}
                Some(hit) => candidate.met.push(*hit),
                None => {
                    lacks += 1;
                    candidate.missing = Some(any);
                }
            }
        }
        (lacks <= 1 && candidate.met.len() > 1).then_some(candidate)
    }

    /// Whether the same words are a part of the pattern already.
    fn has(&self, hit: Hit) -> bool {
        self.met.iter().any(|met| (met.first, met.last) == (hit.first, hit.last))
    }

    /// Whether a part of the pattern is missing, then how few letters of it are there: long words
    /// say more.
    fn farness(&self, found: &Found<'_>) -> (bool, Reverse<usize>) {
        let words = self.met.iter().flat_map(|hit| hit.first..=hit.last);
        (self.missing.is_some(), Reverse(words.map(|number| found.text.word(number).len()).sum()))
    }
}
