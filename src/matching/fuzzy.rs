//! Misspelt and run-together words -> words of the lexicon.

use super::compound::Compounds;
use super::concepts::Literal;
use super::normalize::{Text, Word};
use super::spelling::{self, SpellingIndex};
use super::word_table::WordTable;
use crate::knowledge::WordsFile;

/// The lexicon's words and the words that must not be mistaken for them.
#[derive(Debug, Default)]
pub(super) struct FuzzyIndex {
    spelling: SpellingIndex,
    compounds: Compounds,
    /// Words that are what they are.
    ordinary: WordTable<()>,
}

impl FuzzyIndex {
    /// Indexes the words of `literals`; ordinary words are never corrected.
    pub(super) fn new<'a>(
        literals: &[Literal],
        ordinary: impl Iterator<Item = &'a WordsFile> + Clone,
    ) -> Self {
        let mut words: Vec<&str> = literals
            .iter()
            .filter(|literal| !literal.capitals)
            .flat_map(Literal::whole_words)
            .collect();
        words.sort_unstable();
        words.dedup();
        let common = ordinary.clone().flat_map(|words| words.common.split_whitespace());
        let real = ordinary.flat_map(|words| words.real.split_whitespace());
        let long = words.iter().copied().filter(|word| word.chars().count() >= spelling::SHORTEST);
        Self {
            compounds: Compounds::new(common.clone(), long),
            ordinary: common.chain(real).map(|word| (word, ())).collect(),
            spelling: SpellingIndex::new(words.into_iter()),
        }
    }

    /// The word of the lexicon that `word` is a misspelling of, and the letters changed
    /// (insertions, deletions, substitutions, swaps of neighbours).
    pub(super) fn correct(&self, word: &str, two_slips: bool) -> Option<(&str, usize)> {
        if self.ordinary.contains(word) {
            return None;
        }
        self.spelling.correct(word, two_slips)
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
        // Shorter words are neither corrected nor taken apart.
        if letters.len() < spelling::SHORTEST || self.ordinary.contains(letters) {
            return None;
        }
        if let Some((word, distance)) = self.spelling.correct(letters, two_slips) {
            return Some((vec![word], distance));
        }
        self.compounds.split(letters).map(|parts| (parts, 0))
    }
}

fn up_to(text: &Text, index: usize) -> Text {
    let mut copy = text.emptied();
    for (number, word) in text.words.iter().take(index).enumerate() {
        copy.push(text.word(number), *word);
    }
    copy
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
            index.compounds.split("natopromisednoteast"),
            Some(vec!["nato", "promised", "not", "east"])
        );
        assert_eq!(index.compounds.split("tothenot"), None, "no word of the lexicon in it");
        assert_eq!(index.compounds.split("natopromisedx"), None, "a letter is left over");
    }
}
