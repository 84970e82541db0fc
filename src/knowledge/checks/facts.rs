//! The dated facts of an answer: each with a value, a date, a source, and a text that cites it.

use std::collections::BTreeSet;

use toml::Spanned;

use super::is_blank;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::MythFiles;
use crate::knowledge::{AnswerFile, Fact, MythFile, PartialDate, citations};

pub(super) fn check(myth: &MythFiles, faults: &mut Collected) {
    let Some(file) = &myth.myth else { return };
    let cited: BTreeSet<String> = myth
        .answers
        .values()
        .flat_map(|answer| citing_texts(answer))
        .flat_map(|(_, text)| citations(text.get_ref()))
        .collect();
    let mut seen = BTreeSet::new();
    for fact in &file.facts {
        let id = &fact.get_ref().id;
        if !seen.insert(id) {
            let problem = format!("the fact id `{id}` is used twice");
            faults.error(file.fault_at(fact, problem, "give each fact an id of its own"));
        }
        if !cited.contains(id) {
            let problem = format!("no text cites the fact `{id}`");
            let remedy = format!("write `[^{id}]` behind a sentence, or remove the fact");
            faults.warn(file.fault_at(fact, problem, remedy));
        }
        one(file, fact, faults);
    }
}

fn one(file: &Document<MythFile>, fact: &Spanned<Fact>, faults: &mut Collected) {
    let Fact { id, value, as_of, sources } = fact.get_ref();
    for (key, _) in [("id", id), ("value", value)].iter().filter(|(_, text)| is_blank(text)) {
        let problem = format!("the fact `{id}` has no {key}");
        let remedy = format!("write `{key} = \"...\"`");
        faults.warn(file.fault_at(fact, problem, remedy));
    }
    if let Err(error) = as_of.parse::<PartialDate>() {
        let problem = format!("the fact `{id}` is as of `{as_of}`: {error}");
        faults.error(file.fault_at(
            fact,
            problem,
            "write the date it held, as `as_of = \"2026-11\"`",
        ));
    }
    if sources.is_empty() {
        let problem = format!("the fact `{id}` names no source");
        faults.warn(file.fault_at(fact, problem, "write `sources = [\"...\"]`"));
    }
    for unknown in sources
        .iter()
        .filter(|named| !file.sources.iter().any(|source| source.get_ref().id == **named))
    {
        let problem = format!("the fact `{id}` names the source `{unknown}`, which is not there");
        faults.error(file.fault_at(
            fact,
            problem,
            "name the id of a [[sources]] table of this file",
        ));
    }
}

/// The texts of an answer that state facts.
pub(super) fn citing_texts(answer: &AnswerFile) -> [(&'static str, &Spanned<String>); 5] {
    [
        ("verdict_note", &answer.verdict_note),
        ("summary", &answer.summary),
        ("changed", &answer.changed),
        ("disputed", &answer.disputed),
        ("details", &answer.details),
    ]
}
