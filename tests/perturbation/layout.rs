//! How the words of a message stand together: capitals, hashtags, spaces, punctuation, emoji.

use fastrand::Rng;

use super::words::{each, is_fixed, once_in, white_space};

/// Everything in capitals.
pub(crate) fn capitals(text: &str, _: &mut Rng) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|piece| if is_fixed(piece) { piece.to_owned() } else { piece.to_uppercase() })
        .collect()
}

/// Everything in small letters.
pub(crate) fn small(text: &str, _: &mut Rng) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|piece| if is_fixed(piece) { piece.to_owned() } else { piece.to_lowercase() })
        .collect()
}

/// About half of the words are run together into `#HashTags` of two to six words.
pub(crate) fn hashtags(text: &str, rng: &mut Rng) -> String {
    tagged(text, rng, |word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    })
}

/// The same in #smallletters.
pub(crate) fn small_hashtags(text: &str, rng: &mut Rng) -> String {
    tagged(text, rng, str::to_lowercase)
}

fn tagged(text: &str, rng: &mut Rng, write: impl Fn(&str) -> String) -> String {
    // Words left until the tag ends; 0 outside.
    let mut left = 0_usize;
    let mut tagged = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.is_empty() || is_fixed(word) || !word.starts_with(char::is_alphanumeric) {
            left = 0;
            tagged.push_str(piece);
            continue;
        }
        if left == 0 && once_in(4, rng) {
            left = rng.usize(2..=6);
            tagged.push('#');
        }
        if left == 0 {
            tagged.push_str(piece);
            continue;
        }
        left -= 1;
        // Tags have no signs in them, and end where the sentence or line does.
        tagged.push_str(&write(&word.chars().filter(|c| c.is_alphanumeric()).collect::<String>()));
        let signs = word.trim_start_matches(|c: char| c.is_alphanumeric() || "'’-/".contains(c));
        let ends = !signs.is_empty() || piece.ends_with('\n');
        tagged.push_str(signs);
        left = if ends { 0 } else { left };
        if left == 0 {
            tagged.push_str(white_space(piece));
        }
    }
    tagged
}

/// One space in five is missing.
pub(crate) fn missing_spaces(text: &str, rng: &mut Rng) -> String {
    text.chars().filter(|c| *c != ' ' || !once_in(5, rng)).collect()
}

/// One word of six letters and more in four has a space in it that does not belong there.
pub(crate) fn stray_spaces(text: &str, rng: &mut Rng) -> String {
    each(text, rng, |word, rng| {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 6 || !letters.iter().all(|c| c.is_alphabetic()) || !once_in(4, rng) {
            return word.to_owned();
        }
        let (start, end) = letters.split_at(rng.usize(2..=letters.len() - 2));
        start.iter().chain(&[' ']).chain(end).collect()
    })
}

/// No stops, commas, question marks and apostrophes. Lines stay, and so do quotation marks, brackets
/// and colons: who types those means something by them.
pub(crate) fn missing_punctuation(text: &str, rng: &mut Rng) -> String {
    each(text, rng, |word, _| word.chars().filter(|c| !".,;!?'’…".contains(*c)).collect())
}

const EMOJI: [&str; 12] = [
    "👏",
    "🚀",
    "😂",
    "🤡",
    "❤️",
    "👍🏽",
    "🇷🇺",
    "🇺🇸",
    "👨‍👩‍👧",
    "1️⃣",
    "<:kekw:812345678901234567>",
    "<a:party:812345678901234568>",
];

/// An emoji beside one word in three, or in the place of the space.
pub(crate) fn emoji(text: &str, rng: &mut Rng) -> String {
    let mut decorated = String::new();
    for character in text.chars() {
        if character != ' ' || !once_in(3, rng) {
            decorated.push(character);
            continue;
        }
        let emoji = EMOJI[rng.usize(..EMOJI.len())];
        match rng.u8(..3) {
            0 => decorated.push_str(emoji),
            1 => decorated.extend([" ", emoji, " "]),
            _ => decorated.extend([emoji, " "]),
        }
    }
    decorated
}

/// The same clapping hands instead of every space.
pub(crate) fn clapping(text: &str, _: &mut Rng) -> String {
    text.replace(' ', "👏")
}
