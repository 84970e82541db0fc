//! What would have changed a decision, in sentences.

use super::super::escape::quoted;
use super::super::limits;
use super::{Tried, near, nothing_found, numbered};
use crate::knowledge::{Knowledge, Strength, Thresholds};
use crate::matching::{Change, Outcome, Reading, Tier, What};

/// Most characters of words that are named.
const WORDS: usize = 40;
/// Most words that are named in a sentence.
const NAMED: usize = 3;

/// A line for each change; `at` are the thresholds of the decision.
pub(super) fn lines(
    knowledge: &Knowledge,
    outcome: &Outcome,
    at: Thresholds,
    tried: Tried<'_>,
) -> Vec<String> {
    let nearest = tried.nearest.map(|near| near::line(knowledge, near));
    if tried.changes.is_empty() && nearest.is_none() {
        let none = if nothing_found(outcome) {
            "Words that put one of the claims. `/myth list` shows which they are."
        } else {
            "No small change: it is decided on more than one ground."
        };
        return vec![none.to_owned()];
    }
    let lines = tried.changes.iter().map(|change| {
        format!("- {}, {}.", cause(&change.what, at), result(knowledge, outcome, change))
    });
    lines.chain(nearest).collect()
}

fn cause(what: &What, at: Thresholds) -> String {
    match what {
        What::Without(words) => format!("Without {}", all(words.iter().map(String::as_str))),
        What::Unquoted(word) => {
            format!("Without the quotation marks around “{}”", quoted(word, WORDS))
        }
        What::OwnWords => "Said by the writer, and not as a quoted line or as code".to_owned(),
        What::Spelt(readings) => {
            format!(
                "Spelt as {}",
                all(readings.iter().map(|reading: &Reading| reading.read.as_str()))
            )
        }
        What::Misspelt(letters) => format!(
            "With {} misspelt in these words, as long as they can still be read",
            limits::counted(*letters, "more letter").replace("1 more letter", "one more letter")
        ),
        What::Preceded(words) => format!("With “{}” in front of it", quoted(words, WORDS)),
        What::NoException(name) => {
            format!("Without the exception “{}” in the answer's file", quoted(name, WORDS))
        }
        What::OneMore(Strength::Weak) => {
            "With one more hint of this claim elsewhere in it".to_owned()
        }
        What::OneMore(Strength::Fair) => {
            "With one more phrase of this claim elsewhere in it that is worth a look".to_owned()
        }
        What::OneMore(Strength::Strong) => {
            "With a phrase of this claim that is enough on its own".to_owned()
        }
        What::ReplyFrom(score) => {
            format!("If a reply needed {score:.2} instead of {:.2}", at.reply)
        }
        What::SuggestFrom(score) => {
            format!("If {score:.2} were enough instead of {:.2}", at.suggest)
        }
    }
}

fn all<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words
        .filter(|words| words.contains(|c: char| c.is_alphanumeric()))
        .take(NAMED)
        .map(|words| format!("“{}”", quoted(words.trim(), WORDS)))
        .collect();
    words.join(" and ")
}

fn result(knowledge: &Knowledge, outcome: &Outcome, change: &Change) -> String {
    let other = change.answer.as_deref().filter(|_| change.answer != outcome.answer);
    let answer = other.map(|id| numbered(knowledge, id));
    let instead = if outcome.answer.is_some() { " instead" } else { "" };
    match (change.tier, answer) {
        (Tier::Reply, Some(answer)) => {
            format!("the bot would have replied with answer {answer}{instead}")
        }
        (Tier::Reply, None) => "the bot would have replied".to_owned(),
        (Tier::Suggest, Some(answer)) => {
            format!("moderators would have been shown the message with answer {answer}{instead}")
        }
        (Tier::Suggest, None) => "moderators would only have been shown the message".to_owned(),
        (Tier::Silent, _) => "the bot would have kept silent".to_owned(),
    }
}
