//! The keyword index: every word form of every concept in one walk over the words of a text.
//!
//! A text comes as words, so they are looked up whole, and forms of several words are a trie over
//! numbered words. That takes fewer steps than an automaton over letters, and less memory.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::concepts::{ConceptId, Concepts, Literal};
use super::form_trie::{FormTrie, Step};
use super::meanings::{Meaning, Meanings};
use super::stems::Stems;
use super::word_set::WordSet;
use crate::knowledge::Role;
use crate::matching::reading::lattice::{Lattice, Pick};
use crate::matching::reading::normalize::{Text, Word};

/// More words than any form of a lexicon has.
pub(crate) const LONGEST_FORM: usize = 16;

/// In place of a stem: none.
const NO_STEM: u16 = u16::MAX;

/// Word forms, ready to be found.
#[derive(Debug, Default)]
pub(crate) struct KeywordIndex {
    words: WordSet,
    /// The last words of prefix forms, numbered on behind `words`.
    stems: Stems,
    /// The longest stem that each word begins with, by the number of the word; [`NO_STEM`] for none.
    stems_of_words: Vec<u16>,
    /// Forms to numbers of meanings.
    forms: FormTrie,
    meanings: Meanings,
}

/// What a word of a text is among the forms' words: the same, and the longest stem it begins with.
#[derive(Debug, Clone, Copy)]
struct Reading {
    word: Option<u16>,
    stem: Option<u16>,
}

/// The beginning of a form in a text whose words may be others.
#[derive(Debug)]
struct Row {
    /// Number of its next word.
    last: usize,
    /// Where it is among the forms.
    node: Option<Step>,
    picks: Vec<Pick>,
}

/// A word form of a concept in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// Number of its first word.
    pub(crate) first: usize,
    /// Number of its last word.
    pub(crate) last: usize,
    /// What it stands for.
    pub(crate) concept: ConceptId,
}

impl KeywordIndex {
    /// Indexes the forms. Of words and stems 65,535 have room, and of different meanings as many;
    /// forms beyond are left out.
    pub(crate) fn new(literals: &[Literal]) -> Self {
        let mut index = Self {
            words: literals.iter().flat_map(Literal::whole_words).collect(),
            stems: Stems::new(literals.iter().filter_map(Literal::stem)),
            ..Self::default()
        };
        let stem = |word| index.stems.longest(word).unwrap_or(NO_STEM);
        index.stems_of_words = index.words.words().map(stem).collect();
        index.stems_of_words.shrink_to_fit();
        let mut meanings: BTreeMap<Vec<u16>, Meaning> = BTreeMap::new();
        for literal in literals {
            let Some(row) = index.row(literal) else { continue };
            let meaning = meanings.entry(row).or_default();
            let concepts =
                if literal.capitals { &mut meaning.in_capitals } else { &mut meaning.concepts };
            concepts.extend(&literal.concepts);
        }
        let mut numbers = FxHashMap::default();
        let mut forms = Vec::with_capacity(meanings.len());
        for (row, meaning) in meanings {
            // Many forms mean the same; number 0 is for none.
            if let Ok(next) = u16::try_from(numbers.len() + 1) {
                forms.push((row, *numbers.entry(meaning).or_insert(next)));
            }
        }
        index.forms = FormTrie::new(&forms);
        index.meanings = Meanings::new(numbers);
        index
    }

    /// The numbers of a form's words; `None` when there are too many.
    fn row(&self, form: &Literal) -> Option<Vec<u16>> {
        let words = form.whole_words().map(|word| self.word_number(word));
        let stem = form.stem().map(|stem| self.stem_number(self.stems.number(stem)?));
        words.chain(stem).collect()
    }

    fn word_number(&self, word: &str) -> Option<u16> {
        self.words.number(word).and_then(|number| u16::try_from(number).ok())
    }

    /// The number of a stem among words and stems.
    fn stem_number(&self, stem: u16) -> Option<u16> {
        u16::try_from(self.words.len() + usize::from(stem)).ok()
    }

