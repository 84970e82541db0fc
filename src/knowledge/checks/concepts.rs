//! Concepts: word forms that can be met, and includes that lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::phrases::unknown_name;
use super::vocabulary::Vocabulary;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::{Concept, Form};

pub(super) fn check<T>(
    file: &Document<T>,
    concepts: &BTreeMap<String, Spanned<Concept>>,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    for (name, concept) in concepts {
        if concept.get_ref().words.is_empty() && concept.get_ref().includes.is_empty() {
            let problem = format!("the concept `{name}` has no words");
            let remedy = "add `words = [...]` or `includes = [...]`, or remove it";
            faults.warn(file.fault_at(concept, problem, remedy));
        }
        words(file, name, concept.get_ref(), faults);
        includes(file, name, concept.get_ref(), known, faults);
    }
}

fn words<T>(file: &Document<T>, name: &str, concept: &Concept, faults: &mut Collected) {
    let mut seen = BTreeSet::new();
    for word in &concept.words {
        match Form::parse(word.get_ref()) {
            Ok(form) => {
                let twice: Vec<String> = form
                    .expand()
                    .into_iter()
                    .filter(|literal| !seen.insert(literal.clone()))
                    .map(|(text, _, _)| format!("`{text}`"))
                    .collect();
                if !twice.is_empty() {
                    let problem =
                        format!("the concept `{name}` has {} more than once", twice.join(", "));
                    faults.warn(file.fault_at(word, problem, "remove one"));
                }
            }
            Err(error) => {
                let problem = format!("`{}` in `{name}` is no word form: {error}", word.get_ref());
                faults.error(file.fault_at(word, problem, error.remedy()));
            }
        }
    }
}

fn includes<T>(
    file: &Document<T>,
    name: &str,
    concept: &Concept,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    for include in &concept.includes {
        let target = include.get_ref();
        if !known.has_concept(target) {
            unknown_name(file, include, target, known, faults);
        } else if known.leads(target, name) {
            let problem = format!("`{name}` includes `{target}`, which leads back to `{name}`");
            faults.error(file.fault_at(include, problem, "remove one of the two"));
        }
    }
}
