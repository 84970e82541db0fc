//! What would have changed a decision. Nothing is guessed: each change is made, and what comes of it
//! is looked at.

use super::outcome::{CueKind, Finding, Outcome, Reading, Tier};
use super::rules::near::Near;
use super::rules::trace;
use super::{Matcher, score};
use crate::knowledge::{Strength, Thresholds};

/// A message is decided on anew at most so often to explain it.
const MOST_TRIED: usize = 24;
/// A claim with more cues than this stays rejected whichever of them goes.
const MOST_CUES: usize = 4;
/// Most misspelt letters that are counted on.
const MOST_LETTERS: usize = 9;

/// Something that was changed, and what was decided then.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was changed.
    pub what: What,
    /// The decision then.
    pub tier: Tier,
    /// The answer then, if one reached `suggest` or `reply`.
    pub answer: Option<String>,
}

/// What can be changed about a message or a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// These words of the message are not there.
    Without(Vec<String>),
    /// This word stands there without its quotation marks.
    Unquoted(String),
    /// The message is no quoted line and no code.
    OwnWords,
    /// The misspelt words are spelt like this.
    Spelt(Vec<Reading>),
    /// So many more letters of the words that count are misspelt, in a way that is still read.
    Misspelt(usize),
    /// This stands before the message.
    Preceded(String),
    /// The exception with this name is not there.
    NoException(String),
    /// One more phrase of the answer, of this strength, is met.
    OneMore(Strength),
    /// A reply needs so much.
    ReplyFrom(f32),
    /// A suggestion needs so much.
    SuggestFrom(f32),
}

impl Matcher {
    /// What would have changed `outcome`, the decision on `message`, the plainest first. `rejection`
    /// is a sentence's beginning that rejects a claim, tried in front of messages that get a reply.
    #[must_use]
    pub fn changes(&self, message: &str, outcome: &Outcome, rejection: &str) -> Vec<Change> {
        let trial = Trial { matcher: self, message: message.chars().collect(), outcome };
        let mut changes = match outcome.tier {
            Tier::Reply => trial.of_a_reply(rejection),
            Tier::Suggest | Tier::Silent => trial.of_silence(),
        };
        changes.extend(arithmetic(outcome, self.thresholds));
        changes
    }
}

impl Matcher {
    /// What would be decided if those findings of `outcome` did not exist that `is_gone` names.
    #[must_use]
    pub fn decided_without(
        &self,
        outcome: &Outcome,
        is_gone: impl Fn(&Finding) -> bool,
    ) -> (Tier, Option<String>) {
        let kept = outcome.findings.iter().filter(|finding| !is_gone(finding)).cloned();
        let then = score::decide(kept.collect(), false, outcome.words, self.thresholds);
        (then.tier, then.answer)
    }

    /// The words of `message` that are read as others.
    #[must_use]
    pub fn readings(&self, message: &str) -> Vec<Reading> {
        trace::readings(&self.read(message).0, message)
    }

    /// The pattern that `message`, in which nothing was found, came nearest to, if it came near one.
    #[must_use]
    pub fn nearest(&self, message: &str) -> Option<Near> {
        let (text, hits) = self.read(message);
        let found = self.phrases.found(&text, hits, &self.sets);
        self.rules.nearest(&found, &self.concepts, message)
    }

    /// The concepts and phrases whose words stand in `message`: language and name of each.
    #[must_use]
    pub fn concepts_in(&self, message: &str) -> Vec<(&str, &str)> {
        let (text, hits) = self.read(message);
        let found = self.phrases.found(&text, hits, &self.sets);
        found.present().concepts().filter_map(|concept| self.concepts.name(concept)).collect()
    }
}

