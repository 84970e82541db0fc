//! The fuzzy index: misspelt and run-together words -> words of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and strsim measures only what meets there.

use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use super::concepts::Literal;
use super::normalize::{Text, Word};
use crate::knowledge::WordsFile;

/// Shorter words have too many neighbours that are words of their own.
const SHORTEST: usize = 4;
/// From so many letters on two slips are forgiven.
const TWO_SLIPS_FROM: usize = 8;
/// Shortest row of letters that is taken apart.
const SHORTEST_COMPOUND: usize = 7;
/// Longest word or row of letters that is looked at, in bytes; nobody writes longer ones.
const LONGEST: usize = 120;

/// 64-bit slots of the filter: half a million bits, of which a lexicon of 5,000 words sets a tenth.
const FILTER: usize = 1 << 13;

/// The lexicon's words and the words that must not be mistaken for them.
#[derive(Debug, Default)]
pub(super) struct FuzzyIndex {
    words: Vec<String>,
    /// Hash of a word with one letter or none left out, to numbers in `words`; sorted.
    deletions: Vec<(u32, u16)>,
    /// A bit for each hash that is in `deletions`: most words stop here.
    filter: Vec<u64>,
    /// First letter and length to letters and numbers in `words`.
    by_start: FxHashMap<(char, usize), Vec<(u32, u16)>>,
    /// The lexicon's words and the common ones, of which run-together words consist.
    parts: FxHashMap<String, Part>,
    /// Words that are what they are.
    ordinary: FxHashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Common,
    Lexicon,
}

impl FuzzyIndex {
    /// Indexes the words of `literals`; ordinary words are never corrected.
    pub(super) fn new<'a>(
        literals: &[Literal],
        ordinary: impl Iterator<Item = &'a WordsFile>,
    ) -> Self {
        let mut index = Self::default();
        index.filter.resize(FILTER, 0);
        for words in ordinary {
            let common = words.common.split_whitespace();
            index.parts.extend(common.clone().map(|word| (word.to_owned(), Part::Common)));
            index.ordinary.extend(common.chain(words.real.split_whitespace()).map(str::to_owned));
        }
        let mut seen = FxHashSet::default();
        for literal in literals.iter().filter(|literal| !literal.capitals) {
            let words: Vec<&str> = literal.text.split(' ').collect();
            let whole = words.len() - usize::from(literal.prefix);
            for word in words.into_iter().take(whole) {
                if seen.insert(word.to_owned()) {
                    index.add(word);
                }
            }
        }
        index.deletions.sort_unstable();
        index
    }

    fn add(&mut self, word: &str) {
        let length = word.chars().count();
        if length >= SHORTEST {
            self.parts.insert(word.to_owned(), Part::Lexicon);
        }
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
        if !(SHORTEST..=LONGEST).contains(&length) || self.ordinary.contains(word) {
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

    /// The words that `row` runs together, if it consists of the lexicon's and common words with
    /// at least one of the lexicon's among them: as few words as possible.
    pub(super) fn split<'a>(&self, row: &'a str) -> Option<Vec<&'a str>> {
        if !(SHORTEST_COMPOUND..=LONGEST).contains(&row.len()) || self.ordinary.contains(row) {
            return None;
        }
        // Per end: fewest parts, whether one is the lexicon's, and where the last part begins.
        let mut best: Vec<Option<(usize, bool, usize)>> = vec![None; row.len() + 1];
        *best.first_mut()? = Some((0, false, 0));
        for end in 1..=row.len() {
            for start in end.saturating_sub(20)..end {
                let Some((parts, lexicon, _)) = best.get(start).copied().flatten() else {
                    continue;
                };
                let Some(part) = row.get(start..end).and_then(|part| self.parts.get(part)) else {
                    continue;
                };
                let new = (parts + 1, lexicon || *part == Part::Lexicon, start);
                let old = best.get(end).copied().flatten();
                if old.is_none_or(|old| (!new.1, new.0) < (!old.1, old.0))
                    && let Some(place) = best.get_mut(end)
                {
                    *place = Some(new);
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

    /// `text` with the words that `unknown` names corrected or taken apart; `None` when none is.
    pub(super) fn mend(
        &self,
        text: &Text,
        unknown: impl Fn(usize) -> bool,
        two_slips: bool,
    ) -> Option<Text> {
        let mut mended: Option<Text> = None;
        for (index, word) in text.words.iter().enumerate() {
            let letters = text.word(index);
            let read = if unknown(index) { self.read(letters, two_slips) } else { None };
            if read.is_some() && mended.is_none() {
                mended = Some(up_to(text, index));
            }
            let Some(mended) = &mut mended else { continue };
            match read {
                Some((parts, distance)) => {
                    for part in parts {
                        mended.push(part, Word { distance, ..*word });
                    }
                }
                None => mended.push(letters, *word),
            }
        }
        mended
    }

    fn read<'a>(&'a self, letters: &'a str, two_slips: bool) -> Option<(Vec<&'a str>, usize)> {
        if let Some((word, distance)) = self.correct(letters, two_slips) {
            return Some((vec![word], distance));
        }
        self.split(letters).map(|parts| (parts, 0))
    }
}

fn up_to(text: &Text, index: usize) -> Text {
    let mut copy = text.emptied();
    for (number, word) in text.words.iter().take(index).enumerate() {
        copy.push(text.word(number), *word);
    }
    copy
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

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> FuzzyIndex {
        let literal = |text: &str| Literal {
            text: text.to_owned(),
            prefix: false,
            capitals: false,
            concepts: vec![0],
        };
        let literals: Vec<_> =
            ["nato", "promised", "encirclement", "not one inch", "east"].map(literal).into();
        let words =
            WordsFile { common: "to the not natal".to_owned(), real: "auto premise".to_owned() };
        FuzzyIndex::new(&literals, std::iter::once(&words))
    }

    #[test]
    fn typos_find_the_word() {
        let index = index();
        for (typo, word, distance) in [
            ("natto", "nato", 1),
            ("ntao", "nato", 1),
            ("promisd", "promised", 1),
            ("rpomised", "promised", 1),
            ("encerclemant", "encirclement", 2),
        ] {
            assert_eq!(index.correct(typo, true), Some((word, distance)), "{typo}");
        }
    }

    #[test]
    fn words_of_their_own_are_left_alone() {
        let index = index();
        for word in ["auto", "premise", "natal", "dato", "premium", "not", "best"] {
            assert_eq!(index.correct(word, true), None, "{word}");
        }
    }

    #[test]
    fn run_together_words_are_taken_apart() {
        let index = index();
        assert_eq!(
            index.split("natopromisednoteast"),
            Some(vec!["nato", "promised", "not", "east"])
        );
        assert_eq!(index.split("tothenot"), None, "no word of the lexicon in it");
        assert_eq!(index.split("natopromisedx"), None, "a letter is left over");
    }
}
