//! The concepts of every language under one numbering, with their word forms.

use std::collections::{BTreeMap, BTreeSet};

use super::word_table::WordTable;
use crate::knowledge::{Form, Knowledge, LexiconFile, Role};

/// Number of a concept.
pub(crate) type ConceptId = u16;

/// Every concept of every language.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    all: Vec<Concept>,
    /// Language and name, with a blank between, to number.
    numbers: WordTable<ConceptId>,
}

#[derive(Debug)]
struct Concept {
    role: Option<Role>,
    negatable: bool,
    hides: bool,
    /// How many of its forms are among the commonest words of the language.
    common: usize,
    /// How many forms it has.
    forms: usize,
}

/// A literal form: what to look for, and the concepts that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Words in small letters with single spaces.
    pub(crate) text: String,
    /// Whether the last word may go on.
    pub(crate) prefix: bool,
    /// Whether only capitals match.
    pub(crate) capitals: bool,
    /// Sorted, never empty.
    pub(crate) concepts: Vec<ConceptId>,
}

impl Literal {
    /// The words that match whole.
    pub(crate) fn whole_words(&self) -> impl Iterator<Item = &str> {
        let words = self.text.split(' ');
        let count = words.clone().count();
        words.take(count - usize::from(self.prefix))
    }

    /// The last word when it may go on.
    pub(crate) fn stem(&self) -> Option<&str> {
        self.text.split(' ').next_back().filter(|_| self.prefix)
    }
}

impl Concepts {
    /// Numbers the concepts and gathers their forms, equal forms as one.
    pub(crate) fn new(knowledge: &Knowledge) -> (Self, Vec<Literal>) {
        let mut concepts = Self::default();
        for (code, language) in &knowledge.languages {
            for (name, concept) in &language.lexicon.concepts {
                let concept = concept.get_ref();
                concepts.add(
                    code,
                    name,
                    Concept {
                        role: concept.role,
                        negatable: concept.negatable,
                        hides: concept.hides,
                        common: 0,
                        forms: 0,
                    },
                );
            }
        }
        for (code, language) in &knowledge.languages {
            for (name, phrase) in &language.lexicon.phrases {
                concepts.add(
                    code,
                    name,
                    Concept {
                        role: phrase.get_ref().role,
                        negatable: phrase.get_ref().negatable,
                        hides: false,
                        common: 0,
                        forms: 0,
                    },
                );
            }
        }
        concepts.numbers.shrink();
        concepts.all.shrink_to_fit();
        let mut forms: BTreeMap<(String, bool, bool), BTreeSet<ConceptId>> = BTreeMap::new();
        for (code, language) in &knowledge.languages {
            for name in language.lexicon.concepts.keys() {
                let Some(number) = concepts.number(code, name) else {
                    continue;
                };
                for form in forms_of(&language.lexicon, name, &mut BTreeSet::new()) {
                    forms.entry(form).or_default().insert(number);
                }
            }
        }
        let words = knowledge.languages.values().map(|language| &language.words);
        let common: BTreeSet<&str> = words.flat_map(|w| w.common.split_whitespace()).collect();
        for ((text, ..), numbers) in &forms {
            let common = usize::from(common.contains(text.as_str()));
            for number in numbers {
                if let Some(concept) = concepts.all.get_mut(usize::from(*number)) {
                    concept.common += common;
                    concept.forms += 1;
                }
            }
        }
        let literal = |((text, prefix, capitals), concepts): (_, BTreeSet<_>)| Literal {
            text,
            prefix,
            capitals,
            concepts: concepts.into_iter().collect(),
        };
        (concepts, forms.into_iter().map(literal).collect())
    }

    fn add(&mut self, language: &str, name: &str, concept: Concept) {
        let number = ConceptId::try_from(self.all.len()).unwrap_or(ConceptId::MAX);
        self.all.push(concept);
        self.numbers.insert(&format!("{language} {name}"), number);
    }

    /// The number of a concept or phrase, if the language has it.
    pub(crate) fn number(&self, language: &str, name: &str) -> Option<ConceptId> {
        self.numbers.get(&format!("{language} {name}")).copied()
    }

    /// Language and name of a concept or phrase.
    pub(crate) fn name(&self, concept: ConceptId) -> Option<(&str, &str)> {
        let (name, _) = self.numbers.entries().find(|(_, number)| **number == concept)?;
        name.split_once(' ')
    }

    pub(crate) fn role(&self, concept: ConceptId) -> Option<Role> {
        self.all.get(usize::from(concept)).and_then(|concept| concept.role)
    }

    /// How many of its forms are among the commonest words: the fewer, the rarer it is in chat.
    pub(crate) fn commonness(&self, concept: ConceptId) -> usize {
        self.all.get(usize::from(concept)).map_or(0, |concept| concept.common)
    }

    /// For each concept how many of its forms are among the commonest words, and how many it has.
    pub(crate) fn form_counts(&self) -> impl Iterator<Item = (usize, usize)> {
        self.all.iter().map(|concept| (concept.common, concept.forms))
    }

    pub(crate) fn hides(&self, concept: ConceptId) -> bool {
        self.all.get(usize::from(concept)).is_some_and(|concept| concept.hides)
    }

    pub(crate) fn negatable(&self, concept: ConceptId) -> bool {
        self.all.get(usize::from(concept)).is_some_and(|concept| concept.negatable)
    }
}

/// Own forms and those of included concepts; `seen` ends circles.
fn forms_of(
    lexicon: &LexiconFile,
    name: &str,
    seen: &mut BTreeSet<String>,
) -> Vec<(String, bool, bool)> {
    let Some(concept) = lexicon.concepts.get(name) else {
        return Vec::new();
    };
    if !seen.insert(name.to_owned()) {
        return Vec::new();
    }
    let concept = concept.get_ref();
    let own = concept.words.iter().filter_map(|word| Form::parse(word.get_ref()).ok());
    let mut forms: Vec<_> = own.flat_map(|form| form.expand()).collect();
    for included in &concept.includes {
        forms.extend(forms_of(lexicon, included.get_ref(), seen));
    }
    forms
}