/// The changes that follow from the score alone, for decisions whose message is not at hand: `at`
/// are the thresholds that it was made with.
#[must_use]
pub fn arithmetic(outcome: &Outcome, at: Thresholds) -> Vec<Change> {
    let mut changes = Vec::new();
    let Some(best) = outcome.candidates.first() else { return changes };
    let mut change = |what, score: f32, at: Thresholds| {
        let tier = score::tier(score, at);
        if tier != outcome.tier {
            let answer = (tier > Tier::Silent).then(|| best.answer.clone());
            changes.push(Change { what, tier, answer });
        }
    };
    if outcome.tier == Tier::Reply {
        let counted = outcome.findings.iter().filter(|finding| finding.cancelled.is_none());
        if let [only] = counted.collect::<Vec<_>>().as_slice()
            && let Some(strength) = only.strength
        {
            let misspelt = |letters| score::weight(strength, only.evidence.distance + letters);
            let enough = (1..=MOST_LETTERS).find(|more| misspelt(*more) < at.reply);
            if let Some(letters) = enough {
                change(What::Misspelt(letters), misspelt(letters), at);
            }
        }
        // In steps of 0.01, as editors write them.
        let above = (best.score * 100.0).round() / 100.0 + 0.01;
        if above < 1.0 {
            change(What::ReplyFrom(above), best.score, Thresholds { reply: above, ..at });
        }
        return changes;
    }
    let more = [Strength::Weak, Strength::Fair, Strength::Strong];
    let with = |strength: &Strength| 1.0 - (1.0 - best.score) * (1.0 - score::weight(*strength, 0));
    if let Some(strength) = more.into_iter().find(|it| score::tier(with(it), at) > outcome.tier) {
        change(What::OneMore(strength), with(&strength), at);
    }
    let below = (best.score * 100.0).floor() / 100.0;
    if below > 0.0 && outcome.tier == Tier::Suggest {
        change(What::ReplyFrom(below), best.score, Thresholds { reply: below, ..at });
    } else if below > 0.0 {
        change(What::SuggestFrom(below), best.score, Thresholds { suggest: below, ..at });
    }
    changes
}

/// A message on which changes are tried.
struct Trial<'a> {
    matcher: &'a Matcher,
    message: Vec<char>,
    outcome: &'a Outcome,
}

