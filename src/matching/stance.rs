//! What a text does with a claim that stands in it: states it, asks it, or rejects it.
//!
//! Rejections are counted: "NATO never promised" is one, "it is a myth that NATO never promised"
//! two, and two make a claim again.

use super::concepts::Concepts;
use super::keyword::Hit;
use super::normalize::Text;
use crate::knowledge::Role;

/// Words between a negation and what it negates: "never, in any talks, promised".
const NEGATION_REACH: usize = 4;
/// Words between a debunking cue and the claim: "there is no evidence, said the ministry, that".
const DEBUNK_REACH: usize = 14;
/// Words between "don't tell me" and the claim.
const REVERSAL_REACH: usize = 8;
/// A sentence of at most so many words with a debunking cue, behind a claim, is about the claim:
/// "Utter nonsense."
const VERDICT_LENGTH: usize = 4;

/// The cues of a text, and where they stand.
#[derive(Debug)]
pub(super) struct Cues<'a> {
    text: &'a Text,
    cues: Vec<(Hit, Role)>,
}

/// What is done with a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    /// The cue that rejects the claim, if it is rejected.
    pub(super) rejected: Option<Rejection>,
    /// Whether it is asked.
    pub(super) asked: bool,
}

/// Why a claim counts as rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rejection {
    /// What the cue does.
    pub(super) role: Role,
    /// The cue.
    pub(super) hit: Hit,
}

impl<'a> Cues<'a> {
    pub(super) fn new(text: &'a Text, hits: &[Hit], concepts: &Concepts) -> Self {
        let cues = hits
            .iter()
            .filter_map(|hit| Some((*hit, concepts.role(hit.concept)?)))
            .collect();
        Self { text, cues }
    }

    /// Judges the claim made by `hits`.
    pub(super) fn judge(&self, hits: &[Hit], concepts: &Concepts) -> Judgement {
        let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
        let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
        let span = Hit {
            first,
            last,
            concept: 0,
        };
        let negation = hits
            .iter()
            .filter(|hit| concepts.negatable(hit.concept))
            .find_map(|hit| self.negation_of(*hit, hits));
        let rejections: Vec<Rejection> = [
            negation,
            self.debunk_of(span, hits),
            self.reversal_of(span, hits),
        ]
        .into_iter()
        .flatten()
        .collect();
        let odd = rejections.len() % 2 == 1;
        let rejected = self
            .mockery_of(span)
            .or_else(|| rejections.first().copied().filter(|_| odd));
        Judgement {
            rejected,
            asked: self.is_question(first),
        }
    }

    fn with_role(&self, role: Role) -> impl Iterator<Item = Hit> {
        self.cues
            .iter()
            .filter(move |(_, other)| *other == role)
            .map(|(hit, _)| *hit)
    }

    fn sentence(&self, word: usize) -> Option<usize> {
        self.text.words.get(word).map(|word| word.sentence)
    }

    fn negation_of(&self, verb: Hit, claim: &[Hit]) -> Option<Rejection> {
        self.with_role(Role::Negation)
            .find(|cue| {
                cue.last < verb.first
                    && verb.first - cue.last <= NEGATION_REACH
                    && self.sentence(cue.first) == self.sentence(verb.first)
                    && !claim.iter().any(|hit| touch(*hit, *cue))
                    && !self.boundary_between(cue.last, verb.first)
                    && !self.opens_a_question(*cue)
                    && !self.is_negated(*cue)
            })
            .map(|hit| Rejection {
                role: Role::Negation,
                hit,
            })
    }

    /// "never say never", "not that they didn't": a negation right before takes it back.
    fn is_negated(&self, cue: Hit) -> bool {
        self.with_role(Role::Negation).any(|other| {
            other.last < cue.first
                && cue.first - other.last <= 2
                && self.sentence(other.first) == self.sentence(cue.first)
        })
    }

