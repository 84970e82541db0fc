//! What was found of the lexicon in a text, ready for patterns to ask.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::sets::{SetId, Sets};
use crate::matching::lexicon::concepts::ConceptId;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::lexicon::presence::Presence;
use crate::matching::reading::normalize::Text;

/// When one hit in so many is wanted, walking over all takes no longer than sorting those.
const SORTED_UP_TO: usize = 16;

/// The hits of a text, which come by place, also by concept.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The text they are in.
    pub(crate) text: &'a Text,
    /// By place.
    pub(crate) hits: Vec<Hit>,
    /// Concept and number of each hit, in order.
    by_concept: Vec<(ConceptId, usize)>,
    present: Presence,
    /// What patterns require.
    sets: &'a Sets,
    /// The hits of each set that has been asked for.
    of_sets: RefCell<FxHashMap<SetId, Rc<[Hit]>>>,
    /// Phrase to the words that make it.
    parts: BTreeMap<Hit, Vec<Hit>>,
    /// The phrases among the concepts.
    phrases: Presence,
}

impl<'a> Found<'a> {
    /// Hits come by place, each once.
    pub(crate) fn new(text: &'a Text, hits: Vec<Hit>, sets: &'a Sets) -> Self {
        let numbered = hits.iter().enumerate();
        let mut by_concept: Vec<_> = numbered.map(|(number, hit)| (hit.concept, number)).collect();
        by_concept.sort_unstable();
        let present = hits.iter().map(|hit| hit.concept).collect();
        let (parts, phrases) = (BTreeMap::new(), Presence::default());
        Self { text, hits, by_concept, present, sets, of_sets: RefCell::default(), parts, phrases }
    }

    /// The same together with phrases, which come with the words that make them.
    pub(crate) fn with_phrases(self, parts: BTreeMap<Hit, Vec<Hit>>) -> Self {
        if parts.is_empty() {
            return self;
        }
        let mut all: Vec<Hit> = parts.keys().chain(&self.hits).copied().collect();
        // Two rows in order: the stable sort makes use of them.
        all.sort();
        all.dedup();
        let phrases = parts.keys().map(|hit| hit.concept).collect();
        Self { parts, phrases, ..Self::new(self.text, all, self.sets) }
    }

    /// What patterns require.
    pub(crate) fn sets(&self) -> &'a Sets {
        self.sets
    }

    /// The concepts that the text has.
    pub(crate) fn present(&self) -> &Presence {
        &self.present
    }

    /// The words that make these hits: those of phrases in their stead.
    pub(crate) fn words_of(&self, hits: &[Hit]) -> Vec<Hit> {
        let mut words = Vec::with_capacity(hits.len());
        for hit in hits {
            let phrase = self.phrases.has(hit.concept).then(|| self.parts.get(hit)).flatten();
            words.extend_from_slice(phrase.map_or(std::slice::from_ref(hit), Vec::as_slice));
        }
        words
    }

    /// Hits of any concept of a set, by place.
    pub(crate) fn any_of(&self, set: SetId) -> Rc<[Hit]> {
        if let Some(hits) = self.of_sets.borrow().get(&set) {
            return Rc::clone(hits);
        }
        let hits: Rc<[Hit]> = self.merged(self.sets.concepts(set)).into();
        self.of_sets.borrow_mut().insert(set, Rc::clone(&hits));
        hits
    }

    pub(crate) fn merged(&self, concepts: &[ConceptId]) -> Vec<Hit> {
        let numbers_of = |concept: ConceptId| {
            let from = self.by_concept.partition_point(|(other, _)| *other < concept);
            let rest = self.by_concept.get(from..).unwrap_or_default();
            rest.get(..rest.partition_point(|(other, _)| *other == concept)).unwrap_or_default()
        };
        let there = concepts.iter().copied().filter(|concept| self.present.has(*concept));
        let runs: Vec<&[(ConceptId, usize)]> = there.map(numbers_of).collect();
        let count: usize = runs.iter().map(|run| run.len()).sum();
        if runs.len() > 1 && count > self.hits.len() / SORTED_UP_TO {
            let wanted: Presence = concepts.iter().copied().collect();
            return self.hits.iter().filter(|hit| wanted.has(hit.concept)).copied().collect();
        }
        let mut numbers: Vec<usize> = runs.iter().copied().flatten().map(|(_, n)| *n).collect();
        if runs.len() > 1 {
            numbers.sort_unstable();
            numbers.dedup();
        }
        numbers.iter().filter_map(|number| self.hits.get(*number)).copied().collect()
    }

    pub(crate) fn sentence(&self, word: usize) -> usize {
        self.text.words.get(word).map_or(0, |word| word.sentence)
    }
}
