//! The patterns of every answer, held against the hits of a text.

mod found;
mod guess;
pub(crate) mod near;
pub(crate) mod pattern;
pub(crate) mod phrase;
pub(crate) mod sets;
pub(crate) mod settle;
pub(crate) mod trace;

use super::lexicon::concepts::Concepts;
use super::lexicon::keyed::Keyed;
use super::lexicon::keyword::Hit;
use super::lexicon::presence::Presence;
use super::lexicon::rarity::Rarity;
use super::outcome::{Cue, CueKind, Evidence, Finding};
use super::reading::normalize::Text;
use super::score;
use super::stance::cues::Cues;
use super::stance::{self, Judgement, Rejection};
use crate::knowledge::{Knowledge, Strength};
use found::Found;
use pattern::Compiled;
use sets::Sets;

/// Every pattern and exception.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// Ids of the answers.
    answers: Vec<String>,
    patterns: Vec<Rule>,
    exceptions: Vec<Rule>,
    /// What the patterns are about.
    subjects: Presence,
    /// Concept to the patterns that cannot stand in a text without it or its like.
    by_key: Keyed,
    exceptions_by_key: Keyed,
}

#[derive(Debug)]
struct Rule {
    /// Number of its answer.
    answer: usize,
    name: String,
    strength: Strength,
    pattern: Compiled,
}

/// A pattern where it stands in a text.
#[derive(Debug)]
struct Placed<'r> {
    rule: &'r Rule,
    hits: Vec<Hit>,
    judgement: Judgement,
}

impl Placed<'_> {
    /// The first and the last word.
    fn stretch(&self) -> [usize; 2] {
        let first = self.hits.iter().map(|hit| hit.first).min().unwrap_or(0);
        [first, self.hits.iter().map(|hit| hit.last).max().unwrap_or(0)]
    }
}

/// What the patterns found.
#[derive(Debug, Default)]
pub(crate) struct Grounds {
    /// One per pattern that was met.
    pub(crate) findings: Vec<Finding>,
    /// Whether the claim of any finding that holds is asked.
    pub(crate) asked: bool,
}

impl Rules {
    pub(crate) fn new(
        knowledge: &Knowledge,
        concepts: &Concepts,
        sets: &mut Sets,
        rarity: &Rarity,
    ) -> Self {
        let mut rules = Self::default();
        for (answer, myth) in knowledge.myths.iter().enumerate() {
            rules.answers.push(myth.id().to_owned());
            for (language, file) in &myth.rules {
                let rule = |name: &str, pattern: Option<Compiled>, strength| {
                    let name = name.to_owned();
                    Some(Rule { answer, name, strength, pattern: pattern? })
                };
                rules.patterns.extend(file.patterns.iter().filter_map(|entry| {
                    let entry = entry.get_ref();
                    let context = (entry.needs.as_slice(), entry.unless.as_slice());
                    let pattern = Compiled::new(&entry.pattern, context, language, concepts, sets);
                    rule(&entry.name, pattern, entry.strength)
                }));
                rules.exceptions.extend(file.exceptions.iter().filter_map(|entry| {
                    let entry = entry.get_ref();
                    let pattern =
                        Compiled::new(&entry.pattern, (&[], &[]), language, concepts, sets);
                    rule(&entry.name, pattern, Strength::Strong)
                }));
            }
        }
        rules.patterns.shrink_to_fit();
        rules.exceptions.shrink_to_fit();
        let subjects = rules.patterns.iter().map(|rule| rule.pattern.subject(concepts, sets));
        rules.subjects = subjects.flatten().copied().collect();
        let keyed =
            |rules: &[Rule]| Keyed::new(rules.iter().map(|r| rarity.rarest(&r.pattern, sets)));
        rules.by_key = keyed(&rules.patterns);
        rules.exceptions_by_key = keyed(&rules.exceptions);
        rules
    }

    /// The concepts that patterns are about.
    pub(crate) fn subjects(&self) -> &Presence {
        &self.subjects
    }

    /// Without any of these no pattern stands in a text.
    pub(crate) fn keys(&self) -> Presence {
        self.by_key.keys()
    }

    /// Whether everything that some pattern needs is in a text with these concepts and phrases.
    pub(crate) fn may_stand(&self, present: &Presence, sets: &Sets) -> bool {
        let mut numbers = present.concepts().flat_map(|concept| self.by_key.of(concept));
        numbers.any(|number| {
            let rule = self.patterns.get(*number as usize);
            rule.is_some_and(|rule| rule.pattern.may_stand(present, sets))
        })
    }

