//! Patterns over hits: where in a text do these concepts stand like this?

use std::collections::BTreeMap;

use crate::knowledge::pattern::{Gap, Pattern};
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyword::Hit;
use crate::matching::reading::normalize::Text;

/// Most placements of one pattern that are looked at; a text that has more says it often enough.
const MOST_PLACEMENTS: usize = 24;
/// More concepts than a lexicon has, as a rule: those beyond are looked for in a slower way.
const BITS: usize = 1024;
/// How many sentences `>>` may go on.
const ONWARD_SENTENCES: usize = 2;

/// The hits of a text, which come by place, also by concept.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    /// The text they are in.
    pub(crate) text: &'a Text,
    /// By place.
    pub(crate) hits: Vec<Hit>,
    /// The same by concept, then place.
    by_concept: Vec<Hit>,
    /// A bit for each concept among them that has a number below [`BITS`].
    there: [u64; BITS / 64],
    /// Phrase to the words that make it.
    pub(crate) parts: BTreeMap<Hit, Vec<Hit>>,
}

impl<'a> Found<'a> {
    pub(crate) fn new(text: &'a Text, hits: Vec<Hit>) -> Self {
        let mut by_concept = hits.clone();
        by_concept.sort_by_key(|hit| hit.concept);
        let mut there = [0; BITS / 64];
        for hit in &by_concept {
            let (slot, bit) = place(hit.concept);
            if let Some(bits) = there.get_mut(slot) {
                *bits |= bit;
            }
        }
        Self { text, hits, by_concept, there, parts: BTreeMap::new() }
    }

    /// Whether the text has the concept.
    pub(crate) fn has(&self, concept: ConceptId) -> bool {
        let (slot, bit) = place(concept);
        match self.there.get(slot) {
            Some(bits) => bits & bit != 0,
            None => self.by_concept.binary_search_by_key(&concept, |hit| hit.concept).is_ok(),
        }
    }

    /// The words that make these hits: those of phrases in their stead.
    pub(crate) fn words_of(&self, hits: &[Hit]) -> Vec<Hit> {
        let words = |hit: &Hit| self.parts.get(hit).cloned().unwrap_or_else(|| vec![*hit]);
        hits.iter().flat_map(words).collect()
    }

    /// The concepts that the text has, each once.
    pub(crate) fn concepts(&self) -> impl Iterator<Item = ConceptId> {
        let mut last = None;
        let concepts = self.by_concept.iter().map(|hit| hit.concept);
        concepts.filter(move |concept| last.replace(*concept) != Some(*concept))
    }

    /// Hits of a concept, by place.
    fn hits_of(&self, concept: ConceptId) -> &[Hit] {
        if !self.has(concept) {
            return &[];
        }
        let from = self.by_concept.partition_point(|hit| hit.concept < concept);
        let rest = self.by_concept.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|hit| hit.concept == concept)).unwrap_or_default()
    }

    /// Hits of any of these concepts, by place.
    fn any_of(&self, element: &[ConceptId]) -> Vec<Hit> {
        let mut hits: Vec<Hit> =
            element.iter().flat_map(|concept| self.hits_of(*concept)).copied().collect();
        // Each concept's are in order: rows that the stable sort makes use of.
        if !hits.is_sorted_by(|a, b| a < b) {
            hits.sort();
            hits.dedup();
        }
        hits
    }

    fn sentence(&self, word: usize) -> usize {
        self.text.words.get(word).map_or(0, |word| word.sentence)
    }
}

/// Slot and bit of a concept.
fn place(concept: ConceptId) -> (usize, u64) {
    (usize::from(concept) / 64, 1 << (concept % 64))
}

/// A pattern whose concepts are numbers.
#[derive(Debug)]
pub(crate) struct Compiled {
    elements: Vec<Vec<ConceptId>>,
    /// Gap before each element; empty when the order does not matter.
    gaps: Vec<Gap>,
    window: usize,
    /// Whether an unordered pattern may stand in several sentences.
    across: bool,
    needs: Vec<Vec<ConceptId>>,
    unless: Vec<ConceptId>,
}

impl Compiled {
    /// `None` when the pattern or a concept in it is unknown.
    pub(crate) fn new(
        pattern: &str,
        (needs, unless): (&[String], &[String]),
        language: &str,
        concepts: &Concepts,
    ) -> Option<Self> {
        let numbers = |names: &[String]| -> Option<Vec<ConceptId>> {
            names.iter().map(|name| concepts.number(language, name)).collect()
        };
        let any_of = |names: &String| -> Option<Vec<ConceptId>> {
            numbers(&names.split('|').map(str::to_owned).collect::<Vec<_>>())
        };
        let needs = needs.iter().map(any_of).collect::<Option<_>>()?;
        let unless = unless.iter().map(any_of).collect::<Option<Vec<_>>>()?.concat();
        let mut compiled = match Pattern::parse(pattern).ok()? {
            Pattern::Ordered(parts) => Self {
                elements: parts.iter().map(|(_, names)| numbers(names)).collect::<Option<_>>()?,
                gaps: parts.into_iter().map(|(gap, _)| gap).collect(),
                window: usize::MAX,
                across: false,
                needs,
                unless,
            },
            Pattern::Unordered { elements, window, across } => Self {
                elements: elements.iter().map(|names| numbers(names)).collect::<Option<_>>()?,
                gaps: Vec::new(),
                window,
                across,
                needs,
                unless,
            },
        };
        compiled.elements.shrink_to_fit();
        compiled.elements.iter_mut().for_each(Vec::shrink_to_fit);
        Some(compiled)
    }

