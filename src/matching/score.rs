//! Findings -> a score per answer -> a decision.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{Candidate, Finding, Outcome, Stance, Tier};
use crate::knowledge::{Strength, Thresholds};

/// A strong pattern replies on its own, with room for a few misspelt letters above the usual
/// threshold of 0.7.
const STRONG: f32 = 0.85;
/// A fair pattern is right three times in four on our own sentences: a suggestion. Two in different
/// places of a message are still one, 1 - 0.55 * 0.55 = 0.6975; three, or one beside a hint in
/// another place and another fair one, reply.
const FAIR: f32 = 0.45;
/// A hint: alone it is silent, with another one (0.51) or a fair one (0.62) a suggestion.
const WEAK: f32 = 0.3;
/// A text of more words than this makes a claim one of its main points only if it says it in more
/// than one way; in a shorter one a single pattern is the whole message. On real messages that we
/// did not know, of replies on one pattern to longer texts 1 was right, 4 were wrong and 6
/// doubtful; on slangy ones the limit cost 1 right reply of 236.
const LONG: usize = 20;
/// A weaker pattern says a claim in another way only if it brings words of its own: with it so many
/// stretches of words speak. On sentences that we did not know a limit of 4 gave 27 false replies to
/// 555 right ones, 5 gave 19 to 549, 6 gave 19 to 546.
const STRETCHES: usize = 5;
/// What is left of the score when one pattern alone speaks in a long text: a strong one is a
/// suggestion (0.47), a fair one silence (0.25).
const ALONE: f32 = 0.55;
/// Each misspelt letter leaves so much of a pattern's weight: six of them bring a strong one just
/// above the threshold.
const PER_LETTER: f32 = 0.97;

/// What is left of a finding's weight when its writer seems to argue about the claim: of a strong
/// one a suggestion (0.43), and two in different places are not a reply (0.67).
const DOUBTED: f32 = 0.5;

/// How many patterns a reason names; the rest are counted.
const NAMED: usize = 2;

/// What a pattern adds, given the letters that had to be changed to read its words.
pub(super) fn weight(strength: Strength, distance: usize) -> f32 {
    let whole = match strength {
        Strength::Strong => STRONG,
        Strength::Fair => FAIR,
        Strength::Weak => WEAK,
    };
    whole * PER_LETTER.powi(i32::try_from(distance).unwrap_or(i32::MAX))
}

/// What is left of a weight under doubt.
pub(super) fn doubted(weight: f32) -> f32 {
    DOUBTED * weight
}

/// What a score leads to.
pub(super) fn tier(score: f32, at: Thresholds) -> Tier {
    match score {
        score if score >= at.reply => Tier::Reply,
        score if score >= at.suggest => Tier::Suggest,
        _ => Tier::Silent,
    }
}

/// Adds the findings in a text of so many `words` up and decides.
pub(super) fn decide(
    findings: Vec<Finding>,
    asked: bool,
    words: usize,
    thresholds: Thresholds,
) -> Outcome {
    let candidates = candidates(&findings, words);
    let best = candidates.first();
    let score = best.map_or(0.0, |best| best.score);
    let tier = tier(score, thresholds);
    let answer = best.filter(|_| tier > Tier::Silent).map(|best| best.answer.clone());
    let stance = match (best.is_some(), asked, findings.is_empty()) {
        (true, true, _) => Stance::Asks,
        (true, false, _) => Stance::Asserts,
        (false, _, false) => Stance::Denies,
        (false, _, true) => Stance::None,
    };
    let evidence = findings
        .iter()
        .filter(|finding| match best {
            Some(best) => finding.cancelled.is_none() && finding.answer == best.answer,
            None => true,
        })
        .map(|finding| finding.evidence.clone())
        .collect();
    let mut outcome = Outcome { tier, answer, score, stance, words, ..Outcome::default() };
    outcome.evidence = evidence;
    outcome.candidates = candidates;
    outcome.findings = findings;
    outcome.reason = reason(&outcome, thresholds);
    outcome
}

