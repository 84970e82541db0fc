//! A decision as one JSON object, the same for `match` and `chat --json`.

use serde::{Serialize, Serializer};

use crate::cards::{self, Card, Style};
use crate::matching::{Candidate, Evidence, Outcome, Stance, Tier};

/// Columns that no line of an explanation reaches.
const UNBROKEN: usize = 10_000;

/// What `mythbot match` writes for a message.
#[derive(Debug, Serialize)]
pub(super) struct Decision<'a, Id> {
    /// As the message had it.
    id: Id,
    #[serde(rename = "decision")]
    tier: Tier,
    answer: Option<&'a str>,
    #[serde(serialize_with = "three_decimals")]
    score: f32,
    stance: Stance,
    reason: &'a str,
    evidence: &'a [Evidence],
    #[serde(serialize_with = "nearest")]
    candidates: &'a [Candidate],
    /// What `/why` would say, a line each; only when it was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<String>,
}

impl<'a, Id: Serialize> Decision<'a, Id> {
    /// The decision `outcome` on the message `id`, with at most `top` candidates.
    pub(super) fn new(id: Id, outcome: &'a Outcome, top: usize) -> Self {
        Self {
            id,
            tier: outcome.tier,
            answer: outcome.answer.as_deref(),
            score: outcome.score,
            stance: outcome.stance,
            reason: &outcome.reason,
            evidence: &outcome.evidence,
            candidates: outcome.candidates.get(..top).unwrap_or(&outcome.candidates),
            explanation: Vec::new(),
        }
    }

    /// The same with what the card `why` says.
    pub(super) fn explained(self, why: &Card) -> Self {
        let drawn = cards::text(why, UNBROKEN, Style::Plain);
        let lines = drawn.lines().map(|line| line.trim_start_matches(['│', ' ']).to_owned());
        Self { explanation: lines.filter(|line| !line.is_empty()).collect(), ..self }
    }
}

/// `score` with three decimals: more would only pretend to know more.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn three_decimals<S: Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(rounded(*score))
}

fn nearest<S: Serializer>(candidates: &[Candidate], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Near<'a> {
        answer: &'a str,
        score: f64,
    }
    serializer.collect_seq(
        candidates.iter().map(|near| Near { answer: &near.answer, score: rounded(near.score) }),
    )
}
