//! Names of concepts and phrases: well formed, and each used once. The engine knows all of a
//! language together, so that a second one would replace the first.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::load::Files;
use crate::knowledge::{Concept, Phrase};

/// The file in which each name stands, by language and name.
pub(super) type Owners = BTreeMap<(String, String), String>;

/// Adds the faults of all names, and says where each stands.
pub(super) fn check(files: &Files, faults: &mut Collected) -> Owners {
    let mut owners = Owners::new();
    for (language, file) in &files.lexicons {
        one_file(file, language, (&file.concepts, &file.phrases), &mut owners, faults);
    }
    for myth in files.myths.values() {
        for (language, file) in &myth.rules {
            one_file(file, language, (&file.concepts, &file.phrases), &mut owners, faults);
        }
    }
    owners
}

type Named<'a> = (&'a BTreeMap<String, Spanned<Concept>>, &'a BTreeMap<String, Spanned<Phrase>>);

fn one_file<T>(
    file: &Document<T>,
    language: &str,
    (concepts, phrases): Named<'_>,
    owners: &mut Owners,
    faults: &mut Collected,
) {
    let places = concepts
        .iter()
        .map(|(name, concept)| (name, file.fault_at(concept, "", "")))
        .chain(phrases.iter().map(|(name, phrase)| (name, file.fault_at(phrase, "", ""))));
    for (name, mut place) in places {
        if !is_name(name) {
            place.problem = format!("`{name}` is no concept name");
            "use small letters, digits and `_`".clone_into(&mut place.remedy);
            faults.error(place);
            continue;
        }
        let key = (language.to_owned(), name.clone());
        if let Some(owner) = owners.get(&key) {
            place.problem = format!("`{name}` already stands in {owner}");
            "give it another name, or remove one of the two".clone_into(&mut place.remedy);
            faults.error(place);
        } else {
            owners.insert(key, file.file.clone());
        }
    }
}

fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    !name.is_empty() && name.bytes().all(fits)
}
