use super::*;
use crate::cards::{Style, text};
use crate::knowledge::Strength;
use crate::knowledge::fixture;
use crate::matching::{Candidate, Evidence, Reading, What};

fn outcome(tier: Tier, score: f32, stance: Stance, findings: Vec<Finding>) -> Outcome {
    let candidate = |answer: &str, score| Candidate { answer: answer.to_owned(), score };
    Outcome {
        tier,
        answer: (tier > Tier::Silent).then(|| "blind-bats".to_owned()),
        score,
        stance,
        reason: "bats are blind (score as below)".to_owned(),
        evidence: findings.iter().map(|finding| finding.evidence.clone()).collect(),
        candidates: match stance {
            Stance::Denies => vec![],
            _ => vec![candidate("blind-bats", score), candidate("goldfish-memory", 0.05)],
        },
        findings,
        words: 9,
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
        parts: vec![[2, 6], [13, 17]],
        strength: Some(strength),
        weight,
        cancelled: cancelled.map(str::to_owned),
        ..Finding::default()
    }
}

fn told(outcome: &Outcome) -> String {
    text(&kept(outcome), 80, Style::Plain)
}

/// The explanation of a made-up decision.
fn kept(outcome: &Outcome) -> Card {
    let knowledge = fixture::knowledge();
    let at = *knowledge.pack.thresholds.get_ref();
    let changes = &matching::arithmetic(outcome, at);
    card(&knowledge, outcome, at, Tried { readings: &[reading()], changes, nearest: None })
}

fn reading() -> Reading {
    let (text, read) = ("blnd".to_owned(), "blind".to_owned());
    Reading { text, span: [13, 17], read, distance: 1 }
}

/// The explanation of what the engine decides on a message.
fn explained(message: &str) -> String {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    text(&why(&knowledge, &matcher, message, &matcher.find(message)), 80, Style::Plain)
}

