//! Compounds: letters run together, as in hashtags -> the words that they consist of.

use super::word_table::WordTable;

/// Shortest row of letters that is taken apart.
const SHORTEST: usize = 7;
/// Longest row of letters that is looked at, in bytes; nobody writes longer ones.
const LONGEST: usize = 120;
/// Longest part, in bytes.
const LONGEST_PART: usize = 20;

/// Bits of the filter, a power of two: the beginnings of 5,000 words set an eighth of them.
const FILTER: usize = 1 << 17;

/// The lexicon's words and the common ones, of which run-together words consist.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    parts: WordTable<Part>,
    /// A bit for each beginning of a part: few letters tell that no part begins here.
    beginnings: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Common,
    Lexicon,
}

impl Compounds {
    /// Rows consist of both kinds of words, with at least one of the lexicon's among them.
    pub(super) fn new<'a>(
        common: impl Iterator<Item = &'a str>,
        lexicon: impl Iterator<Item = &'a str>,
    ) -> Self {
        let common = common.map(|word| (word, Part::Common));
        let lexicon = lexicon.map(|word| (word, Part::Lexicon));
        let mut beginnings = vec![0; FILTER / 64];
        let parts = common.chain(lexicon).inspect(|(word, _)| {
            for (slot, bit) in places(word.as_bytes()) {
                if let Some(bits) = beginnings.get_mut(slot) {
                    *bits |= bit;
                }
            }
        });
        Self { parts: parts.collect(), beginnings }
    }

    /// The parts that stand at the beginning of `row`: length and kind, shortest first.
    fn at_start_of(&self, row: &str) -> impl Iterator<Item = (usize, Part)> {
        let longest = row.as_bytes().get(..LONGEST_PART).unwrap_or(row.as_bytes());
        let begins = |(slot, bit): &(usize, u64)| {
            self.beginnings.get(*slot).is_some_and(|bits| bits & bit != 0)
        };
        (1..).zip(places(longest).take_while(begins)).filter_map(|(length, _)| {
            row.get(..length).and_then(|part| self.parts.get(part)).map(|part| (length, *part))
        })
    }

    /// The words that `row` runs together, if it consists of the lexicon's and common words with
    /// at least one of the lexicon's among them: as few words as possible.
    pub(super) fn split<'a>(&self, row: &'a str) -> Option<Vec<&'a str>> {
        if !(SHORTEST..=LONGEST).contains(&row.len()) {
            return None;
        }
        // Per end: fewest parts, whether one is the lexicon's, and where the last part begins.
        let mut best: Vec<Option<(usize, bool, usize)>> = vec![None; row.len() + 1];
        *best.first_mut()? = Some((0, false, 0));
        for start in 0..row.len() {
            let Some((parts, lexicon, _)) = best.get(start).copied().flatten() else {
                continue;
            };
            for (length, part) in self.at_start_of(row.get(start..)?) {
                let new = (parts + 1, lexicon || part == Part::Lexicon, start);
                if let Some(old) = best.get_mut(start + length)
                    && old.is_none_or(|old| (!new.1, new.0) < (!old.1, old.0))
                {
                    *old = Some(new);
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = row.len();
        while end > 0 {
            let (_, lexicon, start) = best.get(end).copied().flatten()?;
            if end == row.len() && !lexicon {
                return None;
            }
            parts.push(row.get(start..end)?);
            end = start;
        }
        parts.reverse();
        (parts.len() > 1).then_some(parts)
    }
}

/// Slot and bit in the filter for each beginning of a word, shortest first.
fn places(word: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    word.iter().scan(0_usize, |hash, byte| {
        *hash = (hash.rotate_left(5) ^ usize::from(*byte)).wrapping_mul(0x9e37_79b9);
        let place = (*hash >> 15) % FILTER;
        Some((place / 64, 1 << (place % 64)))
    })
}
