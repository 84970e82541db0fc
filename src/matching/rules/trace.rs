//! What an explanation names, in the words of the message: the cue, the words that count, and which
//! were read as others.

use super::written;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::outcome::{Cue, CueKind, Reading};
use crate::matching::reading::normalize::Text;
use crate::matching::stance::{Asking, Doubt, Rejection};

/// The cue that rejects a claim.
pub(crate) fn cue(rejection: Rejection, text: &Text, message: &str) -> Cue {
    let (mut words, mut span) = written(rejection.hit, text, message);
    if rejection.kind == CueKind::Sarcasm {
        // Its stroke is no part of a word.
        words.insert(0, '/');
        span[0] = span[0].saturating_sub(1);
    }
    Cue { kind: rejection.kind, text: words, span }
}

/// The signs of doubt about a claim, if there are any; its place is that of the first.
pub(crate) fn doubt(doubts: &[Doubt], text: &Text, message: &str) -> Option<Cue> {
    let sign = |doubt: &Doubt| match *doubt {
        Doubt::Words(hit) => written(hit, text, message),
        Doubt::Laughter(at) => (message.chars().skip(at).take(1).collect(), [at, at + 1]),
    };
    let signs: Vec<(String, [usize; 2])> = doubts.iter().map(sign).collect();
    let span = signs.first()?.1;
    let words: Vec<&str> = signs.iter().map(|(words, _)| words.as_str()).collect();
    Some(Cue { kind: CueKind::Doubted, text: words.join("”, “"), span })
}

/// Where the words of a finding stand, by place, each once.
pub(crate) fn parts(words: &[Hit], text: &Text) -> Vec<[usize; 2]> {
    let place = |hit: &Hit| Some([text.words.get(hit.first)?.from, text.words.get(hit.last)?.to]);
    let mut parts: Vec<[usize; 2]> = words.iter().filter_map(place).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// The words of a text that were read as others: misspelt, in disguise or run together.
pub(crate) fn readings(text: &Text, message: &str) -> Vec<Reading> {
    let place = |number: &usize| text.words.get(*number).map(|word| [word.from, word.to]);
    let numbers: Vec<usize> = (0..text.words.len()).collect();
    // Words that were run together stand in the same place.
    let places = numbers.chunk_by(|a, b| place(a) == place(b));
    places.filter_map(|numbers| reading(numbers, text, message)).collect()
}

fn reading(numbers: &[usize], text: &Text, message: &str) -> Option<Reading> {
    let first = *numbers.first()?;
    let word = text.words.get(first)?;
    let (written, span) = written(Hit { first, last: first, concept: 0 }, text, message);
    let parts: Vec<&str> = numbers.iter().map(|number| text.word(*number)).collect();
    let letters = written.chars().filter(|c| c.is_alphanumeric());
    let plain: String = letters.flat_map(char::to_lowercase).collect();
    // "Russia's" is read as it stands.
    let differs =
        word.distance > 0 || parts.len() > 1 || !plain.starts_with(parts.concat().as_str());
    differs.then(|| Reading { text: written, span, read: parts.join(" "), distance: word.distance })
}

/// The words or the mark that make a question.
pub(crate) fn asked(asking: Asking, text: &Text, message: &str) -> String {
    match asking {
        Asking::Mark => "?".to_owned(),
        Asking::Words(hit) => written(hit, text, message).0,
    }
}
