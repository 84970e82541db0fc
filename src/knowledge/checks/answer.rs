//! `<claim>/<language>.toml`: whole, with a verdict of the scale and citations that exist.

use std::collections::BTreeSet;

use super::facts::citing_texts;
use super::is_blank;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::{Files, MythFiles};
use crate::knowledge::{AnswerFile, citations};

pub(super) fn check(
    files: &Files,
    myth: &MythFiles,
    answer: &Document<AnswerFile>,
    faults: &mut Collected,
) {
    missing(answer, faults);
    claims(answer, faults);
    let verdict = answer.verdict.get_ref();
    if let Some(pack) = &files.pack
        && !is_blank(verdict)
        && !pack.verdicts.contains_key(verdict)
    {
        let known: Vec<&str> = pack.verdicts.keys().map(String::as_str).collect();
        let problem = format!("pack.toml has no verdict `{verdict}`");
        let remedy = format!("write one of its verdicts: {}", known.join(", "));
        faults.error(answer.fault_at(&answer.verdict, problem, remedy));
    }
    let Some(file) = &myth.myth else { return };
    for (key, text) in citing_texts(answer) {
        for id in citations(text.get_ref()) {
            if !file.facts.iter().any(|fact| fact.get_ref().id == id) {
                let problem = format!("`{key}` cites `[^{id}]`, and myth.toml has no such fact");
                faults.error(answer.fault_at(text, problem, "name the id of a [[facts]] table"));
            }
        }
    }
}

/// Whether a claim has nothing but the claim in any language: it is there to be found, and its
/// editor need not be told of every text that it lacks.
pub(super) fn is_bare(myth: &MythFiles) -> bool {
    !myth.answers.is_empty() && myth.answers.values().all(|answer| has_only_claim(answer))
}

fn has_only_claim(answer: &AnswerFile) -> bool {
    let mut texts = [&answer.title, &answer.verdict]
        .into_iter()
        .chain(citing_texts(answer).map(|(_, text)| text));
    texts.all(|text| is_blank(text.get_ref())) && !is_blank(answer.claim.get_ref())
}

fn missing(answer: &Document<AnswerFile>, faults: &mut Collected) {
    if has_only_claim(answer) {
        let remedy = "write `title`, `verdict`, `verdict_note`, `summary`, `changed`, `disputed` \
                      and `details`, and the sources in myth.toml";
        let problem = "the claim can be found, but there is no answer to it";
        faults.warn(answer.fault(problem, remedy));
        return;
    }
    let texts = [("title", &answer.title), ("verdict", &answer.verdict)];
    for (key, text) in texts.into_iter().chain(citing_texts(answer)) {
        if is_blank(text.get_ref()) {
            let remedy = format!("write `{key} = \"...\"`");
            faults.warn(answer.fault_at(text, format!("`{key}` is missing"), remedy));
        }
    }
    if is_blank(answer.claim.get_ref()) {
        let remedy = "write the claim in one neutral sentence: `claim = \"...\"`";
        faults.error(answer.fault_at(&answer.claim, "`claim` is missing", remedy));
    }
    if answer.claims.is_empty() {
        let remedy = "write the claim as people put it: `claims = [\"...\", \"...\"]`";
        faults.warn(answer.fault("`claims` is missing", remedy));
    }
}

fn claims(answer: &Document<AnswerFile>, faults: &mut Collected) {
    let mut seen = BTreeSet::new();
    for claim in &answer.claims {
        let text = claim.get_ref();
        if is_blank(text) {
            let problem = "an entry of `claims` is empty";
            faults.warn(answer.fault_at(claim, problem, "fill or remove it"));
        } else if !seen.insert(text.trim().to_lowercase()) {
            let problem = format!("`claims` has “{text}” twice");
            faults.warn(answer.fault_at(claim, problem, "remove one"));
        }
    }
}
