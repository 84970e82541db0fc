//! Tries the example messages that stand beside each answer's patterns.

use std::fmt::Write as _;

use toml::Spanned;

use crate::evaluation::Message;
use crate::knowledge::{Fault, Folder, Knowledge, Myth};
use crate::matching::{Matcher, Outcome, Tier};

/// The examples that the engine does not treat as their file demands.
pub(super) fn faults(knowledge: &Knowledge, matcher: &Matcher, folder: &Folder) -> Vec<Fault> {
    let mut faults = Vec::new();
    for myth in &knowledge.myths {
        for (language, rules) in &myth.rules {
            let file = format!("{}/{language}.match.toml", myth.id());
            let source = folder.files.get(&file).map_or("", String::as_str);
            let mut report = |example: &Spanned<String>, problem: String, remedy: &str| {
                let line = Some(line_of(source, example.span().start));
                faults.push(Fault { file: file.clone(), line, problem, remedy: remedy.to_owned() });
            };
            for example in &rules.examples.reply {
                let outcome = matcher.find(example.get_ref());
                if !replies(&outcome, myth.id()) {
                    report(
                        example,
                        format!("the example should get this answer and gets {}", got(&outcome)),
                        "add or widen a pattern, or remove the example",
                    );
                }
            }
            for example in &rules.examples.silent {
                let outcome = matcher.find(example.get_ref());
                if replies(&outcome, myth.id()) {
                    report(
                        example,
                        format!(
                            "the example must not get this answer and does: {}",
                            grounds(&outcome)
                        ),
                        "narrow the pattern, add an exception, or remove the example",
                    );
                }
            }
        }
    }
    faults
}

/// The examples as labelled messages, named by file and line. What others than its own answer are
/// owed is not known of an example.
pub(super) fn messages(knowledge: &Knowledge, folder: &Folder) -> Vec<Message> {
    let ids: Vec<&str> = knowledge.myths.iter().map(Myth::id).collect();
    let mut messages = Vec::new();
    for myth in &knowledge.myths {
        for (language, rules) in &myth.rules {
            let file = format!("{}/{language}.match.toml", myth.id());
            let source = folder.files.get(&file).map_or("", String::as_str);
            let others = ids.iter().filter(|id| **id != myth.id());
            let others: Vec<String> = others.map(|id| (*id).to_owned()).collect();
            let message = |example: &Spanned<String>, answers: Vec<String>| Message {
                id: format!("{file}:{}", line_of(source, example.span().start)),
                text: example.get_ref().clone(),
                answers,
                borderline: others.clone(),
                group: None,
            };
            let owed = rules.examples.reply.iter();
            messages.extend(owed.map(|example| message(example, vec![myth.id().to_owned()])));
            messages.extend(rules.examples.silent.iter().map(|example| message(example, vec![])));
        }
    }
    messages
}

fn replies(outcome: &Outcome, id: &str) -> bool {
    outcome.tier == Tier::Reply && outcome.answer.as_deref() == Some(id)
}

fn got(outcome: &Outcome) -> String {
    let what = match (outcome.tier, outcome.answer.as_deref()) {
        (Tier::Reply, Some(other)) => format!("a reply with {other}"),
        (Tier::Suggest, Some(id)) => format!("only a suggestion of {id}"),
        _ => "silence".to_owned(),
    };
    format!("{what} ({})", grounds(outcome))
}

/// Why it was decided so, with what was met.
fn grounds(outcome: &Outcome) -> String {
    let mut grounds = format!("{}, score {:.3}", outcome.reason, outcome.score);
    for evidence in &outcome.evidence {
        let _ = write!(grounds, ", {} on \"{}\"", evidence.phrase, evidence.text);
    }
    grounds
}

/// The line, from 1, on which the byte at `offset` of `source` stands.
fn line_of(source: &str, offset: usize) -> usize {
    1 + source.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let source = "a\n[\n\"b\",\n]";
        assert_eq!([0, 1, 2, 4].map(|offset| line_of(source, offset)), [1, 1, 2, 3]);
    }
}