    /// What the pattern is about: the element or need that has the fewest everyday words.
    pub(crate) fn subject(&self, concepts: &Concepts) -> &[ConceptId] {
        let commonness = |any: &&Vec<ConceptId>| {
            let common: usize = any.iter().map(|concept| concepts.commonness(*concept)).sum();
            (common, any.len())
        };
        let all = self.elements.iter().chain(&self.needs);
        all.min_by_key(commonness).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the pattern cannot stand without: one of each of these.
    pub(crate) fn required(&self) -> impl Iterator<Item = &[ConceptId]> {
        self.elements.iter().chain(&self.needs).map(Vec::as_slice)
    }

    /// Whether everything that the pattern needs is somewhere in the text.
    pub(crate) fn may_stand(&self, found: &Found<'_>) -> bool {
        self.required().all(|any| any.iter().any(|concept| found.has(*concept)))
    }

    /// The ways in which the pattern stands in the text; each is one hit per element, in the
    /// pattern's order.
    pub(crate) fn placements(&self, found: &Found<'_>) -> Vec<Vec<Hit>> {
        if !self.may_stand(found) {
            return Vec::new();
        }
        let layers = self.elements.iter().map(|element| found.any_of(element));
        let mut placements = if self.gaps.is_empty() {
            self.unordered(found, &layers.collect::<Vec<_>>())
        } else {
            self.ordered(found, layers)
        };
        placements.retain(|hits| !self.is_spoilt(hits, found));
        placements
    }

    /// The first words of a text that must not be there.
    pub(crate) fn spoiler(&self, found: &Found<'_>) -> Option<Hit> {
        found.any_of(&self.unless).first().copied()
    }

    /// Whether a concept that must not be there is in the sentences of these hits.
    fn is_spoilt(&self, hits: &[Hit], found: &Found<'_>) -> bool {
        let sentences = || hits.iter().map(|hit| found.sentence(hit.first));
        let (Some(first), Some(last)) = (sentences().min(), sentences().max()) else {
            return false;
        };
        found
            .any_of(&self.unless)
            .iter()
            .any(|hit| (first..=last).contains(&found.sentence(hit.first)))
    }

    /// Layer by layer: a hit is reachable when a reachable one of the layer before stands within
    /// the gap; the nearest is kept.
    fn ordered(&self, found: &Found<'_>, layers: impl Iterator<Item = Vec<Hit>>) -> Vec<Vec<Hit>> {
        let mut reached: Vec<Vec<(Hit, usize)>> = Vec::with_capacity(self.gaps.len());
        for (layer, gap) in layers.zip(&self.gaps) {
            let next = match reached.last() {
                None => layer.iter().map(|hit| (*hit, 0)).collect(),
                Some(before) => layer
                    .iter()
                    .filter_map(|hit| Some((*hit, nearest_before(found, before, *hit, *gap)?)))
                    .collect::<Vec<_>>(),
            };
            if next.is_empty() {
                return Vec::new();
            }
            reached.push(next);
        }
        let ends = reached.last().map_or(0, Vec::len).min(MOST_PLACEMENTS);
        (0..ends).map(|end| chain(&reached, end)).collect()
    }

    /// The narrowest windows that hold one hit of each layer.
    fn unordered(&self, found: &Found<'_>, layers: &[Vec<Hit>]) -> Vec<Vec<Hit>> {
        let mut events: Vec<(Hit, usize)> = layers
            .iter()
            .enumerate()
            .flat_map(|(layer, hits)| hits.iter().map(move |hit| (*hit, layer)))
            .collect();
        // Each layer is in order: rows that the stable sort makes use of.
        events.sort();
        let mut latest: Vec<Option<Hit>> = vec![None; layers.len()];
        let mut placements = Vec::new();
        for (hit, layer) in events {
            if let Some(slot) = latest.get_mut(layer) {
                *slot = Some(hit);
            }
            let Some(all) = latest.iter().copied().collect::<Option<Vec<Hit>>>() else {
                continue;
            };
            let first = all.iter().map(|hit| hit.first).min().unwrap_or(0);
            let last = all.iter().map(|hit| hit.last).max().unwrap_or(0);
            let together = self.across || found.sentence(first) == found.sentence(last);
            let fits = last - first < self.window && together;
            if fits && are_apart(&all) && placements.len() < MOST_PLACEMENTS {
                placements.push(all);
            }
        }
        placements
    }
}

/// No two elements are the same words. One may lie inside another: a phrase has gaps.
fn are_apart(hits: &[Hit]) -> bool {
    hits.iter().enumerate().all(|(number, hit)| {
        hits.iter().skip(number + 1).all(|other| (hit.first, hit.last) != (other.first, other.last))
    })
}

/// Number in `before` of the last hit that ends before `hit` begins, if it is within the gap.
fn nearest_before(found: &Found<'_>, before: &[(Hit, usize)], hit: Hit, gap: Gap) -> Option<usize> {
    let behind = before.partition_point(|(other, _)| other.first < hit.first);
    // A longer form may end behind the beginning of the hit: look at a few more.
    (behind.saturating_sub(4)..behind).rev().find(|number| {
        before.get(*number).is_some_and(|(other, _)| {
            let apart = found.sentence(hit.first).checked_sub(found.sentence(other.last));
            other.last < hit.first
                && match gap {
                    Gap::Words(most) => apart == Some(0) && hit.first - other.last - 1 <= most,
                    Gap::Sentence => apart == Some(0),
                    Gap::Onwards => apart.is_some_and(|apart| apart <= ONWARD_SENTENCES),
                }
        })
    })
}

fn chain(reached: &[Vec<(Hit, usize)>], end: usize) -> Vec<Hit> {
    let mut number = end;
    let mut hits = Vec::with_capacity(reached.len());
    for layer in reached.iter().rev() {
        if let Some((hit, before)) = layer.get(number) {
            hits.push(*hit);
            number = *before;
        }
    }
    hits.reverse();
    hits
}