#[test]
fn a_reply() {
    let found = vec![finding(0.9, Strength::Strong, None)];
    insta::assert_snapshot!(told(&outcome(Tier::Reply, 0.9, Stance::Asserts, found)), @r"
    │ Why the bot replied
    │
    │ It replied with answer 1, Bats can see (blind-bats): the message makes the
    │ claim of this answer.
    │
    │ What was found
    │ - bats are blind, in the words “bats … blnd” (“blnd” read as “blind”, 1 letter
    │   changed). On its own this is enough for a reply (0.90)
    │
    │ What the message does
    │ It states the claim.
    │
    │ How sure
    │ 0.90 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message. The next best answer is 2 with 0.05.
    │
    │ What would have changed it
    │ - With 6 more letters misspelt in these words, as long as they can still be
    │   read, moderators would only have been shown the message.
    │ - If a reply needed 0.91 instead of 0.70, moderators would only have been
    │   shown the message.
    ");
}

#[test]
fn a_suggestion() {
    let found = vec![finding(0.5, Strength::Fair, None)];
    insta::assert_snapshot!(told(&outcome(Tier::Suggest, 0.5, Stance::Asks, found)), @r"
    │ Why the bot asked moderators to look
    │
    │ It said nothing, but shows moderators the message with answer 1, Bats can see
    │ (blind-bats): the message may well be about its claim, and that is not sure
    │ enough for a reply.
    │
    │ What was found
    │ - bats are blind, in the words “bats … blnd” (“blnd” read as “blind”, 1 letter
    │   changed). On its own this is worth a look, not enough for a reply (0.50)
    │
    │ What the message does
    │ It asks whether the claim is true. Questions get a reply, too.
    │
    │ How sure
    │ 0.50 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message. The next best answer is 2 with 0.05.
    │
    │ What would have changed it
    │ - With one more phrase of this claim elsewhere in it that is worth a look, the
    │   bot would have replied.
    │ - If a reply needed 0.50 instead of 0.70, the bot would have replied.
    ");
}

#[test]
fn a_rejected_claim() {
    let cause = Some("“myth” rejects what its sentence says");
    let found = vec![finding(0.9, Strength::Strong, cause)];
    insta::assert_snapshot!(told(&outcome(Tier::Silent, 0.0, Stance::Denies, found)), @r"
    │ Why the bot kept silent
    │
    │ It said nothing: a claim was found, but “myth” rejects what its sentence says.
    │
    │ What was found
    │ - bats are blind, in the words “bats … blnd” (“blnd” read as “blind”, 1 letter
    │   changed). It does not count: “myth” rejects what its sentence says
    │
    │ What the message does
    │ It rejects the claim, quotes it to refute it, or makes fun of it. Then there
    │ is nothing to answer.
    │
    │ How sure
    │ 0.00 of 1, because what was found (worth 0.90) does not count. From 0.70 on
    │ the bot replies, from 0.40 on it shows moderators the message.
    │
    │ What would have changed it
    │ No small change: it is decided on more than one ground.
    ");
}

#[test]
fn too_little() {
    let found = vec![finding(0.2, Strength::Weak, None)];
    insta::assert_snapshot!(told(&outcome(Tier::Silent, 0.2, Stance::Asserts, found)), @r"
    │ Why the bot kept silent
    │
    │ It said nothing: there are only hints of the claim of answer 1, Bats can see
    │ (blind-bats).
    │
    │ What was found
    │ - bats are blind, in the words “bats … blnd” (“blnd” read as “blind”, 1 letter
    │   changed). On its own this is only a hint (0.20)
    │
    │ What the message does
    │ It states the claim.
    │
    │ How sure
    │ 0.20 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message. The next best answer is 2 with 0.05.
    │
    │ What would have changed it
    │ - With one more hint of this claim elsewhere in it, moderators would have been
    │   shown the message with answer 1.
    │ - If 0.20 were enough instead of 0.40, moderators would have been shown the
    │   message with answer 1.
    ");
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
    worst.parts = vec![[0, 500]];
    let readings = vec![Reading { text: stars.clone(), read: stars.clone(), ..reading() }; 9];
    let outcome = Outcome {
        candidates: vec![],
        ..outcome(Tier::Silent, 0.0, Stance::Denies, vec![worst; 9])
    };
    let what = What::Without(vec![stars; 9]);
    let change = Change { what, tier: Tier::Reply, answer: Some("blind-bats".to_owned()) };
    let knowledge = fixture::knowledge();
    let at = *knowledge.pack.thresholds.get_ref();
    let card = card(
        &knowledge,
        &outcome,
        at,
        Tried { readings: &readings, changes: &vec![change; 3], nearest: None },
    );
    assert!(limits::card_length(&card) < limits::CARD, "{}", limits::card_length(&card));
    let told: String = card.fields.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(told.matches("in the words").count(), found::MOST, "{card:?}");
    assert_eq!(told.matches("would have replied").count(), 3, "{card:?}");
    assert!(card.fields.iter().all(|field| field.value.chars().count() <= limits::FIELD_VALUE));
}

#[test]
fn words_of_the_message_cannot_act() {
    let mut found = finding(0.9, Strength::Strong, None);
    found.parts[0] = [0, 8];
    let card = kept(&outcome(Tier::Reply, 0.9, Stance::Asserts, vec![found]));
    assert!(card.fields[0].value.contains(r"“\*\*bats\*\* … blnd”"), "{card:?}");
}

#[test]
fn a_misspelt_claim() {
    insta::assert_snapshot!(explained("a flyng mouse is blind"), @r"
    │ Why the bot replied
    │
    │ It replied with answer 1, Bats can see (blind-bats): the message makes the
    │ claim of this answer.
    │
    │ What was found
    │ - bats are blind, in the words “flyng mouse … blind” (“flyng” read as
    │   “flying”, 1 letter changed). On its own this is enough for a reply (0.82)
    │
    │ What the message does
    │ It states the claim.
    │
    │ How sure
    │ 0.82 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message.
    │
    │ What would have changed it
    │ - Without “flyng mouse”, the bot would have kept silent.
    │ - With 6 more letters misspelt in these words, as long as they can still be
    │   read, moderators would only have been shown the message.
    │ - If a reply needed 0.83 instead of 0.70, moderators would only have been
    │   shown the message.
    ");
}

#[test]
fn a_question() {
    insta::assert_snapshot!(explained("are bats blind?"), @r"
    │ Why the bot replied
    │
    │ It replied with answer 1, Bats can see (blind-bats): the message asks about
    │ the claim of this answer.
    │
    │ What was found
    │ - bats are blind, in the words “bats blind”. On its own this is enough for a
    │   reply (0.85)
    │
    │ What the message does
    │ It asks whether the claim is true (it ends with a question mark). Questions
    │ get a reply, too.
    │
    │ How sure
    │ 0.85 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message.
    │
    │ What would have changed it
    │ - Without “bats”, the bot would have kept silent.
    │ - With 7 more letters misspelt in these words, as long as they can still be
    │   read, moderators would only have been shown the message.
    │ - If a reply needed 0.86 instead of 0.70, moderators would only have been
    │   shown the message.
    ");
}

#[test]
fn a_negated_claim() {
    insta::assert_snapshot!(explained("bats are _not_ blind"), @r"
    │ Why the bot kept silent
    │
    │ It said nothing: a claim was found, but the claim is negated (“not”).
    │
    │ What was found
    │ - bats are blind, in the words “bats … blind”. It does not count: the claim is
    │   negated (“not”)
    │
    │ What the message does
    │ It rejects the claim, quotes it to refute it, or makes fun of it. Then there
    │ is nothing to answer.
    │
    │ How sure
    │ 0.00 of 1, because what was found (worth 0.85) does not count. From 0.70 on
    │ the bot replies, from 0.40 on it shows moderators the message.
    │
    │ What would have changed it
    │ - Without “not”, the bot would have replied with answer 1.
    ");
}

#[test]
fn an_exception() {
    insta::assert_snapshot!(explained("the blind bat is blind"), @r"
    │ Why the bot kept silent
    │
    │ It said nothing: a claim was found, but it reads as something else: blind as a
    │ bat.
    │
    │ What was found
    │ - bats are blind, in the words “bat … blind”. It does not count: it reads as
    │   something else: blind as a bat
    │
    │ What the message does
    │ It uses words of the claim for something else. Then there is nothing to
    │ answer.
    │
    │ How sure
    │ 0.00 of 1, because what was found (worth 0.85) does not count. From 0.70 on
    │ the bot replies, from 0.40 on it shows moderators the message.
    │
    │ What would have changed it
    │ - Without the exception “blind as a bat” in the answer's file, the bot would
    │   have replied with answer 1.
    ");
}

#[test]
fn somebody_elses_words() {
    insta::assert_snapshot!(explained("> bats are blind\nis what he wrote"), @r"
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
    │ - Said by the writer, and not as a quoted line or as code, the bot would have
    │   replied with answer 1.
    ");
}

#[test]
fn a_claim_without_patterns() {
    insta::assert_snapshot!(explained("goldfish have no memry"), @r"
    │ Why the bot replied
    │
    │ It replied with answer 2, Goldfish remember for months (goldfish-memory): the
    │ message makes the claim of this answer.
    │
    │ What was found
    │ - goldfish have no memory, in the words “goldfish have no”. The message as a
    │   whole is like this claim (0.81)
    │
    │ What the message does
    │ It states the claim.
    │
    │ How sure
    │ 0.81 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the
    │ message.
    │
    │ What would have changed it
    │ - With “It is a myth that” in front of it, moderators would only have been
    │   shown the message.
    │ - If a reply needed 0.82 instead of 0.70, moderators would only have been
    │   shown the message.
    ");
}

#[test]
fn what_was_nearest_where_nothing_was_found() {
    insta::assert_snapshot!(explained("blind people love *bats*"), @r"
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
    │ - Nearest is bats are blind (answer 1): “bats” and “blind” are parts of it,
    │   but they do not stand close enough together, or in another order.
    ");
}
