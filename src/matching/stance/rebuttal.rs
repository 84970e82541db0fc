//! Claims that are brought up to be answered: asked and answered by the same writer, quoted with a
//! scornful word, or named as somebody else's and contradicted.

use super::{Asking, COMMENT_LENGTH, Claim, Rejection};
use crate::knowledge::Role;
use crate::matching::lexicon::concepts::Concepts;
use crate::matching::lexicon::keyword::Hit;
use crate::matching::outcome::CueKind;

/// Words of an answer that an explanation shows.
const SHOWN: usize = 4;
/// Words of a heading: "What the map says: ...".
const LONGEST_HEADING: usize = 5;
/// Sentences behind a claim in which one of its words may be denied.
const DENIED_WITHIN: usize = 3;
/// Words at the start of a sentence among which "yes" or "in reality" tells what it does.
const OPENING: usize = 3;

impl Claim<'_> {
    /// The words that rebut the claim, if its writer brings it up only for that.
    pub(crate) fn rebuttal(&self) -> Option<Rejection> {
        let hit = self.scoff().or_else(|| self.echo()).or_else(|| self.contradiction())?;
        Some(Rejection { kind: CueKind::Rebutted, hit })
    }

    /// "'NATO promised that' lol", "NATO promised that? Cute."
    fn scoff(&self) -> Option<Hit> {
        let end = match self.cues.quotation(self.first, self.last) {
            Some((_, end)) => end,
            None if self.is_echo() => self.cues.sentence_end(self.last),
            None => return None,
        };
        self.cues.after(Role::Scoff, end, COMMENT_LENGTH).next()
    }

    /// "NATO shut Russia out? It founded a council with it."
    fn echo(&self) -> Option<Hit> {
        self.next_statement().filter(|_| self.is_echo())
    }

    /// The first words of the sentence behind the claim, if it states something of its own.
    pub(crate) fn next_statement(&self) -> Option<Hit> {
        let start = self.cues.sentence_end(self.last) + 1;
        let end = self.cues.sentence_end(start);
        // "is it legit" asks without the mark.
        let asks =
            self.cues.has_question_mark(start) || self.cues.at(Role::Question, start).is_some();
        let states = self.cues.sentence(start).is_some() && !asks;
        let assents = self.opening(Role::Assent, start).is_some();
        (states && !assents).then_some(Hit {
            first: start,
            last: end.min(start + SHOWN - 1),
            concept: 0,
        })
    }

    /// "They say that NATO promised. In reality nobody did.", "They say that NATO promised. Right."
    fn contradiction(&self) -> Option<Hit> {
        let attributed = [self.first, self.last].into_iter().any(|word| {
            let sentence = self.cues.sentence(word);
            sentence.is_some_and(|at| self.cues.in_sentence(Role::Attribution, at).next().is_some())
        });
        let next = self.cues.sentence_end(self.last) + 1;
        let quoted = self.cues.quotation(self.first, self.last).is_some();
        let rebuts = || self.opening(Role::Rebuttal, next);
        let heading = || self.heading(next).filter(|_| attributed);
        let sentence = self.cues.sentence(next).unwrap_or_default();
        let debunks = || {
            let mut cues = self.cues.in_sentence(Role::Debunk, sentence);
            cues.find(|cue| attributed && cue.first > self.last && !self.is_negated(*cue))
        };
        let rebuts = || rebuts().or_else(heading).or_else(debunks).or_else(|| self.last_word());
        (attributed || quoted).then(rebuts).flatten()
    }

    /// "Moscow says: NATO surrounds us. The map says: ...": the claim has a heading of its own, and
    /// so has what follows.
    fn heading(&self, next: usize) -> Option<Hit> {
        let start = self.cues.sentence_start(self.first);
        let headed = |start| self.cues.has_heading(start, LONGEST_HEADING);
        let end = self.cues.sentence_end(next);
        (headed(start) && headed(next)).then_some(Hit {
            first: next,
            last: end.min(next + SHOWN - 1),
            concept: 0,
        })
    }

    /// "It is not a ring", said of "NATO's ring around Russia" in one of the next sentences by
    /// somebody who does not report it.
    /// The word of the claim that is denied, and the negation.
    pub(crate) fn denied_further_on(&self, concepts: &Concepts) -> Option<(Hit, Hit)> {
        let denial = |word: usize| {
            let negatable = |hit: &&Hit| concepts.negatable(hit.concept);
            let mut verbs = self.words.iter().filter(negatable);
            let verb = *verbs.find(|verb| self.cues.is_word_of(word, **verb))?;
            let mut cues = self.cues.up_to(Role::Negation, word, 1);
            let cue = cues.find(|cue| {
                cue.last < word
                    && word - cue.last <= 2
                    && cue.first > self.last
                    && self.cues.same_sentence(cue.first, word)
                    && !self.cues.same_sentence(self.last, word)
                    && !self.cues.clause_between(cue.last, word)
                    && !self.is_reported(word)
            })?;
            Some((verb, cue))
        };
        let within = self.cues.further_on(self.last, DENIED_WITHIN);
        let cues = self.cues.behind(Role::Negation, Some(self.last));
        let cues = cues.take_while(|cue| cue.first < within.end);
        // Only close behind a negation is a word denied.
        let mut words: Vec<usize> = cues.flat_map(|cue| [cue.last + 1, cue.last + 2]).collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().filter(|word| within.contains(word)).find_map(denial)
    }

    /// Whether a word's sentence is a question or what others say.
    fn is_reported(&self, word: usize) -> bool {
        let sentence = self.cues.sentence(word).unwrap_or_default();
        self.cues.has_question_mark(word)
            || self.cues.in_sentence(Role::Attribution, sentence).next().is_some()
    }

    /// The scoff that the text ends with as a sentence of its own: "Right."
    fn last_word(&self) -> Option<Hit> {
        let cue = self.cues.all(Role::Scoff).last()?;
        let alone = self.cues.sentence_start(cue.first) == cue.first
            && self.cues.sentence_end(cue.last) == cue.last
            && self.cues.sentence(cue.last + 1).is_none();
        (alone && cue.first > self.last && !self.cues.has_question_mark(cue.first)).then_some(cue)
    }

    /// Whether the claim is a statement with a question mark: no clause of it begins with a word
    /// that asks, and it is not the last of several questions, so its writer may be repeating what
    /// somebody said.
    fn is_echo(&self) -> bool {
        let start = self.cues.sentence_start(self.first);
        let series = start > 0 && self.cues.has_question_mark(start - 1);
        let asks = |cue: Hit| self.cues.opens_clause(cue.first);
        let sentence = self.cues.sentence(self.first).unwrap_or_default();
        self.cues.same_sentence(self.first, self.last)
            && self.cues.has_question_mark(self.last)
            && !series
            && !matches!(self.asked(), Some(Asking::Words(_)))
            && !self.cues.in_sentence(Role::Question, sentence).any(asks)
    }

    /// The cue of this kind among the first words of the sentence that begins at a word.
    fn opening(&self, role: Role, start: usize) -> Option<Hit> {
        let behind = self.cues.behind(role, start.checked_sub(1));
        behind
            .take_while(|cue| cue.first < start + OPENING)
            .find(|cue| self.cues.same_sentence(cue.first, start))
    }

    /// Whether a cue's sentence parts the claim: "Did they promise it? No. That came later."
    pub(crate) fn parts(&self, cue: Hit) -> bool {
        let at = self.cues.sentence(cue.first);
        self.cues.sentence(self.first) < at && at < self.cues.sentence(self.last)
    }
}
