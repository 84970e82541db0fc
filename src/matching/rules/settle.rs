//! Which of the words that a misspelt one may be is meant: the one that patterns can use.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::found::Found;
use super::{Rules, letters_changed, tried};
use crate::knowledge::Role;
use crate::matching::lexicon::concepts::Concepts;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::reading::lattice::{Lattice, Pick};
use crate::matching::score;

/// What is left of a pattern's weight, among others, for each quarter of a letter by which a word
/// of it is less likely than another.
const PER_EXCESS: f32 = 0.97;

/// The hits that a text has when some of its words are read as others.
#[derive(Debug)]
pub(crate) struct Among<'l> {
    lattice: &'l Lattice,
    /// The easiest way to each.
    picks: BTreeMap<Hit, Vec<Pick>>,
}

impl<'l> Among<'l> {
    /// Of `among` the hits that are not also `sure`, which come by place.
    pub(crate) fn new(among: Vec<(Hit, Vec<Pick>)>, sure: &[Hit], lattice: &'l Lattice) -> Self {
        let mut all = Self { lattice, picks: BTreeMap::new() };
        for (hit, picks) in among {
            let effort =
                |picks: &[Pick]| (all.is_far(picks), all.letters(picks), all.excess(picks));
            let easier = all.picks.get(&hit).is_none_or(|old| effort(&picks) < effort(old));
            if easier && sure.binary_search(&hit).is_err() {
                all.picks.insert(hit, picks);
            }
        }
        all
    }

    /// The sure hits and those that patterns may use, by place.
    pub(crate) fn and(&self, sure: &[Hit]) -> Vec<Hit> {
        let near = self.picks.iter().filter(|(_, picks)| !self.is_far(picks)).map(|(hit, _)| hit);
        let mut all: Vec<Hit> = sure.iter().chain(near).copied().collect();
        all.sort();
        all
    }

    fn is_far(&self, picks: &[Pick]) -> bool {
        picks.iter().filter_map(|pick| self.lattice.choice(*pick)).any(|choice| choice.far)
    }

    /// Letters changed for these picks.
    fn letters(&self, picks: &[Pick]) -> usize {
        let choices = picks.iter().filter_map(|pick| self.lattice.choice(*pick));
        choices.map(|choice| choice.distance).sum()
    }

    /// By how much these are less likely than the likeliest words, in quarters of a letter.
    fn excess(&self, picks: &[Pick]) -> usize {
        let choices = picks.iter().filter_map(|pick| self.lattice.choice(*pick));
        choices.map(|choice| choice.excess).sum()
    }

    /// What must be picked for all of these; `None` where one word would have to be two.
    fn picks_of(&self, hits: &[Hit]) -> Option<Vec<Pick>> {
        let mut picks: Vec<Pick> = Vec::new();
        for pick in hits.iter().filter_map(|hit| self.picks.get(hit)).flatten() {
            match picks.iter().find(|(word, _)| *word == pick.0) {
                Some(other) if other == pick => {}
                Some(_) => return None,
                None => picks.push(*pick),
            }
        }
        Some(picks)
    }
}

/// A pattern as it stands when some words are read as others.
#[derive(Debug)]
struct Way<'r> {
    answer: &'r str,
    weight: f32,
    words: Vec<Hit>,
    picks: Vec<Pick>,
}

/// The words that are read as others, and those that must stay as they are.
#[derive(Debug, Default)]
struct Settled {
    picks: Vec<Pick>,
    words: Vec<usize>,
}

impl Settled {
    /// Reads these words with these picks, unless one of them is settled as something else.
    fn settle(&mut self, words: &[Hit], picks: &[Pick]) {
        let is_free = |pick: &Pick| self.picks.contains(pick) || !self.words.contains(&pick.0);
        let is_picked = |word: usize, picks: &[Pick]| picks.iter().any(|pick| pick.0 == word);
        let numbers = words.iter().flat_map(|hit| hit.first..=hit.last);
        let fits = picks.iter().all(is_free)
            && numbers.clone().all(|word| is_picked(word, picks) || !is_picked(word, &self.picks));
        if fits {
            self.words.extend(numbers);
            self.picks.extend(picks);
            self.picks.sort_unstable();
            self.picks.dedup();
        }
    }
}

