//! Explains a decision to someone who has never seen the inside of the bot.

use super::escape::quoted;
use super::page::Page;
use super::{Card, limits};
use crate::knowledge::{Knowledge, Myth, Strength, Thresholds};
use crate::matching::{Evidence, Finding, Outcome, Stance, Tier};

/// Most characters of a phrase and of a message's words. With [`FINDINGS`] so many that the card
/// fits Discord even when each of them has to be escaped.
const SHOWN: usize = 120;
/// Most findings that are told; a message that repeats many claims has more than people read.
const FINDINGS: usize = 5;

/// What was decided about a message, on which words, how sure it is, and what would have changed
/// it. The words of the message are quoted so that they cannot act.
#[must_use]
pub fn why(knowledge: &Knowledge, outcome: &Outcome) -> Card {
    why_with(knowledge, outcome, *knowledge.pack.thresholds.get_ref())
}

/// The same for a decision that was made with the thresholds `at`, as they may have been long ago.
/// Evidence whose words were not kept is shown without them.
#[must_use]
pub fn why_with(knowledge: &Knowledge, outcome: &Outcome, at: Thresholds) -> Card {
    let title = match outcome.tier {
        Tier::Reply => "Why the bot replied",
        Tier::Suggest => "Why the bot asked moderators to look",
        Tier::Silent => "Why the bot kept silent",
    };
    let parts = [
        limits::fields("What was found", &found(knowledge, outcome)),
        Vec::from_iter(limits::field("What the message does", stance(outcome))),
        Vec::from_iter(limits::field("How sure", &score(outcome, at))),
        Vec::from_iter(limits::field("What would have changed it", &change(outcome, at))),
    ];
    limits::fit(Card {
        title: title.to_owned(),
        body: decision(knowledge, outcome),
        fields: parts.into_iter().flatten().collect(),
        ..Card::default()
    })
}

fn nothing_found(outcome: &Outcome) -> bool {
    outcome.findings.is_empty() && outcome.evidence.is_empty() && outcome.answer.is_none()
}

fn decision(knowledge: &Knowledge, outcome: &Outcome) -> String {
    if nothing_found(outcome) {
        return match knowledge.myths.len() {
            1 => "The only claim that the bot knows was not found in the message.".to_owned(),
            count => format!("None of the {count} claims was found in the message."),
        };
    }
    let answer = outcome.answer.as_deref().map(|id| named(knowledge, id)).unwrap_or_default();
    let decided = match outcome.tier {
        Tier::Reply => format!("It replied with answer {answer}."),
        Tier::Suggest => {
            format!("It said nothing, but shows moderators the message with answer {answer}.")
        }
        Tier::Silent => "It said nothing.".to_owned(),
    };
    match quoted(&outcome.reason, 2 * SHOWN) {
        reason if reason.is_empty() => decided,
        reason => format!("{decided} The reason: {reason}."),
    }
}

/// An answer by number, title and id.
fn named(knowledge: &Knowledge, id: &str) -> String {
    let Some(myth) = knowledge.myth(id) else {
        return format!("`{id}`");
    };
    let title = Page::new(knowledge, myth, knowledge.main_language()).title();
    format!("{}, **{title}** (`{id}`)", myth.number())
}

fn found(knowledge: &Knowledge, outcome: &Outcome) -> Vec<String> {
    if outcome.findings.is_empty() {
        return outcome.evidence.iter().take(FINDINGS).map(met).collect();
    }
    let line = |finding: &Finding| {
        let number = knowledge.myth(&finding.answer).map_or(0, Myth::number);
        let strength = match finding.strength {
            Some(Strength::Strong) => "is enough for a reply",
            Some(Strength::Fair) => "is worth a look, not enough for a reply",
            Some(Strength::Weak) => "is only a hint",
            None => "was found because the words are alike",
        };
        let cancelled = finding.cancelled.as_deref().map_or_else(String::new, |cancelled| {
            format!(". It does not count: {}", quoted(cancelled, SHOWN))
        });
        format!(
            "{}. On its own this {strength} (answer {number}){cancelled}",
            met(&finding.evidence)
        )
    };
    outcome.findings.iter().take(FINDINGS).map(line).collect()
}

/// The phrase, and the words of the message that met it.
fn met(evidence: &Evidence) -> String {
    let letters = match evidence.distance {
        0 => String::new(),
        letters => format!(", with {} read differently", limits::counted(letters, "letter")),
    };
    let (phrase, words) = (quoted(&evidence.phrase, SHOWN), quoted(&evidence.text, SHOWN));
    if words.is_empty() {
        return format!("- **{phrase}**{letters}");
    }
    format!("- **{phrase}**, in the words “{words}”{letters}")
}

