//! Claims without patterns: is the text one of them, as far as likeness can tell?
//!
//! Likeness alone cannot tell a claim from its denial, so a cue that the message has and the claim
//! has not, or the other way round, turns it into silence.

pub(crate) mod claims;
mod search;

use rustc_hash::FxHashSet;

use super::lexicon::concepts::Concepts;
use super::lexicon::keyword::{Hit, KeywordIndex};
use super::outcome::{Candidate, Cue, CueKind, Evidence, Finding, Outcome, Tier};
use super::reading::normalize::{Text, normalize};
use super::rules::trace;
use super::rules::written;
use super::score;
use super::stance::Rejection;
use super::stance::cues::Cues;
use crate::knowledge::{Role, Thresholds};
use claims::{Claims, Near};

/// From this likeness on a claim counts as found, if the pack asks for no more: half of it is there
/// with nothing else, or all of it in as much chatter again.
const FLOOR: f32 = 0.5;

/// What a claim is held against a message with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bare<'a> {
    pub(crate) claims: &'a Claims,
    pub(crate) keywords: &'a KeywordIndex,
    pub(crate) concepts: &'a Concepts,
    pub(crate) thresholds: Thresholds,
}

impl Bare<'_> {
    /// Decides on a message by the claims that it is like, and names the nearest, at most `top`.
    pub(crate) fn find(self, message: &str, top: usize) -> Outcome {
        // Words are read as they stand: the lexicon's words are not the claims'.
        let text = normalize(message);
        let near = self.claims.rank_bare(&text, top.max(1));
        let alike = near.iter().filter(|near| near.likeness >= self.floor());
        let findings: Vec<Finding> = alike.map(|near| self.finding(near, &text, message)).collect();
        let mut outcome = if findings.is_empty() {
            self.silence(&near)
        } else {
            let asked = text.questions.contains(&true);
            score::decide(findings, asked, text.words.len(), self.thresholds)
        };
        let candidate =
            |near: &Near<'_>| Candidate { answer: near.answer.to_owned(), score: near.likeness };
        outcome.candidates = near.iter().take(top).map(candidate).collect();
        outcome
    }

    fn floor(&self) -> f32 {
        self.thresholds.suggest.max(FLOOR)
    }

    fn silence(&self, near: &[Near<'_>]) -> Outcome {
        let mut outcome = score::decide(Vec::new(), false, 0, self.thresholds);
        if let Some(nearest) = near.first() {
            outcome.score = nearest.likeness;
        }
        // Further away "nearest" would say nothing.
        if let Some(nearest) = near.first().filter(|near| near.likeness >= self.floor() / 2.0) {
            outcome.reason = format!(
                "no claim is near enough: the nearest is “{}” (score {:.2}, a suggestion needs \
                 {:.2})",
                nearest.claim,
                nearest.likeness,
                self.floor()
            );
        }
        debug_assert!(outcome.tier == Tier::Silent, "there is no finding");
        outcome
    }

    fn finding(&self, near: &Near<'_>, text: &Text, message: &str) -> Finding {
        let claim = normalize(near.claim);
        let (words, span) = written(shared(text, &claim), text, message);
        let cue = self.rejection(text, &claim, message);
        Finding {
            answer: near.answer.to_owned(),
            evidence: Evidence { phrase: near.claim.to_owned(), text: words, span, distance: 0 },
            weight: near.likeness,
            cancelled: cue.as_ref().map(Cue::does),
            cue,
            ..Finding::default()
        }
    }

    /// What turns the claim into something else in this text.
    fn rejection(&self, text: &Text, claim: &Text, message: &str) -> Option<Cue> {
        let keywords = self.keywords;
        let (said, own) = (keywords.hits(text, self.concepts), keywords.hits(claim, self.concepts));
        let (said, own) =
            (Cues::new(text, &said, self.concepts), Cues::new(claim, &own, self.concepts));
        let cue = |kind, hit| trace::cue(Rejection { kind, hit }, text, message);
        for (role, kind) in [
            (Role::Mockery, CueKind::Mocked),
            (Role::Debunk, CueKind::Rejected),
            (Role::Reversal, CueKind::Reversed),
        ] {
            if said.all(role).count() > own.all(role).count() {
                let hit = said.all(role).next()?;
                return Some(cue(kind, hit));
            }
        }
        if let Some(mark) = said.sarcasm_mark() {
            let hit = Hit { first: mark, last: mark, concept: 0 };
            return Some(cue(CueKind::Sarcasm, hit));
        }
        let negations = |cues: &Cues<'_>| cues.all(Role::Negation).count();
        if negations(&said) % 2 == negations(&own) % 2 {
            return None;
        }
        Some(match said.all(Role::Negation).next() {
            Some(hit) => cue(CueKind::Negated, hit),
            None => Cue { kind: CueKind::NegationLeftOut, text: String::new(), span: [0, 0] },
        })
    }
}

/// From the first to the last word that text and claim share; all of the text when they share no
/// whole word.
fn shared(text: &Text, claim: &Text) -> Hit {
    let own: FxHashSet<&str> = (0..claim.words.len()).map(|word| claim.word(word)).collect();
    let mut shared = (0..text.words.len()).filter(|word| own.contains(text.word(*word)));
    let first = shared.next().unwrap_or(0);
    let last = shared.next_back().unwrap_or_else(|| text.words.len().saturating_sub(1));
    Hit { first, last: last.max(first), concept: 0 }
}
