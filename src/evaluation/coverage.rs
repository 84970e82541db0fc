//! Which patterns, exceptions and concepts labelled messages need, and which are dead weight.
//!
//! A pattern is *needed* when some message is decided on otherwise without it. Two that do the same
//! work are not needed one by one, so those that are called spare can go all at once: the engine is
//! built without them and decides on every message as before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Message;
use super::tally::Verdict;
use crate::knowledge::Knowledge;
use crate::matching::{CueKind, Finding, Matcher, Outcome, Tier};

/// How the rules of a knowledge folder fare on messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many messages there were.
    pub messages: usize,
    /// Every pattern, in the order of the files.
    pub patterns: Vec<Usage>,
    /// Exceptions that keep no message silent: answer and name.
    pub idle_exceptions: Vec<(String, String)>,
    /// Concepts and phrases whose words stand in no message: language and name.
    pub absent_concepts: Vec<(String, String)>,
}

/// How one pattern fares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// The answer that it belongs to.
    pub answer: String,
    /// Its name.
    pub name: String,
    /// In how many messages it stands, whether it counts there or is cancelled.
    pub met: usize,
    /// Messages in which it counts and that are owed its answer.
    pub right: usize,
    /// Ids of messages in which it counts and that are not.
    pub wrong: Vec<String>,
    /// Whether it can go, together with all others of which this is said, without a message being
    /// decided on otherwise.
    pub spare: bool,
}

type Name = (String, String);
type Decision = (Tier, Option<String>);

/// Decides on every message and on what would be without each pattern.
#[must_use]
pub fn coverage(knowledge: &Knowledge, matcher: &Matcher, messages: &[Message]) -> Coverage {
    let outcomes: Vec<Outcome> =
        messages.iter().map(|message| matcher.find(&message.text)).collect();
    let mut patterns: BTreeMap<Name, Usage> = BTreeMap::new();
    for (message, outcome) in messages.iter().zip(&outcomes) {
        for finding in &outcome.findings {
            patterns.entry(name(finding)).or_default().count(finding, message);
        }
    }
    let spare = spare(knowledge, matcher, messages, &outcomes);
    let usage = |(answer, name): Name| {
        let key = (answer.clone(), name.clone());
        let counted = patterns.remove(&key).unwrap_or_default();
        Usage { answer, name, spare: spare.contains(&key), ..counted }
    };
    Coverage {
        messages: messages.len(),
        patterns: all_patterns(knowledge).into_iter().map(usage).collect(),
        idle_exceptions: idle_exceptions(knowledge, &outcomes),
        absent_concepts: absent_concepts(knowledge, matcher, messages),
    }
}

impl Usage {
    fn count(&mut self, finding: &Finding, message: &Message) {
        self.met += 1;
        if finding.cancelled.is_some() {
            return;
        }
        match Verdict::on(&finding.answer, message) {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong.push(message.id.clone()),
            Verdict::Ignored => {}
        }
    }
}

fn name(finding: &Finding) -> Name {
    (finding.answer.clone(), finding.evidence.phrase.clone())
}

fn all_patterns(knowledge: &Knowledge) -> Vec<Name> {
    let files = knowledge.myths.iter().flat_map(|myth| {
        myth.rules
            .values()
            .flat_map(|rules| &rules.patterns)
            .map(move |entry| (myth, entry.get_ref()))
    });
    files.map(|(myth, entry)| (myth.id().to_owned(), entry.name.clone())).collect()
}

/// The patterns that can go together.
fn spare(
    knowledge: &Knowledge,
    matcher: &Matcher,
    messages: &[Message],
    outcomes: &[Outcome],
) -> BTreeSet<Name> {
    let mut meets: BTreeMap<Name, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        for finding in &outcome.findings {
            meets.entry(name(finding)).or_default().push(outcome);
        }
    }
    // Those of few messages go first, the last ones of a file before the first: what is general
    // stays.
    let mut order = all_patterns(knowledge);
    order.reverse();
    order.sort_by_key(|pattern| meets.get(pattern).map_or(0, Vec::len));
    let mut gone: BTreeSet<Name> = BTreeSet::new();
    for pattern in order {
        gone.insert(pattern.clone());
        let same = |outcome: &&Outcome| {
            matcher.decided_without(outcome, |finding| gone.contains(&name(finding)))
                == decision(outcome)
        };
        if !meets.get(&pattern).is_none_or(|outcomes| outcomes.iter().all(same)) {
            gone.remove(&pattern);
        }
    }
    put_back(knowledge, messages, outcomes, gone)
}

/// Patterns also tell each other of negations. So the engine is built without those that seem
/// spare, and where it decides otherwise, they are put back.
fn put_back(
    knowledge: &Knowledge,
    messages: &[Message],
    outcomes: &[Outcome],
    mut gone: BTreeSet<Name>,
) -> BTreeSet<Name> {
    loop {
        let mut without = knowledge.clone();
        for myth in &mut without.myths {
            let id = myth.id().to_owned();
            for rules in myth.rules.values_mut() {
                rules
                    .patterns
                    .retain(|entry| !gone.contains(&(id.clone(), entry.get_ref().name.clone())));
            }
        }
        let matcher = Matcher::new(&without);
        let before = gone.len();
        for (message, outcome) in messages.iter().zip(outcomes) {
            if decision(&matcher.find(&message.text)) != decision(outcome) {
                outcome.findings.iter().for_each(|finding| {
                    gone.remove(&name(finding));
                });
            }
        }
        if gone.len() == before {
            return gone;
        }
    }
}

fn decision(outcome: &Outcome) -> Decision {
    (outcome.tier, outcome.answer.clone())
}

fn idle_exceptions(knowledge: &Knowledge, outcomes: &[Outcome]) -> Vec<Name> {
    let findings = outcomes.iter().flat_map(|outcome| &outcome.findings);
    let cancelled = findings.filter_map(|finding| {
        let cue = finding.cue.as_ref().filter(|cue| cue.kind == CueKind::Exception)?;
        Some((finding.answer.as_str(), cue.text.as_str()))
    });
    let busy: BTreeSet<(&str, &str)> = cancelled.collect();
    let mut idle = Vec::new();
    for myth in &knowledge.myths {
        for entry in myth.rules.values().flat_map(|rules| &rules.exceptions) {
            let name = &entry.get_ref().name;
            if !busy.contains(&(myth.id(), name)) {
                idle.push((myth.id().to_owned(), name.clone()));
            }
        }
    }
    idle
}

fn absent_concepts(knowledge: &Knowledge, matcher: &Matcher, messages: &[Message]) -> Vec<Name> {
    let texts = messages.iter().map(|message| message.text.as_str());
    let present: BTreeSet<(&str, &str)> =
        texts.flat_map(|text| matcher.concepts_in(text)).collect();
    let mut absent = Vec::new();
    for (code, language) in &knowledge.languages {
        let lexicon = &language.lexicon;
        for name in lexicon.concepts.keys().chain(lexicon.phrases.keys()) {
            if !present.contains(&(code, name)) {
                absent.push((code.clone(), name.clone()));
            }
        }
    }
    absent
}
