//! How good the engine is: labelled messages -> precision, recall, confusions, worst errors.
//!
//! # The rule
//!
//! The bot gives at most one answer to a message. It is *true* when the message owes it, *ignored*
//! when the message lists it as borderline, else *false*. A message that owes an answer and is given
//! none of those it owes is a *miss*, also when what it was given is ignored or false.
//!
//! Per answer, true, false and ignored are counted at the answer that was given. A message that owes
//! several answers misses all of them, each at its own line, when none of them was given, and none
//! when one was. So the misses of the answers can add up to more than those in all.
//!
//! Two tiers are measured: `reply`, and `suggest` or better, where a suggestion counts as given.

mod coverage;
mod explain;
mod interval;
mod json;
mod mistake;
mod overlap;
mod print;
mod tally;

use std::collections::BTreeMap;

pub use coverage::{Coverage, Usage, coverage};
pub use interval::Rate;
pub use mistake::Mistake;
pub use overlap::{Overlap, identical, overlaps};
pub use tally::{Confusion, Tally, TierReport};

use crate::matching::{Matcher, Outcome, Tier};

/// A message and what it is owed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Name of the message.
    pub id: String,
    /// What was written.
    pub text: String,
    /// Ids of the answers that it is owed.
    pub answers: Vec<String>,
    /// Ids of the answers that are near it and are not scored.
    pub borderline: Vec<String>,
    /// What to count it under besides, as a kind or a source.
    pub group: Option<String>,
}

/// What the engine did with labelled messages.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many there were.
    pub messages: u32,
    /// How many of them are owed an answer.
    pub owed: u32,
    /// What was replied.
    pub reply: TierReport,
    /// What was replied or suggested.
    pub suggest: TierReport,
    /// What was replied, by the messages' groups.
    pub groups: BTreeMap<String, Group>,
    /// Unlabelled chat, in which every reply is taken for a false one.
    pub chat: Vec<Chat>,
    /// Every error at the `reply` tier, in the order of the messages.
    pub mistakes: Vec<Mistake>,
}

/// The messages of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// How many there were.
    pub messages: u32,
    /// What was replied to them.
    pub reply: Tally,
}

/// A file of unlabelled chat in which nothing is owed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chat {
    /// Name of the file.
    pub file: String,
    /// How many messages it has.
    pub lines: u32,
    /// How many of them got a reply.
    pub replies: u32,
    /// How many of them got a reply or a suggestion.
    pub suggest_or_better: u32,
}

/// Runs the engine over labelled messages.
pub fn evaluate<'m>(matcher: &Matcher, messages: impl IntoIterator<Item = &'m Message>) -> Report {
    let mut report = Report::default();
    for message in messages {
        report.add(message, matcher.find(&message.text));
    }
    report
}

impl Report {
    /// Counts the engine's decision on a message.
    pub fn add(&mut self, message: &Message, outcome: Outcome) {
        self.messages += 1;
        self.owed += u32::from(!message.answers.is_empty());
        let replied = given_from(&outcome, Tier::Reply);
        self.reply.add(message, replied);
        self.suggest.add(message, given_from(&outcome, Tier::Suggest));
        if let Some(name) = &message.group {
            let group = self.groups.entry(name.clone()).or_default();
            group.messages += 1;
            group.reply.add(message, replied);
        }
        self.mistakes.extend(Mistake::of(message, outcome));
    }

    /// Runs the engine over chat in which nothing is owed; every reply is a mistake.
    pub fn add_chat<'t>(
        &mut self,
        matcher: &Matcher,
        file: &str,
        lines: impl IntoIterator<Item = &'t str>,
    ) {
        let mut chat = Chat { file: file.to_owned(), ..Chat::default() };
        for line in lines {
            chat.lines += 1;
            let outcome = matcher.find(line);
            chat.suggest_or_better += u32::from(given_from(&outcome, Tier::Suggest).is_some());
            if given_from(&outcome, Tier::Reply).is_some() {
                chat.replies += 1;
                let id = format!("{file}:{}", chat.lines);
                let message = Message { id, text: line.to_owned(), ..Message::default() };
                self.mistakes.extend(Mistake::of(&message, outcome));
            }
        }
        self.chat.push(chat);
    }

    /// The `count` worst errors: half of them false replies, half misses, each kind by descending
    /// score; when one kind has fewer, the other fills up.
    #[must_use]
    pub fn worst(&self, count: usize) -> Vec<&Mistake> {
        mistake::worst(&self.mistakes, count)
    }

    /// The report for people, with the `errors` worst errors explained.
    #[must_use]
    pub fn text(&self, errors: usize) -> String {
        print::report(self, errors)
    }

    /// The report for programs, with the `errors` worst errors explained.
    #[must_use]
    pub fn json(&self, errors: usize) -> serde_json::Value {
        json::report(self, errors)
    }
}

/// The answer that a message gets when everything from `tier` on is given.
fn given_from(outcome: &Outcome, tier: Tier) -> Option<&str> {
    outcome.answer.as_deref().filter(|_| outcome.tier >= tier)
}

/// `count` in 10,000 `of`; 0 of nothing.
fn per_ten_thousand(count: u32, of: u32) -> f64 {
    if of == 0 { 0.0 } else { 10_000.0 * f64::from(count) / f64::from(of) }
}

#[cfg(test)]
mod tests;
