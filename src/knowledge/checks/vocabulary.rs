//! The concepts and phrases that a file may name: those of the lexicon and its own. The engine
//! also knows those of other claims, but whoever edits one claim does not expect to change another.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::names::Owners;
use crate::knowledge::{Concept, LexiconFile, MatchFile};

#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    language: &'a str,
    owners: &'a Owners,
    concepts: BTreeMap<&'a str, &'a Concept>,
    phrases: BTreeSet<&'a str>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(
        language: &'a str,
        owners: &'a Owners,
        lexicon: Option<&'a LexiconFile>,
        rules: Option<&'a MatchFile>,
    ) -> Self {
        let named = |(name, concept): (&'a String, &'a Spanned<Concept>)| {
            (name.as_str(), concept.get_ref())
        };
        let concepts = [lexicon.map(|file| &file.concepts), rules.map(|file| &file.concepts)];
        let phrases = [lexicon.map(|file| &file.phrases), rules.map(|file| &file.phrases)];
        Self {
            language,
            owners,
            concepts: concepts.into_iter().flatten().flatten().map(named).collect(),
            phrases: phrases
                .into_iter()
                .flatten()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect(),
        }
    }

    pub(super) fn has_concept(&self, name: &str) -> bool {
        self.concepts.contains_key(name)
    }

    pub(super) fn has_phrase(&self, name: &str) -> bool {
        self.phrases.contains(name)
    }

    /// The file of another claim in which `name` stands.
    pub(super) fn elsewhere(&self, name: &str) -> Option<&str> {
        let key = (self.language.to_owned(), name.to_owned());
        self.owners.get(&key).map(String::as_str)
    }

    /// The name most like `name`, unless none is.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        const ALIKE: f64 = 0.6;
        self.concepts
            .keys()
            .chain(&self.phrases)
            .map(|known| (strsim::normalized_damerau_levenshtein(known, name), *known))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, known)| known)
    }

    /// Whether including leads from `start` to `end`.
    pub(super) fn leads(&self, start: &str, end: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![start];
        while let Some(name) = open.pop() {
            if name == end {
                return true;
            }
            if seen.insert(name)
                && let Some(concept) = self.concepts.get(name)
            {
                open.extend(concept.includes.iter().map(|include| include.get_ref().as_str()));
            }
        }
        false
    }
}
