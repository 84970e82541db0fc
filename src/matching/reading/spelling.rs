//! The spelling index: misspelt word -> word of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and the distance is measured only of what meets there. More
//! slips than one are looked for among the words with the same beginning or end.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::nearest::{
    Candidate, Commonness, Nearest, ONE, SHORT, Slips, TWO_SLIPS_MAYBE_FROM, ends, fold, letter_set,
};
use crate::matching::lexicon::word_table::WordList;

/// Shorter words have too many neighbours that are words of their own.
const SHORTEST: usize = 3;
/// From so many letters on two slips are forgiven to the bold.
const TWO_SLIPS_FROM: usize = 6;
/// From so many letters on three are.
const THREE_SLIPS_FROM: usize = 11;
/// From so many letters on three slips are among what a word may be.
const THREE_SLIPS_MAYBE_FROM: usize = 8;
/// Longest word that is looked at, in letters; nobody writes longer ones.
const LONGEST: usize = 120;

/// Hashes for each 64-bit slot of the filter, at most: less than a fourth of its bits are set.
const HASHES_PER_SLOT: usize = 16;

/// Upper bits of a hash by which it is found: of a lexicon of 5,000 words six share them.
const BUCKET_BITS: u32 = 13;

/// Multiplier of the rolling hash: odd, with its bits well spread (2^64 divided by the golden
/// ratio).
const ROLL: u64 = 0x9e37_79b9_7f4a_7c15;

/// First or last letter of a word, see [`ends`], and its length in letters.
type End = (char, usize);

/// What else is known of a word, in one byte.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sort(u8);

impl Sort {
    /// Bit of a word that is a form by itself.
    const FORM: u8 = 1;
    /// Bit of a common word.
    const COMMON: u8 = 2;
    /// Bit of a frequent word.
    const FREQUENT: u8 = 4;

    /// `is_form` tells whether it is a form by itself and not only part of longer ones.
    pub(super) fn new(is_form: bool, commonness: Commonness) -> Self {
        let form = if is_form { Self::FORM } else { 0 };
        Self(match commonness {
            Commonness::Common => form | Self::COMMON,
            Commonness::Frequent => form | Self::FREQUENT,
            Commonness::Rare => form,
        })
    }

    pub(super) fn is_form(self) -> bool {
        self.0 & Self::FORM != 0
    }

    pub(super) fn commonness(self) -> Commonness {
        match self.0 & !Self::FORM {
            Self::COMMON => Commonness::Common,
            Self::FREQUENT => Commonness::Frequent,
            _ => Commonness::Rare,
        }
    }
}

/// The lexicon's words by what is left of them when a letter is missing.
#[derive(Debug, Default)]
pub(crate) struct SpellingIndex {
    /// By their first letters, and of the same first letter by length.
    pub(super) words: WordList,
    /// The letters of each word, see [`letter_set`].
    pub(super) letters: Vec<u32>,
    /// What else is known of each word.
    pub(super) sorts: Vec<Sort>,
    /// Whether no word has other than small letters of ASCII.
    pub(super) plain: bool,
    /// Where the hashes begin that share their upper bits, and where the last end.
    starts: Vec<u32>,
    /// Lower bits of the hashes of words with one letter or none left out, by their upper bits.
    hashes: Vec<u16>,
    /// For each hash the number of the word.
    holders: Vec<u16>,
    /// A bit for each of the hashes: most words stop here.
    filter: Vec<u64>,
    /// First letter and length to the numbers of these words.
    by_first: FxHashMap<End, Range<u16>>,
    /// Last letter and length to places in `numbers_by_last`.
    by_last: FxHashMap<End, Range<u32>>,
    numbers_by_last: Vec<u16>,
}

