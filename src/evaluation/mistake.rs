//! A message that did not get what it is owed, or got what it is not.

use super::tally::{Verdict, is_miss};
use super::{Message, given_from};
use crate::matching::{Outcome, Tier};

/// An error at the `reply` tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// The message with its labels.
    pub id: String,
    /// What was written.
    pub text: String,
    /// The answers owed.
    pub owed: Vec<String>,
    /// The answer given, if any.
    pub given: Option<String>,
    /// Whether something was given that is neither owed nor borderline. Else it is a miss.
    pub is_false_reply: bool,
    /// The engine's grounds.
    pub outcome: Outcome,
}

impl Mistake {
    pub(super) fn of(message: &Message, outcome: Outcome) -> Option<Self> {
        let given = given_from(&outcome, Tier::Reply);
        let is_false_reply =
            given.is_some_and(|given| Verdict::on(given, message) == Verdict::Wrong);
        if !is_false_reply && !is_miss(message, given) {
            return None;
        }
        Some(Self {
            id: message.id.clone(),
            text: message.text.clone(),
            owed: message.answers.clone(),
            given: given.map(str::to_owned),
            is_false_reply,
            outcome,
        })
    }
}

/// See [`super::Report::worst`].
pub(super) fn worst(mistakes: &[Mistake], count: usize) -> Vec<&Mistake> {
    let (mut wrong, mut missed): (Vec<_>, Vec<_>) =
        mistakes.iter().partition(|mistake| mistake.is_false_reply);
    for kind in [&mut wrong, &mut missed] {
        // Stable: equals stay in the order of the messages.
        kind.sort_by(|a, b| b.outcome.score.total_cmp(&a.outcome.score));
    }
    let room_for_misses = (count / 2).max(count.saturating_sub(wrong.len()));
    missed.truncate(room_for_misses);
    wrong.truncate(count - missed.len());
    wrong.append(&mut missed);
    wrong
}
