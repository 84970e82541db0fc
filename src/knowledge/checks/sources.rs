//! The sources of an answer: there, whole, safe to open, and not all from one side.

use std::collections::BTreeSet;

use toml::Spanned;

use super::answer::is_bare;
use super::{is_blank, is_language};
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::{Files, MythFiles};
use crate::knowledge::{MythFile, Source};

pub(super) fn check(files: &Files, myth: &MythFiles, faults: &mut Collected) {
    let Some(file) = &myth.myth else { return };
    let mut seen = BTreeSet::new();
    for source in &file.sources {
        if !seen.insert(&source.get_ref().id) {
            let problem = format!("the source id `{}` is used twice", source.get_ref().id);
            faults.error(file.fault_at(source, problem, "give each source an id of its own"));
        }
        one(file, source, faults);
    }
    if file.sources.is_empty() && is_bare(myth) {
        return;
    }
    if file.sources.is_empty() {
        let remedy = "add one with a [[sources]] table";
        faults.warn(file.fault("the answer has no source", remedy));
        return;
    }
    let Some(pack) = &files.pack else { return };
    if file.sources.iter().all(|source| pack.parties.contains(&source.get_ref().publisher)) {
        let problem = "every source is by a party to the dispute";
        let remedy = format!("add one that is not by {}", pack.parties.join(" or "));
        faults.warn(file.fault(problem, remedy));
    }
}

fn one(file: &Document<MythFile>, source: &Spanned<Source>, faults: &mut Collected) {
    let Source { id, title, url, publisher, language, .. } = source.get_ref();
    for (key, _) in
        [("id", id), ("title", title), ("publisher", publisher)].iter().filter(|e| is_blank(e.1))
    {
        let problem = format!("the source `{id}` has no {key}");
        let remedy = format!("write `{key} = \"...\"`");
        faults.warn(file.fault_at(source, problem, remedy));
    }
    let host = url.strip_prefix("https://").unwrap_or_default();
    if is_blank(host) || url.contains(char::is_whitespace) {
        let problem = format!("the address `{url}` of the source `{id}` cannot be opened safely");
        let remedy = "copy it from the browser: it begins with https:// and has no blanks";
        faults.error(file.fault_at(source, problem, remedy));
    }
    if !is_language(language) {
        let problem = format!("the source `{id}` has the language `{language}`, which is no code");
        faults.error(file.fault_at(source, problem, "write it like `en` or `pt-BR`"));
    }
}
