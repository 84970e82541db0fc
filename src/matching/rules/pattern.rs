//! Patterns over hits: where in a text do these concepts stand like this?

use std::rc::Rc;

use super::found::Found;
use super::sets::{SetId, Sets};
use crate::knowledge::pattern::{Gap, Pattern};
use crate::matching::lexicon::concepts::{ConceptId, Concepts};
use crate::matching::lexicon::keyword::Hit;
use crate::matching::lexicon::presence::Presence;

/// Most placements of one pattern that are looked at; a text that has more says it often enough.
const MOST_PLACEMENTS: usize = 24;
/// So many hits before another are looked at for one that it stands behind.
const LOOKED_BACK: usize = 4;
/// How many sentences `>>` may go on.
const ONWARD_SENTENCES: usize = 2;

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
        let layers: Vec<Rc<[Hit]>> =
            elements.iter().map(|element| found.any_of(*element)).collect();
        let layers: Vec<&[Hit]> = layers.iter().map(AsRef::as_ref).collect();
        let mut placements = if self.gaps.is_empty() {
            self.unordered(found, &layers)
        } else {
            self.ordered(found, &layers)
        };
        if !placements.is_empty() {
            let spoiling = found.any_of(self.unless);
            placements.retain(|hits| !is_spoilt(hits, &spoiling, found));
        }
        placements
    }

    /// The first words of a text that must not be there.
    pub(crate) fn spoiler(&self, found: &Found<'_>) -> Option<Hit> {
        found.any_of(self.unless).first().copied()
    }

    /// Layer by layer: a hit is reachable when a reachable one of the layer before stands within
    /// the gap; the nearest is kept.
    fn ordered(&self, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
        let Some((first, later)) = layers.split_first() else { return Vec::new() };
        // All of the first layer are.
        let mut reached: Vec<Vec<Reached>> = Vec::with_capacity(later.len());
        for (number, (layer, gap)) in later.iter().zip(self.gaps.iter().skip(1)).enumerate() {
            let most = if number + 1 == later.len() { MOST_PLACEMENTS } else { usize::MAX };
            let next = match reached.last() {
                None => next_layer(found, first, |hit| *hit, layer, *gap, most),
                Some(before) => next_layer(found, before, |reached| reached.hit, layer, *gap, most),
            };
            if next.is_empty() {
                return Vec::new();
            }
            reached.push(next);
        }
        let ends = reached.last().map_or(first.len(), Vec::len).min(MOST_PLACEMENTS);
        (0..ends).filter_map(|end| chain(first, &reached, end)).collect()
    }

    /// The narrowest windows that hold one hit of each layer.
    fn unordered(&self, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
        let Some(rarest) = (0..layers.len()).min_by_key(|n| layers.get(*n).map(|l| l.len())) else {
            return Vec::new();
        };
        let mut rest: Vec<&[Hit]> = layers.to_vec();
        let mut latest: Vec<Option<Hit>> = vec![None; layers.len()];
        let mut placements = Vec::new();
        // From all layers the hits by place.
        let next = |rest: &[&[Hit]]| {
            let firsts = rest.iter().enumerate().filter_map(|(n, hits)| Some((*hits.first()?, n)));
            firsts.min()
        };
        while let Some((hit, layer)) = next(&rest) {
            let near = |rare: &Hit| hit.first - rare.first < self.window;
            if latest.get(rarest).copied().flatten().is_none_or(|rare| !near(&rare)) {
                // Nothing fits that is further before the next of the rarest.
                let Some(rare) = rest.get(rarest).and_then(|hits| hits.first()) else { break };
                let from = (rare.first + 1).saturating_sub(self.window);
                if hit.first < from {
                    for hits in &mut rest {
                        let skipped = hits.partition_point(|hit| hit.first < from);
                        *hits = hits.get(skipped..).unwrap_or_default();
                    }
                    continue;
                }
            }
            if let (Some(hits), Some(slot)) = (rest.get_mut(layer), latest.get_mut(layer)) {
                *hits = hits.get(1..).unwrap_or_default();
                *slot = Some(hit);
            }
            if latest.contains(&None) {
                continue;
            }
            let all = || latest.iter().flatten();
            let first = all().map(|hit| hit.first).min().unwrap_or(0);
            let last = all().map(|hit| hit.last).max().unwrap_or(0);
            let together = self.across || found.sentence(first) == found.sentence(last);
            if last - first < self.window && together {
                let all: Vec<Hit> = all().copied().collect();
                if are_apart(&all) {
                    placements.push(all);
                }
            }
            if placements.len() == MOST_PLACEMENTS {
                break;
            }
        }
        placements
    }
}

/// A hit that is reachable, and the number of the one before it.
#[derive(Debug, Clone, Copy)]
struct Reached {
    hit: Hit,
    before: usize,
}

/// Of a layer the first `most` hits that are reachable from those `before`; both come by place.
fn next_layer<T>(
    found: &Found<'_>,
    before: &[T],
    hit_of: impl Fn(&T) -> Hit,
    layer: &[Hit],
    gap: Gap,
    most: usize,
) -> Vec<Reached> {
    let mut reached = Vec::new();
    // How many begin before the hit.
    let mut behind = 0;
    let mut rest = layer;
    while let Some((hit, others)) = rest.split_first() {
        let ahead = before.get(behind..).unwrap_or_default();
        if ahead.first().is_some_and(|other| hit_of(other).first < hit.first) {
            behind += ahead.partition_point(|other| hit_of(other).first < hit.first);
        }
        // A longer form may end behind the beginning of the hit: look at a few more than the last.
        let looked_at = (behind.saturating_sub(LOOKED_BACK)..behind).rev();
        let mut looked_at = looked_at.filter_map(|n| Some((n, hit_of(before.get(n)?))));
        rest = others;
        if let Some((before, _)) =
            looked_at.clone().find(|(_, other)| follows(found, *other, *hit, gap))
        {
            reached.push(Reached { hit: *hit, before });
            if reached.len() == most {
                break;
            }
        } else if looked_at.all(|(_, other)| other.last < hit.first) {
            // Those are too far behind for all that stands before the next one.
            let Some(next) = before.get(behind).map(&hit_of) else { break };
            let skipped = others.partition_point(|hit| hit.first <= next.first);
            rest = others.get(skipped..).unwrap_or_default();
        }
    }
    reached
}

/// Whether `hit` stands behind another one, within the gap.
fn follows(found: &Found<'_>, other: Hit, hit: Hit, gap: Gap) -> bool {
    if other.last >= hit.first {
        return false;
    }
    let apart = found.sentence(hit.first).checked_sub(found.sentence(other.last));
    match gap {
        Gap::Words(most) => apart == Some(0) && hit.first - other.last - 1 <= most,
        Gap::Sentence => apart == Some(0),
        Gap::Onwards => apart.is_some_and(|apart| apart <= ONWARD_SENTENCES),
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

/// The hits from the first layer to number `end` of the last.
fn chain(first: &[Hit], reached: &[Vec<Reached>], end: usize) -> Option<Vec<Hit>> {
    let mut number = end;
    let mut hits = Vec::with_capacity(reached.len() + 1);
    for layer in reached.iter().rev() {
        let Reached { hit, before } = layer.get(number)?;
        hits.push(*hit);
        number = *before;
    }
    hits.push(*first.get(number)?);
    hits.reverse();
    Some(hits)
}

#[cfg(test)]
mod tests;
