//! The report for programs.

use serde_json::{Map, Value, json};

use super::{Chat, Confusion, Group, Mistake, Report, Tally, TierReport, per_ten_thousand};
use crate::matching::Finding;

pub(super) fn report(report: &Report, errors: usize) -> Value {
    json!({
        "messages": report.messages,
        "owed": report.owed,
        "reply": tier(&report.reply, report.messages),
        "suggest": tier(&report.suggest, report.messages),
        "groups": keyed(&report.groups, group),
        "chat": report.chat.iter().map(chat).collect::<Vec<_>>(),
        "errors": report.worst(errors).into_iter().map(mistake).collect::<Vec<_>>(),
    })
}

fn tier(tier: &TierReport, messages: u32) -> Value {
    json!({
        "all": tally(&tier.all),
        "answers": keyed(&tier.answers, tally),
        "false_per_10000": per_ten_thousand(tier.all.wrong, messages),
        "confusions": tier.confusions_by_count().into_iter().map(confusion).collect::<Vec<_>>(),
    })
}

fn tally(tally: &Tally) -> Value {
    json!({
        "true": tally.right,
        "false": tally.wrong,
        "missed": tally.missed,
        "ignored": tally.ignored,
        "precision": tally.precision(),
        "recall": tally.recall(),
        "f05": tally.f_half(),
    })
}

fn group(group: &Group) -> Value {
    json!({ "messages": group.messages, "reply": tally(&group.reply) })
}

fn confusion(confusion: &Confusion) -> Value {
    json!({ "owed": confusion.owed, "given": confusion.given, "count": confusion.count })
}

fn chat(chat: &Chat) -> Value {
    json!({
        "file": chat.file,
        "lines": chat.lines,
        "replies": chat.replies,
        "suggest_or_better": chat.suggest_or_better,
        "false_per_10000": per_ten_thousand(chat.replies, chat.lines),
    })
}

fn mistake(mistake: &Mistake) -> Value {
    let outcome = &mistake.outcome;
    json!({
        "id": mistake.id,
        "text": mistake.text,
        "kind": if mistake.is_false_reply { "false" } else { "miss" },
        "owed": mistake.owed,
        "given": mistake.given,
        "decision": outcome.tier,
        "score": rounded(outcome.score),
        "stance": outcome.stance,
        "reason": outcome.reason,
        "findings": outcome.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "answer": finding.answer,
        "phrase": finding.evidence.phrase,
        "text": finding.evidence.text,
        "span": finding.evidence.span,
        "distance": finding.evidence.distance,
        "strength": finding.strength,
        "weight": rounded(finding.weight),
        "cancelled": finding.cancelled,
    })
}

/// With three decimals, and none of the digits that a wider float makes up.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

fn keyed<'a, T: 'a>(
    entries: impl IntoIterator<Item = (&'a String, &'a T)>,
    value: impl Fn(&T) -> Value,
) -> Map<String, Value> {
    entries.into_iter().map(|(key, entry)| (key.clone(), value(entry))).collect()
}
