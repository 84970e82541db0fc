//! The spelling index: misspelt word -> word of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and the distance is measured only of what meets there.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::slips;
use super::word_table::WordList;

/// Shorter words have too many neighbours that are words of their own.
pub(super) const SHORTEST: usize = 4;
/// From so many letters on two slips are forgiven.
const TWO_SLIPS_FROM: usize = 8;
/// Longest word that is looked at, in letters; nobody writes longer ones.
const LONGEST: usize = 120;

/// 64-bit slots of the filter: half a million bits, of which a lexicon of 5,000 words sets a tenth.
const FILTER: usize = 1 << 13;

/// Upper bits of a hash by which it is found: of a lexicon of 5,000 words six share them.
const BUCKET_BITS: u32 = 13;

/// Multiplier of the rolling hash: odd, with its bits well spread (2^64 divided by the golden
/// ratio).
const ROLL: u64 = 0x9e37_79b9_7f4a_7c15;

/// The lexicon's words by what is left of them when a letter is missing.
#[derive(Debug, Default)]
pub(super) struct SpellingIndex {
    /// By first letter and length.
    words: WordList,
    /// The letters of each word, see [`letter_set`].
    letters: Vec<u32>,
    /// Where the hashes begin that share their upper bits, and where the last end.
    starts: Vec<u32>,
    /// Lower bits of the hashes of words with one letter or none left out, by their upper bits.
    hashes: Vec<u16>,
    /// For each hash the number of the word.
    holders: Vec<u16>,
    /// A bit for each of the hashes: most words stop here.
    filter: Vec<u64>,
    /// First letter and length to numbers of words.
    by_start: FxHashMap<(char, usize), Range<u16>>,
}

impl SpellingIndex {
    /// Indexes words, each given once; more than 65,535 are left out.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted: Vec<(Option<char>, usize, &str)> = words
            .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
            .map(|word| (word.chars().next(), word.chars().count(), word))
            .filter(|(_, length, _)| *length >= SHORTEST)
            .take(usize::from(u16::MAX))
            .collect();
        sorted.sort_unstable();
        let mut index = Self { filter: vec![0; FILTER], ..Self::default() };
        let mut deletions: Vec<(u32, u16)> = Vec::new();
        for (number, (start, length, word)) in (0..).zip(&sorted) {
            let range = index.by_start.entry((start.unwrap_or(' '), *length));
            range.or_insert(number..number).end = number + 1;
            index.words.push(word);
            index.letters.push(letter_set(word));
            for_each_deletion(word, |hash| deletions.push((hash, number)));
        }
        deletions.sort_unstable();
        let start = |number| deletions.partition_point(|(hash, _)| bucket(*hash) < number);
        index.starts =
            (0..=1 << BUCKET_BITS).filter_map(|number| u32::try_from(start(number)).ok()).collect();
        for (hash, number) in deletions {
            index.hashes.push(lower(hash));
            index.holders.push(number);
            let (slot, bit) = filter_place(hash);
            if let Some(bits) = index.filter.get_mut(slot) {
                *bits |= bit;
            }
        }
        index.starts.shrink_to_fit();
        index.words.shrink();
        index.letters.shrink_to_fit();
        index.hashes.shrink_to_fit();
        index.holders.shrink_to_fit();
        index
    }

    /// The word of the lexicon that `word` is a misspelling of, and the letters changed
    /// (insertions, deletions, substitutions, swaps of neighbours).
    pub(super) fn correct(&self, word: &str, two_slips: bool) -> Option<(&str, usize)> {
        let length = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        let mut nearest = Nearest { index: self, word, letters: letter_set(word), best: None };
        for_each_deletion(word, |hash| {
            self.holders_of(hash).for_each(|number| nearest.consider(number, ONE));
        });
        if nearest.best.is_none() && two_slips && length >= TWO_SLIPS_FROM - 1 {
            let start = word.chars().next().unwrap_or(' ');
            for other in length.saturating_sub(2).max(TWO_SLIPS_FROM)..=length + 2 {
                // A slip that makes the word longer takes no letter away, and the other way round.
                let (longer, shorter) =
                    (other.saturating_sub(length), length.saturating_sub(other));
                let slips = Slips { all: 2, lose: 2 - longer, gain: 2 - shorter };
                let numbers = self.by_start.get(&(start, other)).cloned().unwrap_or_default();
                numbers.for_each(|number| nearest.consider(number, slips));
            }
        }
        nearest.best.map(|(distance, _, word)| (word, distance))
    }

    /// The words that have this hash with one letter or none left out.
    fn holders_of(&self, hash: u32) -> impl Iterator<Item = u16> {
        let (slot, bit) = filter_place(hash);
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

/// One slip of any kind.
const ONE: Slips = Slips { all: 1, lose: 1, gain: 1 };

/// How many slips may part a word from the one that is meant.
#[derive(Debug, Clone, Copy)]
struct Slips {
    all: usize,
    /// Most that take a letter of the written word away.
    lose: usize,
    /// Most that bring a letter in.
    gain: usize,
}

/// A search for the word that is meant.
#[derive(Debug)]
struct Nearest<'a, 'w> {
    index: &'a SpellingIndex,
    word: &'w str,
    letters: u32,
    /// Distance, whether the first letters differ, and the word: the least is the nearest.
    best: Option<(usize, bool, &'a str)>,
}

impl Nearest<'_, '_> {
    fn consider(&mut self, number: u16, most: Slips) {
        let number = usize::from(number);
        let letters = self.index.letters.get(number).copied().unwrap_or(0);
        // Cheaper than the distance.
        let lost = (self.letters & !letters).count_ones() as usize;
        let gained = (letters & !self.letters).count_ones() as usize;
        if lost > most.lose || gained > most.gain {
            return;
        }
        let candidate = self.index.words.word(number);
        let other_start = candidate.chars().next() != self.word.chars().next();
        // Four letters leave little room: "nato" is no typo of "auto".
        if other_start && candidate.len() <= SHORTEST {
            return;
        }
        let Some(distance) = slips::distance(self.word, candidate, most.all) else { return };
        let found = (distance, other_start, candidate);
        if self.best.is_none_or(|best| found < best) {
            self.best = Some(found);
        }
    }
}

/// A bit for each of the 26 letters, the rest folded onto them.
fn letter_set(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) % 32))
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