impl Trial<'_> {
    fn of_a_reply(&self, rejection: &str) -> Vec<Change> {
        let mut changes = Vec::from_iter(self.without_one_word());
        let said: String = self.message.iter().collect();
        let what = What::Preceded(rejection.to_owned());
        changes.extend(self.tried(what, &format!("{rejection} {said}")));
        changes
    }

    fn of_silence(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.outcome.findings.is_empty() {
            changes.extend(self.tried(What::OwnWords, &self.own_words()));
        }
        changes.extend(self.spelt());
        changes.extend(self.without_cues());
        changes.extend(self.without_exception());
        changes
    }

    /// What comes of `text` instead, when it is decided on otherwise.
    fn tried(&self, what: What, text: &str) -> Option<Change> {
        let then = self.matcher.find(text);
        let differs = (then.tier, &then.answer) != (self.outcome.tier, &self.outcome.answer);
        differs.then_some(Change { what, tier: then.tier, answer: then.answer })
    }

    /// The message without these stretches of characters.
    fn without(&self, spans: &[[usize; 2]]) -> String {
        let kept = |place: &usize| spans.iter().all(|[from, to]| !(*from..*to).contains(place));
        let letters = self.message.iter().enumerate().filter(|(place, _)| kept(place));
        letters.map(|(_, letter)| letter).collect()
    }

    fn written(&self, [from, to]: [usize; 2]) -> String {
        self.message.get(from..to).unwrap_or_default().iter().collect()
    }

    /// The one word that counts most: without it the decision falls deepest.
    fn without_one_word(&self) -> Option<Change> {
        let answer = self.outcome.answer.as_deref();
        let counted = |finding: &&Finding| {
            finding.cancelled.is_none() && Some(finding.answer.as_str()) == answer
        };
        let found = self.outcome.findings.iter().filter(counted);
        let mut parts: Vec<[usize; 2]> = found.flat_map(|finding| finding.parts.clone()).collect();
        parts.sort_unstable();
        parts.dedup();
        let tried = parts.into_iter().take(MOST_TRIED).filter_map(|part| {
            self.tried(What::Without(vec![self.written(part)]), &self.without(&[part]))
        });
        tried.min_by_key(|change| change.tier)
    }

    /// The message with its quoted lines and code as if the writer said them.
    fn own_words(&self) -> String {
        let said: String = self.message.iter().filter(|letter| **letter != '`').collect();
        let lines = said.lines().map(|line| line.trim_start_matches(['>', ' ']));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The misspelt words spelt as they were read.
    fn spelt(&self) -> Option<Change> {
        let mut readings: Vec<Reading> = Vec::new();
        let said: String = self.message.iter().collect();
        for reading in self.matcher.readings(&said) {
            let counts = self.outcome.findings.iter().any(|finding| finding.has(&reading));
            if reading.distance > 0 && counts {
                readings.push(reading);
            }
        }
        let mut spelt = String::new();
        let mut place = 0;
        for reading in &readings {
            let [from, to] = reading.span;
            spelt.push_str(&self.written([place, from]));
            spelt.push_str(&reading.read);
            place = to;
        }
        spelt.push_str(&self.written([place, self.message.len()]));
        let change = self.tried(What::Spelt(readings), &spelt)?;
        (change.tier > self.outcome.tier).then_some(change)
    }

    /// The cues that reject the claim, one after the other, until something else is decided.
    fn without_cues(&self) -> Option<Change> {
        let mut gone: Vec<[usize; 2]> = Vec::new();
        let mut then = self.outcome.clone();
        let mut marks = None;
        for _ in 0..MOST_CUES {
            let best = then.findings.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
            let cue = best.and_then(|finding| finding.cue.clone())?;
            match cue.kind {
                CueKind::Exception | CueKind::NegationLeftOut => return None,
                CueKind::ScareQuotes => {
                    let [from, to] = self.original(cue.span, &gone);
                    gone.extend([[from.saturating_sub(1), from], [to, to + 1]]);
                    marks = Some(cue.text.clone());
                }
                _ => gone.push(self.original(cue.span, &gone)),
            }
            gone.sort_unstable();
            let text = self.without(&gone);
            then = self.matcher.find(&text);
            if then.tier > self.outcome.tier {
                let what = match marks {
                    Some(word) if gone.len() == 2 => What::Unquoted(word),
                    _ => What::Without(gone.iter().map(|span| self.written(*span)).collect()),
                };
                return Some(Change { what, tier: then.tier, answer: then.answer });
            }
        }
        None
    }

    /// Where a stretch of the message stood before others, by place, were taken out.
    fn original(&self, [from, to]: [usize; 2], gone: &[[usize; 2]]) -> [usize; 2] {
        let mut kept: Vec<usize> = Vec::with_capacity(self.message.len());
        let out = |place: usize| gone.iter().any(|[from, to]| (*from..*to).contains(&place));
        kept.extend((0..self.message.len()).filter(|place| !out(*place)));
        let at = |place: usize| kept.get(place).copied().unwrap_or(self.message.len());
        [at(from), to.checked_sub(1).map_or(0, |last| at(last) + 1)]
    }

    /// The decision as if the exception that cancelled the best finding were not in the file.
    fn without_exception(&self) -> Option<Change> {
        let exceptions = self.outcome.findings.iter().filter_map(|finding| finding.cue.as_ref());
        let name = exceptions.filter(|cue| cue.kind == CueKind::Exception).map(|cue| &cue.text);
        let name = name.clone().next()?;
        let findings = self.outcome.findings.iter().cloned().map(|mut finding| {
            if finding.cue.as_ref().is_some_and(|cue| cue.text == *name) {
                finding.cue = None;
                finding.cancelled = None;
            }
            finding
        });
        let then =
            score::decide(findings.collect(), false, self.outcome.words, self.matcher.thresholds);
        (then.tier > self.outcome.tier).then(|| Change {
            what: What::NoException(name.clone()),
            tier: then.tier,
            answer: then.answer,
        })
    }
}

#[cfg(test)]
mod tests;