    /// Everything that the patterns find in a text.
    pub(crate) fn findings(
        &self,
        found: &Found<'_>,
        concepts: &Concepts,
        message: &str,
    ) -> Grounds {
        let tried = tried(&self.patterns, &self.by_key, found);
        if tried.is_empty() {
            return Grounds::default();
        }
        let cues = Cues::new(found.text, &found.hits, concepts).with_emoji(message);
        let mut placed: Vec<Placed<'_>> = Vec::new();
        for rule in tried {
            placed.extend(rule.pattern.placements(found).into_iter().map(|hits| {
                let words = found.words_of(&hits);
                let judgement = stance::judge(&cues, &hits, &words, concepts);
                Placed { rule, hits, judgement }
            }));
        }
        if placed.is_empty() {
            return Grounds::default();
        }
        share_negations(&mut placed);
        share_rebuttals(&mut placed, &cues);
        let exceptions = self.exceptions(found);
        let mut grounds = Grounds::default();
        let mut guesses = Vec::new();
        for of_one_rule in placed.chunk_by(|a, b| std::ptr::eq(a.rule, b.rule)) {
            let judged = of_one_rule.iter().map(|placed| {
                let cue = match placed.judgement.rejected {
                    Some(rejection) => Some(trace::cue(rejection, found.text, message)),
                    None => exception(placed, &exceptions),
                };
                (placed, cue)
            });
            // One placement that holds is enough.
            let best = judged.min_by_key(|(placed, cue)| {
                let doubted = placed.judgement.doubts.len();
                (cue.is_some(), doubted, letters_changed(&placed.hits, found.text))
            });
            let Some((Placed { rule, hits, judgement }, cue)) = best else { continue };
            grounds.asked |= judgement.asked.is_some() && cue.is_none();
            let evidence = evidence(&rule.name, hits, found.text, message);
            let words = found.words_of(hits);
            let doubt = trace::doubt(&judgement.doubts, found.text, message);
            let weight = score::weight(rule.strength, evidence.distance);
            guesses.push(guess::boldest(&words, found.text, message));
            grounds.findings.push(Finding {
                answer: self.answers.get(rule.answer).cloned().unwrap_or_default(),
                weight: if doubt.is_some() { score::doubted(weight) } else { weight },
                strength: Some(rule.strength),
                evidence,
                parts: trace::parts(&words, found.text),
                cancelled: cue.as_ref().map(Cue::does),
                cue: cue.or(doubt),
                asked: judgement.asked.map(|asking| trace::asked(asking, found.text, message)),
            });
        }
        share_rejections(&mut grounds.findings);
        guess::lower(&mut grounds.findings, guesses);
        grounds
    }

    /// Where the exceptions stand in a text.
    fn exceptions(&self, found: &Found<'_>) -> Vec<(&Rule, Vec<Vec<Hit>>)> {
        let tried = tried(&self.exceptions, &self.exceptions_by_key, found).into_iter();
        let placed = tried.map(|rule| (rule, rule.pattern.placements(found)));
        placed.filter(|(_, placements)| !placements.is_empty()).collect()
    }
}

/// The rules that may stand in a text, in order.
fn tried<'r>(rules: &'r [Rule], by_key: &Keyed, found: &Found<'_>) -> Vec<&'r Rule> {
    let may_stand = |number: usize| {
        let rule = rules.get(number);
        rule.is_some_and(|rule| rule.pattern.may_stand(found.present(), found.sets()))
    };
    let tried = by_key.select(found.present(), may_stand).into_iter();
    tried.filter_map(|number| rules.get(number)).collect()
}

/// The exception of the same answer that shares words with a pattern, if there is one.
fn exception(placed: &Placed<'_>, exceptions: &[(&Rule, Vec<Vec<Hit>>)]) -> Option<Cue> {
    let touches = |placement: &Vec<Hit>| {
        placement.iter().any(|a| placed.hits.iter().any(|b| a.first <= b.last && b.first <= a.last))
    };
    exceptions
        .iter()
        .filter(|(exception, _)| exception.answer == placed.rule.answer)
        .find(|(_, placements)| placements.iter().any(touches))
        .map(|(exception, _)| Cue {
            kind: CueKind::Exception,
            text: exception.name.clone(),
            span: [0, 0],
        })
}

