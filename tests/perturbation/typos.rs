//! What a hasty typist on a phone does to a text.
//!
//! Strength: of every ten letters of the message, counted through, the given number are hit, each
//! at a place of its own: half of the words at one slip in ten letters, most of them at two. Every
//! letter is as likely as the next, in short words and at their start too.

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
pub fn one_in_ten(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, any_slip)
}

/// Two slips of any kind in ten letters.
pub fn two_in_ten(text: &str, rng: &mut Rng) -> String {
    slips(text, 2, rng, any_slip)
}

/// One letter in ten left out.
pub fn dropped(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, |_, _| String::new())
}

/// One letter in ten twice.
pub fn doubled(text: &str, rng: &mut Rng) -> String {
    slips(text, 1, rng, |letter, _| format!("{letter}{letter}"))
}

/// One letter in ten changes places with its neighbour in the same word.
pub fn swapped(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let pairs: Vec<usize> = (1..letters.len())
        .filter(|at| letters[*at].is_alphabetic() && letters[at - 1].is_alphabetic())
        .collect();
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

/// Replaces `count` letters of every ten by what `slip` makes of them. Fewer than ten at the end
/// are hit when they are more than half as many.
fn slips(
    text: &str,
    count: usize,
    rng: &mut Rng,
    slip: impl Fn(char, &mut Rng) -> String,
) -> String {
    let letters: Vec<usize> =
        text.chars().enumerate().filter(|(_, c)| c.is_alphabetic()).map(|(at, _)| at).collect();
    let mut hit = Vec::new();
    for stretch in letters.chunks(STRETCH).filter(|stretch| stretch.len() > STRETCH / 2) {
        hit.extend(rng.choose_multiple(stretch.iter().copied(), count));
    }
    let characters = text.chars().enumerate();
    characters.map(|(at, c)| if hit.contains(&at) { slip(c, rng) } else { c.to_string() }).collect()
}
