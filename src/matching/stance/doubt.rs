//! Weak signs that a text argues about a claim rather than makes it: it is somebody else's, it is
//! laughed at, it is held against something tiny. One is nothing, as people who make a claim speak
//! like that, too; two that are independent are too many for a reply.

use super::Claim;
use crate::knowledge::Role;
use crate::matching::lexicon::keyword::Hit;

/// Sentences behind a claim in which a sign of doubt is about it.
const BEHIND: usize = 2;
/// Signs that make a reply a suggestion.
const ENOUGH: usize = 2;

/// A sign of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Words that say it, or the quotation that the claim stands in.
    Words(Hit),
    /// An emoji that laughs: its place in characters of the message.
    Laughter(usize),
}

impl Claim<'_> {
    /// The signs of doubt, one of each kind, if they are enough to lower the claim.
    pub(crate) fn doubts(&self) -> Vec<Doubt> {
        let from = self.cues.sentence_start(self.first);
        let from = self.cues.sentence_start(from.saturating_sub(1)).min(from);
        let to = self.cues.further_on(self.last, BEHIND).end;
        let near = |role| {
            let behind = self.cues.behind(role, from.checked_sub(1));
            behind.take_while(|cue| cue.first < to).filter(|cue| !self.is_made_of_own_words(*cue))
        };
        let mut words: Vec<Hit> = Vec::new();
        // Of each concept the first: some texts have the same a hundred times.
        for cue in near(Role::Doubt).chain(near(Role::Teller)) {
            if words.iter().all(|other| other.concept != cue.concept) {
                words.push(cue);
            }
        }
        words.sort_unstable();
        // "Anybody claiming the" is one sign.
        words.dedup_by(|next, cue| next.first == cue.first || next.first == cue.last);
        let quotation = self.cues.quotation(self.first, self.last);
        let beside =
            |(first, last): &(usize, usize)| *first > 0 || self.cues.sentence(last + 1).is_some();
        let quotation =
            quotation.filter(beside).map(|(first, last)| Hit { first, last, concept: 0 });
        let predicate = self.predicate();
        let laughter = self.cues.laughter().map(Doubt::Laughter);
        let signs: Vec<Doubt> = words
            .into_iter()
            .chain(quotation)
            .chain(predicate)
            .chain(self.reply_to_teller())
            .map(Doubt::Words)
            .chain(laughter)
            .collect();
        if signs.len() < ENOUGH { Vec::new() } else { signs }
    }

    /// "An encirclement of Russia by NATO *would* need": the claim is what the sentence is about,
    /// and something else is said of it.
    fn predicate(&self) -> Option<Hit> {
        let next = self.last + 1;
        let verb = self.cues.at(Role::Question, next)?;
        (self.cues.same_sentence(self.last, next)
            && !self.cues.opens_clause(next)
            && !self.cues.has_question_mark(next))
        .then_some(verb)
    }

    /// "The Kremlin calls it a ring. *It is five countries* ...": what is said behind the claim of
    /// somebody who is named for it.
    fn reply_to_teller(&self) -> Option<Hit> {
        let sentence = self.cues.sentence(self.first)?;
        let mut tellers = self.cues.in_sentence(Role::Teller, sentence);
        tellers.find(|cue| cue.first < self.first)?;
        self.next_statement()
    }

    /// Whether the claim has the first word of a cue and the last.
    fn is_made_of_own_words(&self, cue: Hit) -> bool {
        let has = |word: usize| self.words.iter().any(|hit| (hit.first..=hit.last).contains(&word));
        has(cue.first) && has(cue.last)
    }
}
