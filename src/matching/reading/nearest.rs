//! Which of the words that have something in common with a misspelt one are near enough to be
//! meant.

use super::distance::{Row, distance};
use super::keyboard;
use super::spelling::SpellingIndex;

/// Words shorter than this are only read boldly, and only for a slip that fingers often make.
pub(super) const SHORT: usize = 4;
/// From so many letters on two slips are among what a word may be.
pub(super) const TWO_SLIPS_MAYBE_FROM: usize = 5;
/// Most words that another may be.
const MOST_CANDIDATES: usize = 12;
/// Shorter words must share most letters with what two slips made of them: "rusoa", but not
/// "rebuze", is near enough to "russia" and "refuse".
const TWO_SLIPS_FREELY_FROM: usize = 7;
/// Letters that such words have not in common, at most.
const LETTERS_APART: usize = 3;
/// From so many letters on two slips may also hit the first or the last letter.
const TWO_SLIPS_AT_ENDS_FROM: usize = 9;
/// What speaks against a word that is only part of longer forms, as unlikeliness.
const PART: u8 = 2;

/// One slip of any kind.
pub(super) const ONE: Slips = Slips { all: 1, lose: 1, gain: 1 };

/// What a misspelt word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate<'a> {
    /// A word of the lexicon.
    pub(crate) word: &'a str,
    /// Letters changed.
    pub(crate) distance: usize,
    /// How unlikely it is that this is meant, in quarters of a letter changed, see [`slip_cost`].
    pub(crate) cost: usize,
    /// How often it is written.
    pub(crate) commonness: Commonness,
}

/// How often a word is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Commonness {
    /// One of the commonest of the language.
    Common,
    /// Often.
    Frequent,
    /// Seldom.
    #[default]
    Rare,
}

/// How many slips may part a word from the one that is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slips {
    pub(super) all: usize,
    /// Most that take a letter of the written word away.
    pub(super) lose: usize,
    /// Most that bring a letter in.
    pub(super) gain: usize,
}

