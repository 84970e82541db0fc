//! Words that are read as what a pattern can use although another word is likelier: the pattern
//! finds what it looks for, so that little else must not rest on it.

use std::collections::BTreeSet;

use super::written;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::outcome::{Cue, CueKind, Finding};
use crate::matching::reading::normalize::Text;
use crate::matching::score;

/// A guess is believed where so many stretches of words speak for the answer. Of replies to our own
/// sentences with one slip in ten letters that rest on a guess, a third was wrong below, one in
/// thirty from six on.
const ENOUGH: usize = 5;

/// The boldest guess among the words of a finding, if there is one.
pub(crate) fn boldest(words: &[Hit], text: &Text, message: &str) -> Option<Cue> {
    let numbers = words.iter().flat_map(|hit| hit.first..=hit.last);
    let excess = |number: &usize| text.words.get(*number).map_or(0, |word| word.excess);
    let boldest = numbers.filter(|number| excess(number) > 0).max_by_key(excess)?;
    let (word, span) = written(Hit { first: boldest, last: boldest, concept: 0 }, text, message);
    Some(Cue { kind: CueKind::Guessed, text: word, span })
}

/// Lowers the findings that rest on a guess, one of `guesses` for each, where too little else speaks
/// for their answer.
pub(crate) fn lower(findings: &mut [Finding], guesses: Vec<Option<Cue>>) {
    if guesses.iter().all(Option::is_none) {
        return;
    }
    let lacks = |answer: &str| {
        let speaks =
            |(f, _): &(&Finding, &Option<Cue>)| f.cancelled.is_none() && f.answer == answer;
        let speak = || findings.iter().zip(&guesses).filter(speaks);
        let parts: BTreeSet<&[usize; 2]> = speak().flat_map(|(f, _)| &f.parts).collect();
        parts.len() < ENOUGH && speak().all(|(_, guess)| guess.is_some())
    };
    let is_little: Vec<bool> = findings.iter().map(|finding| lacks(&finding.answer)).collect();
    let little = findings.iter_mut().zip(guesses).zip(is_little).filter(|(_, little)| *little);
    for ((finding, guess), _) in little {
        if let Some(guess) = guess.filter(|_| finding.cancelled.is_none()) {
            finding.weight = score::doubted(finding.weight);
            finding.cue.get_or_insert(guess);
        }
    }
}
