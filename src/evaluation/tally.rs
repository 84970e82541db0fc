//! Counting by the rule.

use std::collections::BTreeMap;

use super::{Message, Rate};

/// Counts, in all or for one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Given and owed.
    pub right: u32,
    /// Given and neither owed nor borderline.
    pub wrong: u32,
    /// Owed and not given.
    pub missed: u32,
    /// Given and borderline.
    pub ignored: u32,
}

/// What was given when everything from one tier on is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TierReport {
    /// Messages.
    pub all: Tally,
    /// By answer.
    pub answers: BTreeMap<String, Tally>,
    /// Messages that did not get what they are owed, or got what they are not.
    pub confusions: Vec<Confusion>,
}

/// Messages that are owed one thing and were given another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// The answers owed.
    pub owed: Vec<String>,
    /// The answer given, if any.
    pub given: Option<String>,
    /// How many messages.
    pub count: u32,
}

/// What becomes of the answer that a message was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    Wrong,
    Ignored,
}

impl Verdict {
    pub(super) fn on(given: &str, message: &Message) -> Self {
        let listed = |ids: &[String]| ids.iter().any(|id| id == given);
        if listed(&message.answers) {
            Self::Right
        } else if listed(&message.borderline) {
            Self::Ignored
        } else {
            Self::Wrong
        }
    }
}

/// Whether the message is owed an answer and was given none of those.
pub(super) fn is_miss(message: &Message, given: Option<&str>) -> bool {
    !message.answers.is_empty() && !message.answers.iter().any(|id| Some(id.as_str()) == given)
}

impl Tally {
    /// Counts one message.
    pub(super) fn add(&mut self, message: &Message, given: Option<&str>) {
        if let Some(given) = given {
            self.count(Verdict::on(given, message));
        }
        self.missed += u32::from(is_miss(message, given));
    }

    fn count(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Right => &mut self.right,
            Verdict::Wrong => &mut self.wrong,
            Verdict::Ignored => &mut self.ignored,
        } += 1;
    }

    /// Everything that was given.
    #[must_use]
    pub fn given(&self) -> u32 {
        self.right + self.wrong + self.ignored
    }

    /// How much of what was given is owed.
    #[must_use]
    pub fn precision(&self) -> Option<Rate> {
        Rate::of(self.right, self.right + self.wrong)
    }

    /// How much of what is owed was given.
    #[must_use]
    pub fn recall(&self) -> Option<Rate> {
        Rate::of(self.right, self.right + self.missed)
    }

    /// F0.5, the mean of the two in which precision counts more.
    #[must_use]
    pub fn f_half(&self) -> Option<f64> {
        let (precision, recall) = (self.precision()?.value, self.recall()?.value);
        let below = 0.25 * precision + recall;
        Some(if below > 0.0 { 1.25 * precision * recall / below } else { 0.0 })
    }
}

impl TierReport {
    pub(super) fn add(&mut self, message: &Message, given: Option<&str>) {
        self.all.add(message, given);
        let verdict = given.map(|given| Verdict::on(given, message));
        if let (Some(given), Some(verdict)) = (given, verdict) {
            self.answer(given).count(verdict);
        }
        let missed = is_miss(message, given);
        if missed {
            for owed in &message.answers {
                self.answer(owed).missed += 1;
            }
        }
        if missed || verdict == Some(Verdict::Wrong) {
            self.confuse(&message.answers, given);
        }
    }

    fn answer(&mut self, id: &str) -> &mut Tally {
        self.answers.entry(id.to_owned()).or_default()
    }

    fn confuse(&mut self, owed: &[String], given: Option<&str>) {
        let same = |seen: &&mut Confusion| seen.owed == owed && seen.given.as_deref() == given;
        if let Some(seen) = self.confusions.iter_mut().find(same) {
            seen.count += 1;
        } else {
            let given = given.map(str::to_owned);
            self.confusions.push(Confusion { owed: owed.to_vec(), given, count: 1 });
        }
    }

    /// The confusions, most frequent first.
    #[must_use]
    pub fn confusions_by_count(&self) -> Vec<&Confusion> {
        let mut sorted: Vec<_> = self.confusions.iter().collect();
        sorted.sort_by(|a, b| (b.count, &a.owed, &a.given).cmp(&(a.count, &b.owed, &b.given)));
        sorted
    }
}
