//! Words that are in no form of the lexicon -> the words that they are meant to be: misspelt,
//! disguised by digits, run together or taken apart by a stray space.
//!
//! Bold mending is for texts that are known to be about something of the lexicon. It forgives slips
//! in short words and more slips in long ones, which would find too much in everyday chat.

use super::buffer::unleet;
use super::fuzzy::FuzzyIndex;
use super::keyboard;
use super::normalize::{Pause, Text, Word};

/// A slip is likely up to here.
const LIKELY: u8 = 1;
/// Shorter words that stand beside digits are a measure: "1st", "30km".
const SHORTEST_BY_NUMBER: usize = 3;
/// Words in capitals of at most so many letters are abbreviations; a letter may be missing.
const ABBREVIATION: usize = 3;
/// Shortest word that begins like one of the lexicon and is taken apart, in letters.
const SHORTEST_RUN: usize = 10;
/// Shortest word that two halves are joined to, in letters: "ex pand".
const SHORTEST_JOINED: usize = 6;

/// `text` with the words mended that are not `known`; `None` when nothing is to be mended.
pub(crate) fn mend(index: &FuzzyIndex, text: &Text, known: &[bool], bold: bool) -> Option<Text> {
    let is_long = |word: &Word| word.end - word.start >= SHORTEST_RUN;
    if known.iter().all(|known| *known) && !(bold && text.words.iter().any(is_long)) {
        return None;
    }
    // Asked of these up to three times: unknown words, those beside them, and long ones.
    let is_unknown = |number: usize| known.get(number) == Some(&false);
    let beside =
        |number: usize| is_unknown(number + 1) || number.checked_sub(1).is_some_and(is_unknown);
    let is_asked = |number: usize, word: &Word| {
        is_unknown(number) || beside(number) || (bold && is_long(word))
    };
    let asked = text.words.iter().enumerate();
    let ordinary: Vec<bool> = asked
        .map(|(number, word)| is_asked(number, word) && index.is_ordinary(text.word(number)))
        .collect();
    let ordinary = |number: usize| ordinary.get(number) == Some(&true);
    let is_word = |number: usize| ordinary(number) || index.has(text.word(number));
    let mut mended: Option<Text> = None;
    let mut words = text.words.iter().enumerate().peekable();
    while let Some((number, word)) = words.next() {
        let letters = text.word(number);
        if let Some((_, next)) = words.peek()
            && (is_unknown(number) || is_unknown(number + 1))
            && !(is_word(number) && is_word(number + 1))
            && let Some(joined) = joined(index, text, number, [*word, **next])
        {
            let place = Word { to: next.to, ..*word };
            mended.get_or_insert_with(|| up_to(text, number)).push(&joined, place);
            words.next();
            continue;
        }
        let abbreviation = word.capitals && letters.len() <= ABBREVIATION;
        let to_read = is_unknown(number) && (!ordinary(number) || has_digit(letters));
        let read = if to_read {
            read(index, letters, bold)
        } else if bold && !is_unknown(number) && letters.len() >= SHORTEST_RUN && !is_word(number) {
            // It begins like a word of the lexicon: "encirclingrussia".
            index.split(letters, false).map(run_together)
        } else {
            None
        };
        let longer = |word: &String| word.len() > letters.len();
        let fits = |read: &Reading| read.distance == 0 || read.words.iter().any(longer);
        let read = read.filter(|read| !abbreviation || fits(read));
        match (read, &mut mended) {
            (Some(read), mended) => {
                let mended = mended.get_or_insert_with(|| up_to(text, number));
                let place = Word { distance: read.distance, ..*word };
                read.words.iter().for_each(|part| mended.push(part, place));
            }
            (None, Some(mended)) => mended.push(letters, *word),
            (None, None) => {}
        }
    }
    mended
}

/// What a word is read as.
#[derive(Debug, PartialEq, Eq)]
struct Reading {
    words: Vec<String>,
    distance: usize,
}

fn run_together(parts: Vec<&str>) -> Reading {
    Reading { words: parts.into_iter().map(str::to_owned).collect(), distance: 0 }
}

fn read(index: &FuzzyIndex, letters: &str, bold: bool) -> Option<Reading> {
    if has_digit(letters) {
        return read_digits(index, letters, bold);
    }
    let likely = |(word, distance): &(&str, usize)| {
        *distance == 0 || (*distance == 1 && keyboard::unlikeliness(letters, word) <= LIKELY)
    };
    let corrected = index.correct(letters, bold);
    // Words run together are likelier than two slips or one that fingers seldom make.
    let split =
        if corrected.as_ref().is_some_and(likely) { None } else { index.split(letters, bold) };
    if let Some(parts) = split {
        return Some(run_together(parts));
    }
    corrected.map(|(word, distance)| Reading { words: vec![word.to_owned()], distance })
}

/// "n07" -> "not", "border247" -> "border 247".
fn read_digits(index: &FuzzyIndex, letters: &str, bold: bool) -> Option<Reading> {
    if !letters.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    if let Some(word) = unleet(letters) {
        if index.has(&word) {
            return Some(Reading { words: vec![word], distance: 0 });
        }
        if let Some((word, distance)) = index.correct(&word, false) {
            return Some(Reading { words: vec![word.to_owned()], distance });
        }
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let word = letters.trim_matches(is_digit);
    let start = letters.len() - letters.trim_start_matches(is_digit).len();
    let (front, rest) = letters.split_at_checked(start)?;
    let back = rest.strip_prefix(word)?;
    if word.len() < SHORTEST_BY_NUMBER || word.len() == letters.len() {
        return None;
    }
    let whole = || Reading { words: vec![word.to_owned()], distance: 0 };
    let reading = if index.has(word) { whole() } else { read(index, word, bold)? };
    let number = |digits: &str| (!digits.is_empty()).then(|| digits.to_owned());
    let words = number(front).into_iter().chain(reading.words).chain(number(back)).collect();
    Some(Reading { words, distance: reading.distance })
}

/// The word that two words in a row, one of which is none by itself, are the halves of.
fn joined(index: &FuzzyIndex, text: &Text, number: usize, words: [Word; 2]) -> Option<String> {
    let [word, next] = words;
    if word.sentence != next.sentence || next.pause > Pause::None {
        return None;
    }
    let halves = [text.word(number), text.word(number + 1)];
    let length: usize = halves.iter().map(|half| half.len()).sum();
    if length < SHORTEST_JOINED {
        return None;
    }
    if !index.may_begin(halves) {
        return None;
    }
    let joined = halves.concat();
    index.is_of_lexicon(&joined).then_some(joined)
}

fn has_digit(letters: &str) -> bool {
    letters.bytes().any(|byte| byte.is_ascii_digit())
}

fn up_to(text: &Text, index: usize) -> Text {
    let mut copy = text.emptied();
    for (number, word) in text.words.iter().take(index).enumerate() {
        copy.push(text.word(number), *word);
    }
    copy
}
