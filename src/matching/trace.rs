//! What an explanation names, in the words of the message: the cue, the words that count, and which
//! were read as others.

use super::keyword::Hit;
use super::normalize::Text;
use super::outcome::{Cue, CueKind, Reading};
use super::rules::written;
use super::stance::{Asking, Rejection};

/// The cue that rejects a claim.
pub(super) fn cue(rejection: Rejection, text: &Text, message: &str) -> Cue {
    let (mut words, mut span) = written(rejection.hit, text, message);
    if rejection.kind == CueKind::Sarcasm {
        // Its stroke is no part of a word.
        words.insert(0, '/');
        span[0] = span[0].saturating_sub(1);
    }
    Cue { kind: rejection.kind, text: words, span }
}

/// Where the words of a finding stand, by place, each once.
pub(super) fn parts(words: &[Hit], text: &Text) -> Vec<[usize; 2]> {
    let place = |hit: &Hit| Some([text.words.get(hit.first)?.from, text.words.get(hit.last)?.to]);
    let mut parts: Vec<[usize; 2]> = words.iter().filter_map(place).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The words of a finding that were read as others: misspelt, in disguise or run together.
pub(super) fn readings(words: &[Hit], text: &Text, message: &str) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for number in words.iter().flat_map(|hit| hit.first..=hit.last) {
        let Some(word) = text.words.get(number) else { continue };
        let span = [word.from, word.to];
        let same = |other: &usize| text.words.get(*other).is_some_and(|w| [w.from, w.to] == span);
        let from = (0..number).rev().take_while(same).last().unwrap_or(number);
        let parts: Vec<&str> =
            (from..text.words.len()).take_while(same).map(|part| text.word(part)).collect();
        let (written, _) = written(Hit { first: number, last: number, concept: 0 }, text, message);
        let plain = || {
            let letters = written.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        // "Russia's" is read as it stands.
        let differs =
            word.distance > 0 || parts.len() > 1 || !plain().starts_with(parts.concat().as_str());
        if differs && readings.iter().all(|reading| reading.span != span) {
            let (read, distance) = (parts.join(" "), word.distance);
            readings.push(Reading { text: written, span, read, distance });
        }
    }
    readings
}

/// The words or the mark that make a question.
pub(super) fn asked(asking: Asking, text: &Text, message: &str) -> String {
    match asking {
        Asking::Mark => "?".to_owned(),
        Asking::Words(hit) => written(hit, text, message).0,
    }
}
