//! Findings -> a score per answer -> a decision.

use std::collections::BTreeMap;

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
/// Each misspelt letter leaves so much of a pattern's weight: five of them bring a strong one just
/// above the threshold.
const PER_LETTER: f32 = 0.965;

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

/// What a score leads to.
pub(super) fn tier(score: f32, at: Thresholds) -> Tier {
    match score {
        score if score >= at.reply => Tier::Reply,
        score if score >= at.suggest => Tier::Suggest,
        _ => Tier::Silent,
    }
}

/// Adds the findings up and decides.
pub(super) fn decide(findings: Vec<Finding>, asked: bool, thresholds: Thresholds) -> Outcome {
    let candidates = candidates(&findings);
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
    let reason = reason(tier, &findings, best, thresholds);
    Outcome { tier, answer, score, stance, reason, evidence, candidates, findings }
}

/// The score of each answer, best first: the chance that not all of its findings are wrong, each
/// taken for itself (noisy or). Patterns that meet in the same stretch of the message are not
/// independent: of these only the weightiest counts. Of equal scores the answer for which more
/// patterns speak comes first, then the order of the ids decides.
fn candidates(findings: &[Finding]) -> Vec<Candidate> {
    let mut by_answer: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.cancelled.is_none()) {
        by_answer.entry(&finding.answer).or_default().push(finding);
    }
    let mut candidates: Vec<Candidate> = by_answer
        .into_iter()
        .map(|(answer, findings)| Candidate { answer: answer.to_owned(), score: score(findings) })
        .collect();
    let sum = |candidate: &Candidate| sum_of_weights(findings, &candidate.answer);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| sum(b).total_cmp(&sum(a))));
    candidates
}

fn score(mut findings: Vec<&Finding>) -> f32 {
    findings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
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

fn reason(tier: Tier, findings: &[Finding], best: Option<&Candidate>, at: Thresholds) -> String {
    let Some(best) = best else {
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
    match tier {
        Tier::Reply => format!("{phrases} (score {score:.2}, a reply needs {:.2})", at.reply),
        Tier::Suggest => {
            format!(
                "{phrases}, but not sure enough (score {score:.2}, a reply needs {:.2})",
                at.reply
            )
        }
        Tier::Silent => {
            format!(
                "only hints: {phrases} (score {score:.2}, a suggestion needs {:.2})",
                at.suggest
            )
        }
    }
}
