//! The words that a misspelt word may be, side by side: which one is meant only the words around
//! it tell.
//!
//! A text is mended with one guess for each word. Where several letters in ten are wrong the
//! likeliest word often is not what was meant; here the others stand beside it.

use super::fuzzy::{Candidate, FuzzyIndex};
use super::normalize::{Text, Word};

/// A text of which one word in so many is plainly misspelt is damaged: its other words may be slips
/// that happen to be words, too.
const DAMAGED: usize = 20;
/// A damaged text with so many is badly damaged: words may be wrong in more letters than two.
const BADLY_DAMAGED: usize = 2;
/// Else a word has so many letters for each that is wrong.
const LETTERS_PER_SLIP: usize = 4;
/// How much less likely than the likeliest a word may be, in quarters of a letter changed.
const SLACK: usize = 3;
/// The same in a damaged text.
const SLACK_DAMAGED: usize = 4;
/// How much further off a word may be that speaks against a claim: better silent than wrong.
const SLACK_AGAINST: usize = 1;
/// What it costs to take a word that is one by itself for what it is, in a damaged text.
const AS_WRITTEN: usize = 1;

/// One more word that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its letters.
    pub(crate) word: String,
    /// Letters changed to read it.
    pub(crate) distance: usize,
    /// How much less likely it is than the likeliest, in quarters of a letter changed.
    pub(crate) excess: usize,
    /// Whether only what speaks against a claim may use it.
    pub(crate) far: bool,
}

/// Number of a word, and number among its choices: what is read instead of the guess.
pub(crate) type Pick = (usize, usize);

/// The choices for the words of a mended text.
#[derive(Debug)]
pub(crate) struct Lattice {
    choices: Vec<Vec<Choice>>,
    /// What is likelier than the guess that the mended text has.
    better: Vec<Option<Choice>>,
}

/// What a written word is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No word.
    Unknown,
    /// It begins like a word of the lexicon, which is enough for a hit.
    Stem,
    /// A word in no hit.
    Word,
    /// A word in a hit.
    Hit,
}

impl Kind {
    /// `None` for what is never taken for anything else.
    fn new(index: &FuzzyIndex, letters: &str, in_hit: bool) -> Option<Self> {
        if letters.bytes().any(|byte| byte.is_ascii_digit()) || index.is_common(letters) {
            return None;
        }
        let is_word = index.is_ordinary(letters) || index.has(letters);
        Some(match (is_word, in_hit) {
            (false, false) => Self::Unknown,
            (false, true) => Self::Stem,
            (true, false) => Self::Word,
            (true, true) => Self::Hit,
        })
    }

    fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Hit)
    }
}

impl Lattice {
    /// What the words of `mended` may be besides what they were read as. `written` is the text
    /// before, of which `known` words are part of a hit. `None` where every word is sure.
    pub(crate) fn new(
        index: &FuzzyIndex,
        written: &Text,
        known: &[bool],
        mended: &Text,
    ) -> Option<Self> {
        let kind = |at: usize| Kind::new(index, written.word(at), known.get(at) == Some(&true));
        // Most texts have no slip, and most words are in a hit: they are not looked up yet.
        let near = |(at, known): (usize, &bool)| match known {
            false if kind(at) == Some(Kind::Unknown) => index.near(written.word(at)),
            _ => Vec::new(),
        };
        let mut near: Vec<Vec<Candidate<'_>>> = known.iter().enumerate().map(near).collect();
        let plain = |all: &&Vec<Candidate<'_>>| all.iter().any(|other| other.distance == 1);
        let slips = near.iter().filter(plain).count();
        if slips == 0 {
            return None;
        }
        let damaged = slips * DAMAGED >= written.words.len();
        let badly = damaged && slips >= BADLY_DAMAGED;
        let mut lattice = Self { choices: Vec::new(), better: Vec::new() };
        for (number, word) in mended.words.iter().enumerate() {
            let at = counterpart(written, mended, number, word);
            let kind = at.and_then(|at| Some((at, kind(at)?)));
            let kind = kind.filter(|(_, kind)| damaged || !kind.is_word());
            let (better, choices) = kind.map_or((None, Vec::new()), |(at, kind)| {
                let letters = written.word(at);
                let near = near.get_mut(at).map(std::mem::take).unwrap_or_default();
                let near = if kind == Kind::Unknown { near } else { index.near(letters) };
                // Where one word is wrong it is hardly wrong in several letters.
                if !damaged && near.is_empty() {
                    return (None, Vec::new());
                }
                choices(
                    &index.candidates(letters, near),
                    kind,
                    mended.word(number),
                    [damaged, badly],
                )
            });
            lattice.better.push(better);
            lattice.choices.push(choices);
        }
        Some(lattice)
    }

