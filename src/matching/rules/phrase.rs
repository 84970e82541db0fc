//! Phrases: rows of concepts that patterns use like one concept.

use std::collections::BTreeMap;

use super::found::Found;
use super::pattern::Compiled;
use super::sets::Sets;
use crate::knowledge::Knowledge;
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyed::Keyed;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::lexicon::presence::Presence;
use crate::matching::lexicon::rarity::Rarity;
use crate::matching::reading::normalize::Text;

/// Every phrase of every language.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    all: Vec<(ConceptId, Compiled)>,
    by_key: Keyed,
}

impl Phrases {
    pub(crate) fn new(
        knowledge: &Knowledge,
        concepts: &Concepts,
        sets: &mut Sets,
        rarity: &mut Rarity,
    ) -> Self {
        let mut all = Vec::new();
        for (code, language) in &knowledge.languages {
            for (name, phrase) in &language.lexicon.phrases {
                let Some(number) = concepts.number(code, name) else {
                    continue;
                };
                let compiled = phrase.get_ref().patterns.iter().filter_map(|pattern| {
                    Compiled::new(pattern.get_ref(), (&[], &[]), code, concepts, sets)
                });
                all.extend(compiled.map(|pattern| (number, pattern)));
            }
        }
        all.shrink_to_fit();
        let by_key = Keyed::new(all.iter().map(|(_, pattern)| rarity.rarest(pattern, sets)));
        for (phrase, pattern) in &all {
            rarity.add_phrase(*phrase, pattern, sets);
        }
        Self { all, by_key }
    }

    /// Any of these must be in a text for a phrase to stand there; `None` for what is no phrase.
    pub(crate) fn leads(
        &self,
        phrase: ConceptId,
        sets: &Sets,
        rarity: &Rarity,
    ) -> Option<Vec<ConceptId>> {
        let mut patterns = self.all.iter().filter(|(other, _)| *other == phrase).peekable();
        patterns.peek()?;
        Some(patterns.flat_map(|(_, pattern)| rarity.rarest(pattern, sets)).copied().collect())
    }

    /// The concepts of a text together with the phrases that may stand there: what they require is
    /// somewhere. A phrase cannot be part of another one.
    pub(crate) fn may_stand(&self, present: &Presence, sets: &Sets) -> Presence {
        let mut with_phrases = present.clone();
        for number in present.concepts().flat_map(|concept| self.by_key.of(concept)) {
            if let Some((phrase, pattern)) = self.all.get(*number as usize)
                && !with_phrases.has(*phrase)
                && pattern.may_stand(present, sets)
            {
                with_phrases.insert(*phrase);
            }
        }
        with_phrases
    }

    /// The hits of a text together with the phrases that they make.
    pub(crate) fn found<'a>(&self, text: &'a Text, hits: Vec<Hit>, sets: &'a Sets) -> Found<'a> {
        let found = Found::new(text, hits, sets);
        let mut parts: BTreeMap<Hit, Vec<Hit>> = BTreeMap::new();
        let may_stand = |number: usize| {
            let phrase = self.all.get(number);
            phrase.is_some_and(|(_, pattern)| pattern.may_stand(found.present(), sets))
        };
        let tried = self.by_key.select(found.present(), may_stand);
        for (concept, pattern) in tried.into_iter().filter_map(|number| self.all.get(number)) {
            for hits in pattern.placements(&found) {
                let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
                let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
                parts.entry(Hit { first, last, concept: *concept }).or_insert(hits);
            }
        }
        found.with_phrases(parts)
    }
}
