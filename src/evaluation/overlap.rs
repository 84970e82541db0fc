//! Where two answers claim the same words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Message;
use crate::knowledge::{Knowledge, PatternEntry};
use crate::matching::{Finding, Matcher};

/// Two answers that meet the same words of some messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// Ids of the two, in alphabetical order.
    pub answers: [String; 2],
    /// Ids of messages that are owed both.
    pub both: Vec<String>,
    /// Ids of messages that are owed one of them, or none.
    pub other: Vec<String>,
}

/// The pairs of answers whose patterns meet the same words, those with the most messages first.
#[must_use]
pub fn overlaps(matcher: &Matcher, messages: &[Message]) -> Vec<Overlap> {
    let mut pairs: BTreeMap<[String; 2], Overlap> = BTreeMap::new();
    for message in messages {
        let outcome = matcher.find(&message.text);
        let counted = outcome.findings.iter().filter(|finding| finding.cancelled.is_none());
        let counted: Vec<&Finding> = counted.collect();
        let mut met: Vec<[String; 2]> = Vec::new();
        for (number, one) in counted.iter().enumerate() {
            let others = counted.iter().skip(number + 1);
            for other in others.filter(|other| other.answer != one.answer && share(one, other)) {
                let mut pair = [one.answer.clone(), other.answer.clone()];
                pair.sort_unstable();
                met.push(pair);
            }
        }
        met.sort_unstable();
        met.dedup();
        for answers in met {
            let owed = answers.iter().all(|answer| message.answers.contains(answer));
            let overlap = pairs.entry(answers).or_default();
            let ids = if owed { &mut overlap.both } else { &mut overlap.other };
            ids.push(message.id.clone());
        }
    }
    let pairs = pairs.into_iter().map(|(answers, found)| Overlap { answers, ..found });
    let mut pairs: Vec<Overlap> = pairs.collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.both.len() + pair.other.len()));
    pairs
}

/// Whether two findings meet a word in common.
fn share(one: &Finding, other: &Finding) -> bool {
    one.parts.iter().any(|a| other.parts.iter().any(|b| a[0] < b[1] && b[0] < a[1]))
}

/// Patterns of different answers that ask for the very same: pairs of answer and name.
#[must_use]
pub fn identical(knowledge: &Knowledge) -> Vec<[(String, String); 2]> {
    let mut known: BTreeMap<(&str, String), (String, String)> = BTreeMap::new();
    let mut pairs = Vec::new();
    for myth in &knowledge.myths {
        for (language, rules) in &myth.rules {
            for entry in rules.patterns.iter().map(toml::Spanned::get_ref) {
                let here = (myth.id().to_owned(), entry.name.clone());
                match known.get(&(language.as_str(), asks_for(entry))) {
                    Some(there) if there.0 != here.0 => pairs.push([there.clone(), here]),
                    _ => {
                        known.insert((language, asks_for(entry)), here);
                    }
                }
            }
        }
    }
    pairs
}

/// All that decides where a pattern stands, with single spaces.
fn asks_for(entry: &PatternEntry) -> String {
    let pattern = entry.pattern.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{pattern}; {:?}; {:?}", entry.needs, entry.unless)
}
