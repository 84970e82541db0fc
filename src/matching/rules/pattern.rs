//! Patterns over hits: where in a text do these concepts stand like this?

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::sets::{SetId, Sets};
use crate::knowledge::pattern::{Gap, Pattern};
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyword::Hit;
use crate::matching::lexicon::presence::Presence;
use crate::matching::reading::normalize::Text;

/// Most placements of one pattern that are looked at; a text that has more says it often enough.
const MOST_PLACEMENTS: usize = 24;
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
    present: Presence,
    /// What patterns require.
    sets: &'a Sets,
    /// The hits of each set of several concepts, once they have been asked for.
    of_sets: Vec<OnceCell<Vec<Hit>>>,
    /// Phrase to the words that make it.
    pub(crate) parts: BTreeMap<Hit, Vec<Hit>>,
}

impl<'a> Found<'a> {
    pub(crate) fn new(text: &'a Text, hits: Vec<Hit>, sets: &'a Sets) -> Self {
        let mut by_concept = hits.clone();
        by_concept.sort_by_key(|hit| hit.concept);
        let present = by_concept.iter().map(|hit| hit.concept).collect();
        let of_sets = vec![OnceCell::new(); sets.len()];
        Self { text, hits, by_concept, present, sets, of_sets, parts: BTreeMap::new() }
    }

    /// What patterns require.
    pub(crate) fn sets(&self) -> &'a Sets {
        self.sets
    }

    /// The concepts that the text has.
    pub(crate) fn present(&self) -> &Presence {
        &self.present
    }

    /// The words that make these hits: those of phrases in their stead.
    pub(crate) fn words_of(&self, hits: &[Hit]) -> Vec<Hit> {
        let words = |hit: &Hit| self.parts.get(hit).cloned().unwrap_or_else(|| vec![*hit]);
        hits.iter().flat_map(words).collect()
    }

    /// Hits of a concept, by place.
    fn hits_of(&self, concept: ConceptId) -> &[Hit] {
        if !self.present.has(concept) {
            return &[];
        }
        let from = self.by_concept.partition_point(|hit| hit.concept < concept);
        let rest = self.by_concept.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|hit| hit.concept == concept)).unwrap_or_default()
    }

    /// Hits of any concept of a set, by place.
    fn any_of(&self, set: SetId) -> &[Hit] {
        match self.sets.concepts(set) {
            [] => &[],
            [concept] => self.hits_of(*concept),
            concepts => match self.of_sets.get(usize::from(set)) {
                Some(cell) => cell.get_or_init(|| self.merged(concepts)),
                None => &[],
            },
        }
    }

    fn merged(&self, concepts: &[ConceptId]) -> Vec<Hit> {
        let mut hits: Vec<Hit> =
            concepts.iter().flat_map(|concept| self.hits_of(*concept)).copied().collect();
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

/// A pattern whose concepts are numbers.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// What it requires: first `elements` sets that are its elements, then those that it needs
    /// besides.
    required: Box<[SetId]>,
    elements: usize,
    /// Gap before each element; empty when the order does not matter.
    gaps: Box<[Gap]>,
    window: usize,
    /// Whether an unordered pattern may stand in several sentences.
    across: bool,
    /// None of these may stand in its sentences.
    unless: SetId,
}

impl Compiled {
    /// `None` when the pattern or a concept in it is unknown.
    pub(crate) fn new(
        pattern: &str,
        (needs, unless): (&[String], &[String]),
        language: &str,
        concepts: &Concepts,
        sets: &mut Sets,
    ) -> Option<Self> {
        let numbers = |names: &[String]| -> Option<Vec<ConceptId>> {
            names.iter().map(|name| concepts.number(language, name)).collect()
        };
        let any_of = |names: &String| -> Option<Vec<ConceptId>> {
            numbers(&names.split('|').map(str::to_owned).collect::<Vec<_>>())
        };
        let needs = needs.iter().map(any_of).collect::<Option<Vec<_>>>()?;
        let unless = unless.iter().map(any_of).collect::<Option<Vec<_>>>()?.concat();
        let (elements, gaps, window, across): (_, Vec<Gap>, _, _) =
            match Pattern::parse(pattern).ok()? {
                Pattern::Ordered(parts) => {
                    let (gaps, elements): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
                    (elements, gaps, usize::MAX, false)
                }
                Pattern::Unordered { elements, window, across } => {
                    (elements, Vec::new(), window, across)
                }
            };
        let elements = elements.iter().map(|names| numbers(names)).collect::<Option<Vec<_>>>()?;
        let count = elements.len();
        let required = elements.into_iter().chain(needs).map(|set| sets.add(set));
        Some(Self {
            required: required.collect::<Option<_>>()?,
            elements: count,
            gaps: gaps.into(),
            window,
            across,
            unless: sets.add(unless)?,
        })
    }

    /// What the pattern is about: the element or need that has the fewest everyday words.
    pub(crate) fn subject<'s>(&self, concepts: &Concepts, sets: &'s Sets) -> &'s [ConceptId] {
        let commonness = |any: &&[ConceptId]| {
            let common: usize = any.iter().map(|concept| concepts.commonness(*concept)).sum();
            (common, any.len())
        };
        self.required(sets).min_by_key(commonness).unwrap_or_default()
    }

    /// What the pattern cannot stand without: one of each of these.
    pub(crate) fn required<'s>(&self, sets: &'s Sets) -> impl Iterator<Item = &'s [ConceptId]> {
        self.required.iter().map(|set| sets.concepts(*set))
    }

    /// Whether everything that the pattern needs is somewhere in the text.
    pub(crate) fn may_stand(&self, present: &Presence, sets: &Sets) -> bool {
        self.required(sets).all(|any| any.iter().any(|concept| present.has(*concept)))
    }

    /// The ways in which the pattern stands in a text in which it may stand; each is one hit per
    /// element, in the pattern's order.
    pub(crate) fn placements(&self, found: &Found<'_>) -> Vec<Vec<Hit>> {
        let elements = self.required.get(..self.elements).unwrap_or_default();
        let layers: Vec<&[Hit]> = elements.iter().map(|element| found.any_of(*element)).collect();
        let mut placements = if self.gaps.is_empty() {
            self.unordered(found, &layers)
        } else {
            self.ordered(found, &layers)
        };
        if !placements.is_empty() {
            let spoiling = found.any_of(self.unless);
            placements.retain(|hits| !is_spoilt(hits, spoiling, found));
        }
        placements
    }

    /// Layer by layer: a hit is reachable when a reachable one of the layer before stands within
    /// the gap; the nearest is kept.
    fn ordered(&self, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
        let mut reached: Vec<Vec<(Hit, usize)>> = Vec::with_capacity(self.gaps.len());
        for (layer, gap) in layers.iter().zip(&self.gaps) {
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
    fn unordered(&self, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
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

/// Whether one of the hits that must not be there is in the sentences of `hits`.
fn is_spoilt(hits: &[Hit], spoiling: &[Hit], found: &Found<'_>) -> bool {
    let sentences = || hits.iter().map(|hit| found.sentence(hit.first));
    let (Some(first), Some(last)) = (sentences().min(), sentences().max()) else {
        return false;
    };
    let before = spoiling.partition_point(|hit| found.sentence(hit.first) < first);
    spoiling.get(before).is_some_and(|hit| found.sentence(hit.first) <= last)
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
