//! Beginnings of words: with which of them does a word begin?

use super::word_table::WordList;

/// Bits of the filter, a power of two: of a thousand stems hardly two share one.
const FILTER: usize = 1 << 15;
/// Most letters, in bytes, that the filter looks at.
const LOOKED_AT: usize = 3;
/// In place of a number: none.
const NONE: u16 = u16::MAX;

/// Stems, each with a number from 0; more than 65,535 are left out.
#[derive(Debug, Default)]
pub(crate) struct Stems {
    /// Sorted.
    sorted: WordList,
    /// For each the longest other one that it begins with.
    shorter: Vec<u16>,
    /// How many bytes the filter looks at: every stem has as many.
    looked_at: usize,
    /// A bit for the beginning of each: most words stop here.
    filter: Vec<u64>,
}

impl Stems {
    /// Stems may be given several times.
    pub(crate) fn new<'a>(stems: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted: Vec<&str> = stems.collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.truncate(usize::from(NONE));
        let looked_at = sorted.iter().map(|stem| stem.len()).min().unwrap_or(0).min(LOOKED_AT);
        let mut filter = vec![0; FILTER / 64];
        let mut shorter = Vec::with_capacity(sorted.len());
        let mut open: Vec<(u16, &str)> = Vec::new();
        for (number, stem) in (0..).zip(&sorted) {
            while open.pop_if(|(_, before)| !stem.starts_with(*before)).is_some() {}
            shorter.push(open.last().map_or(NONE, |(number, _)| *number));
            open.push((number, stem));
            if let Some((slot, bit)) = place(stem, looked_at)
                && let Some(bits) = filter.get_mut(slot)
            {
                *bits |= bit;
            }
        }
        Self { sorted: sorted.into_iter().collect(), shorter, looked_at, filter }
    }

    /// The number of a stem.
    pub(crate) fn number(&self, stem: &str) -> Option<u16> {
        self.of(stem).next().filter(|number| self.sorted.word(usize::from(*number)) == stem)
    }

    /// The stems that `word` begins with, longest first.
    pub(crate) fn of(&self, word: &str) -> impl Iterator<Item = u16> {
        self.and_shorter(self.longest(word))
    }

    /// The longest stem that `word` begins with.
    pub(crate) fn longest(&self, word: &str) -> Option<u16> {
        let (slot, bit) = place(word, self.looked_at)?;
        if self.filter.get(slot).is_none_or(|bits| bits & bit == 0) {
            return None;
        }
        // Whatever `word` begins with, the last stem not behind it begins with, too.
        let last = u16::try_from(self.sorted.up_to(word)).ok()?.checked_sub(1)?;
        self.and_shorter(Some(last))
            .find(|number| word.starts_with(self.sorted.word(usize::from(*number))))
    }

    /// A stem and those that it begins with, longest first.
    pub(crate) fn and_shorter(&self, stem: Option<u16>) -> impl Iterator<Item = u16> {
        std::iter::successors(stem, |number| {
            self.shorter.get(usize::from(*number)).copied().filter(|number| *number != NONE)
        })
    }
}

/// Slot and bit of a word's first letters; `None` when it has fewer.
fn place(word: &str, looked_at: usize) -> Option<(usize, u64)> {
    let start = word.as_bytes().get(..looked_at)?;
    let hash = start.iter().fold(0_usize, |hash, byte| (hash << 5) ^ usize::from(*byte)) % FILTER;
    Some((hash / 64, 1 << (hash % 64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_with_stems_longest_first() {
        let stems = Stems::new(["expan", "ex", "expans", "wester", "expand", "ex"].into_iter());
        let of =
            |word| stems.of(word).map(|n| stems.sorted.word(usize::from(n))).collect::<Vec<_>>();
        assert_eq!(of("expansion"), ["expans", "expan", "ex"]);
        assert_eq!(of("expat"), ["ex"]);
        assert_eq!(of("expan"), ["expan", "ex"]);
        assert_eq!(of("western"), ["wester"]);
        assert_eq!(of("west"), [""; 0]);
        assert_eq!(of("e"), [""; 0]);
        assert_eq!(Stems::new(std::iter::empty()).longest("any"), None);
    }
}