impl SpellingIndex {
    /// Indexes words, each given once. More than 65,535 words are left out.
    pub(super) fn new<'a>(
        words: impl Iterator<Item = &'a str>,
        sort: impl Fn(&str) -> Sort,
    ) -> Self {
        let mut words: Vec<(End, &str)> = words
            .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
            .filter(|word| word.chars().count() >= SHORTEST)
            .map(|word| ((ends(word)[0], word.chars().count()), word))
            .take(usize::from(u16::MAX))
            .collect();
        words.sort_unstable();
        let mut index = Self { plain: true, ..Self::default() };
        let mut deletions: Vec<(u32, u16)> = Vec::new();
        let mut by_last: Vec<(End, u16)> = Vec::new();
        for (number, (first, word)) in (0..).zip(words) {
            index.words.push(word);
            index.letters.push(letter_set(word));
            index.sorts.push(sort(word));
            index.plain &= word.bytes().all(|byte| byte.is_ascii_lowercase());
            for_each_deletion(word, |hash| deletions.push((hash, number)));
            if first.1 >= TWO_SLIPS_MAYBE_FROM {
                index.by_first.entry(first).or_insert(number..number).end = number + 1;
                by_last.push(((ends(word)[1], first.1), number));
            }
        }
        index.words.shrink();
        index.letters.shrink_to_fit();
        index.sorts.shrink_to_fit();
        index.by_first.shrink_to_fit();
        index.fill_hashes(deletions);
        index.fill_last(by_last);
        index
    }

    fn fill_hashes(&mut self, mut deletions: Vec<(u32, u16)>) {
        deletions.sort_unstable();
        let start = |number| deletions.partition_point(|(hash, _)| bucket(*hash) < number);
        self.starts =
            (0..=1 << BUCKET_BITS).filter_map(|number| u32::try_from(start(number)).ok()).collect();
        self.starts.shrink_to_fit();
        self.hashes = deletions.iter().map(|(hash, _)| lower(*hash)).collect();
        self.holders = deletions.iter().map(|(_, number)| *number).collect();
        self.filter = vec![0; (deletions.len() / HASHES_PER_SLOT).next_power_of_two()];
        for (hash, _) in deletions {
            let (slot, bit) = self.filter_place(hash);
            if let Some(bits) = self.filter.get_mut(slot) {
                *bits |= bit;
            }
        }
    }

    fn fill_last(&mut self, mut by_last: Vec<(End, u16)>) {
        by_last.sort_unstable();
        for (place, (last, _)) in (0..).zip(&by_last) {
            self.by_last.entry(*last).or_insert(place..place).end = place + 1;
        }
        self.by_last.shrink_to_fit();
        self.numbers_by_last = by_last.iter().map(|(_, number)| *number).collect();
    }

    /// The word of the lexicon that `word` is a misspelling of, and the letters changed
    /// (insertions, deletions, substitutions, swaps of neighbours). `bold` forgives more slips,
    /// and slips in short words.
    pub(crate) fn correct(&self, word: &str, bold: bool) -> Option<(&str, usize)> {
        let length = word.chars().count();
        let shortest = if bold { SHORTEST } else { SHORT };
        if !(shortest..=LONGEST).contains(&length) {
            return None;
        }
        let mut nearest = Nearest::new(self, word, bold);
        for_each_deletion(word, |hash| {
            self.holders_of(hash).for_each(|number| nearest.consider(number, ONE));
        });
        if nearest.best.is_none() && bold && length + 1 >= TWO_SLIPS_FROM {
            let most = if length < THREE_SLIPS_FROM { 2 } else { 3 };
            self.look_at_ends(&mut nearest, length, TWO_SLIPS_FROM, most);
        }
        nearest.best.map(|((distance, ..), word)| (word, distance))
    }

    /// The indexed words that `word` is by one slip, likeliest first.
    pub(crate) fn near(&self, word: &str) -> Vec<Candidate<'_>> {
        let mut nearest = Nearest::all(self, word);
        if (SHORTEST..=LONGEST).contains(&word.chars().count()) {
            for_each_deletion(word, |hash| {
                self.holders_of(hash).for_each(|number| nearest.consider(number, ONE));
            });
        }
        nearest.candidates()
    }

    /// The indexed words that `word` may be by several slips, likeliest first; some of one slip are
    /// among them.
    pub(crate) fn far(&self, word: &str) -> Vec<Candidate<'_>> {
        let mut nearest = Nearest::all(self, word);
        let length = word.chars().count();
        if (TWO_SLIPS_MAYBE_FROM - 1..=LONGEST).contains(&length) {
            let most = if length < THREE_SLIPS_MAYBE_FROM { 2 } else { 3 };
            self.look_at_ends(&mut nearest, length, TWO_SLIPS_MAYBE_FROM, most);
        }
        nearest.candidates()
    }

    /// Considers words that begin or end like the one looked up, of so many letters: slips seldom
    /// hit both ends.
    fn look_at_ends(
        &self,
        nearest: &mut Nearest<'_, '_>,
        length: usize,
        shortest: usize,
        most: usize,
    ) {
        // Shorter words must have both ends right: look under the first only.
        let both = nearest.may_hit_both_ends();
        let [first, last] = ends(nearest.word);
        for other in length.saturating_sub(most).max(shortest)..=length + most {
            // A slip that makes the word longer takes no letter away, and the other way round.
            let (longer, shorter) = (other.saturating_sub(length), length.saturating_sub(other));
            let slips = Slips { all: most, lose: most - longer, gain: most - shorter };
            let numbers = self.by_first.get(&(first, other)).cloned();
            numbers.into_iter().flatten().for_each(|number| nearest.consider(number, slips));
            if both {
                let places = self.by_last.get(&(last, other)).cloned().unwrap_or_default();
                let places = places.start as usize..places.end as usize;
                let numbers = self.numbers_by_last.get(places);
                numbers.into_iter().flatten().for_each(|number| nearest.consider(*number, slips));
            }
        }
    }

    /// Slot and bit of a hash; nowhere when there are no words.
    fn filter_place(&self, hash: u32) -> (usize, u64) {
        ((hash >> 6) as usize & self.filter.len().wrapping_sub(1), 1 << (hash & 63))
    }

    /// The words that have this hash with one letter or none left out.
    fn holders_of(&self, hash: u32) -> impl Iterator<Item = u16> {
        let (slot, bit) = self.filter_place(hash);
        let may_have = self.filter.get(slot).is_some_and(|bits| bits & bit != 0);
        let start = |bucket: usize| self.starts.get(bucket).map_or(0, |start| *start as usize);
        let range = if may_have { start(bucket(hash))..start(bucket(hash) + 1) } else { 0..0 };
        let hashes = self.hashes.get(range.clone()).unwrap_or_default().iter();
        let holders = self.holders.get(range).unwrap_or_default();
        hashes
            .zip(holders)
            .filter(move |(other, _)| **other == lower(hash))
            .map(|(_, number)| *number)
    }
}

