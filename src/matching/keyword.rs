//! The keyword index: one Aho-Corasick scan finds every word form of every concept.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::concepts::{ConceptId, Concepts, Literal};
use super::normalize::Text;
use crate::knowledge::Role;

/// More words than any form of a lexicon has.
const LONGEST_FORM: usize = 16;

/// Word forms, ready to be found.
#[derive(Debug)]
pub(super) struct KeywordIndex {
    automaton: AhoCorasick,
    literals: Vec<Literal>,
}

/// A word form of a concept in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Number of its first word.
    pub(super) first: usize,
    /// Number of its last word.
    pub(super) last: usize,
    /// What it stands for.
    pub(super) concept: ConceptId,
}

impl KeywordIndex {
    /// Builds the automaton. A space before each form keeps matches at word starts.
    ///
    /// # Errors
    /// When the forms together are too many for the automaton's 32-bit states.
    pub(super) fn new(literals: Vec<Literal>) -> Result<Self, BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(literals.iter().map(|literal| format!(" {}", literal.text)))?;
        Ok(Self { automaton, literals })
    }

    /// Every hit, by place, without those that `concepts` hides inside longer ones.
    pub(super) fn hits(&self, text: &Text, concepts: &Concepts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(&text.plain) {
            let Some(literal) = self.literals.get(found.pattern().as_usize()) else {
                continue;
            };
            let goes_on = text.plain.as_bytes().get(found.end()).is_some_and(|b| *b != b' ');
            if goes_on && !literal.prefix {
                continue;
            }
            let word_at = |byte| text.words.partition_point(|word| word.start <= byte) - 1;
            let (first, last) = (word_at(found.start() + 1), word_at(found.end() - 1));
            let sentence = |word: usize| text.words.get(word).map(|word| word.sentence);
            if sentence(first) != sentence(last) {
                continue;
            }
            let in_capitals = || {
                text.words.get(first..=last).is_some_and(|words| words.iter().all(|w| w.capitals))
            };
            if !literal.capitals || in_capitals() {
                hits.extend(literal.concepts.iter().map(|concept| Hit {
                    first,
                    last,
                    concept: *concept,
                }));
            }
        }
        hits.sort_unstable();
        hits.dedup();
        without_hidden(hits, concepts)
    }
}

/// Drops what stands inside a longer form of a concept that hides, and negations inside a longer
/// cue: "no doubt" denies nothing, and "no evidence" debunks.
fn without_hidden(hits: Vec<Hit>, concepts: &Concepts) -> Vec<Hit> {
    let is_long = |hit: &&Hit| hit.last > hit.first;
    let long: Vec<Hit> = hits.iter().filter(is_long).copied().collect();
    if long.is_empty() {
        return hits;
    }
    let hidden = |hit: &Hit| {
        // Forms are short: what could contain the hit begins close before it.
        let until = long.partition_point(|outer| outer.first <= hit.first);
        let around =
            long.iter().take(until).rev().take_while(|o| o.first + LONGEST_FORM > hit.first);
        let mut containing = around.filter(|outer| {
            outer.last >= hit.last && outer.last - outer.first > hit.last - hit.first
        });
        let negation = concepts.role(hit.concept) == Some(Role::Negation);
        containing.any(|outer| {
            let cue = negation && concepts.role(outer.concept).is_some();
            cue || concepts.hides(outer.concept)
        })
    };
    hits.iter().filter(|hit| !hidden(hit)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::normalize::normalize;

    fn index(forms: &[(&str, bool, bool)]) -> KeywordIndex {
        let literal = |(number, (text, prefix, capitals)): (usize, &(&str, bool, bool))| Literal {
            text: (*text).to_owned(),
            prefix: *prefix,
            capitals: *capitals,
            concepts: vec![ConceptId::try_from(number).expect("few")],
        };
        KeywordIndex::new(forms.iter().enumerate().map(literal).collect()).expect("an index")
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
}
