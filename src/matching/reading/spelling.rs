//! The spelling index: misspelt word -> word of the lexicon.
//!
//! Never every word against every form: a word is looked up with one letter left out, in a table
//! of the lexicon's words with one letter left out (the deletion neighbourhood of Mor and
//! Fraenkel, 1982, as in `SymSpell`), and the distance is measured only of what meets there. More
//! slips than one are looked for among the words with the same beginning or end.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{distance, keyboard};
use crate::matching::lexicon::word_table::WordList;

/// Shorter words have too many neighbours that are words of their own.
const SHORTEST: usize = 3;
/// Words shorter than this are only read boldly, and only for a slip that fingers often make.
const SHORT: usize = 4;
/// From so many letters on two slips are forgiven to the bold.
const TWO_SLIPS_FROM: usize = 6;
/// From so many letters on two slips are among what a word may be.
const TWO_SLIPS_MAYBE_FROM: usize = 5;
/// Most words that another may be.
const MOST_CANDIDATES: usize = 12;
/// Shorter words must share most letters with what two slips made of them: "rusoa", but not
/// "rebuze", is near enough to "russia" and "refuse".
const TWO_SLIPS_FREELY_FROM: usize = 7;
/// Letters that such words have not in common, at most.
const LETTERS_APART: usize = 3;
/// From so many letters on two slips may also hit the first or the last letter.
const TWO_SLIPS_AT_ENDS_FROM: usize = 9;
/// From so many letters on three are.
const THREE_SLIPS_FROM: usize = 11;
/// From so many letters on three slips are among what a word may be.
const THREE_SLIPS_MAYBE_FROM: usize = 8;
/// What speaks against a word that is only part of longer forms, as unlikeliness.
const PART: u8 = 2;
/// Longest word that is looked at, in letters; nobody writes longer ones.
const LONGEST: usize = 120;

/// 64-bit slots of the filter: half a million bits, of which a lexicon of 5,000 words sets a tenth.
const FILTER: usize = 1 << 13;

/// Upper bits of a hash by which it is found: of a lexicon of 5,000 words six share them.
const BUCKET_BITS: u32 = 13;

/// Multiplier of the rolling hash: odd, with its bits well spread (2^64 divided by the golden
/// ratio).
const ROLL: u64 = 0x9e37_79b9_7f4a_7c15;

/// First or last letter of a word, see [`ends`], and its length in letters.
type End = (char, usize);

/// The lexicon's words by what is left of them when a letter is missing.
#[derive(Debug, Default)]
pub(crate) struct SpellingIndex {
    words: WordList,
    /// The letters of each word, see [`letter_set`].
    letters: Vec<u32>,
    /// Whether each word is a form by itself.
    forms: Vec<bool>,
    /// Whether no word has other letters than those of ASCII.
    ascii: bool,
    /// Where the hashes begin that share their upper bits, and where the last end.
    starts: Vec<u32>,
    /// Lower bits of the hashes of words with one letter or none left out, by their upper bits.
    hashes: Vec<u16>,
    /// For each hash the number of the word.
    holders: Vec<u16>,
    /// A bit for each of the hashes: most words stop here.
    filter: Vec<u64>,
    /// Ends to places in `numbers_by_end`.
    by_end: FxHashMap<End, Range<u32>>,
    numbers_by_end: Vec<u16>,
}

