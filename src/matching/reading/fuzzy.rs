//! The lexicon's words, and the ordinary ones that must not be mistaken for them.

use rustc_hash::FxHashSet;

use super::compound::Compounds;
use super::edits::Neighbours;
use super::keyboard;
pub(crate) use super::nearest::Candidate;
use super::nearest::{Commonness, slip_cost};
use super::spelling::{Sort, SpellingIndex};
use crate::knowledge::WordsFile;
use crate::matching::lexicon::concepts::Literal;
use crate::matching::lexicon::word_set::WordSet;

/// Shorter words may be too many others.
const SHORTEST: usize = 3;
/// Shortest row of letters, in bytes, in which any word may be run together with others.
const SHORTEST_RUN: usize = 9;
/// Where a word costs no more, those of more slips than one are too unlikely.
const LIKELY: usize = 5;
/// What speaks for one of the commonest words, in quarters of a letter changed.
const COMMON: usize = 2;
/// What speaks against a word that is not frequent.
const RARE: usize = 3;
/// What else speaks against a word that is neither frequent nor of the lexicon.
const ORDINARY: usize = 2;

/// The lexicon's words and the words that must not be mistaken for them.
#[derive(Debug, Default)]
pub(crate) struct FuzzyIndex {
    spelling: SpellingIndex,
    compounds: Compounds,
    /// The commonest words of the language.
    common: WordSet,
    /// Others that are frequent.
    frequent: WordSet,
    /// Of the common and frequent words those that are not of the lexicon.
    others: SpellingIndex,
    /// Words that are what they are.
    ordinary: WordSet,
    /// Of these those that are one slip away from a word.
    neighbours: Neighbours,
}

