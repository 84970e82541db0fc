//! Phrases: rows of concepts that patterns use like one concept.

use std::collections::BTreeMap;

use super::pattern::{Compiled, Found};
use crate::knowledge::Knowledge;
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyed::Keyed;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::lexicon::rarity::Rarity;
use crate::matching::reading::normalize::Text;

/// Every phrase of every language.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    all: Vec<(ConceptId, Compiled)>,
    by_key: Keyed,
}

impl Phrases {
    pub(crate) fn new(knowledge: &Knowledge, concepts: &Concepts, rarity: &mut Rarity) -> Self {
        let mut all = Vec::new();
        for (code, language) in &knowledge.languages {
            for (name, phrase) in &language.lexicon.phrases {
                let Some(number) = concepts.number(code, name) else {
                    continue;
                };
                let compiled = phrase.get_ref().patterns.iter().filter_map(|pattern| {
                    Compiled::new(pattern.get_ref(), (&[], &[]), code, concepts)
                });
                all.extend(compiled.map(|pattern| (number, pattern)));
            }
        }
        let by_key = Keyed::new(all.iter().map(|(_, pattern)| rarity.rarest(pattern)));
        for (phrase, pattern) in &all {
            rarity.add_phrase(*phrase, pattern);
        }
        Self { all, by_key }
    }

    /// Any of these must be in a text for a phrase to stand there; `None` for what is no phrase.
    pub(crate) fn leads(&self, phrase: ConceptId, rarity: &Rarity) -> Option<Vec<ConceptId>> {
        let mut patterns = self.all.iter().filter(|(other, _)| *other == phrase).peekable();
        patterns.peek()?;
        Some(patterns.flat_map(|(_, pattern)| rarity.rarest(pattern)).copied().collect())
    }

    /// The hits of a text together with the phrases that they make. A phrase cannot be part of
    /// another one.
    pub(crate) fn found<'a>(&self, text: &'a Text, hits: Vec<Hit>) -> Found<'a> {
        let mut found = Found::new(text, hits);
        let mut parts: BTreeMap<Hit, Vec<Hit>> = BTreeMap::new();
        let may_stand = |number: usize| {
            self.all.get(number).is_some_and(|(_, pattern)| pattern.may_stand(&found))
        };
        let tried = self.by_key.select(found.concepts(), may_stand);
        for (concept, pattern) in tried.into_iter().filter_map(|number| self.all.get(number)) {
            for hits in pattern.placements(&found) {
                let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
                let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
                parts.entry(Hit { first, last, concept: *concept }).or_insert(hits);
            }
        }
        if !parts.is_empty() {
            let mut all: Vec<Hit> = parts.keys().chain(&found.hits).copied().collect();
            // Two rows in order: the stable sort makes use of them.
            all.sort();
            all.dedup();
            found = Found::new(text, all);
            found.parts = parts;
        }
        found
    }
}