/// What one pattern knows to be negated, the others of the same answer hear of: "does not surround"
/// negates the surrounding, whichever pattern sees it.
fn share_negations(placed: &mut [Placed<'_>]) {
    let negated: Vec<(usize, Hit, Rejection)> = placed
        .iter()
        .filter_map(|placed| {
            let rejection = placed.judgement.rejected?;
            let verb = placed.judgement.negated?;
            Some((placed.rule.answer, verb, rejection))
        })
        .collect();
    for placed in placed.iter_mut().filter(|placed| placed.judgement.rejected.is_none()) {
        let heard = negated.iter().find(|(answer, verb, rejection)| {
            let has = |word: Hit| {
                placed.hits.iter().any(|hit| hit.first <= word.last && word.first <= hit.last)
            };
            *answer == placed.rule.answer && has(*verb) && !has(rejection.hit)
        });
        placed.judgement.rejected = heard.map(|(_, _, rejection)| *rejection);
    }
}

/// A claim that is only brought up to be answered, as one pattern reads it, is so for a wider
/// pattern that goes on into the answer: "'NATO shuts Russia out' is a lazy talking point" with
/// "point", "NATO shut Russia out? Cute. Read what it signed" with "signed".
fn share_rebuttals(placed: &mut [Placed<'_>], cues: &Cues<'_>) {
    let rebutted: Vec<(usize, [usize; 2], Rejection)> = placed
        .iter()
        .filter_map(|placed| {
            let [first, last] = placed.stretch();
            let rejection = placed.judgement.rejected?;
            let shared = match rejection.kind {
                CueKind::Rebutted | CueKind::AnsweredNo => true,
                CueKind::Rejected => cues.quotation(first, last).is_some(),
                _ => false,
            };
            let narrow = shared && cues.same_sentence(first, last);
            narrow.then_some((placed.rule.answer, [first, last], rejection))
        })
        .collect();
    for placed in placed.iter_mut().filter(|placed| placed.judgement.stands()) {
        let [first, last] = placed.stretch();
        let heard = rebutted.iter().find(|(answer, [from, to], _)| {
            *answer == placed.rule.answer && first <= *to && *from <= last
        });
        placed.judgement.rejected = heard.map(|(_, _, rejection)| *rejection);
    }
}

/// What cancels a finding cancels weaker ones of the same answer in the same stretch of the message,
/// too: they only know less of it.
fn share_rejections(findings: &mut [Finding]) {
    let cancelled = findings.iter().filter(|finding| finding.cancelled.is_some());
    let cancelled: Vec<Finding> = cancelled.cloned().collect();
    for finding in findings.iter_mut().filter(|finding| finding.cancelled.is_none()) {
        let [from, to] = finding.evidence.span;
        let stronger = cancelled.iter().find(|other| {
            let [start, end] = other.evidence.span;
            other.answer == finding.answer
                && other.strength > finding.strength
                && start < to
                && from < end
        });
        if let Some(stronger) = stronger {
            finding.cue.clone_from(&stronger.cue);
            finding.cancelled.clone_from(&stronger.cancelled);
        }
    }
}

fn evidence(phrase: &str, hits: &[Hit], text: &Text, message: &str) -> Evidence {
    let first = hits.iter().map(|hit| hit.first).min().unwrap_or(0);
    let last = hits.iter().map(|hit| hit.last).max().unwrap_or(0);
    let (written, span) = written(Hit { first, last, concept: 0 }, text, message);
    Evidence {
        phrase: phrase.to_owned(),
        text: written,
        span,
        distance: letters_changed(hits, text),
    }
}

fn letters_changed(hits: &[Hit], text: &Text) -> usize {
    let words = hits.iter().filter_map(|hit| text.words.get(hit.first..=hit.last)).flatten();
    words.map(|word| word.distance).sum()
}

/// The original text from the first to the last word of a hit, and where it stands.
pub(crate) fn written(hit: Hit, text: &Text, message: &str) -> (String, [usize; 2]) {
    let from = text.words.get(hit.first).map_or(0, |word| word.from);
    let to = text.words.get(hit.last).map_or(0, |word| word.to);
    let start = byte_of(message, from);
    let rest = message.get(start..).unwrap_or_default();
    let length = byte_of(rest, to.saturating_sub(from));
    (rest.get(..length).unwrap_or_default().to_owned(), [from, to])
}

/// The byte at which character number `number` begins; one past the last when there is none. Many
/// letters are counted at once: a long message is asked often.
fn byte_of(message: &str, number: usize) -> usize {
    const AT_ONCE: usize = 64;
    let begins = |byte: &&u8| (**byte & 0xC0) != 0x80;
    let (mut before, mut left) = (0, number);
    for chunk in message.as_bytes().chunks(AT_ONCE) {
        let count = chunk.iter().filter(begins).count();
        if count > left {
            let mut places = chunk.iter().enumerate().filter(|(_, byte)| begins(byte));
            return before + places.nth(left).map_or(chunk.len(), |(place, _)| place);
        }
        left -= count;
        before += chunk.len();
    }
    message.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_character_is_found_wherever_it_stands(text in "[aé€😀]{0,150}", number in 0..160_usize) {
            let byte = text.char_indices().nth(number).map_or(text.len(), |(byte, _)| byte);
            prop_assert_eq!(super::byte_of(&text, number), byte);
        }
    }
}
