//! What patterns require, as sets of concepts: each set is kept once, however many patterns have it.

use rustc_hash::FxHashMap;

use crate::matching::lexicon::concepts::ConceptId;

/// Number of a set.
pub(crate) type SetId = u16;

/// Sets of concepts by number.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    /// Those of one set after the other.
    concepts: Vec<ConceptId>,
    /// Where each set ends.
    ends: Vec<u32>,
    numbers: FxHashMap<Vec<ConceptId>, SetId>,
}

impl Sets {
    /// The number of a set, which is added when it is new; `None` when there are 65,536 others.
    pub(crate) fn add(&mut self, set: Vec<ConceptId>) -> Option<SetId> {
        if let Some(number) = self.numbers.get(&set) {
            return Some(*number);
        }
        let number = SetId::try_from(self.ends.len()).ok()?;
        self.concepts.extend(&set);
        self.ends.push(u32::try_from(self.concepts.len()).ok()?);
        self.numbers.insert(set, number);
        Some(number)
    }

    /// Gives back what only [`Self::add`] needs.
    pub(crate) fn close(&mut self) {
        self.concepts.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.numbers = FxHashMap::default();
    }

    /// The concepts of a set, in the order in which they were given.
    pub(crate) fn concepts(&self, set: SetId) -> &[ConceptId] {
        let end = |number: usize| self.ends.get(number).map(|end| *end as usize);
        let number = usize::from(set);
        let start = number.checked_sub(1).and_then(end).unwrap_or(0);
        end(number).and_then(|end| self.concepts.get(start..end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_sets_have_one_number() {
        let mut sets = Sets::default();
        let numbers = [vec![1, 2], vec![], vec![3], vec![1, 2]].map(|set| sets.add(set));
        assert_eq!(numbers, [Some(0), Some(1), Some(2), Some(0)]);
        sets.close();
        assert_eq!(sets.concepts(0), [1, 2]);
        assert_eq!(sets.concepts(1), [0; 0]);
        assert_eq!(sets.concepts(2), [3]);
        assert_eq!(sets.concepts(3), [0; 0]);
    }
}
