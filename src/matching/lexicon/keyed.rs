//! Which entries are worth a look when a concept is in a text.

use super::concepts::ConceptId;
use super::presence::Presence;

/// Numbers of entries by concept.
#[derive(Debug, Default)]
pub(crate) struct Keyed {
    /// Where the numbers of each concept begin, and where the last end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Keyed {
    /// Entries come in order with the concepts, any of which they cannot do without.
    pub(crate) fn new<'a>(keys: impl Iterator<Item = &'a [ConceptId]>) -> Self {
        let mut pairs: Vec<(ConceptId, u32)> = (0..)
            .zip(keys)
            .flat_map(|(number, keys)| keys.iter().map(move |k| (*k, number)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let behind = pairs.last().map_or(0, |(concept, _)| usize::from(*concept) + 1);
        let start = |concept: usize| pairs.partition_point(|(c, _)| usize::from(*c) < concept);
        let mut starts: Vec<u32> =
            (0..=behind).filter_map(|concept| u32::try_from(start(concept)).ok()).collect();
        starts.shrink_to_fit();
        Self { starts, numbers: pairs.iter().map(|(_, number)| *number).collect() }
    }

    /// The concepts that are keys.
    pub(crate) fn keys(&self) -> Presence {
        let concepts = (0..ConceptId::MAX).take(self.starts.len());
        concepts.filter(|concept| !self.of(*concept).is_empty()).collect()
    }

    /// The entries with any of these keys that `wanted` lets pass, in order, each once.
    pub(crate) fn select(&self, present: &Presence, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let numbers = present.concepts().flat_map(|concept| self.of(concept)).map(|n| *n as usize);
        let mut selected: Vec<usize> = numbers.filter(|number| wanted(*number)).collect();
        selected.sort_unstable();
        selected.dedup();
        selected
    }

    /// The entries that have this concept for their key, in order.
    pub(crate) fn of(&self, concept: ConceptId) -> &[u32] {
        let at = |index: usize| self.starts.get(index).map(|start| *start as usize);
        let concept = usize::from(concept);
        let range = at(concept).zip(at(concept + 1));
        range.and_then(|(from, to)| self.numbers.get(from..to)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_selected_by_key_in_order_and_once() {
        let keys: [&[ConceptId]; 4] = [&[5, 2], &[], &[2], &[7, 7]];
        let keyed = Keyed::new(keys.into_iter());
        let select = |concepts: &[ConceptId]| {
            keyed.select(&concepts.iter().copied().collect(), |number| number != 2)
        };
        assert_eq!(select(&[2, 5, 7, 9]), [0, 3]);
        assert!(select(&[1, 3]).is_empty());
        assert_eq!(keyed.keys().concepts().collect::<Vec<_>>(), [2, 5, 7]);
    }
}
