//! One character -> the plain small letters that a reader sees in it.

use decancer::{Options, Translation};

/// Where a letter comes from. A word of foreign letters alone is foreign; foreign letters among
/// Latin ones are disguised Latin letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin letters and digits, also styled ones (full width, mathematical, circled).
    Latin,
    /// Any other letters.
    Other,
}

/// What a character is to the scanner.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A letter or digit: pushed onto the word.
    Letter(Script),
    /// Invisible or a mark on the letter before it: as if it were not there.
    Nothing,
    /// Neither.
    Other,
}

/// Looks at a character outside ASCII; the letters that it stands for go to `push`.
pub(crate) fn read(character: char, mut push: impl FnMut(char)) -> Sign {
    if !character.is_alphanumeric() {
        return if is_invisible(character) { Sign::Nothing } else { Sign::Other };
    }
    if !cure(character, &mut push) {
        return Sign::Nothing;
    }
    Sign::Letter(script(character))
}

/// Pushes what a letter looks like, in small letters; `false` when that is nothing. A capital may
/// look like another letter than its small one: Greek "Η" like h, "η" like n.
fn cure(letter: char, push: &mut impl FnMut(char)) -> bool {
    if letter.is_ascii_alphanumeric() {
        push(letter.to_ascii_lowercase());
        return true;
    }
    match decancer::cure_char(letter, Options::default()) {
        // What resembles itself, or a sign more than a letter, is itself.
        Translation::Character(like) if like == letter || !like.is_alphanumeric() => {
            // Its small one may resemble another: "Ȿ" itself, "ȿ" an s.
            let mut small = letter.to_lowercase();
            match (small.next(), small.next()) {
                (Some(small), None) if small != letter => return cure(small, push),
                _ => letter.to_lowercase().filter(|c| c.is_alphanumeric()).for_each(push),
            }
        }
        Translation::Character(like) => return cure(like, push),
        Translation::String(like) => {
            like.chars().filter(|letter| letter.is_alphanumeric()).for_each(push);
        }
        Translation::None => return false,
    }
    true
}

/// Whether anything is read in a character.
pub(crate) fn is_letter(character: char) -> bool {
    let mut seen = false;
    character.is_alphanumeric() && {
        cure(character, &mut |_| seen = true);
        seen
    }
}

/// Cyrillic and Greek letters that look like Latin ones, small.
const DOUBLES: &str = "авгеёкмнопрстухьѕіїјһԁԛԝαβγεηικμνορτυχωζ";

/// Whether a letter of another script looks like no Latin letter: who writes it does not disguise.
pub(crate) fn is_of_its_own(character: char) -> bool {
    script(character) == Script::Other
        && !character.to_lowercase().any(|small| DOUBLES.contains(small))
}

fn script(character: char) -> Script {
    match u32::from(character) {
        0..0x250
        | 0x1E00..0x1F00
        | 0x2100..0x2150
        | 0x2460..0x2500
        | 0x2C60..0x2C80
        | 0xA720..0xA800
        | 0xAB30..0xAB70
        | 0xFF10..0xFF5B
        | 0x1D400..0x1D800
        | 0x1F100..0x1F200 => Script::Latin,
        _ => Script::Other,
    }
}

/// Zero-width and format characters, variation selectors, and marks that stand on a letter.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xE0000..=0xE0FFF
        | 0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut word = String::new();
        for character in text.chars() {
            read(character, |letter| word.push(letter));
        }
        word
    }

    #[test]
    fn disguised_letters_are_read() {
        assert_eq!(plain("ＮＡＴＯ"), "nato");
        assert_eq!(plain("𝗡𝗔𝗧𝗢"), "nato");
        assert_eq!(plain("ⓃⒶⓉⓄ"), "nato");
        assert_eq!(plain("éñšü"), "ensu");
        assert_eq!(plain("Ȿȿ"), "ss");
        assert_eq!(plain("ΗΜΝΥ"), "hmny", "capitals look like other letters than small ones");
        assert_eq!(plain("а\u{200B}о"), "ao");
    }
}
