//! What was found of the lexicon in a text, ready for patterns to ask.

use std::cell::OnceCell;
use std::collections::BTreeMap;

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
    /// The same by concept, then place.
    by_concept: Vec<Hit>,
    /// Where those of each concept end in `by_concept`.
    ends: Vec<usize>,
    present: Presence,
    /// What patterns require.
    sets: &'a Sets,
    /// The hits of each set of several concepts, once they have been asked for.
    of_sets: Vec<OnceCell<Vec<Hit>>>,
    /// Phrase to the words that make it.
    parts: BTreeMap<Hit, Vec<Hit>>,
    /// The phrases among the concepts.
    phrases: Presence,
}

impl<'a> Found<'a> {
    /// Hits come by place, each once.
    pub(crate) fn new(text: &'a Text, hits: Vec<Hit>, sets: &'a Sets) -> Self {
        let concept = |hit: &Hit| usize::from(hit.concept);
        // A counting sort: each concept's hits go where those of the ones before it end.
        let mut ends = vec![0; hits.iter().map(concept).max().map_or(0, |most| most + 2)];
        for hit in &hits {
            ends.get_mut(concept(hit) + 1).into_iter().for_each(|count| *count += 1);
        }
        let mut before = 0;
        for end in &mut ends {
            before += *end;
            *end = before;
        }
        let mut by_concept = hits.clone();
        for hit in &hits {
            let Some(end) = ends.get_mut(concept(hit)) else { continue };
            by_concept.get_mut(*end).into_iter().for_each(|place| *place = *hit);
            *end += 1;
        }
        let present = hits.iter().map(|hit| hit.concept).collect();
        let of_sets = vec![OnceCell::new(); sets.len()];
        let (parts, phrases) = (BTreeMap::new(), Presence::default());
        Self { text, hits, by_concept, ends, present, sets, of_sets, parts, phrases }
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

    /// Hits of a concept, by place.
    pub(crate) fn hits_of(&self, concept: ConceptId) -> &[Hit] {
        let end = |number: usize| self.ends.get(number).copied();
        let number = usize::from(concept);
        let start = number.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(number)).map(|(start, end)| start..end);
        range.and_then(|range| self.by_concept.get(range)).unwrap_or_default()
    }

    /// Hits of any concept of a set, by place.
    pub(crate) fn any_of(&self, set: SetId) -> &[Hit] {
        match self.sets.concepts(set) {
            [] => &[],
            [concept] => self.hits_of(*concept),
            concepts => match self.of_sets.get(usize::from(set)) {
                Some(cell) => cell.get_or_init(|| self.merged(concepts)),
                None => &[],
            },
        }
    }

    pub(crate) fn merged(&self, concepts: &[ConceptId]) -> Vec<Hit> {
        let count: usize = concepts.iter().map(|concept| self.hits_of(*concept).len()).sum();
        if count > self.hits.len() / SORTED_UP_TO {
            let wanted: Presence = concepts.iter().copied().collect();
            return self.hits.iter().filter(|hit| wanted.has(hit.concept)).copied().collect();
        }
        let mut hits: Vec<Hit> =
            concepts.iter().flat_map(|concept| self.hits_of(*concept)).copied().collect();
        // Each concept's are in order: rows that the stable sort makes use of.
        if !hits.is_sorted_by(|a, b| a < b) {
            hits.sort();
            hits.dedup();
        }
        hits
    }

    pub(crate) fn sentence(&self, word: usize) -> usize {
        self.text.words.get(word).map_or(0, |word| word.sentence)
    }
}
