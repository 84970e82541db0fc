//! What the phrases that moderators of a server have set make of a message: silence goes before an
//! answer, and what is tied to an answer before what is muted.

use std::collections::BTreeSet;

use super::phrases::Phrases;
use crate::matching::{Matcher, Outcome};

/// What they make of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Own {
    /// Nothing: the engine decides.
    #[default]
    Nothing,
    /// It is tied to the answer with this id.
    Answer(String),
    /// It is never answered.
    Never,
    /// All that the engine found is muted.
    Muted,
}

/// The phrases and mutes of a server, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct OwnPhrases {
    phrases: Phrases,
    ties: Vec<Tie>,
    /// Id of the answer, and name of the phrase or pattern of the knowledge.
    mutes: BTreeSet<(String, String)>,
}

/// What a phrase is tied to.
#[derive(Debug, Clone)]
struct Tie {
    /// Characters of the phrase.
    length: usize,
    /// None is silence.
    answer: Option<String>,
}

impl OwnPhrases {
    /// Takes phrases as [`super::phrases::read`] returns them, each with the id of its answer or, for
    /// silence, none; and mutes, each an id of an answer with the name of a phrase of it.
    pub fn new<'a>(
        phrases: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
        mutes: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let phrases: Vec<(&str, Option<&str>)> = phrases.into_iter().collect();
        let tie = |(phrase, answer): &(&str, Option<&str>)| Tie {
            length: phrase.chars().count(),
            answer: answer.map(str::to_owned),
        };
        let mutes = mutes.into_iter();
        Self {
            phrases: Phrases::new(phrases.iter().map(|(phrase, _)| *phrase)),
            ties: phrases.iter().map(tie).collect(),
            mutes: mutes.map(|(answer, phrase)| (answer.to_owned(), phrase.to_owned())).collect(),
        }
    }

    /// What they make of a text, for which the engine found `outcome`. Phrases whose answer is not
    /// there any more do nothing.
    pub fn make_of(
        &self,
        text: &str,
        matcher: &Matcher,
        is_there: impl Fn(&str) -> bool,
        outcome: &Outcome,
    ) -> Own {
        let said = self.said(text, matcher);
        if said.iter().any(|(_, tie)| tie.answer.is_none()) {
            return Own::Never;
        }
        match longest(&said, is_there) {
            Some((_, answer)) => Own::Answer(answer.to_owned()),
            None if self.mutes_all(outcome) => Own::Muted,
            None => Own::Nothing,
        }
    }

    /// The number of the phrase that gives a text its answer: of several the longest.
    pub fn tied(
        &self,
        text: &str,
        matcher: &Matcher,
        is_there: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        longest(&self.said(text, matcher), is_there).map(|(number, _)| number)
    }

    fn said(&self, text: &str, matcher: &Matcher) -> Vec<(usize, &Tie)> {
        let said = self.phrases.said(text, |word| matcher.is_ordinary(word));
        said.into_iter().filter_map(|number| Some((number, self.ties.get(number)?))).collect()
    }

    /// Whether all that speaks for the answer is muted.
    fn mutes_all(&self, outcome: &Outcome) -> bool {
        let counts = outcome.findings.iter().filter(|finding| {
            finding.cancelled.is_none() && outcome.answer.as_ref() == Some(&finding.answer)
        });
        let mut counts = counts.peekable();
        !self.mutes.is_empty()
            && counts.peek().is_some()
            && counts.all(|finding| {
                let key = (finding.answer.clone(), finding.evidence.phrase.clone());
                self.mutes.contains(&key)
            })
    }
}

/// Number and answer of the longest phrase that has one.
fn longest<'a>(
    said: &[(usize, &'a Tie)],
    is_there: impl Fn(&str) -> bool,
) -> Option<(usize, &'a str)> {
    let tied = said.iter().filter_map(|(number, tie)| {
        let answer = tie.answer.as_deref().filter(|answer| is_there(answer))?;
        Some((tie.length, *number, answer))
    });
    tied.max_by_key(|(length, ..)| *length).map(|(_, number, answer)| (number, answer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;
    use crate::policy::phrases;

    fn made(own: &[(&str, Option<&str>)], mutes: &[(&str, &str)], text: &str) -> Own {
        let knowledge = fixture::knowledge();
        let matcher = Matcher::new(&knowledge);
        let read =
            |(written, answer): &(&str, _)| (phrases::read(written).expect("a phrase"), *answer);
        let own: Vec<(String, Option<&str>)> = own.iter().map(read).collect();
        let own = own.iter().map(|(phrase, answer)| (phrase.as_str(), *answer));
        let own = OwnPhrases::new(own, mutes.iter().copied());
        let is_there = |answer: &str| knowledge.myth(answer).is_some();
        own.make_of(text, &matcher, is_there, &matcher.find(text))
    }

    #[test]
    fn silence_goes_first_then_the_longest_phrase() {
        let own = [
            ("night flyers", Some("blind-bats")),
            ("silly night flyers", Some("goldfish-memory")),
            ("night flyers anonymous", Some("gone")),
            ("our mascot", None),
        ];
        let made = |text| made(&own, &[], text);
        let answer = |id: &str| Own::Answer(id.to_owned());
        assert_eq!(made("those night flyers"), answer("blind-bats"));
        assert_eq!(made("those silly night flyers"), answer("goldfish-memory"));
        assert_eq!(made("the night flyers anonymous"), answer("blind-bats"));
        assert_eq!(made("silly night flyers and our mascot"), Own::Never);
        assert_eq!(made("bats are blind"), Own::Nothing);
    }

    #[test]
    fn muted_is_what_has_nothing_else_to_stand_on() {
        let text = "bats are blind";
        let outcome = Matcher::new(&fixture::knowledge()).find(text);
        let found = outcome.findings.iter().map(|finding| finding.evidence.phrase.as_str());
        let all: Vec<(&str, &str)> = found.map(|phrase| ("blind-bats", phrase)).collect();
        assert!(!all.is_empty());
        assert_eq!(made(&[], &all, text), Own::Muted);
        assert_eq!(made(&[], &all[1..], text), Own::Nothing);
        let other: Vec<(&str, &str)> = all.iter().map(|(_, name)| ("goldfish", *name)).collect();
        assert_eq!(made(&[], &other, text), Own::Nothing);
        assert_eq!(made(&[], &all, "good morning"), Own::Nothing);
        let own = [("good morning", Some("blind-bats"))];
        assert_eq!(
            made(&own, &all, "good morning, bats are blind"),
            Own::Answer("blind-bats".to_owned())
        );
    }
}
