//! What an editor may want to know about the rules and that is no fault.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::evaluation::Message;
use crate::evaluation::{Coverage, Overlap, Usage, coverage, identical, overlaps};
use crate::knowledge::Knowledge;
use crate::matching::Matcher;

/// So many names of a kind are shown for each answer when not all are asked for.
pub(super) const SHOWN: usize = 5;
/// Columns that a list of names takes at most.
const WIDTH: usize = 100;

/// The notes on a folder.
#[derive(Debug, Default, Serialize)]
pub(super) struct Notes {
    coverage: Coverage,
    overlaps: Vec<Overlap>,
    /// Patterns of two answers that ask for the same: answer and name of each.
    identical: Vec<[(String, String); 2]>,
}

/// Names by what they belong to: an answer, a language or a pair.
type Groups = BTreeMap<String, Vec<String>>;

impl Notes {
    /// Looks at the rules of `knowledge`, from which `matcher` was built, on labelled messages.
    pub(super) fn new(knowledge: &Knowledge, matcher: &Matcher, messages: &[Message]) -> Self {
        Self {
            coverage: coverage(knowledge, matcher, messages),
            overlaps: overlaps(matcher, messages),
            identical: identical(knowledge),
        }
    }

    /// In one line, how much of the rules no example shows; nothing when examples show all.
    pub(super) fn brief(&self) -> String {
        let Coverage { patterns, idle_exceptions, .. } = &self.coverage;
        let unmet = patterns.iter().filter(|usage| usage.met == 0).count();
        if unmet == 0 && idle_exceptions.is_empty() {
            return String::new();
        }
        format!(
            "note: not shown by an example: {unmet} of the patterns, {} of the exceptions; \
             --sentences FILE judges them by labelled messages, --all names them\n",
            idle_exceptions.len()
        )
    }

    /// The notes for people, with at most `shown` names of a kind for each answer; nothing when
    /// there is nothing to say.
    pub(super) fn text(&self, shown: usize) -> String {
        let Coverage { messages, patterns, idle_exceptions, absent_concepts } = &self.coverage;
        let named = |is: &dyn Fn(&&Usage) -> bool, of: &dyn Fn(&Usage) -> String| {
            grouped(patterns.iter().filter(is).map(|usage| (usage.answer.clone(), of(usage))))
        };
        let name = |usage: &Usage| usage.name.clone();
        let kinds: [(&str, Groups); 7] = [
            ("patterns that meet nothing", named(&|usage| usage.met == 0, &name)),
            (
                "patterns that no decision needs (all of these and the above can go at once)",
                named(&|usage| usage.met > 0 && usage.spare, &name),
            ),
            (
                "patterns that are wrong more often than right",
                named(&|usage| usage.wrong.len() > usage.right, &wrong),
            ),
            ("exceptions that keep nothing silent", grouped(idle_exceptions.iter().cloned())),
            ("concepts and phrases that stand nowhere", grouped(absent_concepts.iter().cloned())),
            (
                "patterns of two answers that ask for the same",
                grouped(self.identical.iter().map(|[one, other]| {
                    let pair = format!("{} + {}", one.0, other.0);
                    (pair, format!("{} = {}", one.1, other.1))
                })),
            ),
            ("messages in which two answers claim the same words", self.overlapping()),
        ];
        let mut text = String::new();
        for (kind, groups) in kinds.iter().filter(|(_, groups)| !groups.is_empty()) {
            let count: usize = groups.values().map(Vec::len).sum();
            let _ = writeln!(text, "{kind}: {count}");
            for (group, names) in groups {
                text.push_str(&list(group, names, shown));
            }
        }
        if text.is_empty() {
            return text;
        }
        let cut = kinds.iter().flat_map(|(_, groups)| groups.values()).any(|of| of.len() > shown);
        let more = if cut { "; --all names all of them" } else { "" };
        format!("notes, no faults, on {messages} examples and sentences{more}\n{text}\n")
    }

    fn overlapping(&self) -> Groups {
        let named = self.overlaps.iter().map(|overlap| {
            let pair = overlap.answers.join(" + ");
            let owed = overlap.both.iter().map(|id| format!("{id} (owed both)"));
            (pair, overlap.other.iter().cloned().chain(owed).collect())
        });
        named.collect()
    }
}

fn wrong(usage: &Usage) -> String {
    let ids: Vec<&str> = usage.wrong.iter().take(SHOWN).map(String::as_str).collect();
    let more = if usage.wrong.len() > SHOWN { ", ..." } else { "" };
    format!(
        "{} (right {}, wrong {}: {}{more})",
        usage.name,
        usage.right,
        usage.wrong.len(),
        ids.join(", ")
    )
}

fn grouped(names: impl Iterator<Item = (String, String)>) -> Groups {
    let mut groups = Groups::new();
    for (group, name) in names {
        groups.entry(group).or_default().push(name);
    }
    groups
}

/// A group with its first `shown` names.
fn list(group: &str, names: &[String], shown: usize) -> String {
    let mut line = format!("  {group}: {}", names.len());
    let first: Vec<&str> = names.iter().take(shown).map(String::as_str).collect();
    let _ = write!(line, ": {}", first.join("; "));
    if let Some(more) = names.len().checked_sub(shown).filter(|more| *more > 0) {
        let _ = write!(line, "; and {more} more");
    }
    let options = textwrap::Options::new(WIDTH).subsequent_indent("      ");
    textwrap::fill(&line, options) + "\n"
}
