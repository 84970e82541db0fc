//! What a hasty typist on a phone does to a text.
//!
//! Strength: of every ten letters that may be hit, counted through the message, the given number
//! are. Words of up to three letters are typed as one movement, and the first letter of a word is
//! looked at: both are seldom wrong and stay here. The kinds "anywhere" spare nothing: they hit
//! "not" and "to" like any other word and leave texts that people read with effort.

use fastrand::Rng;

/// Letters in which the given number of slips happen.
const STRETCH: usize = 10;

/// Small letters beside each other on a keyboard with `qwerty` rows.
const NEIGHBOURS: [&str; 26] = [
    "qwsz", "vghn", "xdfv", "serfcx", "wrsd", "drtgvc", "ftyhbv", "gyujnb", "uojk", "huikmn",
    "jiolm", "kop", "njk", "bhjm", "ipkl", "ol", "wa", "etdf", "awedxz", "rfgy", "yihj", "cfgb",
    "qeas", "zsdc", "tugh", "asx",
];

/// One slip of any kind in ten letters: a key beside the right one, one touched besides it, one
/// left out.
pub(crate) fn one_in_ten(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, any_slip)
}

/// Two slips of any kind in ten letters.
pub(crate) fn two_in_ten(text: &str, rng: &mut Rng) -> String {
    slips(text, 2, rng, any_slip)
}

/// One slip of any kind in ten letters, in whichever word and place.
pub(crate) fn one_in_ten_anywhere(text: &str, rng: &mut Rng) -> String {
    hit(text, &all_letters(text), 1, rng, any_slip)
}

/// Two slips of any kind in ten letters, in whichever word and place.
pub(crate) fn two_in_ten_anywhere(text: &str, rng: &mut Rng) -> String {
    hit(text, &all_letters(text), 2, rng, any_slip)
}

/// One letter in ten left out.
pub(crate) fn dropped(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, |_, _| String::new())
}

/// One letter in ten twice.
pub(crate) fn doubled(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, |letter, _| format!("{letter}{letter}"))
}

/// One letter in ten changes places with its neighbour in the same word.
pub(crate) fn swapped(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let inner = inner_letters(text);
    let pairs: Vec<usize> =
        inner.windows(2).filter(|pair| pair[0] + 1 == pair[1]).map(|pair| pair[1]).collect();
    for stretch in pairs.chunks(STRETCH).filter(|stretch| stretch.len() > STRETCH / 2) {
        let at = stretch[rng.usize(..stretch.len())];
        letters.swap(at - 1, at);
    }
    letters.into_iter().collect()
}

fn any_slip(letter: char, rng: &mut Rng) -> String {
    match rng.u8(..4) {
        0 => String::new(),
        1 => format!("{letter}{}", neighbour(letter, rng)),
        _ => neighbour(letter, rng).to_string(),
    }
}

/// A key beside that of `letter`; itself when it is on no such keyboard.
fn neighbour(letter: char, rng: &mut Rng) -> char {
    let small = letter.to_ascii_lowercase();
    if !small.is_ascii_lowercase() {
        return letter;
    }
    let keys = NEIGHBOURS[usize::from(small as u8 - b'a')].as_bytes();
    let key = char::from(keys[rng.usize(..keys.len())]);
    if letter.is_uppercase() { key.to_ascii_uppercase() } else { key }
}

/// Replaces `count` of every ten inner letters of longer words by what `slip` makes of them.
fn slips(
    text: &str,
    count: usize,
    rng: &mut Rng,
    slip: impl Fn(char, &mut Rng) -> String,
) -> String {
    hit(text, &inner_letters(text), count, rng, slip)
}

/// Replaces `count` of every ten of these letters by what `slip` makes of them. Fewer than ten at
/// the end are hit when they are more than half as many.
fn hit(
    text: &str,
    letters: &[usize],
    count: usize,
    rng: &mut Rng,
    slip: impl Fn(char, &mut Rng) -> String,
) -> String {
    let mut hit = Vec::new();
    for stretch in letters.chunks(STRETCH).filter(|stretch| stretch.len() > STRETCH / 2) {
        hit.extend(rng.choose_multiple(stretch.iter().copied(), count));
    }
    let characters = text.chars().enumerate();
    characters.map(|(at, c)| if hit.contains(&at) { slip(c, rng) } else { c.to_string() }).collect()
}

/// Places of all letters, in characters.
fn all_letters(text: &str) -> Vec<usize> {
    text.chars().enumerate().filter(|(_, c)| c.is_alphabetic()).map(|(at, _)| at).collect()
}

/// Places of the letters after the first of words of four letters and more.
fn inner_letters(text: &str) -> Vec<usize> {
    let letters = all_letters(text);
    let words = letters.chunk_by(|a, b| a + 1 == *b).filter(|word| word.len() > 3);
    words.flat_map(|word| word.iter().skip(1)).copied().collect()
}
