//! Phrases: patterns that parse and are made of concepts.

use std::collections::BTreeMap;

use toml::Spanned;

use super::vocabulary::Vocabulary;
use crate::knowledge::Phrase;
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::pattern::Pattern;

pub(super) fn check<T>(
    file: &Document<T>,
    phrases: &BTreeMap<String, Spanned<Phrase>>,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    for (name, phrase) in phrases {
        if phrase.get_ref().patterns.is_empty() {
            let problem = format!("the phrase `{name}` has no pattern");
            faults.warn(file.fault_at(phrase, problem, "add `match = [...]`, or remove it"));
        }
        for text in &phrase.get_ref().patterns {
            match Pattern::parse(text.get_ref()) {
                Ok(pattern) => {
                    concepts(file, text, &pattern, known, faults);
                    for part in pattern.concepts().filter(|part| known.has_phrase(part)) {
                        let problem = format!("the phrase `{name}` is made of the phrase `{part}`");
                        let remedy = "make it of concepts: a phrase cannot be part of another one";
                        faults.error(file.fault_at(text, problem, remedy));
                    }
                }
                Err(error) => {
                    let problem = format!("a pattern of `{name}` cannot be read: {error}");
                    faults.error(file.fault_at(
                        text,
                        problem,
                        format!("correct `{}`", text.get_ref()),
                    ));
                }
            }
        }
    }
}

/// Names in a pattern that mean nothing.
pub(super) fn concepts<T, P>(
    file: &Document<T>,
    place: &Spanned<P>,
    pattern: &Pattern,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    let unknown = |name: &&str| !known.has_concept(name) && !known.has_phrase(name);
    for name in pattern.concepts().filter(unknown) {
        unknown_name(file, place, name, known, faults);
    }
}

/// Tells of a name that neither `file` nor the lexicon has.
pub(super) fn unknown_name<T, P>(
    file: &Document<T>,
    place: &Spanned<P>,
    name: &str,
    known: &Vocabulary<'_>,
    faults: &mut Collected,
) {
    if let Some(owner) = known.elsewhere(name) {
        let problem = format!("the concept `{name}` stands in {owner}, for that claim alone");
        faults.warn(file.fault_at(place, problem, "move it to the lexicon, or name another"));
        return;
    }
    let problem = format!("neither this file nor the lexicon has a concept `{name}`");
    let remedy = known.nearest(name).map_or_else(
        || "add the concept, or name another".to_owned(),
        |near| format!("did you mean `{near}`? Else add the concept"),
    );
    faults.error(file.fault_at(place, problem, remedy));
}