    /// Every hit, by place, without those that `concepts` hides inside longer ones.
    pub(crate) fn hits(&self, text: &Text, concepts: &Concepts) -> Vec<Hit> {
        let readings: Vec<Reading> =
            (0..text.words.len()).map(|number| self.read(text.word(number))).collect();
        let mut hits = Vec::with_capacity(2 * readings.len());
        for first in 0..readings.len() {
            self.forms_from(first, &readings, &text.words, &mut hits);
        }
        hits.dedup();
        without_hidden(hits, concepts)
    }

    fn read(&self, word: &str) -> Reading {
        let number = self.word_number(word);
        let stem = match number {
            Some(number) => {
                let stem = self.stems_of_words.get(usize::from(number)).copied();
                stem.filter(|stem| *stem != NO_STEM)
            }
            None => self.stems.longest(word),
        };
        Reading { word: number, stem }
    }

    /// Adds the forms that begin with word number `first`; they end in the same sentence.
    fn forms_from(&self, first: usize, readings: &[Reading], words: &[Word], hits: &mut Vec<Hit>) {
        let mut before: Option<Step> = None;
        let mut in_capitals = true;
        let sentence = words.get(first).map(|word| word.sentence);
        for (last, (reading, word)) in readings.iter().zip(words).enumerate().skip(first) {
            if Some(word.sentence) != sentence {
                return;
            }
            in_capitals &= word.capitals;
            let step = |word| match before {
                None => self.forms.start(word),
                Some(before) => self.forms.next(before, word),
            };
            let known = hits.len();
            let mut met = |step: Step| {
                let Some(meaning) = step.value() else { return };
                let hit = |concept: &ConceptId| Hit { first, last, concept: *concept };
                hits.extend(self.meanings.concepts(meaning).iter().map(hit));
                if in_capitals {
                    hits.extend(self.meanings.in_capitals(meaning).iter().map(hit));
                }
            };
            if reading.stem.is_some() {
                let stems = self.stems.and_shorter(reading.stem);
                stems.filter_map(|stem| step(self.stem_number(stem)?)).for_each(&mut met);
            }
            before = reading.word.and_then(step);
            before.into_iter().for_each(&mut met);
            // In order by place they come; of one place they are put in order.
            hits.get_mut(known..).unwrap_or_default().sort_unstable();
            if before.is_none_or(Step::is_last) {
                return;
            }
        }
    }

    /// The further hits of a text in which words may be others, each with what must be picked for
    /// it. Those of capitals only are left out.
    pub(crate) fn hits_among(&self, text: &Text, lattice: &Lattice) -> Vec<(Hit, Vec<Pick>)> {
        let mut found = Vec::new();
        for first in 0..text.words.len() {
            let mut open = vec![Row { last: first, node: None, picks: Vec::new() }];
            while let Some(row) = open.pop() {
                self.go_on(first, row, text, lattice, &mut open, &mut found);
            }
        }
        found
    }

    /// Reads one more word of a row that begins with word number `first`, as each that it may be.
    fn go_on(
        &self,
        first: usize,
        row: Row,
        text: &Text,
        lattice: &Lattice,
        open: &mut Vec<Row>,
        found: &mut Vec<(Hit, Vec<Pick>)>,
    ) {
        let Row { last, node, picks } = row;
        let sentence = |number: usize| text.words.get(number).map(|word| word.sentence);
        if sentence(last).is_none() || sentence(last) != sentence(first) {
            return;
        }
        let step = |word| match node {
            None => self.forms.start(word),
            Some(node) => self.forms.next(node, word),
        };
        let others = lattice.choices(last).iter().enumerate();
        let others = others.map(|(number, choice)| (choice.word.as_str(), Some((last, number))));
        for (word, pick) in std::iter::once((text.word(last), None)).chain(others) {
            let picks: Vec<Pick> = picks.iter().copied().chain(pick).collect();
            let stems = self.stems.of(word).filter_map(|stem| step(self.stem_number(stem)?));
            let next = self.word_number(word).and_then(step);
            let meanings = stems.chain(next).filter_map(Step::value);
            for meaning in meanings.filter(|_| !picks.is_empty()) {
                let hit = |concept: &ConceptId| Hit { first, last, concept: *concept };
                let concepts = self.meanings.concepts(meaning).iter();
                found.extend(concepts.map(|concept| (hit(concept), picks.clone())));
            }
            if next.is_some() {
                open.push(Row { last: last + 1, node: next, picks });
            }
        }
    }
}

