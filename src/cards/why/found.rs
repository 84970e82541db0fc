//! What was found in a message, a line each.

use super::super::escape::quoted;
use super::super::limits;
use super::{SHOWN, numbered};
use crate::knowledge::{Knowledge, Strength};
use crate::matching::{Evidence, Finding, Outcome, Reading};

/// Most findings that are told; a message that repeats many claims has more than people read.
pub(super) const MOST: usize = 5;
/// Most words per finding that are told to be read as others.
const READINGS: usize = 2;
/// Most characters of such a word.
const WORD: usize = 30;

/// The findings that decided first, then the surest.
pub(super) fn lines(knowledge: &Knowledge, outcome: &Outcome, readings: &[Reading]) -> Vec<String> {
    if outcome.findings.is_empty() {
        let met = |evidence| format!("- {}", met(evidence, &evidence.text, &[]));
        return outcome.evidence.iter().take(MOST).map(met).collect();
    }
    let best = outcome.candidates.first().map(|best| best.answer.as_str());
    let mut findings: Vec<&Finding> = outcome.findings.iter().collect();
    let rank =
        |finding: &Finding| (finding.cancelled.is_some(), Some(finding.answer.as_str()) != best);
    findings.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.weight.total_cmp(&a.weight)));
    let of_first = |it: &&Finding| findings.first().is_some_and(|one| one.answer == it.answer);
    let several = !findings.iter().all(of_first);
    let of = |finding: &Finding| -> Vec<Reading> {
        readings.iter().filter(|reading| finding.has(reading)).cloned().collect()
    };
    let line = |finding: &&Finding| {
        let answer = several.then(|| numbered(knowledge, &finding.answer));
        let found = met(&finding.evidence, &finding.words(), &of(finding));
        format!("- {found}. {}", worth(finding, answer.as_deref()))
    };
    let mut lines: Vec<String> = findings.iter().take(MOST).map(line).collect();
    if let Some(more) = findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        lines.push(format!("- and {more} more"));
    }
    lines
}

/// How much a finding says, and for which answer when that has to be told.
fn worth(finding: &Finding, answer: Option<&str>) -> String {
    let strength = match finding.strength {
        Some(Strength::Strong) => "On its own this is enough for a reply",
        Some(Strength::Fair) => "On its own this is worth a look, not enough for a reply",
        Some(Strength::Weak) => "On its own this is only a hint",
        None => "The message as a whole is like this claim",
    };
    let weight = finding.weight;
    match finding.cancelled.as_deref() {
        Some(cause) => format!("It does not count: {}", quoted(cause, SHOWN)),
        None => match answer {
            Some(answer) => format!("{strength} ({weight:.2} for answer {answer})"),
            None => format!("{strength} ({weight:.2})"),
        },
    }
}

/// The phrase, the words of the message that met it, and how they were read.
fn met(evidence: &Evidence, words: &str, readings: &[Reading]) -> String {
    let (phrase, words) = (quoted(&evidence.phrase, SHOWN), quoted(words, SHOWN));
    let words =
        if words.is_empty() { String::new() } else { format!(", in the words “{words}”") };
    let read = match (evidence.distance, readings) {
        (0, []) => String::new(),
        (letters, []) => format!(", with {} read differently", limits::counted(letters, "letter")),
        (_, readings) => {
            let read: Vec<String> = readings.iter().take(READINGS).map(read_as).collect();
            let more = if readings.len() > READINGS { ", and more" } else { "" };
            format!(" ({}{more})", read.join(", "))
        }
    };
    format!("**{phrase}**{words}{read}")
}

fn read_as(reading: &Reading) -> String {
    let letters = match reading.distance {
        0 => String::new(),
        letters => format!(", {} changed", limits::counted(letters, "letter")),
    };
    let (text, read) = (quoted(&reading.text, WORD), quoted(&reading.read, WORD));
    format!("“{text}” read as “{read}”{letters}")
}