    /// What word number `number` may be besides what it was read as.
    pub(crate) fn choices(&self, number: usize) -> &[Choice] {
        self.choices.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// A choice.
    pub(crate) fn choice(&self, (word, choice): Pick) -> Option<&Choice> {
        self.choices(word).get(choice)
    }

    /// The mended text with the likeliest words.
    pub(crate) fn likeliest(&self, mended: &Text) -> Text {
        reread(mended, |number| self.better.get(number).and_then(Option::as_ref))
    }

    /// `text` with what was picked.
    pub(crate) fn with(&self, text: &Text, picks: &[Pick]) -> Text {
        reread(text, |number| {
            picks.iter().find(|(word, _)| *word == number).and_then(|pick| self.choice(*pick))
        })
    }
}

/// Of what a word may be what is likelier than the guess `read`, if something is, and the others
/// that are likely enough.
fn choices(
    candidates: &[Candidate<'_>],
    kind: Kind,
    read: &str,
    [damaged, badly]: [bool; 2],
) -> (Option<Choice>, Vec<Choice>) {
    let likeliest = candidates.first().map_or(0, |candidate| candidate.cost);
    let least = if kind.is_word() { AS_WRITTEN } else { likeliest };
    let near = least + if damaged { SLACK_DAMAGED } else { SLACK };
    let against = near + SLACK_AGAINST;
    let choice = |candidate: &Candidate<'_>| Choice {
        word: candidate.word.to_owned(),
        distance: candidate.distance,
        excess: candidate.cost.saturating_sub(least),
        far: kind == Kind::Hit || candidate.cost > near,
    };
    let may_be = |candidate: &&Candidate<'_>| {
        let one = candidate.distance <= 1;
        let long = candidate.word.len() >= LETTERS_PER_SLIP * candidate.distance;
        let fits = candidate.cost <= near || (candidate.cost <= against && one);
        fits && (one || !kind.is_word())
            && (one || long || badly || (damaged && candidate.distance <= 2))
    };
    let mut choices: Vec<Choice> = candidates.iter().filter(may_be).map(choice).collect();
    let guess = candidates.iter().find(|candidate| candidate.word == read);
    let is_better = kind == Kind::Unknown
        && !choices.is_empty()
        && guess.is_none_or(|guess| guess.cost > likeliest);
    if is_better {
        return (Some(choices.remove(0)), choices);
    }
    choices.retain(|choice| choice.word != read);
    (None, choices)
}

/// `text` with other words where there are any.
fn reread<'a>(text: &Text, instead: impl Fn(usize) -> Option<&'a Choice>) -> Text {
    let mut other = text.emptied();
    for (number, word) in text.words.iter().enumerate() {
        match instead(number) {
            Some(choice) => other.push(
                &choice.word,
                Word { distance: choice.distance, excess: choice.excess, ..*word },
            ),
            None => other.push(text.word(number), *word),
        }
    }
    other
}

/// The number of the written word that a mended one alone is read from.
fn counterpart(written: &Text, mended: &Text, number: usize, word: &Word) -> Option<usize> {
    let same = |other: &Word| other.from == word.from && other.to == word.to;
    let beside = |number: Option<usize>| number.and_then(|number| mended.words.get(number));
    let shared =
        [number.checked_sub(1), Some(number + 1)].map(beside).into_iter().flatten().any(same);
    let at = written.words.binary_search_by_key(&word.from, |other| other.from).ok()?;
    written.words.get(at).filter(|other| same(other) && !shared).map(|_| at)
}