fn stance(outcome: &Outcome) -> &'static str {
    match outcome.stance {
        Stance::None => "It neither states nor asks any of the claims.",
        Stance::Asserts => "It states the claim.",
        Stance::Asks => "It asks whether the claim is true.",
        Stance::Denies => {
            "It rejects the claim, quotes it to refute it, or makes fun of it. Then there is \
             nothing to answer."
        }
    }
}

fn score(outcome: &Outcome, at: Thresholds) -> String {
    let next = match outcome.candidates.get(1) {
        Some(next) => format!(" The next best answer is `{}` with {:.2}.", next.answer, next.score),
        None => String::new(),
    };
    format!(
        "{:.2} of 1. From {:.2} on the bot replies, from {:.2} on it shows moderators the \
         message.{next}",
        outcome.score, at.reply, at.suggest
    )
}

fn change(outcome: &Outcome, at: Thresholds) -> String {
    if nothing_found(outcome) {
        return "Words that put one of the claims. `/myth list` shows which they are.".to_owned();
    }
    match outcome.tier {
        Tier::Reply => format!(
            "Words that reject the claim, such as “it is a myth that”, or less clear words, with a \
             score below {:.2}.",
            at.reply
        ),
        Tier::Suggest => format!(
            "A score higher by {:.2}, for example by a second phrase of the same answer, would have \
             made it a reply.",
            at.reply - outcome.score
        ),
        Tier::Silent => match outcome.findings.iter().find(|found| found.cancelled.is_some()) {
            Some(finding) => uncancelled(finding, at),
            None => format!(
                "A score higher by {:.2} would have shown moderators the message, one higher by \
                 {:.2} would have made it a reply.",
                at.suggest - outcome.score,
                at.reply - outcome.score
            ),
        },
    }
}

