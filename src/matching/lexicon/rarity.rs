//! How rare concepts are in everyday chat: a pattern is tried only where its rarest part stands.

use super::concepts::{ConceptId, Concepts};
use crate::matching::rules::pattern::Compiled;
use crate::matching::rules::sets::Sets;

/// Forms among the commonest words of the language, and forms in all: the fewer, the rarer.
type Frequency = (usize, usize);

/// The frequency of every concept and phrase.
#[derive(Debug)]
pub(crate) struct Rarity {
    frequencies: Vec<Frequency>,
}

impl Rarity {
    /// Of the concepts; phrases are met as rarely as can be until [`Self::add_phrase`].
    pub(crate) fn new(concepts: &Concepts) -> Self {
        Self { frequencies: concepts.form_counts().collect() }
    }

    /// Adds one of the patterns that make a phrase: it is as frequent as its rarest part.
    pub(crate) fn add_phrase(&mut self, phrase: ConceptId, pattern: &Compiled, sets: &Sets) {
        let (common, forms) = self.frequency(self.rarest(pattern, sets));
        if let Some(frequency) = self.frequencies.get_mut(usize::from(phrase)) {
            frequency.0 += common;
            frequency.1 += forms;
        }
    }

    /// Any of these must be in a text for the pattern to stand there: of what it requires what is
    /// rarest in everyday chat.
    pub(crate) fn rarest<'s>(&self, pattern: &Compiled, sets: &'s Sets) -> &'s [ConceptId] {
        pattern.required(sets).min_by_key(|any| self.frequency(any)).unwrap_or_default()
    }

    fn frequency(&self, any: &[ConceptId]) -> Frequency {
        let of = |concept: &ConceptId| self.frequencies.get(usize::from(*concept)).copied();
        let add = |sum: Frequency, one: Frequency| (sum.0 + one.0, sum.1 + one.1);
        any.iter().filter_map(of).fold((0, 0), add)
    }
}