/// Number of a hash among those with other upper bits.
fn bucket(hash: u32) -> usize {
    (hash >> (32 - BUCKET_BITS)) as usize
}

fn lower(hash: u32) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "part of a hash is a hash")]
    let lower = hash as u16;
    lower
}

/// Hashes of the word itself and of the word with each letter left out, each in one step from the
/// one before: two rows that differ in one letter differ by a multiple of a power.
fn for_each_deletion(word: &str, mut found: impl FnMut(u32)) {
    let mut letters = word.chars().map(|letter| u64::from(u32::from(fold(letter)))).rev();
    let Some(mut behind) = letters.next() else { return };
    let mut hash = letters
        .clone()
        .rev()
        .fold(0_u64, |hash, letter| hash.wrapping_mul(ROLL).wrapping_add(letter));
    found(half(hash.wrapping_mul(ROLL).wrapping_add(behind)));
    found(half(hash));
    let mut power = 1_u64;
    for letter in letters {
        // Instead of the letter behind it, this one is left out.
        hash = hash.wrapping_add(behind.wrapping_sub(letter).wrapping_mul(power));
        found(half(hash));
        power = power.wrapping_mul(ROLL);
        behind = letter;
    }
}

fn half(hash: u64) -> u32 {
    ((hash ^ (hash >> 32)).wrapping_mul(ROLL) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::super::nearest::folded;
    use super::*;

    fn deletions(word: &str) -> Vec<u32> {
        let mut hashes = Vec::new();
        for_each_deletion(word, |hash| hashes.push(hash));
        hashes
    }

    #[test]
    fn a_word_without_a_letter_has_the_hash_of_the_shorter_word() {
        let whole = |word| deletions(word)[0];
        let hashes = deletions("нато");
        assert_eq!(hashes, ["нато", "нат", "нао", "нто", "ато"].map(whole));
        assert_eq!(deletions("a"), [whole("a"), 0]);
        assert!(deletions("").is_empty());
    }

    #[test]
    fn the_nearest_word_is_the_same_as_by_comparing_all() {
        let lexicon = ["nato", "promised", "promises", "encirclement", "encircled", "expansion"];
        let index = SpellingIndex::new(lexicon.into_iter(), |_| Sort::new(true, Commonness::Rare));
        for word in ["natoo", "promsied", "promizess", "promisees", "encrclment", "exspanshun"] {
            let near = lexicon
                .into_iter()
                .map(|other| (strsim::osa_distance(&folded(word), &folded(other)), other))
                .filter(|(distance, other)| {
                    *distance <= if other.len() >= TWO_SLIPS_FROM { 2 } else { 1 }
                })
                .min();
            let found = index.correct(word, true).map(|(other, distance)| (distance, other));
            assert_eq!(found.map(|f| f.0), near.map(|n| n.0), "{word}");
        }
    }

    #[test]
    fn three_slips_are_found_under_either_end() {
        let lexicon = ["encirclement", "nato", "enlargement"];
        let index = SpellingIndex::new(lexicon.into_iter(), |_| Sort::new(true, Commonness::Rare));
        for word in ["encerclemannt", "ancerclemant", "encerclamend"] {
            assert_eq!(index.correct(word, true), Some(("encirclement", 3)), "{word}");
            assert_eq!(index.correct(word, false), None, "{word}");
        }
        assert_eq!(index.correct("ancerclemend", true), None, "both ends are wrong");
    }

    #[test]
    fn a_form_is_meant_rather_than_a_part_of_one() {
        for form in ["expanda", "expando"] {
            let lexicon = ["expanda", "expando"].into_iter();
            let sort = |word: &str| Sort::new(word == form, Commonness::Rare);
            let index = SpellingIndex::new(lexicon, sort);
            assert_eq!(index.correct("expandx", true), Some((form, 1)));
        }
    }
}
