//! The spelling index: misspelt word -> word of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and strsim measures only what meets there.

use rustc_hash::FxHashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

/// Shorter words have too many neighbours that are words of their own.
pub(super) const SHORTEST: usize = 4;
/// From so many letters on two slips are forgiven.
const TWO_SLIPS_FROM: usize = 8;
/// Longest word that is looked at, in bytes; nobody writes longer ones.
const LONGEST: usize = 120;

/// 64-bit slots of the filter: half a million bits, of which a lexicon of 5,000 words sets a tenth.
const FILTER: usize = 1 << 13;

/// The lexicon's words by what is left of them when a letter is missing.
#[derive(Debug, Default)]
pub(super) struct SpellingIndex {
    words: Vec<String>,
    /// Hash of a word with one letter or none left out, to numbers in `words`; sorted.
    deletions: Vec<(u32, u16)>,
    /// A bit for each hash that is in `deletions`: most words stop here.
    filter: Vec<u64>,
    /// First letter and length to letters and numbers in `words`.
    by_start: FxHashMap<(char, usize), Vec<(u32, u16)>>,
}

impl SpellingIndex {
    /// Indexes words, each given once.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { filter: vec![0; FILTER], ..Self::default() };
        words.for_each(|word| index.add(word));
        index.deletions.sort_unstable();
        index
    }

    fn add(&mut self, word: &str) {
        let length = word.chars().count();
        let Ok(number) = u16::try_from(self.words.len()) else {
            return;
        };
        if length < SHORTEST || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        self.words.push(word.to_owned());
        if let Some(start) = word.chars().next() {
            self.by_start.entry((start, length)).or_default().push((letter_set(word), number));
        }
        for hash in deletion_hashes(word) {
            self.deletions.push((hash, number));
            let (slot, bit) = filter_place(hash);
            if let Some(bits) = self.filter.get_mut(slot) {
                *bits |= bit;
            }
        }
    }

    /// The word of the lexicon that `word` is a misspelling of, and the letters changed
    /// (insertions, deletions, substitutions, swaps of neighbours).
    pub(super) fn correct(&self, word: &str, two_slips: bool) -> Option<(&str, usize)> {
        let length = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        if let Some(near) = self.nearest(word, self.one_off(word), 1) {
            return Some(near);
        }
        (two_slips && length >= TWO_SLIPS_FROM - 1)
            .then(|| self.nearest(word, self.same_start(word, length), 2))
            .flatten()
    }

    fn one_off<'a>(&'a self, word: &'a str) -> Box<dyn Iterator<Item = u16> + 'a> {
        Box::new(deletion_hashes(word).into_iter().filter(|hash| self.may_have(*hash)).flat_map(
            |hash| {
                let from = self.deletions.partition_point(|entry| entry.0 < hash);
                let rest = self.deletions.get(from..).unwrap_or_default();
                rest.iter().take_while(move |entry| entry.0 == hash).map(|entry| entry.1)
            },
        ))
    }

    fn same_start<'a>(&'a self, word: &str, length: usize) -> Box<dyn Iterator<Item = u16> + 'a> {
        let start = word.chars().next().unwrap_or(' ');
        let letters = letter_set(word);
        let lengths = length.saturating_sub(2).max(TWO_SLIPS_FROM)..=length + 2;
        let bucket = move |length| self.by_start.get(&(start, length)).into_iter().flatten();
        // A slip changes at most two members of the set of letters.
        let near = move |(others, _): &&(u32, u16)| (letters ^ others).count_ones() <= 4;
        Box::new(lengths.flat_map(bucket).filter(near).map(|(_, number)| *number))
    }

    fn nearest(
        &self,
        word: &str,
        candidates: Box<dyn Iterator<Item = u16> + '_>,
        most: usize,
    ) -> Option<(&str, usize)> {
        candidates
            .filter_map(|number| self.words.get(usize::from(number)))
            .filter(|candidate| {
                // Four letters leave little room: "nato" is no typo of "auto".
                candidate.len() > SHORTEST || candidate.chars().next() == word.chars().next()
            })
            .filter(|candidate| {
                // Cheaper than the distance: a slip changes at most two of the set of letters.
                let changed = (letter_set(word) ^ letter_set(candidate)).count_ones() as usize;
                changed <= 2 * most && word.len().abs_diff(candidate.len()) <= most
            })
            .map(|candidate| (candidate.as_str(), strsim::osa_distance(word, candidate)))
            .filter(|(_, distance)| *distance <= most)
            .min_by_key(|(candidate, distance)| {
                (*distance, !same_start(word, candidate), *candidate)
            })
    }

    fn may_have(&self, hash: u32) -> bool {
        let (slot, bit) = filter_place(hash);
        self.filter.get(slot).is_some_and(|bits| bits & bit != 0)
    }
}

fn same_start(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// A bit for each of the 26 letters, the rest folded onto them.
fn letter_set(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte % 32))
}

fn filter_place(hash: u32) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER, 1 << (hash & 63))
}

/// Of the word itself and of the word with each letter left out.
fn deletion_hashes(word: &str) -> Vec<u32> {
    let build = BuildHasherDefault::<rustc_hash::FxHasher>::default();
    let hash = |skipped: usize| {
        let mut hasher = build.build_hasher();
        for (index, letter) in word.chars().enumerate() {
            if index != skipped {
                hasher.write_u32(letter.into());
            }
        }
        let hash = hasher.finish();
        #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
        let folded = (hash ^ (hash >> 32)) as u32;
        folded
    };
    std::iter::once(usize::MAX).chain(0..word.chars().count()).map(hash).collect()
}