/// Drops what stands inside a longer form of a concept that hides, and negations inside a longer
/// cue: "no doubt" denies nothing, and "no evidence" debunks.
fn without_hidden(mut hits: Vec<Hit>, concepts: &Concepts) -> Vec<Hit> {
    let long = |wanted: &dyn Fn(ConceptId) -> bool| {
        let is_wanted = |hit: &&Hit| hit.last > hit.first && wanted(hit.concept);
        Longer::new(hits.iter().filter(is_wanted).copied().collect())
    };
    let hiding = long(&|concept| concepts.hides(concept));
    let cues = long(&|concept| concepts.role(concept).is_some());
    if hiding.hits.is_empty() && cues.hits.is_empty() {
        return hits;
    }
    hits.retain(|hit| {
        let negation = concepts.role(hit.concept) == Some(Role::Negation);
        !(hiding.contain(*hit) || (negation && cues.contain(*hit)))
    });
    hits
}

/// Hits of several words, by place.
#[derive(Debug)]
struct Longer {
    hits: Vec<Hit>,
    /// Words of the longest, less one.
    longest: usize,
}

impl Longer {
    fn new(hits: Vec<Hit>) -> Self {
        let longest = hits.iter().map(|hit| hit.last - hit.first).max().unwrap_or(0);
        Self { hits, longest }
    }

    /// Whether one of them contains a hit and is longer.
    fn contain(&self, hit: Hit) -> bool {
        // What could contain the hit begins close before it.
        let until = self.hits.partition_point(|outer| outer.first <= hit.first);
        let around = self.hits.iter().take(until).rev();
        around
            .take_while(|outer| outer.first + self.longest >= hit.last)
            .any(|outer| outer.last >= hit.last && outer.last - outer.first > hit.last - hit.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::reading::normalize::normalize;

    fn index(forms: &[(&str, bool, bool)]) -> KeywordIndex {
        let literal = |(number, (text, prefix, capitals)): (usize, &(&str, bool, bool))| Literal {
            text: (*text).to_owned(),
            prefix: *prefix,
            capitals: *capitals,
            concepts: vec![ConceptId::try_from(number).expect("few")],
        };
        KeywordIndex::new(&forms.iter().enumerate().map(literal).collect::<Vec<_>>())
    }

    fn found(index: &KeywordIndex, message: &str) -> Vec<(usize, usize, ConceptId)> {
        index
            .hits(&normalize(message), &Concepts::default())
            .iter()
            .map(|h| (h.first, h.last, h.concept))
            .collect()
    }

    #[test]
    fn whole_words_prefixes_and_capitals() {
        let index = index(&[("nato", false, false), ("encircl", true, false), ("us", false, true)]);
        assert_eq!(found(&index, "NATO encirclement by the US"), [(0, 0, 0), (1, 1, 1), (4, 4, 2)]);
        assert_eq!(found(&index, "anatomy, natos, let us"), []);
    }

    #[test]
    fn rows_of_words_within_a_sentence_and_all_in_capitals() {
        let index = index(&[
            ("not one inch", false, false),
            ("not one", false, false),
            ("one inch", true, false),
            ("us bases", false, true),
        ]);
        assert_eq!(found(&index, "not one inch"), [(0, 1, 1), (0, 2, 0), (1, 2, 2)]);
        assert_eq!(found(&index, "not one inches"), [(0, 1, 1), (1, 2, 2)]);
        assert_eq!(found(&index, "not one. inch"), [(0, 1, 1)]);
        assert_eq!(found(&index, "the US bases here"), []);
        assert_eq!(found(&index, "the US BASES here"), [(1, 2, 3)]);
    }
}
