//! A text -> what it is compared by.

use std::hash::BuildHasher as _;

use rustc_hash::FxBuildHasher;

use crate::matching::reading::normalize::Text;

/// Letters in a row. Rows of three are shared by too many words, rows of five survive too few
/// typos.
const ROW: usize = 4;

/// The words of a text and its rows of letters, with the spaces between words, as hashes: each
/// once, in no order that means anything.
pub(crate) fn features(text: &Text) -> Vec<u64> {
    let mut features = Vec::with_capacity(text.plain.len() + text.words.len());
    for index in 0..text.words.len() {
        features.push(FxBuildHasher.hash_one(text.word(index)));
    }
    // The letters of the row side by side, 32 bits each.
    let mut row = 0_u128;
    for (count, letter) in text.plain.chars().chain([' ']).enumerate() {
        row = row << 32 | u128::from(u32::from(letter));
        if count + 1 >= ROW {
            features.push(FxBuildHasher.hash_one(row));
        }
    }
    features.sort_unstable();
    features.dedup();
    features
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::reading::normalize::normalize;

    fn count(message: &str) -> usize {
        features(&normalize(message)).len()
    }

    #[test]
    fn words_and_rows_are_counted_once() {
        assert_eq!(count(""), 0);
        assert_eq!(count("?!"), 0);
        assert_eq!(count("a"), 1, "too short for a row");
        assert_eq!(count("ab"), 2, "the word and one row");
        // moon; " moo", "moon", "oon "
        assert_eq!(count("moon"), 4);
        // and "on m", "n mo"; the rest is there
        assert_eq!(count("moon moon"), 6);
    }
}