fn filter_place(hash: u32) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER, 1 << (hash & 63))
}

/// Hashes of the word itself and of the word with each letter left out, each in one step from the
/// one before: two rows that differ in one letter differ by a multiple of a power.
fn for_each_deletion(word: &str, mut found: impl FnMut(u32)) {
    let mut letters = word.chars().map(|letter| u64::from(u32::from(letter))).rev();
    let Some(mut behind) = letters.next() else { return };
    let mut hash = letters
        .clone()
        .rev()
        .fold(0_u64, |hash, letter| hash.wrapping_mul(ROLL).wrapping_add(letter));
    found(folded(hash.wrapping_mul(ROLL).wrapping_add(behind)));
    found(folded(hash));
    let mut power = 1_u64;
    for letter in letters {
        // Instead of the letter behind it, this one is left out.
        hash = hash.wrapping_add(behind.wrapping_sub(letter).wrapping_mul(power));
        found(folded(hash));
        power = power.wrapping_mul(ROLL);
        behind = letter;
    }
}

fn folded(hash: u64) -> u32 {
    ((hash ^ (hash >> 32)).wrapping_mul(ROLL) >> 32) as u32
}

#[cfg(test)]
mod tests {
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
        let index = SpellingIndex::new(lexicon.into_iter());
        for word in ["natoo", "promsied", "promize", "promisees", "encrclment", "exspanshun"] {
            let near = lexicon
                .into_iter()
                .map(|other| (strsim::osa_distance(word, other), other))
                .filter(|(distance, other)| {
                    *distance <= if other.len() >= TWO_SLIPS_FROM { 2 } else { 1 }
                })
                .min();
            let found = index.correct(word, true).map(|(other, distance)| (distance, other));
            assert_eq!(found.map(|f| f.0), near.map(|n| n.0), "{word}");
        }
    }
}