    fn debunk_of(&self, span: Hit, claim: &[Hit]) -> Option<Rejection> {
        let sentences = (self.sentence(span.first), self.sentence(span.last));
        self.with_role(Role::Debunk)
            .filter(|cue| !claim.iter().any(|hit| touch(*hit, *cue)) && !self.is_negated(*cue))
            .find(|cue| {
                let at = self.sentence(cue.first);
                if at == sentences.0 || at == sentences.1 {
                    return distance(*cue, span) <= DEBUNK_REACH
                        && !self
                            .boundary_between(cue.last.min(span.last), span.first.max(cue.first));
                }
                at == sentences.1.map(|sentence| sentence + 1) && self.is_about_the_one_before(*cue)
            })
            .map(|hit| Rejection {
                role: Role::Debunk,
                hit,
            })
    }

    /// "That is a myth." or just "Nonsense."
    fn is_about_the_one_before(&self, cue: Hit) -> bool {
        let sentence = self.sentence(cue.first);
        let words = self
            .text
            .words
            .iter()
            .filter(|word| Some(word.sentence) == sentence)
            .count();
        let start = self
            .text
            .words
            .partition_point(|word| Some(word.sentence) < sentence);
        let refers = self
            .with_role(Role::Reference)
            .any(|reference| reference.first >= start && reference.first <= start + 1);
        refers || words <= VERDICT_LENGTH
    }

    fn reversal_of(&self, span: Hit, claim: &[Hit]) -> Option<Rejection> {
        self.with_role(Role::Reversal)
            .find(|cue| {
                !claim.iter().any(|hit| touch(*hit, *cue))
                    && cue.first <= span.first
                    && span.first.saturating_sub(cue.last) <= REVERSAL_REACH
                    && self.sentence(cue.first) == self.sentence(span.first)
            })
            .map(|hit| Rejection {
                role: Role::Reversal,
                hit,
            })
    }

    fn mockery_of(&self, span: Hit) -> Option<Rejection> {
        let sentences = self.sentence(span.first)..=self.sentence(span.last).map(|last| last + 1);
        let before = self
            .sentence(span.first)
            .and_then(|first| first.checked_sub(1));
        self.with_role(Role::Mockery)
            .find(|cue| {
                let at = self.sentence(cue.first);
                sentences.contains(&at) || (before.is_some() && at == before)
            })
            .map(|hit| Rejection {
                role: Role::Mockery,
                hit,
            })
    }

    fn boundary_between(&self, from: usize, to: usize) -> bool {
        self.with_role(Role::Boundary)
            .any(|cue| from < cue.first && cue.last < to)
    }

    /// "didn't NATO promise": the negation that opens a question negates nothing.
    fn opens_a_question(&self, cue: Hit) -> bool {
        let also_asks = self
            .with_role(Role::Question)
            .any(|other| other.first == cue.first);
        let start = self
            .text
            .words
            .get(cue.first)
            .is_some_and(|word| word.clause)
            || self.start_of_sentence(cue.first) == cue.first;
        let near_start = cue.first - self.start_of_sentence(cue.first) <= 2;
        also_asks && (start || (near_start && self.asks(cue.first)))
    }

    fn start_of_sentence(&self, word: usize) -> usize {
        let sentence = self.sentence(word);
        self.text
            .words
            .partition_point(|word| Some(word.sentence) < sentence)
    }

    fn asks(&self, word: usize) -> bool {
        let sentence = self.sentence(word).unwrap_or(0);
        self.text.questions.get(sentence).copied().unwrap_or(false)
    }

    fn is_question(&self, word: usize) -> bool {
        let start = self.start_of_sentence(word);
        let opens = self
            .with_role(Role::Question)
            .any(|cue| (start..=start + 1).contains(&cue.first));
        self.asks(word) || opens
    }
}

fn touch(a: Hit, b: Hit) -> bool {
    a.first <= b.last && b.first <= a.last
}

/// Words between two hits; 0 when they touch.
fn distance(a: Hit, b: Hit) -> usize {
    if touch(a, b) {
        0
    } else if a.last < b.first {
        b.first - a.last - 1
    } else {
        a.first - b.last - 1
    }
}
