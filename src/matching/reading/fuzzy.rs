//! The lexicon's words, and the ordinary ones that must not be mistaken for them.

use super::compound::Compounds;
use super::spelling::SpellingIndex;
use crate::knowledge::WordsFile;
use crate::matching::lexicon::concepts::Literal;
use crate::matching::lexicon::word_set::WordSet;

/// The lexicon's words and the words that must not be mistaken for them.
#[derive(Debug, Default)]
pub(crate) struct FuzzyIndex {
    spelling: SpellingIndex,
    compounds: Compounds,
    /// Words that are what they are.
    ordinary: WordSet,
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
        let forms = literals
            .iter()
            .filter(|literal| !literal.text.contains(' '))
            .map(|literal| literal.text.as_str());
        words.sort_unstable();
        words.dedup();
        let common = ordinary.clone().flat_map(|words| words.common.split_whitespace());
        let real = ordinary.flat_map(|words| words.real.split_whitespace());
        Self {
            compounds: Compounds::new(common.clone(), words.iter().copied()),
            ordinary: common.chain(real).collect(),
            spelling: SpellingIndex::new(words.into_iter(), forms),
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

    /// The words that `row` runs together.
    pub(crate) fn split<'a>(&self, row: &'a str, bold: bool) -> Option<Vec<&'a str>> {
        if self.ordinary.contains(row) {
            return None;
        }
        self.compounds.split(row, bold)
    }

    /// Whether `word` is one of the lexicon's or common.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.compounds.has(word)
    }

    /// Whether `word` is never corrected.
    pub(crate) fn is_ordinary(&self, word: &str) -> bool {
        self.ordinary.contains(word)
    }

    /// Whether `word` is a long one of the lexicon's.
    pub(crate) fn is_of_lexicon(&self, word: &str) -> bool {
        self.compounds.is_of_lexicon(word)
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
            index.split("natopromisednoteast", false),
            Some(vec!["nato", "promised", "not", "east"])
        );
        assert_eq!(index.split("tothenot", false), None, "no word of the lexicon in it");
        assert_eq!(index.split("natopromisedx", false), None, "a letter is left over");
    }
}
