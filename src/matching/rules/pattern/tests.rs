//! What is skipped could not have stood: placements are held against those of a walk over all hits.

use proptest::prelude::*;

use super::*;
use crate::matching::reading::normalize::{Text, Word};

/// A text of so many words, of which each sentence has `length`.
fn text(words: usize, length: usize) -> Text {
    let word = |number: usize| Word { sentence: number / length, ..Word::default() };
    Text { words: (0..words).map(word).collect(), ..Text::default() }
}

/// Hits of a concept by place; longer ones as well.
fn layer(places: &[(usize, usize)], concept: ConceptId) -> Vec<Hit> {
    let hit = |(first, more): &(usize, usize)| Hit { first: *first, last: first + more, concept };
    let mut hits: Vec<Hit> = places.iter().map(hit).collect();
    hits.sort();
    hits.dedup();
    hits
}

fn pattern(gaps: &[Gap], window: usize, across: bool) -> Compiled {
    Compiled { required: [].into(), elements: 0, gaps: gaps.into(), window, across, unless: 0 }
}

/// Every hit in turn, with the latest of each other layer.
fn all_windows(pattern: &Compiled, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
    let numbered = layers.iter().enumerate();
    let mut events: Vec<(Hit, usize)> =
        numbered.flat_map(|(layer, hits)| hits.iter().map(move |hit| (*hit, layer))).collect();
    events.sort();
    let mut latest = vec![None; layers.len()];
    let mut placements = Vec::new();
    for (hit, layer) in events {
        latest[layer] = Some(hit);
        let Some(all) = latest.iter().copied().collect::<Option<Vec<Hit>>>() else { continue };
        let first = all.iter().map(|hit| hit.first).min().unwrap_or(0);
        let last = all.iter().map(|hit| hit.last).max().unwrap_or(0);
        let together = pattern.across || found.sentence(first) == found.sentence(last);
        if last - first < pattern.window && together && are_apart(&all) {
            placements.push(all);
        }
    }
    placements.truncate(MOST_PLACEMENTS);
    placements
}

/// Every hit of each layer, with the nearest of the last few reachable ones before it.
fn all_rows(pattern: &Compiled, found: &Found<'_>, layers: &[&[Hit]]) -> Vec<Vec<Hit>> {
    let mut rows: Vec<Vec<Hit>> = layers[0].iter().map(|hit| vec![*hit]).collect();
    for (layer, gap) in layers.iter().zip(&pattern.gaps).skip(1) {
        let longer = layer.iter().filter_map(|hit| {
            let begin_before = |row: &&Vec<Hit>| row.last().is_some_and(|b| b.first < hit.first);
            let mut before = rows.iter().filter(begin_before).rev().take(LOOKED_BACK);
            let row = before.find(|row| follows(found, row[row.len() - 1], *hit, *gap))?;
            Some(row.iter().copied().chain([*hit]).collect())
        });
        rows = longer.collect();
    }
    rows.truncate(MOST_PLACEMENTS);
    rows
}

fn gap() -> impl Strategy<Value = Gap> {
    prop_oneof![(0..6_usize).prop_map(Gap::Words), Just(Gap::Sentence), Just(Gap::Onwards)]
}

proptest! {
    #[test]
    fn nothing_is_skipped_that_stands(
        places in prop::collection::vec(
            prop::collection::vec((0..116_usize, 0..4_usize), 0..30), 1..4),
        gaps in prop::collection::vec(gap(), 4),
        (window, across, length) in (1..30_usize, any::<bool>(), 1..40_usize),
    ) {
        let (text, sets) = (text(120, length), Sets::default());
        let found = Found::new(&text, Vec::new(), &sets);
        let layers: Vec<Vec<Hit>> =
            (1..).zip(&places).map(|(concept, places)| layer(places, concept)).collect();
        let layers: Vec<&[Hit]> = layers.iter().map(Vec::as_slice).collect();
        let anyhow = pattern(&[], window, across);
        prop_assert_eq!(
            anyhow.unordered(&found, &layers), all_windows(&anyhow, &found, &layers));
        let rows = pattern(gaps.get(..layers.len()).unwrap_or_default(), usize::MAX, false);
        prop_assert_eq!(rows.ordered(&found, &layers), all_rows(&rows, &found, &layers));
    }
}
