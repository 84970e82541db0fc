//! `labels/<language>.toml`: no word around an answer may be missing.

use super::is_blank;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::Files;
use crate::knowledge::{CommandLabels, LabelsFile};

pub(super) fn check(
    files: &Files,
    language: &str,
    labels: &Document<LabelsFile>,
    faults: &mut Collected,
) {
    for (key, _) in texts(labels).into_iter().filter(|(_, text)| is_blank(text)) {
        let remedy = format!("write `{key} = \"...\"`");
        faults.warn(labels.fault(format!("`{key}` is missing"), remedy));
    }
    let months = labels.months.iter().filter(|month| !is_blank(month)).count();
    if months != 12 || labels.months.len() != 12 {
        let problem = format!("`months` has {months} names");
        faults.warn(labels.fault(problem, "write all twelve, January first"));
    }
    commands(labels, faults);
    let Some(pack) = &files.pack else { return };
    if !pack.languages.iter().any(|code| code == language) {
        let problem = format!("pack.toml does not name the language `{language}`");
        faults.warn(labels.fault(problem, "add it to `languages` there"));
    }
    for verdict in pack.verdicts.keys() {
        if labels.verdicts.get(verdict).is_none_or(|label| is_blank(label)) {
            let problem = format!("the verdict `{verdict}` has no label");
            let remedy = format!("write `{verdict} = \"...\"` under [verdicts]");
            faults.warn(labels.fault(problem, remedy));
        }
    }
    for verdict in labels.verdicts.keys().filter(|verdict| !pack.verdicts.contains_key(*verdict)) {
        let problem = format!("pack.toml has no verdict `{verdict}`");
        faults.warn(labels.fault(problem, "define it there, or remove this label"));
    }
}

/// Names and descriptions that Discord would refuse. Names in menus begin with a capital.
fn commands(labels: &Document<LabelsFile>, faults: &mut Collected) {
    for (path, texts) in &labels.commands {
        let slash = !path.starts_with(char::is_uppercase);
        if !texts.name.is_empty() && !CommandLabels::is_name(&texts.name, slash) {
            let problem = format!("the command `{path}` cannot be named `{}`", texts.name);
            let remedy = "write at most 32 small letters, digits, `-` and `_`";
            faults.warn(labels.fault(problem, remedy));
        }
        if texts.description.chars().count() > 100 {
            let problem = format!("the description of the command `{path}` is too long");
            faults.warn(labels.fault(problem, "write at most 100 characters"));
        }
    }
}

fn texts(labels: &LabelsFile) -> [(&'static str, &str); 14] {
    [
        ("claim", &labels.claim),
        ("verdict", &labels.verdict),
        ("changed", &labels.changed),
        ("disputed", &labels.disputed),
        ("facts", &labels.facts),
        ("sources", &labels.sources),
        ("as_of", &labels.as_of),
        ("details_button", &labels.details_button),
        ("why_button", &labels.why_button),
        ("dismiss_button", &labels.dismiss_button),
        ("party", &labels.party),
        ("kind_primary", &labels.kind_primary),
        ("kind_independent", &labels.kind_independent),
        ("kind_critical", &labels.kind_critical),
    ]
}