/// The score of each answer, best first: the chance that not all of its findings are wrong, each
/// taken for itself (noisy or). Patterns that meet in the same stretch of the message are not
/// independent: of these only the weightiest counts. Of equal scores the answer for which more
/// patterns speak comes first, then the order of the ids decides.
fn candidates(findings: &[Finding], words: usize) -> Vec<Candidate> {
    let mut by_answer: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.cancelled.is_none()) {
        by_answer.entry(&finding.answer).or_default().push(finding);
    }
    let mut candidates: Vec<Candidate> = by_answer
        .into_iter()
        .map(|(answer, findings)| Candidate {
            answer: answer.to_owned(),
            score: score(findings, words),
        })
        .collect();
    let sum = |candidate: &Candidate| sum_of_weights(findings, &candidate.answer);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| sum(b).total_cmp(&sum(a))));
    candidates
}

fn score(mut findings: Vec<&Finding>, words: usize) -> f32 {
    if words > LONG && is_unseconded(&findings) {
        return ALONE * findings.iter().map(|finding| finding.weight).fold(0.0, f32::max);
    }
    // Of equal ones the earlier: the order of the files must not matter.
    let place = |finding: &Finding| finding.evidence.span;
    findings.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| place(a).cmp(&place(b))));
    let mut counted: Vec<[usize; 2]> = Vec::new();
    let mut missed = 1.0;
    for finding in findings {
        let [from, to] = finding.evidence.span;
        if counted.iter().all(|[start, end]| to <= *start || *end <= from) {
            counted.push([from, to]);
            missed *= 1.0 - finding.weight;
        }
    }
    1.0 - missed
}

/// Of every finding that holds: the more patterns speak for an answer, the more it is meant.
fn sum_of_weights(findings: &[Finding], answer: &str) -> f32 {
    findings
        .iter()
        .filter(|finding| finding.cancelled.is_none() && finding.answer == answer)
        .map(|finding| finding.weight)
        .sum()
}

/// Whether one of these patterns is stronger than all others, and the others see hardly more than it
/// does. Likeness is no pattern.
fn is_unseconded(findings: &[&Finding]) -> bool {
    let strengths = || findings.iter().filter_map(|finding| finding.strength);
    let strongest = strengths().max();
    let equals = strengths().filter(|strength| Some(*strength) == strongest).count();
    let stretches: BTreeSet<&[usize; 2]> = findings.iter().flat_map(|f| &f.parts).collect();
    let all_patterns = findings.iter().all(|finding| finding.strength.is_some());
    all_patterns && equals == 1 && (findings.len() == 1 || stretches.len() < STRETCHES)
}

/// Whether a single pattern speaks for the best answer, or one with hardly another, in a text too
/// long for that to be enough.
pub(super) fn is_alone(outcome: &Outcome) -> bool {
    let best = outcome.candidates.first().map(|best| best.answer.as_str());
    let speak = outcome
        .findings
        .iter()
        .filter(|finding| finding.cancelled.is_none() && Some(finding.answer.as_str()) == best);
    outcome.words > LONG && is_unseconded(&speak.collect::<Vec<_>>())
}

fn reason(outcome: &Outcome, at: Thresholds) -> String {
    let findings = &outcome.findings;
    let Some(best) = outcome.candidates.first() else {
        let met = findings.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        return met.and_then(|met| Some((met, met.cancelled.as_ref()?))).map_or_else(
            || "no claim was found".to_owned(),
            |(met, cancelled)| {
                format!(
                    "“{}” was found, but {cancelled} (score {:.2}, a reply needs {:.2})",
                    met.evidence.phrase, 0.0, at.reply
                )
            },
        );
    };
    let mut grounds: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.cancelled.is_none() && finding.answer == best.answer)
        .collect();
    grounds.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let named: Vec<&str> =
        grounds.iter().take(NAMED).map(|finding| finding.evidence.phrase.as_str()).collect();
    let more = match grounds.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let phrases = format!("{}{more}", named.join("; "));
    let score = best.score;
    let alone = if is_alone(outcome) { ", alone in a long message" } else { "" };
    let doubt = grounds.iter().find_map(|finding| finding.cue.as_ref());
    let doubt = doubt.map_or_else(String::new, |doubt| format!(": {}", doubt.does()));
    match outcome.tier {
        Tier::Reply => format!("{phrases} (score {score:.2}, a reply needs {:.2})", at.reply),
        Tier::Suggest => {
            format!(
                "{phrases}{alone}, but not sure enough{doubt} (score {score:.2}, a reply needs {:.2})",
                at.reply
            )
        }
        Tier::Silent => {
            format!(
                "only hints: {phrases}{alone}{doubt} (score {score:.2}, a suggestion needs {:.2})",
                at.suggest
            )
        }
    }
}
