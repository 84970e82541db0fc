//! A text word by word.

use fastrand::Rng;

/// `text` with `change` made of its words; the white space between them stays. Addresses,
/// mentions and custom emoji stay too: they would no longer work, and nobody reads them.
pub(crate) fn each(
    text: &str,
    rng: &mut Rng,
    mut change: impl FnMut(&str, &mut Rng) -> String,
) -> String {
    let mut changed = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.is_empty() || is_fixed(word) {
            changed.push_str(word);
        } else {
            changed.push_str(&change(word, rng));
        }
        changed.push_str(white_space(piece));
    }
    changed
}

/// Whether a word is an address, a mention or a custom emoji.
pub(crate) fn is_fixed(word: &str) -> bool {
    word.contains("://") || word.starts_with('<')
}

/// Number of letters in a word.
pub(crate) fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

/// `true` once in `times`.
pub(crate) fn once_in(times: u8, rng: &mut Rng) -> bool {
    rng.u8(..times) == 0
}

/// The white space that a piece ends with.
pub(crate) fn white_space(piece: &str) -> &str {
    piece.strip_prefix(piece.trim_end()).unwrap_or_default()
}