impl SpellingIndex {
    /// Indexes words, each given once; `forms` are those that are forms by themselves. More than
    /// 65,535 words are left out.
    pub(crate) fn new<'a>(
        words: impl Iterator<Item = &'a str>,
        forms: impl Iterator<Item = &'a str>,
    ) -> Self {
        let forms: FxHashSet<&str> = forms.collect();
        let words = words
            .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
            .filter(|word| word.chars().count() >= SHORTEST)
            .take(usize::from(u16::MAX));
        let mut index = Self { ascii: true, ..Self::default() };
        let mut deletions: Vec<(u32, u16)> = Vec::new();
        let mut by_end: Vec<(End, u16)> = Vec::new();
        for (number, word) in (0..).zip(words) {
            index.words.push(word);
            index.letters.push(letter_set(word));
            index.forms.push(forms.contains(word));
            index.ascii &= word.is_ascii();
            for_each_deletion(word, |hash| deletions.push((hash, number)));
            let length = word.chars().count();
            if length >= TWO_SLIPS_MAYBE_FROM {
                by_end.extend(ends(word).map(|end| ((end, length), number)));
            }
        }
        index.words.shrink();
        index.letters.shrink_to_fit();
        index.forms.shrink_to_fit();
        index.fill_hashes(deletions);
        index.fill_ends(by_end);
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
        self.filter = vec![0; FILTER];
        for (hash, _) in deletions {
            let (slot, bit) = filter_place(hash);
            if let Some(bits) = self.filter.get_mut(slot) {
                *bits |= bit;
            }
        }
    }

    fn fill_ends(&mut self, mut by_end: Vec<(End, u16)>) {
        by_end.sort_unstable();
        for (place, (end, _)) in (0..).zip(&by_end) {
            self.by_end.entry(*end).or_insert(place..place).end = place + 1;
        }
        self.by_end.shrink_to_fit();
        self.numbers_by_end = by_end.iter().map(|(_, number)| *number).collect();
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
        let mut nearest = Nearest { all: Some(Vec::new()), ..Nearest::new(self, word, true) };
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
        let mut nearest = Nearest { all: Some(Vec::new()), ..Nearest::new(self, word, true) };
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
        let looked_at = if nearest.may_hit_both_ends() { 2 } else { 1 };
        for end in ends(nearest.word).into_iter().take(looked_at) {
            for other in length.saturating_sub(most).max(shortest)..=length + most {
                // A slip that makes the word longer takes no letter away, and the other way round.
                let (longer, shorter) =
                    (other.saturating_sub(length), length.saturating_sub(other));
                let slips = Slips { all: most, lose: most - longer, gain: most - shorter };
                let range = self.by_end.get(&(end, other)).cloned().unwrap_or_default();
                let numbers = self.numbers_by_end.get(range.start as usize..range.end as usize);
                numbers.into_iter().flatten().for_each(|number| nearest.consider(*number, slips));
            }
        }
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

/// What a misspelt word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate<'a> {
    /// A word of the lexicon.
    pub(crate) word: &'a str,
    /// Letters changed.
    pub(crate) distance: usize,
    /// How unlikely it is that this is meant, in quarters of a letter changed, see [`slip_cost`].
    pub(crate) cost: usize,
}

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
    /// Whether letters tell exactly what was lost and gained: others are of several bytes.
    exact: bool,
    bold: bool,
    /// The nearest so far: what has the least of [`Farness`].
    best: Option<(Farness, &'a str)>,
    /// Every one that is near enough, if they are all wanted.
    all: Option<Vec<(Farness, &'a str)>>,
}

/// Distance, unlikeliness of the slip, and whether the first letters differ.
type Farness = (usize, u8, bool);

impl<'a, 'w> Nearest<'a, 'w> {
    fn new(index: &'a SpellingIndex, word: &'w str, bold: bool) -> Self {
        let exact = index.ascii && word.is_ascii();
        Self { index, word, letters: letter_set(word), exact, bold, best: None, all: None }
    }

    /// Whether the word is long enough, or near enough to `candidate`, for more than one slip;
    /// `apart` letters they have not in common.
    fn is_long_enough(&self, candidate: &str, apart: usize) -> bool {
        let freely = if self.all.is_some() { TWO_SLIPS_MAYBE_FROM } else { TWO_SLIPS_FREELY_FROM };
        let free = self.word.len().min(candidate.len()) >= freely;
        (free || apart <= LETTERS_APART)
            && (self.may_hit_both_ends() || ends(self.word) == ends(candidate))
    }

    /// Whether more slips than one may also hit the first or the last letter.
    fn may_hit_both_ends(&self) -> bool {
        let long = if self.all.is_some() { TWO_SLIPS_MAYBE_FROM } else { TWO_SLIPS_AT_ENDS_FROM };
        self.word.len() >= long
    }

    /// Every word that was found, likeliest first, at most [`MOST_CANDIDATES`].
    fn candidates(self) -> Vec<Candidate<'a>> {
        let mut all = self.all.unwrap_or_default();
        all.sort_unstable();
        all.dedup();
        all.truncate(MOST_CANDIDATES);
        let candidate = |((distance, unlikely, _), word): (Farness, _)| Candidate {
            word,
            distance,
            cost: slip_cost(distance, unlikely),
        };
        all.into_iter().map(candidate).collect()
    }

    fn consider(&mut self, number: u16, most: Slips) {
        let number = usize::from(number);
        let letters = self.index.letters.get(number).copied().unwrap_or(0);
        // Cheaper than the distance: a slip changes at most two of the set of letters.
        let lost = (self.letters & !letters).count_ones() as usize;
        let gained = (letters & !self.letters).count_ones() as usize;
        if lost + gained > 2 * most.all || (self.exact && (lost > most.lose || gained > most.gain))
        {
            return;
        }
        let candidate = self.index.words.word(number);
        if self.word.len().abs_diff(candidate.len()) > most.all
            || (most.all > 1 && !self.is_long_enough(candidate, lost + gained))
        {
            return;
        }
        let (written, meant) = (self.word.chars().map(fold), candidate.chars().map(fold));
        let slips = distance::distance(written, meant, most.all);
        let Some(distance) = slips else { return };
        if self.best.is_some_and(|((least, ..), _)| least < distance) {
            return;
        }
        let unlikely = keyboard::unlikeliness(&folded(self.word), &folded(candidate));
        if distance == 1 && !is_plain_enough(self.word, candidate, unlikely, self.bold) {
            return;
        }
        // What is a form by itself is likelier meant than what is only part of one.
        let is_form = self.index.forms.get(number) == Some(&true);
        let unlikely = unlikely + if is_form || self.all.is_some() { 0 } else { PART };
        let found = ((distance, unlikely, !same_start(self.word, candidate)), candidate);
        if let Some(all) = &mut self.all {
            all.push(found);
        } else if self.best.is_none_or(|best| found < best) {
            self.best = Some(found);
        }
    }
}

/// What `distance` slips cost that are so unlikely, in quarters of a letter changed.
pub(crate) fn slip_cost(distance: usize, unlikely: u8) -> usize {
    4 * distance + usize::from(unlikely)
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

/// A letter as a reader sees it who takes l and i for the same stroke, as in "aIl" and "a1l".
fn fold(letter: char) -> char {
    if letter == 'l' { 'i' } else { letter }
}

fn folded(word: &str) -> String {
    word.chars().map(fold).collect()
}

/// First and last letter, told apart by their case.
fn ends(word: &str) -> [char; 2] {
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
        let index = SpellingIndex::new(lexicon.into_iter(), lexicon.into_iter());
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
        let index = SpellingIndex::new(lexicon.into_iter(), lexicon.into_iter());
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
            let index = SpellingIndex::new(lexicon, std::iter::once(form));
            assert_eq!(index.correct("expandx", true), Some((form, 1)));
        }
    }
}