impl Rules {
    /// What is picked. The answer for which most speaks comes first with what its patterns need,
    /// the weightiest first; then what makes exceptions and what speaks against a claim; then the
    /// other answers.
    pub(crate) fn settle(
        &self,
        found: &Found<'_>,
        among: &Among<'_>,
        concepts: &Concepts,
    ) -> Vec<Pick> {
        let ways = self.ways(found, among);
        let best = ways.first().map(|way| way.answer);
        let (of_the_best, of_others): (Vec<&Way<'_>>, Vec<&Way<'_>>) =
            ways.iter().partition(|way| Some(way.answer) == best);
        let mut settled = Settled::default();
        for way in of_the_best {
            settled.settle(&way.words, &way.picks);
        }
        // Sorted, so that the order of the files does not matter.
        let mut excepted: Vec<(Vec<Hit>, Vec<Pick>)> =
            tried(&self.exceptions, &self.exceptions_by_key, found)
                .into_iter()
                .flat_map(|rule| rule.pattern.placements(found))
                .map(|hits| found.words_of(&hits))
                .filter_map(|words| among.picks_of(&words).map(|picks| (words, picks)))
                .collect();
        excepted.sort();
        for (words, picks) in &excepted {
            settled.settle(words, picks);
        }
        let speaks_against = |hit: &Hit| {
            let role = concepts.role(hit.concept);
            matches!(role, Some(Role::Negation | Role::Debunk | Role::Reversal | Role::Mockery))
        };
        let mut cues: Vec<(&Hit, &Vec<Pick>)> =
            among.picks.iter().filter(|(hit, _)| speaks_against(hit)).collect();
        cues.sort_by_key(|(hit, picks)| (Reverse(hit.last - hit.first), among.excess(picks)));
        for (hit, picks) in cues {
            settled.settle(&[*hit], picks);
        }
        for way in of_others {
            settled.settle(&way.words, &way.picks);
        }
        settled.picks
    }

    /// The easiest way in which each pattern stands in the text: those of the answer first for
    /// which most speaks in all, of each answer the weightiest first.
    fn ways(&self, found: &Found<'_>, among: &Among<'_>) -> Vec<Way<'_>> {
        let mut ways: Vec<Way<'_>> = Vec::new();
        let mut weights: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
        for rule in tried(&self.patterns, &self.by_key, found) {
            let answer = self.answers.get(rule.answer).map_or("", String::as_str);
            let placed = rule.pattern.placements(found).into_iter().filter_map(|hits| {
                let words = found.words_of(&hits);
                let picks = among.picks_of(&words)?;
                let guessed = |pick: &Pick| found.text.words.get(pick.0).map_or(0, |w| w.distance);
                let instead: usize = picks.iter().map(guessed).sum();
                let letters = letters_changed(&words, found.text) + among.letters(&picks);
                let weight = score::weight(rule.strength, letters.saturating_sub(instead));
                let excess = i32::try_from(among.excess(&picks)).unwrap_or(i32::MAX);
                let weight = weight * PER_EXCESS.powi(excess);
                Some(Way { answer, weight, words, picks })
            });
            if let Some(easiest) = placed.max_by(|a, b| a.weight.total_cmp(&b.weight)) {
                weights.entry(answer).or_default().push(easiest.weight);
                ways.push(easiest);
            }
        }
        // Added in the same order whatever that of the files.
        for weights in weights.values_mut() {
            weights.sort_by(f32::total_cmp);
        }
        let sum = |way: &Way<'_>| -> f32 { weights.get(way.answer).into_iter().flatten().sum() };
        ways.sort_by(|a, b| {
            let by_answer = sum(b).total_cmp(&sum(a)).then_with(|| a.answer.cmp(b.answer));
            let by_weight = by_answer.then_with(|| b.weight.total_cmp(&a.weight));
            by_weight.then_with(|| (&a.words, &a.picks).cmp(&(&b.words, &b.picks)))
        });
        ways
    }
}
