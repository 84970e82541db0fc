//! What forms stand for.

use rustc_hash::FxHashMap;

use super::concepts::ConceptId;

/// What a form stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Meaning {
    /// However it is written.
    pub(crate) concepts: Vec<ConceptId>,
    /// In capitals only.
    pub(crate) in_capitals: Vec<ConceptId>,
}

/// Meanings by number, from 1.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    /// Of one meaning after the other: those however it is written, then those in capitals only.
    concepts: Vec<ConceptId>,
    /// Where each meaning begins, and where its concepts in capitals do. One more stands at the end.
    places: Vec<[u32; 2]>,
}

impl Meanings {
    /// Meanings come with their numbers, from 1 without a gap.
    pub(crate) fn new(numbers: FxHashMap<Meaning, u16>) -> Self {
        let mut sorted: Vec<(u16, Meaning)> =
            numbers.into_iter().map(|(meaning, number)| (number, meaning)).collect();
        sorted.sort_unstable_by_key(|(number, _)| *number);
        let mut meanings = Self::default();
        for (_, meaning) in &sorted {
            let start = meanings.end();
            meanings.concepts.extend(&meaning.concepts);
            meanings.places.push([start, meanings.end()]);
            meanings.concepts.extend(&meaning.in_capitals);
        }
        meanings.places.push([meanings.end(); 2]);
        meanings.concepts.shrink_to_fit();
        meanings.places.shrink_to_fit();
        meanings
    }

    fn end(&self) -> u32 {
        u32::try_from(self.concepts.len()).unwrap_or(u32::MAX)
    }

    /// The concepts that a form with meaning number `number` stands for however it is written.
    pub(crate) fn concepts(&self, number: u16) -> &[ConceptId] {
        let [from, to] = self.place(number).unwrap_or_default();
        self.concepts.get(from as usize..to as usize).unwrap_or_default()
    }

    /// The concepts that it stands for in capitals besides.
    pub(crate) fn in_capitals(&self, number: u16) -> &[ConceptId] {
        let [_, from] = self.place(number).unwrap_or_default();
        let to = self.places.get(usize::from(number)).map_or(0, |[to, _]| *to);
        self.concepts.get(from as usize..to as usize).unwrap_or_default()
    }

    fn place(&self, number: u16) -> Option<[u32; 2]> {
        self.places.get(usize::from(number).checked_sub(1)?).copied()
    }
}
