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

/// More hits are put in order by counting them.
const SORTED_UP_TO: usize = 256;

/// The hits of a text, which come by place, also by concept.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The text they are in.
    pub(crate) text: &'a Text,
    /// By place.
    pub(crate) hits: Vec<Hit>,
    /// Concept and number of each hit, in order.
    by_concept: Vec<(ConceptId, u32)>,
    present: Presence,
    /// What patterns require.
    sets: &'a Sets,
    /// The hits of each set that has been asked for.
    of_sets: RefCell<FxHashMap<SetId, Rc<[Hit]>>>,
    /// A bit for each hit, all clear between two uses.
    wanted: RefCell<Vec<u64>>,
    /// Phrase to the words that make it.
    parts: BTreeMap<Hit, Vec<Hit>>,
    /// The phrases among the concepts.
    phrases: Presence,
}

impl<'a> Found<'a> {
    /// Hits come by place, each once.
    pub(crate) fn new(text: &'a Text, hits: Vec<Hit>, sets: &'a Sets) -> Self {
        Self {
            text,
            by_concept: by_concept(&hits),
            present: hits.iter().map(|hit| hit.concept).collect(),
            sets,
            of_sets: RefCell::default(),
            wanted: RefCell::new(vec![0; hits.len() / 64 + 1]),
            parts: BTreeMap::new(),
            phrases: Presence::default(),
            hits,
        }
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
        let phrases: Presence = parts.keys().map(|hit| hit.concept).collect();
        let mut of_sets = self.of_sets;
        let is_new = |set: SetId| self.sets.concepts(set).iter().any(|c| phrases.has(*c));
        of_sets.get_mut().retain(|set, _| !is_new(*set));
        Self { of_sets, parts, phrases, ..Self::new(self.text, all, self.sets) }
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
        let runs: Vec<&[(ConceptId, u32)]> = there.map(numbers_of).collect();
        let count = runs.iter().map(|run| run.len()).sum();
        let mut merged = Vec::with_capacity(count);
        if let [run] = runs.as_slice() {
            let numbers = run.iter().map(|(_, number)| *number as usize);
            merged.extend(numbers.filter_map(|number| self.hits.get(number)));
            return merged;
        }
        let mut wanted = self.wanted.borrow_mut();
        for (_, number) in runs.into_iter().flatten() {
            if let Some(bits) = wanted.get_mut(*number as usize / 64) {
                *bits |= 1 << (number % 64);
            }
        }
        for (bits, hits) in wanted.iter_mut().zip(self.hits.chunks(64)) {
            while *bits != 0 {
                merged.extend(hits.get(bits.trailing_zeros() as usize));
                *bits &= *bits - 1;
            }
        }
        merged
    }

    pub(crate) fn sentence(&self, word: usize) -> usize {
        self.text.words.get(word).map_or(0, |word| word.sentence)
    }
}

/// Concept and number of each hit, in order.
fn by_concept(hits: &[Hit]) -> Vec<(ConceptId, u32)> {
    let numbered = (0..).zip(hits).map(|(number, hit)| (hit.concept, number));
    if hits.len() <= SORTED_UP_TO {
        let mut sorted: Vec<(ConceptId, u32)> = numbered.collect();
        sorted.sort_unstable();
        return sorted;
    }
    // Where the next hit of each concept goes: behind those of the concepts before it.
    let most = hits.iter().map(|hit| usize::from(hit.concept)).max().unwrap_or(0);
    let mut places = vec![0; most + 2];
    for hit in hits {
        if let Some(count) = places.get_mut(usize::from(hit.concept) + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for place in &mut places {
        sum += *place;
        *place = sum;
    }
    let mut sorted = vec![(0, 0); hits.len()];
    for (concept, number) in numbered {
        if let Some(place) = places.get_mut(usize::from(concept))
            && let Some(slot) = sorted.get_mut(*place)
        {
            *slot = (concept, number);
            *place += 1;
        }
    }
    sorted
}