/// A search for the word that is meant.
#[derive(Debug)]
pub(super) struct Nearest<'a, 'w> {
    index: &'a SpellingIndex,
    pub(super) word: &'w str,
    letters: u32,
    /// The word when it and all that are indexed are of small ASCII letters: these tell exactly what
    /// was lost and gained. Others are of several bytes.
    row: Option<Row>,
    bold: bool,
    /// The nearest so far: what has the least of [`Farness`].
    pub(super) best: Option<(Farness, &'a str)>,
    /// Every one that is near enough, if they are all wanted.
    all: Option<Vec<(Farness, &'a str, Commonness)>>,
}

/// Distance, unlikeliness of the slip, and whether the first letters differ.
pub(super) type Farness = (usize, u8, bool);

impl<'a, 'w> Nearest<'a, 'w> {
    /// Looks for the nearest, boldly or not.
    pub(super) fn new(index: &'a SpellingIndex, word: &'w str, bold: bool) -> Self {
        let row = if index.plain { Row::new(word.bytes().map(fold_byte)) } else { None };
        Self { index, word, letters: letter_set(word), row, bold, best: None, all: None }
    }

    /// Looks for every word that is near enough.
    pub(super) fn all(index: &'a SpellingIndex, word: &'w str) -> Self {
        Self { all: Some(Vec::new()), ..Self::new(index, word, true) }
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
    pub(super) fn may_hit_both_ends(&self) -> bool {
        let long = if self.all.is_some() { TWO_SLIPS_MAYBE_FROM } else { TWO_SLIPS_AT_ENDS_FROM };
        self.word.len() >= long
    }

    /// Every word that was found, likeliest first, at most [`MOST_CANDIDATES`].
    pub(super) fn candidates(self) -> Vec<Candidate<'a>> {
        let mut all = self.all.unwrap_or_default();
        all.sort_unstable();
        all.dedup();
        all.truncate(MOST_CANDIDATES);
        let candidate = |((distance, unlikely, _), word, commonness): (Farness, _, _)| Candidate {
            word,
            distance,
            cost: slip_cost(distance, unlikely),
            commonness,
        };
        all.into_iter().map(candidate).collect()
    }

    /// Considers an indexed word that so many slips may part from the one looked up.
    #[inline]
    pub(super) fn consider(&mut self, number: u16, most: Slips) {
        let letters = self.index.letters.get(usize::from(number)).copied().unwrap_or(0);
        if self.may_be(letters, most) {
            self.measure(usize::from(number), letters, most);
        }
    }

    /// Whether a word of these letters may be near enough. Cheaper than the distance, and hardly any
    /// word is: a slip changes at most two of the set of letters.
    #[inline]
    fn may_be(&self, letters: u32, most: Slips) -> bool {
        let lost = self.letters & !letters;
        let gained = letters & !self.letters;
        if self.row.is_some() {
            !has_more(lost, most.lose) && !has_more(gained, most.gain)
        } else {
            (lost.count_ones() + gained.count_ones()) as usize <= 2 * most.all
        }
    }

    /// Considers a word whose letters allow it.
    fn measure(&mut self, number: usize, letters: u32, most: Slips) {
        let apart = (self.letters ^ letters).count_ones() as usize;
        let candidate = self.index.words.word(number);
        if self.word.len().abs_diff(candidate.len()) > most.all
            || (most.all > 1 && !self.is_long_enough(candidate, apart))
        {
            return;
        }
        let slips = if let Some(row) = &self.row {
            row.distance(candidate.bytes().map(fold_byte), most.all)
        } else {
            let (written, meant) = (self.word.chars(), candidate.chars());
            distance(written.map(fold), meant.map(fold), most.all)
        };
        let Some(distance) = slips else { return };
        if self.best.is_some_and(|((least, ..), _)| least < distance) {
            return;
        }
        let unlikely = keyboard::unlikeliness(&folded(self.word), &folded(candidate));
        // One stroke for another and a slip are more than a slip: "lrarn" is "learn", not "iran".
        let stroke = distance > 0 && keyboard::unlikeliness(self.word, candidate) > unlikely;
        let unlikely = unlikely + u8::from(stroke);
        if distance == 1 && !is_plain_enough(self.word, candidate, unlikely, self.bold) {
            return;
        }
        // What is a form by itself is likelier meant than what is only part of one.
        let sort = self.index.sorts.get(number).copied().unwrap_or_default();
        let unlikely = unlikely + if sort.is_form() || self.all.is_some() { 0 } else { PART };
        let found = ((distance, unlikely, !same_start(self.word, candidate)), candidate);
        if let Some(all) = &mut self.all {
            all.push((found.0, found.1, sort.commonness()));
        } else if self.best.is_none_or(|best| found < best) {
            self.best = Some(found);
        }
    }
}

/// What `distance` slips cost that are so unlikely, in quarters of a letter changed.
pub(super) fn slip_cost(distance: usize, unlikely: u8) -> usize {
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
pub(super) fn fold(letter: char) -> char {
    if letter == 'l' { 'i' } else { letter }
}

/// The same for a letter of ASCII.
fn fold_byte(letter: u8) -> u8 {
    if letter == b'l' { b'i' } else { letter }
}

pub(super) fn folded(word: &str) -> String {
    word.chars().map(fold).collect()
}

/// First and last letter, told apart by their case.
pub(super) fn ends(word: &str) -> [char; 2] {
    let first = word.chars().next().map_or(' ', fold);
    [first, word.chars().next_back().map_or(' ', fold).to_ascii_uppercase()]
}

fn same_start(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// A bit for each of the 26 letters, the rest folded onto them.
pub(super) fn letter_set(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << (fold_byte(byte) % 32))
}

/// Whether a set has more letters than `most`, a small number: quicker than counting them.
#[inline]
fn has_more(mut set: u32, most: usize) -> bool {
    for _ in 0..most {
        set &= set.wrapping_sub(1);
    }
    set != 0
}
