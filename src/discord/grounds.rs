//! Why the bot replied, as it is kept for the button *Why this reply?*: names of phrases, scores and
//! thresholds, and none of the words of the message.

use serde::{Deserialize, Serialize};

use crate::knowledge::{Strength, Thresholds};
use crate::matching::{Candidate, Evidence, Finding, Outcome, Stance, Tier};

/// What is kept of an [`Outcome`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Grounds {
    answer: String,
    score: f32,
    asks: bool,
    reason: String,
    found: Vec<Found>,
    /// The next best answer.
    next: Option<(String, f32)>,
    /// Thresholds for replies and for suggestions at that time.
    thresholds: (f32, f32),
    /// The phrase of the server's own that is tied to the answer, as moderators wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Found {
    answer: String,
    phrase: String,
    distance: usize,
    strength: Option<Strength>,
    weight: f32,
}

impl Grounds {
    /// What is kept of a decision to reply with `answer`. What was cancelled is no ground, and its
    /// cause may name words of the message.
    pub(super) fn new(answer: &str, outcome: &Outcome, at: Thresholds) -> Self {
        let counted = outcome.findings.iter();
        let counted = counted.filter(|finding| finding.cancelled.is_none());
        let found = counted.map(|finding| Found {
            answer: finding.answer.clone(),
            phrase: finding.evidence.phrase.clone(),
            distance: finding.evidence.distance,
            strength: finding.strength,
            weight: finding.weight,
        });
        let next = outcome.candidates.get(1);
        Self {
            answer: answer.to_owned(),
            score: outcome.score,
            asks: outcome.stance == Stance::Asks,
            reason: outcome.reason.clone(),
            found: found.collect(),
            next: next.map(|next| (next.answer.clone(), next.score)),
            thresholds: (at.reply, at.suggest),
            own: None,
        }
    }

    /// The phrases and patterns that spoke for the answer, each once; none when moderators tied words of
    /// their own to it.
    pub(super) fn phrases(&self) -> Vec<&str> {
        let mut phrases = Vec::new();
        for found in self.found.iter().filter(|found| found.answer == self.answer) {
            if !phrases.contains(&found.phrase.as_str()) {
                phrases.push(&found.phrase);
            }
        }
        phrases
    }

    /// What is kept of a decision to reply with `answer` because a message says a phrase of the
    /// server's own. What the engine thought of it is no ground, and may name words of the message.
    pub(super) fn of_own(answer: &str, at: Thresholds, phrase: &str) -> Self {
        Self { own: Some(phrase.to_owned()), ..Self::new(answer, &Outcome::default(), at) }
    }

    /// The answer, and the phrase of the server's own because of which it was given.
    pub(super) fn own(&self) -> Option<(&str, &str)> {
        self.own.as_deref().map(|phrase| (self.answer.as_str(), phrase))
    }

    /// The decision without the words of the message, and the thresholds of that time.
    pub(super) fn into_outcome(self) -> (Outcome, Thresholds) {
        let findings = self.found.into_iter().map(|found| Finding {
            answer: found.answer,
            evidence: Evidence {
                phrase: found.phrase,
                text: String::new(),
                span: [0, 0],
                distance: found.distance,
            },
            strength: found.strength,
            weight: found.weight,
            ..Finding::default()
        });
        let findings: Vec<Finding> = findings.collect();
        let best = (self.answer.clone(), self.score);
        let candidates = std::iter::once(best).chain(self.next);
        let outcome = Outcome {
            tier: Tier::Reply,
            answer: Some(self.answer),
            score: self.score,
            stance: if self.asks { Stance::Asks } else { Stance::Asserts },
            reason: self.reason,
            evidence: findings.iter().map(|finding| finding.evidence.clone()).collect(),
            candidates: candidates.map(|(answer, score)| Candidate { answer, score }).collect(),
            findings,
            words: 0,
        };
        let at = Thresholds { reply: self.thresholds.0, suggest: self.thresholds.1 };
        (outcome, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;
    use crate::matching::Matcher;

    #[test]
    fn no_word_of_the_message_is_kept() {
        let knowledge = fixture::knowledge();
        let outcome = Matcher::new(&knowledge).find("I swear, BATS are BLINDED and quiet");
        assert_eq!(outcome.tier, Tier::Reply, "{outcome:?}");
        let at = *knowledge.pack.thresholds.get_ref();
        let grounds = Grounds::new("blind-bats", &outcome, at);
        let kept = serde_json::to_string(&grounds).expect("JSON");
        for word in ["swear", "BLINDED", "quiet"] {
            assert!(!kept.contains(word), "{kept}");
        }
        let read: Grounds = serde_json::from_str(&kept).expect("grounds");
        assert_eq!(read.phrases(), ["bats are blind"]);
        let (again, thresholds) = read.into_outcome();
        assert_eq!(thresholds, at);
        assert_eq!(again.candidates, outcome.candidates);
        assert_eq!(again.reason, outcome.reason);
    }

    #[test]
    fn of_a_phrase_of_the_servers_own_the_phrase_is_kept() {
        let at = Thresholds { reply: 0.7, suggest: 0.4 };
        let grounds = Grounds::of_own("blind-bats", at, "Night flyers!");
        let kept = serde_json::to_string(&grounds).expect("JSON");
        let read: Grounds = serde_json::from_str(&kept).expect("grounds");
        assert_eq!(read.own(), Some(("blind-bats", "Night flyers!")));
        let old = kept.replace(r#","own":"Night flyers!""#, "");
        let read: Grounds = serde_json::from_str(&old).expect("grounds of before");
        assert_eq!(read.own(), None);
    }
}
