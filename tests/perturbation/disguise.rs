//! What a writer does who wants to be read by people but not by a filter: letters that look alike
//! or are not seen, words with gaps.

use fastrand::Rng;

use super::words::{each, letters, once_in};

/// Half of the letters that have a digit or sign like them are written with it.
pub(crate) fn leet(text: &str, rng: &mut Rng) -> String {
    each(text, rng, |word, rng| {
        word.chars().map(|c| if rng.bool() { unread(c, rng) } else { c }).collect()
    })
}

fn unread(letter: char, rng: &mut Rng) -> char {
    let signs = match letter.to_ascii_lowercase() {
        'a' => "4@4",
        'b' => "8",
        'e' => "3",
        'i' => "11!",
        'l' => "1",
        'o' => "0",
        's' => "55$",
        't' => "7",
        _ => return letter,
    };
    signs.chars().nth(rng.usize(..signs.len())).unwrap_or(letter)
}

/// Half of the letters are those of another script, or of a style of Unicode's, that look the same.
pub(crate) fn look_alike(text: &str, rng: &mut Rng) -> String {
    each(text, rng, |word, rng| {
        word.chars().map(|c| if rng.bool() { double(c, rng) } else { c }).collect()
    })
}

/// Every letter that has one is replaced by a Cyrillic or Greek double, so that some words have no
/// Latin letter left.
pub(crate) fn look_alike_throughout(text: &str, rng: &mut Rng) -> String {
    each(text, rng, |word, rng| word.chars().map(|c| foreign(c, rng).unwrap_or(c)).collect())
}

fn double(letter: char, rng: &mut Rng) -> char {
    let styled = |small: u32, capital: u32| {
        let base = if letter.is_ascii_lowercase() { small } else { capital };
        let offset = u32::from(letter.to_ascii_lowercase()) - u32::from('a');
        char::from_u32(base + offset).unwrap_or(letter)
    };
    if !letter.is_ascii_alphabetic() {
        return letter;
    }
    match rng.u8(..4) {
        0 => styled(0xFF41, 0xFF21),
        // Mathematical bold sans-serif, of which no letter is missing.
        1 => styled(0x1D5EE, 0x1D5D4),
        _ => foreign(letter, rng).unwrap_or(letter),
    }
}

/// A Cyrillic or Greek letter that looks like `letter`.
fn foreign(letter: char, rng: &mut Rng) -> Option<char> {
    let doubles = match letter {
        'A' => "АΑ",
        'B' => "ВΒ",
        'C' => "С",
        'E' => "ЕΕ",
        'H' => "НΗ",
        'I' => "ІΙ",
        'K' => "КΚ",
        'M' => "МΜ",
        'N' => "Ν",
        'O' => "ОΟ",
        'P' => "РΡ",
        'S' => "Ѕ",
        'T' => "ТΤ",
        'X' => "ХΧ",
        'Y' => "УΥ",
        'Z' => "Ζ",
        'a' => "аα",
        'c' => "с",
        'e' => "е",
        'i' => "і",
        'k' => "к",
        'm' => "м",
        'n' => "п",
        'o' => "оο",
        'p' => "рρ",
        's' => "ѕ",
        't' => "т",
        'u' => "υ",
        'v' => "ν",
        'x' => "х",
        'y' => "у",
        _ => return None,
    };
    let doubles: Vec<char> = doubles.chars().collect();
    rng.choice(doubles)
}

/// A sign without width behind one letter in three.
pub(crate) fn zero_width(text: &str, rng: &mut Rng) -> String {
    const SIGNS: [char; 6] = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}'];
    each(text, rng, |word, rng| {
        let mut hidden = String::new();
        for letter in word.chars() {
            hidden.push(letter);
            if once_in(3, rng) {
                hidden.push(SIGNS[rng.usize(..SIGNS.len())]);
            }
        }
        hidden
    })
}

/// One word of four letters and more in three is s p a c e d out, with a wide gap beside it.
pub(crate) fn spaced(text: &str, rng: &mut Rng) -> String {
    apart(text, rng, &[" "])
}

/// The same with points, dashes or the like between the letters: `n.a.t.o`, `n-a-t-o`, `n_a_t_o`.
pub(crate) fn dotted(text: &str, rng: &mut Rng) -> String {
    apart(text, rng, &[".", "-", "_", "*"])
}

fn apart(text: &str, rng: &mut Rng, signs: &[&str]) -> String {
    each(text, rng, |word, rng| {
        if letters(word) < 4 || !word.chars().all(char::is_alphabetic) || !once_in(3, rng) {
            return word.to_owned();
        }
        let sign = signs[rng.usize(..signs.len())];
        let apart = word.chars().map(String::from).collect::<Vec<_>>().join(sign);
        if sign == " " { format!(" {apart} ") } else { apart }
    })
}
