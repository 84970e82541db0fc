//! `<claim>/<language>.match.toml`: patterns that parse and name known concepts, and examples.

use std::collections::BTreeSet;

use toml::Spanned;

use super::vocabulary::Vocabulary;
use super::{concepts, is_blank, phrases};
use crate::knowledge::MatchFile;
use crate::knowledge::document::Document;
use crate::knowledge::fault::{Collected, Fault};
use crate::knowledge::load::Files;
use crate::knowledge::pattern::Pattern;

pub(super) fn check(
    files: &Files,
    language: &str,
    rules: &Document<MatchFile>,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    let path = format!("lexicon/{language}.toml");
    if !files.has(&path) {
        let problem = format!("{path} is missing, so no pattern in `{language}` can be met");
        faults.error(rules.fault(problem, "write that file, or remove this one"));
    }
    names(rules, faults);
    examples(rules, faults);
    // Without the lexicon every name would be unknown.
    if !files.lexicons.contains_key(language) {
        return;
    }
    concepts::check(rules, &rules.concepts, known, faults);
    phrases::check(rules, &rules.phrases, known, faults);
    for entry in &rules.patterns {
        let pattern = entry.get_ref();
        one_pattern(rules, known, (entry, &pattern.name, &pattern.pattern), faults);
        for need in pattern.needs.iter().chain(&pattern.unless) {
            match Pattern::parse(need) {
                Ok(parsed) if is_single(&parsed) => {
                    phrases::concepts(rules, entry, &parsed, known, faults);
                }
                _ => {
                    let problem = format!(
                        "`{need}` in `needs` or `unless` of “{}” cannot be read",
                        pattern.name
                    );
                    let remedy = "write one concept, or several as `a|b`";
                    faults.error(rules.fault_at(entry, problem, remedy));
                }
            }
        }
    }
    for entry in &rules.exceptions {
        let pattern = entry.get_ref();
        one_pattern(rules, known, (entry, &pattern.name, &pattern.pattern), faults);
    }
}

fn is_single(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Ordered(elements) if elements.len() == 1)
}

fn one_pattern<T>(
    rules: &Document<MatchFile>,
    known: &Vocabulary<'_>,
    (entry, name, text): (&Spanned<T>, &str, &str),
    faults: &mut Collected,
) {
    match Pattern::parse(text) {
        Ok(pattern) => phrases::concepts(rules, entry, &pattern, known, faults),
        Err(error) => {
            let problem = format!("the pattern of “{name}” cannot be read: {error}");
            faults.error(rules.fault_at(entry, problem, format!("correct `match = \"{text}\"`")));
        }
    }
}

fn names(rules: &Document<MatchFile>, faults: &mut Collected) {
    let patterns =
        rules.patterns.iter().map(|entry| (rules.fault_at(entry, "", ""), &entry.get_ref().name));
    let exceptions =
        rules.exceptions.iter().map(|entry| (rules.fault_at(entry, "", ""), &entry.get_ref().name));
    let mut seen = BTreeSet::new();
    for (place, name) in patterns.chain(exceptions) {
        let (problem, remedy) = if is_blank(name) {
            ("a pattern has no name".to_owned(), "say in plain words what it says")
        } else if !seen.insert(name.trim().to_lowercase()) {
            (format!("the name “{name}” is used twice"), "name each pattern differently")
        } else {
            continue;
        };
        faults.warn(Fault { problem, remedy: remedy.to_owned(), ..place });
    }
}

fn examples(rules: &Document<MatchFile>, faults: &mut Collected) {
    let examples = &rules.examples;
    if examples.reply.is_empty() && !rules.patterns.is_empty() {
        let remedy = "write messages that must get the answer: `reply = [...]` under [examples]";
        faults.warn(rules.fault("the patterns have no examples", remedy));
    }
    for example in examples.reply.iter().chain(&examples.silent) {
        if is_blank(example.get_ref()) {
            let remedy = "fill or remove it";
            faults.warn(rules.fault_at(example, "an example is empty", remedy));
        }
    }
    let reply: BTreeSet<String> = examples.reply.iter().map(plain).collect();
    for example in examples.silent.iter().filter(|example| reply.contains(&plain(example))) {
        let problem = format!("“{}” stands under `reply` and under `silent`", example.get_ref());
        faults.error(rules.fault_at(example, problem, "remove one of the two"));
    }
}

fn plain(example: &Spanned<String>) -> String {
    example.get_ref().trim().to_lowercase()
}
