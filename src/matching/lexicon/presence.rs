//! Which concepts are in a text.

use super::concepts::ConceptId;

/// A bit for each concept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Presence {
    bits: Vec<u64>,
}

impl Presence {
    /// Adds a concept.
    pub(crate) fn insert(&mut self, concept: ConceptId) {
        let (slot, bit) = place(concept);
        if self.bits.len() <= slot {
            self.bits.resize(slot + 1, 0);
        }
        if let Some(bits) = self.bits.get_mut(slot) {
            *bits |= bit;
        }
    }

    /// Whether a concept is among them.
    pub(crate) fn has(&self, concept: ConceptId) -> bool {
        let (slot, bit) = place(concept);
        self.bits.get(slot).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether any concept is in both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.bits.iter().zip(&other.bits).any(|(a, b)| a & b != 0)
    }

    /// Every concept, in order.
    pub(crate) fn concepts(&self) -> impl Iterator<Item = ConceptId> {
        (0_u16..).step_by(64).zip(&self.bits).flat_map(|(first, bits)| {
            let rest = |bits: &u64| Some(bits & (bits - 1)).filter(|bits| *bits != 0);
            let each = std::iter::successors(Some(*bits).filter(|bits| *bits != 0), rest);
            each.filter_map(move |bits| Some(first + u16::try_from(bits.trailing_zeros()).ok()?))
        })
    }
}

impl FromIterator<ConceptId> for Presence {
    fn from_iter<I: IntoIterator<Item = ConceptId>>(concepts: I) -> Self {
        let mut presence = Self::default();
        concepts.into_iter().for_each(|concept| presence.insert(concept));
        presence
    }
}

/// Slot and bit of a concept.
fn place(concept: ConceptId) -> (usize, u64) {
    (usize::from(concept) / 64, 1 << (concept % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_are_there_once_and_in_order() {
        let presence: Presence = [700, 3, 63, 64, 3].into_iter().collect();
        assert_eq!(presence.concepts().collect::<Vec<_>>(), [3, 63, 64, 700]);
        assert!(presence.has(64) && !presence.has(65) && !presence.has(9000));
        let other = |concept| [concept].into_iter().collect::<Presence>();
        assert!(presence.meets(&other(700)) && !presence.meets(&other(701)));
        assert_eq!(Presence::default().concepts().count(), 0);
    }
}
