//! What a text does with a claim that stands in it: states it, asks it, or rejects it.
//!
//! "NATO never promised" rejects, and so does "it is a lie that NATO promised"; a rejection of a
//! negation, as in "it is a lie that NATO never promised", makes a claim again.

pub(crate) mod cues;
mod doubt;
mod rebuttal;

use super::lexicon::concepts::Concepts;
use super::lexicon::keyword::Hit;
use super::outcome::CueKind;
use crate::knowledge::Role;
use cues::Cues;
pub(crate) use doubt::Doubt;

/// Words between a negation and what it negates: "never, in any of the talks, promised".
const NEGATION_REACH: usize = 5;
/// Words between a debunking cue and the claim: "there is no evidence, said the ministry, that".
const DEBUNK_REACH: usize = 14;
/// Words between "don't tell me" and the claim.
const REVERSAL_REACH: usize = 8;
/// A sentence of at most so many words behind a claim that says no or names it false is about the
/// claim: "Utter nonsense." "No, it didn't."
const VERDICT_LENGTH: usize = 4;
/// A no behind fewer words answers a question: "Short answer no, ...".
const ANSWER_OPENING: usize = 3;
/// Words of an exclamation between a claim and what is said about it: "Oh dear."
const EXCLAMATION_LENGTH: usize = 2;
/// Words behind a quotation in which its reader says what he thinks of it.
const COMMENT_LENGTH: usize = 4;

/// What is done with a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The cue that rejects the claim, if it is rejected.
    pub(crate) rejected: Option<Rejection>,
    /// The word of the claim that is negated, if that is why it is rejected.
    pub(crate) negated: Option<Hit>,
    /// Whether a negation and a rejection cancel each other.
    pub(crate) restored: bool,
    /// By what it is asked, if it is.
    pub(crate) asked: Option<Asking>,
    /// Signs that its writer argues about it, none unless they are enough to lower it.
    pub(crate) doubts: Vec<Doubt>,
}

impl Judgement {
    /// Whether nothing speaks against the claim, or for it by being rejected in its turn.
    pub(crate) fn stands(&self) -> bool {
        self.rejected.is_none() && !self.restored
    }
}

/// What makes a sentence a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// The mark at its end.
    Mark,
    /// The words that it begins with.
    Words(Hit),
}

/// Why a claim counts as rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// What the cue does.
    pub(crate) kind: CueKind,
    /// The cue.
    pub(crate) hit: Hit,
}

/// Judges the claim made by `hits`, of which `words` are the words: they differ for phrases.
pub(crate) fn judge(
    cues: &Cues<'_>,
    hits: &[Hit],
    words: &[Hit],
    concepts: &Concepts,
) -> Judgement {
    let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
    let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
    let claim = Claim { cues, words, first, last };
    let negations: Vec<(Hit, Hit)> = hits
        .iter()
        .chain(words)
        .filter(|hit| concepts.negatable(hit.concept))
        .flat_map(|verb| claim.negations_of(*verb).map(|cue| (*verb, cue)))
        .collect();
    let negation = negations.first().copied().filter(|_| claim.count(&negations) % 2 == 1);
    let rejection = claim.debunk().or_else(|| claim.reversal()).or_else(|| claim.rebuttal());
    let mut negated = None;
    let rejected = match (rejection, negation) {
        (Some(rejection), Some((_, cue))) if claim.governs(rejection, cue) => None,
        (Some(rejection), _) => Some(rejection),
        (None, Some((verb, hit))) => {
            negated = Some(verb);
            Some(Rejection { kind: CueKind::Negated, hit })
        }
        (None, None) => None,
    };
    let restored = rejection.is_some() && rejected.is_none();
    let scare = || claim.scare_quotes(concepts);
    let mut rejected = claim
        .mockery()
        .or_else(|| claim.sarcasm())
        .or(rejected)
        .or_else(|| claim.answered_no().filter(|_| !restored))
        .or_else(scare);
    let asked = claim.asked();
    if rejected.is_none()
        && negations.is_empty()
        && asked.is_none()
        && let Some((verb, hit)) = claim.denied_further_on(concepts)
    {
        negated = Some(verb);
        rejected = Some(Rejection { kind: CueKind::Negated, hit });
    }
    let decided = rejected.is_some() || restored || !negations.is_empty();
    let doubts = if decided || claim.is_genuine_question() { Vec::new() } else { claim.doubts() };
    Judgement { rejected, negated, restored, asked, doubts }
}

