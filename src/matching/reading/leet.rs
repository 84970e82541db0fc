//! Numbers that are words in a text whose letters are written as digits: "7h3y w4n7 70".

use super::buffer::unleet;
use super::normalize::Text;

/// Words with digits for letters that a text has at least in which numbers are words, too. One may
/// be the name of a thing.
const FEWEST: usize = 2;
/// One word of the text in so many at least is written so.
const ONE_IN: usize = 8;

/// The small words that are all digits in such texts. Longer ones have letters left.
const WORDS: [&str; 11] = ["a", "i", "is", "it", "to", "at", "as", "so", "be", "all", "sea"];

/// `text` with its numbers read as words where they are some, if `disguised` of its words have digits
/// for letters.
pub(crate) fn read_numbers(text: Text, disguised: usize) -> Text {
    if disguised < FEWEST || disguised * ONE_IN < text.words.len() {
        return text;
    }
    let mut read = text.emptied();
    for (number, place) in text.words.iter().enumerate() {
        let letters = text.word(number);
        read.push(word(letters).unwrap_or(letters), *place);
    }
    read
}

/// The small word that these letters and digits are.
fn word(letters: &str) -> Option<&'static str> {
    // The one of "a1l" is taken for an i before.
    if letters == "ail" {
        return Some("all");
    }
    if !letters.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is = |read: String| WORDS.into_iter().find(|word| *word == read);
    let with_l = || unleet(&letters.replace('1', "l")).and_then(is);
    unleet(letters).and_then(is).or_else(with_l)
}

#[cfg(test)]
mod tests {
    use crate::matching::reading::normalize::normalize;

    #[test]
    fn numbers_are_words_only_among_words_with_digits_for_letters() {
        for (message, read) in [
            ("7h3y w4n7 70 k33p 17", " they want to keep it"),
            ("al1 t4nk5 h3r3, 41l m3n, a1l", " all tanks here all men all"),
            ("70 tanks and 15 planes", " 70 tanks and 15 planes"),
            ("n4to has 15 tanks", " nato has 15 tanks"),
        ] {
            assert_eq!(normalize(message).plain, read, "{message}");
        }
    }
}