impl FuzzyIndex {
    /// Indexes the words of `literals`; ordinary words are never corrected.
    pub(crate) fn new<'a>(
        literals: &[Literal],
        ordinary: impl Iterator<Item = &'a WordsFile> + Clone,
    ) -> Self {
        let mut words: Vec<&str> = literals
            .iter()
            .filter(|literal| !literal.capitals)
            .flat_map(Literal::whole_words)
            .collect();
        let forms: FxHashSet<&str> = literals
            .iter()
            .filter(|literal| !literal.text.contains(' '))
            .map(|literal| literal.text.as_str())
            .collect();
        words.sort_unstable();
        words.dedup();
        let common = ordinary.clone().flat_map(|words| words.common.split_whitespace());
        let frequent = ordinary.clone().flat_map(|words| words.frequent.split_whitespace());
        let mut others: Vec<&str> = common.clone().chain(frequent.clone()).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|word| words.binary_search(word).is_err());
        let real = ordinary.flat_map(|words| words.real.split_whitespace());
        let all_ordinary: WordSet = common.clone().chain(real).collect();
        let compounds = Compounds::new(common.clone(), words.iter().copied());
        let (common, frequent): (WordSet, WordSet) = (common.collect(), frequent.collect());
        let commonness = |word: &str| {
            if common.contains(word) {
                Commonness::Common
            } else if frequent.contains(word) {
                Commonness::Frequent
            } else {
                Commonness::Rare
            }
        };
        let sort = |word: &str| Sort::new(forms.contains(word), commonness(word));
        Self {
            compounds,
            others: SpellingIndex::new(others.into_iter(), sort),
            spelling: SpellingIndex::new(words.into_iter(), sort),
            neighbours: Neighbours::new(&all_ordinary),
            ordinary: all_ordinary,
            common,
            frequent,
        }
    }

    /// The word of the lexicon that `word` is a misspelling of, and the letters changed
    /// (insertions, deletions, substitutions, swaps of neighbours); `bold` forgives more.
    pub(crate) fn correct(&self, word: &str, bold: bool) -> Option<(&str, usize)> {
        if self.ordinary.contains(word) {
            return None;
        }
        self.spelling.correct(word, bold)
    }

    /// The words of the lexicon and the frequent ones that `word` is by one slip.
    pub(crate) fn near(&self, word: &str) -> Vec<Candidate<'_>> {
        let mut near = Vec::new();
        if word.len() >= SHORTEST {
            near.extend(self.spelling.near(word));
            near.extend(self.others.near(word));
        }
        near.iter_mut().for_each(weigh);
        near
    }

    /// The words that `word` may be a misspelling of, likeliest first: those that are `near`, and
    /// others where none of them is likely.
    pub(crate) fn candidates<'a>(
        &'a self,
        word: &str,
        near: Vec<Candidate<'a>>,
    ) -> Vec<Candidate<'a>> {
        let mut all = near;
        let least = |all: &[Candidate<'_>]| all.iter().map(|candidate| candidate.cost).min();
        if word.len() >= SHORTEST && least(&all).is_none_or(|least| least > LIKELY) {
            let far = self.spelling.far(word).into_iter().chain(self.others.far(word));
            all.extend(far.map(|mut candidate| {
                weigh(&mut candidate);
                candidate
            }));
            // An ordinary word is no choice, but what is less likely is none then either.
            if least(&all).is_none_or(|least| least > slip_cost(1, 0) + RARE + ORDINARY) {
                let found = |row| Self::add_ordinary(word, row, &mut all);
                self.neighbours.for_each(&self.ordinary, word, found);
            }
        }
        all.sort_unstable_by_key(|candidate| (candidate.cost, candidate.word));
        all.dedup_by_key(|candidate| candidate.word);
        all
    }

    fn add_ordinary<'a>(word: &str, row: &'a str, all: &mut Vec<Candidate<'a>>) {
        if all.iter().all(|other| other.word != row) {
            let cost = slip_cost(1, keyboard::unlikeliness(word, row)) + RARE + ORDINARY;
            all.push(Candidate { word: row, distance: 1, cost, commonness: Commonness::Rare });
        }
    }

    /// The words that `row` runs together.
    pub(crate) fn split<'a>(&self, row: &'a str, bold: bool) -> Option<Vec<&'a str>> {
        if self.ordinary.contains(row) {
            return None;
        }
        let parts = self.compounds.split(row, bold);
        if parts.is_some() || !bold || row.len() < SHORTEST_RUN {
            return parts;
        }
        self.compounds.split_with(row, bold, |part| {
            self.frequent.contains(part) || self.ordinary.contains(part)
        })
    }

    /// Whether `word` is one of the lexicon's or common.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.compounds.has(word)
    }

    /// Whether `word` is one of the commonest of the language.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether `word` is never corrected.
    pub(crate) fn is_ordinary(&self, word: &str) -> bool {
        self.ordinary.contains(word)
    }

    /// Whether a word of the lexicon's or a common one may begin with these rows of letters, one
    /// behind the other.
    pub(crate) fn may_begin(&self, rows: [&str; 2]) -> bool {
        self.compounds.may_begin(rows)
    }

    /// Whether `word` is a long one of the lexicon's.
    pub(crate) fn is_of_lexicon(&self, word: &str) -> bool {
        self.compounds.is_of_lexicon(word)
    }
}

/// Adds how frequent the word is to what it costs.
fn weigh(candidate: &mut Candidate<'_>) {
    match candidate.commonness {
        Commonness::Common => candidate.cost = candidate.cost.saturating_sub(COMMON),
        Commonness::Frequent => {}
        Commonness::Rare => candidate.cost += RARE,
    }
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
        let words = WordsFile {
            common: "to the not natal".to_owned(),
            real: "auto premise".to_owned(),
            ..WordsFile::default()
        };
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
            index.split("natopromisednoteast", false),
            Some(vec!["nato", "promised", "not", "east"])
        );
        assert_eq!(index.split("tothenot", false), None, "no word of the lexicon in it");
        assert_eq!(index.split("natopromisedx", false), None, "a letter is left over");
    }
}
