//! `pack.toml`: who answers for the folder, its languages, thresholds and verdicts.

use std::collections::BTreeSet;

use super::{is_blank, is_language};
use crate::knowledge::PackFile;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::{Files, no_pack};

pub(super) fn check(files: &Files, faults: &mut Collected) {
    let Some(pack) = &files.pack else {
        if !files.has("pack.toml") {
            faults.error(no_pack());
        }
        return;
    };
    texts(pack, faults);
    languages(files, pack, faults);
    thresholds(pack, faults);
}

fn texts(pack: &Document<PackFile>, faults: &mut Collected) {
    let texts = [
        ("name", &pack.name, "what the answers are about"),
        ("publisher", &pack.publisher, "who answers for them"),
        ("contact", &pack.contact, "how to report an error"),
        ("scope", &pack.scope, "what the answers cover and what they do not"),
        ("corrections", &pack.corrections, "what happens when an answer was wrong"),
    ];
    for (key, _, meaning) in texts.into_iter().filter(|(_, text, _)| is_blank(text)) {
        let remedy = format!("say {meaning}: `{key} = \"...\"`");
        faults.warn(pack.fault(format!("`{key}` is missing"), remedy));
    }
    for (verdict, _) in pack.verdicts.iter().filter(|(_, definition)| is_blank(definition)) {
        let problem = format!("the verdict `{verdict}` has no definition");
        faults.warn(pack.fault(problem, "say in one sentence when it is given"));
    }
}

fn languages(files: &Files, pack: &Document<PackFile>, faults: &mut Collected) {
    if pack.languages.is_empty() {
        faults.error(pack.fault("no language is named", "write `languages = [\"en\"]`"));
    }
    let mut seen = BTreeSet::new();
    for code in &pack.languages {
        if !is_language(code) {
            let problem = format!("`{code}` is no language code");
            faults.error(pack.fault(problem, "write it like `en` or `pt-BR`"));
        } else if !seen.insert(code) {
            let problem = format!("the language `{code}` is named twice");
            faults.error(pack.fault(problem, "remove one"));
        } else if !files.has(&format!("labels/{code}.toml")) {
            let problem = format!("the language `{code}` has no file labels/{code}.toml");
            faults.error(pack.fault(problem, "write that file, or remove the language"));
        }
    }
}

fn thresholds(pack: &Document<PackFile>, faults: &mut Collected) {
    let at = pack.thresholds.get_ref();
    // Asked this way round so that "not a number" is a fault, too.
    let sound = 0.0 < at.suggest && at.suggest <= at.reply && at.reply <= 1.0;
    if !sound {
        let problem = if pack.thresholds.span().is_empty() {
            "`thresholds` is missing".to_owned()
        } else {
            format!("the thresholds {} (suggest) and {} (reply) do not fit", at.suggest, at.reply)
        };
        let remedy = "under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, \
                      `suggest` not above `reply`";
        faults.error(pack.fault_at(&pack.thresholds, problem, remedy));
    }
}