/// What would have come of a finding that something cancelled.
fn uncancelled(finding: &Finding, at: Thresholds) -> String {
    let result = match finding.weight {
        weight if weight >= at.reply => "enough for a reply",
        weight if weight >= at.suggest => "enough to show moderators the message",
        _ => "still too little",
    };
    format!(
        "Had nothing cancelled “{}”, it would have counted with {:.2}: {result}.",
        quoted(&finding.evidence.phrase, SHOWN),
        finding.weight
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;
    use crate::matching::Candidate;

    fn outcome(tier: Tier, score: f32, stance: Stance, findings: Vec<Finding>) -> Outcome {
        let candidate = |answer: &str, score| Candidate { answer: answer.to_owned(), score };
        Outcome {
            tier,
            answer: (tier > Tier::Silent).then(|| "blind-bats".to_owned()),
            score,
            stance,
            reason: "bats are blind (score as below)".to_owned(),
            evidence: findings.iter().map(|finding| finding.evidence.clone()).collect(),
            candidates: vec![candidate("blind-bats", score), candidate("goldfish-memory", 0.05)],
            findings,
        }
    }

    fn finding(weight: f32, strength: Strength, cancelled: Option<&str>) -> Finding {
        Finding {
            answer: "blind-bats".to_owned(),
            evidence: Evidence {
                phrase: "bats are blind".to_owned(),
                text: "**bats** are blnd".to_owned(),
                span: [0, 17],
                distance: 1,
            },
            strength: Some(strength),
            weight,
            cancelled: cancelled.map(str::to_owned),
        }
    }

    fn told(outcome: &Outcome) -> String {
        text(&why(&fixture::knowledge(), outcome), 80, Style::Plain)
    }

    #[test]
    fn a_reply() {
        let found = vec![finding(0.9, Strength::Strong, None)];
        insta::assert_snapshot!(told(&outcome(Tier::Reply, 0.9, Stance::Asserts, found)), @r#"
        │ Why the bot replied
        │
        │ It replied with answer 1, Bats can see (blind-bats). The reason: bats are
        │ blind (score as below).
        │
        │ What was found
        │ - bats are blind, in the words “**bats** are blnd”, with 1 letter read
        │   differently. On its own this is enough for a reply (answer 1)
        │
        │ What the message does
        │ It states the claim.
        │
        │ How sure
        │ 0.90 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
        │ message. The next best answer is goldfish-memory with 0.05.
        │
        │ What would have changed it
        │ Words that reject the claim, such as “it is a myth that”, or less clear words,
        │ with a score below 0.70.
        "#);
    }

    #[test]
    fn a_suggestion() {
        let found = vec![finding(0.5, Strength::Fair, None)];
        insta::assert_snapshot!(told(&outcome(Tier::Suggest, 0.5, Stance::Asks, found)), @r#"
        │ Why the bot asked moderators to look
        │
        │ It said nothing, but shows moderators the message with answer 1, Bats can see
        │ (blind-bats). The reason: bats are blind (score as below).
        │
        │ What was found
        │ - bats are blind, in the words “**bats** are blnd”, with 1 letter read
        │   differently. On its own this is worth a look, not enough for a reply (answer
        │   1)
        │
        │ What the message does
        │ It asks whether the claim is true.
        │
        │ How sure
        │ 0.50 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
        │ message. The next best answer is goldfish-memory with 0.05.
        │
        │ What would have changed it
        │ A score higher by 0.20, for example by a second phrase of the same answer,
        │ would have made it a reply.
        "#);
    }

    #[test]
    fn a_rejected_claim() {
        let cause = Some("“myth” rejects what its sentence says");
        let found = vec![finding(0.9, Strength::Strong, cause)];
        insta::assert_snapshot!(told(&outcome(Tier::Silent, 0.0, Stance::Denies, found)), @r#"
        │ Why the bot kept silent
        │
        │ It said nothing. The reason: bats are blind (score as below).
        │
        │ What was found
        │ - bats are blind, in the words “**bats** are blnd”, with 1 letter read
        │   differently. On its own this is enough for a reply (answer 1). It does not
        │   count: “myth” rejects what its sentence says
        │
        │ What the message does
        │ It rejects the claim, quotes it to refute it, or makes fun of it. Then there
        │ is nothing to answer.
        │
        │ How sure
        │ 0.00 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
        │ message. The next best answer is goldfish-memory with 0.05.
        │
        │ What would have changed it
        │ Had nothing cancelled “bats are blind”, it would have counted with 0.90:
        │ enough for a reply.
        "#);
    }

    #[test]
    fn too_little() {
        let found = vec![finding(0.2, Strength::Weak, None)];
        insta::assert_snapshot!(told(&outcome(Tier::Silent, 0.2, Stance::Asserts, found)), @r#"
        │ Why the bot kept silent
        │
        │ It said nothing. The reason: bats are blind (score as below).
        │
        │ What was found
        │ - bats are blind, in the words “**bats** are blnd”, with 1 letter read
        │   differently. On its own this is only a hint (answer 1)
        │
        │ What the message does
        │ It states the claim.
        │
        │ How sure
        │ 0.20 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
        │ message. The next best answer is goldfish-memory with 0.05.
        │
        │ What would have changed it
        │ A score higher by 0.20 would have shown moderators the message, one higher by
        │ 0.50 would have made it a reply.
        "#);
    }

    #[test]
    fn nothing() {
        let nothing = Outcome {
            reason: "no claim was found".to_owned(),
            candidates: vec![],
            ..outcome(Tier::Silent, 0.0, Stance::None, vec![])
        };
        insta::assert_snapshot!(told(&nothing), @r#"
        │ Why the bot kept silent
        │
        │ None of the 2 claims was found in the message.
        │
        │ What the message does
        │ It neither states nor asks any of the claims.
        │
        │ How sure
        │ 0.00 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
        │ message.
        │
        │ What would have changed it
        │ Words that put one of the claims. /myth list shows which they are.
        "#);
    }

    #[test]
    fn the_worst_message_leaves_nothing_out() {
        let stars = "*".repeat(500);
        let mut worst = finding(0.9, Strength::Fair, Some(&stars));
        worst.evidence.phrase.clone_from(&stars);
        worst.evidence.text.clone_from(&stars);
        let mut outcome = outcome(Tier::Silent, 0.0, Stance::Denies, vec![worst; 9]);
        outcome.reason = stars;
        let card = why(&fixture::knowledge(), &outcome);
        assert!(limits::card_length(&card) <= limits::CARD);
        assert!(card.body.ends_with("….") && card.fields.len() == FINDINGS + 3, "{card:?}");
    }

    #[test]
    fn words_of_the_message_cannot_act() {
        let found = vec![finding(0.9, Strength::Strong, None)];
        let card = why(&fixture::knowledge(), &outcome(Tier::Reply, 0.9, Stance::Asserts, found));
        assert!(card.fields[0].value.contains(r"“\*\*bats\*\* are blnd”"), "{card:?}");
    }
}
