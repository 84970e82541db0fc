//! The spelling index: misspelt word -> word of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and strsim measures only what meets there.

use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use super::slip;

/// Shorter words have too many neighbours that are words of their own.
pub(super) const SHORTEST: usize = 3;
/// Words shorter than this are only read boldly, and only for a slip that fingers often make.
const SHORT: usize = 4;
/// From so many letters on two slips are forgiven to the bold.
const TWO_SLIPS_FROM: usize = 6;
/// Shorter words must share most letters with what two slips made of them: "rusoa", but not
/// "rebuze", is near enough to "russia" and "refuse".
const TWO_SLIPS_FREELY_FROM: usize = 7;
/// Letters that such words have not in common, at most.
const LETTERS_APART: u32 = 3;
/// From so many letters on two slips may also hit the first or the last letter.
const TWO_SLIPS_AT_ENDS_FROM: usize = 9;
/// From so many letters on three are.
const THREE_SLIPS_FROM: usize = 11;
/// What speaks against a word that is only part of longer forms, as unlikeliness.
const PART: u8 = 2;
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
    /// First or last letter and length to letters and numbers in `words`.
    by_end: FxHashMap<(char, usize), Vec<(u32, u16)>>,
    /// The words that are forms by themselves.
    forms: FxHashSet<String>,
}

impl SpellingIndex {
    /// Indexes words, each given once; `forms` are those that are forms by themselves.
    pub(super) fn new<'a>(
        words: impl Iterator<Item = &'a str>,
        forms: impl Iterator<Item = &'a str>,
    ) -> Self {
        let forms = forms.map(str::to_owned).collect();
        let mut index = Self { filter: vec![0; FILTER], forms, ..Self::default() };
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
        if length >= TWO_SLIPS_FROM {
            for end in ends(word) {
                self.by_end.entry((end, length)).or_default().push((letter_set(word), number));
            }
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
    /// (insertions, deletions, substitutions, swaps of neighbours). `bold` forgives more slips,
    /// and slips in short words.
    pub(super) fn correct(&self, word: &str, bold: bool) -> Option<(&str, usize)> {
        let length = word.chars().count();
        let shortest = if bold { SHORTEST } else { SHORT };
        if !(shortest..=LONGEST).contains(&length) {
            return None;
        }
        if let Some(near) = self.nearest(word, self.one_off(word), 1, bold) {
            return Some(near);
        }
        if !bold || length + 1 < TWO_SLIPS_FROM {
            return None;
        }
        let most = if length < THREE_SLIPS_FROM { 2 } else { 3 };
        self.nearest(word, self.same_end(word, length, most), most, bold)
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

    /// Words that begin or end like `word`: slips seldom hit both ends.
    fn same_end<'a>(
        &'a self,
        word: &str,
        length: usize,
        most: usize,
    ) -> Box<dyn Iterator<Item = u16> + 'a> {
        let letters = letter_set(word);
        let lengths = length.saturating_sub(most).max(TWO_SLIPS_FROM)..=length + most;
        // Shorter words must have both ends right: look under the first only.
        let looked_at = if word.len() < TWO_SLIPS_AT_ENDS_FROM { 1 } else { 2 };
        let ends = ends(word);
        let bucket = move |length| {
            ends.into_iter()
                .take(looked_at)
                .flat_map(move |end| self.by_end.get(&(end, length)).into_iter().flatten())
        };
        // A slip changes at most two members of the set of letters.
        let near =
            move |(others, _): &&(u32, u16)| (letters ^ others).count_ones() as usize <= 2 * most;
        Box::new(lengths.flat_map(bucket).filter(near).map(|(_, number)| *number))
    }

    fn nearest(
        &self,
        word: &str,
        candidates: Box<dyn Iterator<Item = u16> + '_>,
        most: usize,
        bold: bool,
    ) -> Option<(&str, usize)> {
        let folded = fold(word);
        candidates
            .filter_map(|number| self.words.get(usize::from(number)))
            .filter(|candidate| {
                // Cheaper than the distance: a slip changes at most two of the set of letters.
                let changed = (letter_set(word) ^ letter_set(candidate)).count_ones() as usize;
                let near = changed <= 2 * most && word.len().abs_diff(candidate.len()) <= most;
                near && (most == 1 || is_long_enough(word, candidate))
            })
            .map(|candidate| (candidate, strsim::osa_distance(&folded, &fold(candidate))))
            .filter(|(_, distance)| *distance <= most)
            .map(|(candidate, distance)| {
                (candidate.as_str(), distance, slip::unlikeliness(&folded, &fold(candidate)))
            })
            .filter(|(candidate, distance, unlikely)| {
                *distance != 1 || is_plain_enough(word, candidate, *unlikely, bold)
            })
            .min_by_key(|(candidate, distance, unlikely)| {
                // What is a form by itself is likelier meant than what is only part of one.
                let part = PART * u8::from(!self.forms.contains(*candidate));
                (*distance, *unlikely + part, !same_start(word, candidate), *candidate)
            })
            .map(|(candidate, distance, _)| (candidate, distance))
    }

    fn may_have(&self, hash: u32) -> bool {
        let (slot, bit) = filter_place(hash);
        self.filter.get(slot).is_some_and(|bits| bits & bit != 0)
    }
}

/// Whether a slip is plain enough for words as short as these. Four letters leave little room:
/// "nato" is no typo of "auto".
fn is_plain_enough(word: &str, candidate: &str, unlikely: u8, bold: bool) -> bool {
    match (word.len().min(candidate.len()), bold) {
        (..SHORT, false) => false,
        (SHORT, false) => same_start(word, candidate) && unlikely <= 2,
        (..=SHORT, true) => unlikely <= 2,
        _ => true,
    }
}

/// Whether a word is long enough, or near enough to `candidate`, for more than one slip.
fn is_long_enough(word: &str, candidate: &str) -> bool {
    let apart = (letter_set(word) ^ letter_set(candidate)).count_ones();
    let free = word.len().min(candidate.len()) >= TWO_SLIPS_FREELY_FROM;
    (free || apart <= LETTERS_APART)
        && (word.len() >= TWO_SLIPS_AT_ENDS_FROM || ends(word) == ends(candidate))
}

/// The word as a reader sees it who takes l and i for the same stroke, as in "aIl" and "a1l".
fn fold(word: &str) -> String {
    word.replace('l', "i")
}

/// First and last letter, told apart by their case.
fn ends(word: &str) -> [char; 2] {
    let fold = |letter: char| if letter == 'l' { 'i' } else { letter };
    let first = word.chars().next().map_or(' ', fold);
    [first, word.chars().next_back().map_or(' ', fold).to_ascii_uppercase()]
}

fn same_start(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// A bit for each of the 26 letters, the rest folded onto them.
fn letter_set(word: &str) -> u32 {
    let fold = |byte| if byte == b'l' { b'i' } else { byte };
    word.bytes().fold(0, |set, byte| set | 1 << (fold(byte) % 32))
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
                let letter = if letter == 'l' { 'i' } else { letter };
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