/// The words that make a claim, among the cues around them.
#[derive(Debug)]
struct Claim<'a> {
    cues: &'a Cues<'a>,
    words: &'a [Hit],
    first: usize,
    last: usize,
}

impl Claim<'_> {
    /// Whether a cue is one of the claim's own words. "If NATO had really" only goes round one.
    fn has(&self, cue: Hit) -> bool {
        let is_own =
            |hit: &Hit| touch(*hit, cue) && (hit.first <= cue.first || cue.last <= hit.last);
        self.words.iter().any(is_own)
    }

    /// How many negations there are; those of one clause say no once: "isn't, and never was",
    /// "without a treaty it hardly promised".
    fn count(&self, negations: &[(Hit, Hit)]) -> usize {
        let mut cues: Vec<Hit> = negations.iter().map(|(_, cue)| *cue).collect();
        cues.sort_unstable();
        cues.dedup_by_key(|cue| cue.first);
        let listed = |a: &Hit, b: &Hit| !self.cues.between(Role::Complement, a.last, b.first);
        cues.chunk_by(listed).count()
    }

    fn negations_of(&self, verb: Hit) -> impl Iterator<Item = Hit> {
        self.cues.up_to(Role::Negation, verb.last + 1, NEGATION_REACH).filter(move |cue| {
            let before = cue.last < verb.first
                && verb.first - cue.last <= NEGATION_REACH
                && self.cues.same_sentence(cue.first, verb.first)
                && !self.cues.between(Role::Boundary, self.reach_start(*cue), verb.first)
                && !self.cues.wall_between(cue.last, verb.first)
                && !self.leaves_the_clause(cue.last, verb.first);
            // "threatens nobody"
            let behind = cue.first == verb.last + 1
                && self.cues.same_sentence(cue.first, verb.last)
                && !self.cues.opens_clause(cue.first)
                && cue.first > self.last
                && !self.cues.has_question_mark(cue.first);
            (before || behind)
                && !self.has(*cue)
                && !self.opens_a_question(*cue)
                && !self.is_interjection(*cue)
        })
    }

    /// The last word of a negation together with a boundary right behind it: "they joined not because
    /// NATO promised" denies the promise, too.
    fn reach_start(&self, cue: Hit) -> usize {
        let behind = self.cues.at(Role::Boundary, cue.last + 1);
        behind.map_or(cue.last, |next| next.last)
    }

    /// "is not peaceful, it surrounds": one comma parts the verb from the negation. Two hold an
    /// insertion ("never, ever, promised"), and one right before the verb a list.
    fn leaves_the_clause(&self, cue: usize, verb: usize) -> bool {
        self.cues.clauses_between(cue, verb) % 2 == 1 && !self.cues.opens_clause(verb)
    }

    /// "No, NATO did not": the no at the start is an answer and negates nothing by itself.
    fn is_interjection(&self, cue: Hit) -> bool {
        let next = cue.last + 1;
        let starts = self.cues.sentence_start(cue.first) == cue.first && cue.first == cue.last;
        let mut next_ones = self.cues.after(Role::Negation, cue.last, NEGATION_REACH);
        let another = next_ones.any(|other| self.cues.same_sentence(other.first, cue.first));
        starts
            && (another
                || (self.cues.same_sentence(next, cue.first) && self.cues.opens_clause(next)))
    }

    fn debunk(&self) -> Option<Rejection> {
        let hit = self.cues.all(Role::Debunk).find(|cue| {
            if self.has(*cue) || self.is_negated(*cue) {
                return false;
            }
            let inside = self.cues.same_sentence(cue.first, self.first)
                || self.cues.same_sentence(cue.first, self.last);
            if inside {
                let (from, to) = (cue.last.min(self.last), cue.first.max(self.first));
                return self.distance(*cue) <= DEBUNK_REACH
                    && !self.cues.between(Role::Boundary, from, to);
            }
            self.is_in_a_verdict(*cue)
        })?;
        Some(Rejection { kind: CueKind::Rejected, hit })
    }

    /// "Stop saying that NATO surrounds anybody", and inside the claim: "these bases, stop saying
    /// that they surround anybody".
    fn reversal(&self) -> Option<Rejection> {
        let hit = self.cues.all(Role::Reversal).find(|cue| {
            let before = cue.first <= self.first
                && self.first.saturating_sub(cue.last) <= REVERSAL_REACH
                && self.cues.same_sentence(cue.first, self.first);
            let inside = self.first < cue.first && cue.last < self.last;
            (before || inside) && !self.has(*cue) && !self.is_negated(*cue)
        })?;
        Some(Rejection { kind: CueKind::Reversed, hit })
    }

    /// Whether a rejection is about the negation, so that the two cancel each other: "don't tell
    /// me NATO never", "a lie that NATO never", "that NATO never promised is a lie". Else both
    /// reject the claim: "wrong, NATO never promised".
    fn governs(&self, rejection: Rejection, negation: Hit) -> bool {
        let cue = rejection.hit;
        let behind = cue.first > self.last;
        let opened = self.cues.between(Role::Complement, cue.last, negation.first + 1)
            && !self.cues.clause_between(cue.last, negation.first);
        match rejection.kind {
            CueKind::Reversed => cue.first < negation.first,
            CueKind::Rebutted => true,
            _ if behind => {
                self.cues.same_sentence(cue.first, self.last)
                    && !self.cues.clause_between(self.last, cue.first)
            }
            _ => opened,
        }
    }

    fn mockery(&self) -> Option<Rejection> {
        let first = self.cues.sentence(self.first)?.saturating_sub(1);
        let last = self.cues.sentence(self.last)?;
        let near = |cue: &Hit| {
            let at = self.cues.sentence(cue.first);
            at.is_some_and(|at| (first..=last).contains(&at)) || self.is_next_sentence(*cue)
        };
        let hit = self.cues.all(Role::Mockery).find(near)?;
        Some(Rejection { kind: CueKind::Mocked, hit })
    }

    /// The writer marks the message as not meant, with "/s" at its end.
    fn sarcasm(&self) -> Option<Rejection> {
        let word = self.cues.sarcasm_mark()?;
        let hit = Hit { first: word, last: word, concept: 0 };
        Some(Rejection { kind: CueKind::Sarcasm, hit })
    }

    /// "Did NATO promise that? No." and "'NATO promised that' no it didn't".
    fn answered_no(&self) -> Option<Rejection> {
        let quotation = self.cues.quotation(self.first, self.last);
        let asked = self.cues.has_question_mark(self.last);
        let last = self.cues.sentence(self.last)?;
        let is_comment = |cue: &Hit| {
            quotation.is_some_and(|(_, end)| cue.first > end && cue.first - end <= COMMENT_LENGTH)
        };
        let says_no = |cue: &Hit| {
            let short = self
                .cues
                .sentence(cue.first)
                .is_some_and(|sentence| self.cues.sentence_length(sentence) <= VERDICT_LENGTH);
            // "No, it did not.", "They aren't." and, to a question, "They never applied."
            let start = self.cues.sentence_start(cue.first);
            let refers = || self.cues.at(Role::Reference, start).is_some();
            let opens_or_ends = start == cue.first
                || (asked && cue.first - start == 1 && refers())
                || !self.cues.same_sentence(cue.last, cue.last + 1);
            // "No, it shares six percent of its border with them."
            let answers = asked && cue.first - start < ANSWER_OPENING && self.ends_clause(cue.last);
            let next = self.is_next_sentence(*cue) || self.parts(*cue);
            (next && ((short && opens_or_ends) || answers)) || is_comment(cue)
        };
        // Nothing behind these sentences answers.
        let near = |cue: &Hit| {
            self.cues.sentence(cue.first).is_some_and(|at| at <= last + 2) || is_comment(cue)
        };
        let hit =
            self.cues.behind(Role::Negation, Some(self.first)).take_while(near).find(says_no)?;
        Some(Rejection { kind: CueKind::AnsweredNo, hit })
    }

    /// One word of the claim in quotation marks: 'NATO "surrounds" a country that size'.
    fn scare_quotes(&self, concepts: &Concepts) -> Option<Rejection> {
        let quoted = |hit: &&Hit| {
            concepts.negatable(hit.concept)
                && self.cues.quotation(hit.first, hit.last) == Some((hit.first, hit.last))
        };
        let hit = *self.words.iter().find(quoted)?;
        Some(Rejection { kind: CueKind::ScareQuotes, hit })
    }

    fn asked(&self) -> Option<Asking> {
        let start = self.cues.sentence_start(self.first);
        let asks = |word: usize| self.cues.at(Role::Question, word);
        let leads = self.cues.at(Role::Boundary, start).is_some();
        let opens = asks(start).or_else(|| leads.then(|| asks(start + 1)).flatten());
        let mark = || self.cues.has_question_mark(self.first).then_some(Asking::Mark);
        opens.map(Asking::Words).or_else(mark)
    }

    /// Whether its writer wants to know: the message ends with the question, or begins so and goes
    /// on without an answer.
    fn is_genuine_question(&self) -> bool {
        let last = self.cues.sentence(self.cues.sentence_end(self.last) + 1).is_none();
        match self.asked() {
            Some(Asking::Words(_)) => true,
            Some(Asking::Mark) => last,
            None => false,
        }
    }

    /// Whether a comma or the like stands behind a word, or its sentence ends with it.
    fn ends_clause(&self, word: usize) -> bool {
        !self.cues.same_sentence(word, word + 1) || self.cues.opens_clause(word + 1)
    }

    /// "not a myth": a negation right before takes a cue back.
    fn is_negated(&self, cue: Hit) -> bool {
        self.cues.up_to(Role::Negation, cue.first, 2).any(|other| {
            other.last < cue.first
                && cue.first - other.last <= 2
                && self.cues.same_sentence(other.first, cue.first)
                && !self.cues.clause_between(other.last, cue.first)
        })
    }

    /// Whether a cue stands in the sentence behind the claim, or in the one behind that when there
    /// is only an exclamation between: "Cute. Read the treaty."
    fn is_next_sentence(&self, cue: Hit) -> bool {
        let (Some(last), Some(at)) = (self.cues.sentence(self.last), self.cues.sentence(cue.first))
        else {
            return false;
        };
        at == last + 1
            || (at == last + 2 && self.cues.sentence_length(last + 1) <= EXCLAMATION_LENGTH)
    }

    /// Whether a cue stands in a sentence that judges the claim before it.
    fn is_in_a_verdict(&self, cue: Hit) -> bool {
        self.is_next_sentence(cue) && self.is_about_the_one_before(cue)
    }

    /// "That is a myth." or just "Nonsense."
    fn is_about_the_one_before(&self, cue: Hit) -> bool {
        let start = self.cues.sentence_start(cue.first);
        let refers = [start, start + 1]
            .into_iter()
            .any(|word| self.cues.at(Role::Reference, word).is_some());
        let length = self.cues.sentence(cue.first).map(|at| self.cues.sentence_length(at));
        // "Nonsense, they only said that ..."
        let opens = cue.first == start;
        refers || opens || length.is_some_and(|length| length <= VERDICT_LENGTH)
    }

    /// "didn't NATO promise": the negation that opens a question negates nothing.
    fn opens_a_question(&self, cue: Hit) -> bool {
        let also_asks = self.cues.at(Role::Question, cue.first).is_some();
        let near_start = cue.first - self.cues.sentence_start(cue.first) <= 2;
        also_asks
            && (self.cues.opens_clause(cue.first)
                || (near_start && self.cues.has_question_mark(cue.first)))
    }

    /// Words between a cue and the claim; 0 when the cue stands inside.
    fn distance(&self, cue: Hit) -> usize {
        if cue.last < self.first {
            self.first - cue.last - 1
        } else {
            (cue.first + 1).saturating_sub(self.last + 2)
        }
    }
}

fn touch(a: Hit, b: Hit) -> bool {
    a.first <= b.last && b.first <= a.last
}
