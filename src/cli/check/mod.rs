//! `mythbot check`: every fault of a knowledge folder, with file, line and remedy.

mod examples;
mod notes;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Ending;
use super::eval::input;
use super::source::{self, KnowledgeArgs};
use crate::cards;
use crate::evaluation::Message;
use crate::knowledge::{self, Fault, Folder, Knowledge};
use crate::matching::Matcher;
use notes::Notes;

/// Look for faults in a knowledge folder and try its examples
///
/// Lists each fault as `file:line: problem; remedy`. When the files are sound, each answer is drawn
/// and held against Discord's limits, and each example is tried: messages under `examples.reply`
/// must get that answer, messages under `examples.silent` must not.
///
/// Besides faults there are notes, which do not change the exit code: patterns that meet nothing or
/// that no decision needs, patterns that are wrong more often than right, exceptions and concepts
/// that do nothing, and answers that claim the same words, all judged by the examples and by the
/// messages of --sentences. Without those they are only counted, unless --all names them.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Knowledge folder (without it: the one that --knowledge names, or the compiled-in one)
    dir: Option<PathBuf>,
    /// Labelled messages as for `mythbot eval`, to find patterns that nothing needs
    #[arg(long, value_name = "FILE", num_args = 1..)]
    sentences: Vec<PathBuf>,
    /// Name all that the notes are about, not only the first of each kind
    #[arg(long)]
    all: bool,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
}

/// What a sound folder holds.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Counts {
    answers: usize,
    languages: usize,
    patterns: usize,
    exceptions: usize,
    examples: usize,
    facts: usize,
    sources: usize,
}

/// What was found in a folder.
#[derive(Debug, Default, Serialize)]
struct Findings {
    faults: Vec<Fault>,
    /// What the folder holds, when its files can be read.
    counts: Option<Counts>,
    /// What is no fault, when its files can be read.
    notes: Option<Notes>,
}

pub(super) fn run(args: &CheckArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let dir = args.dir.clone().or_else(|| knowledge.dir());
    let (sentences, broken) = input::messages(&args.sentences, None)?;
    let found = check(&source::open(dir.as_deref())?, sentences);
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_value(&found)?)?;
    } else {
        let notes = found.notes.as_ref().map(|notes| match (args.all, args.sentences.is_empty()) {
            (true, _) => notes.text(usize::MAX),
            (false, false) => notes.text(notes::SHOWN),
            (false, true) => notes.brief(),
        });
        let notes = notes.unwrap_or_default();
        write!(out, "{notes}{}", text(&found.faults, found.counts.as_ref(), dir.as_deref()))?;
    }
    out.flush()?;
    Ok(Ending::findings_if(!found.faults.is_empty() || broken > 0))
}

/// Every fault, what the folder holds, and what is worth knowing about its rules on its examples
/// and on `sentences`.
fn check(folder: &Folder, sentences: Vec<Message>) -> Findings {
    let mut found = Findings { faults: knowledge::review(folder), ..Findings::default() };
    match knowledge::load(folder) {
        Ok(knowledge) => {
            let matcher = Matcher::new(&knowledge);
            found.faults.extend(cards::faults(&knowledge));
            found.faults.extend(examples::faults(&knowledge, &matcher, folder));
            found.counts = Some(Counts::of(&knowledge));
            let mut messages = examples::messages(&knowledge, folder);
            messages.extend(sentences);
            found.notes = Some(Notes::new(&knowledge, &matcher, &messages));
        }
        Err(faults) => found.faults.extend(faults.0),
    }
    found.faults.sort();
    found.faults.dedup();
    found
}

impl Counts {
    fn of(knowledge: &Knowledge) -> Self {
        let mut counts = Self {
            answers: knowledge.myths.len(),
            languages: knowledge.languages.len(),
            ..Self::default()
        };
        for myth in &knowledge.myths {
            counts.facts += myth.file.facts.len();
            counts.sources += myth.file.sources.len();
            for rules in myth.rules.values() {
                counts.patterns += rules.patterns.len();
                counts.exceptions += rules.exceptions.len();
                counts.examples += rules.examples.reply.len() + rules.examples.silent.len();
            }
        }
        counts
    }
}

fn text(faults: &[Fault], counts: Option<&Counts>, dir: Option<&Path>) -> String {
    let mut lines: Vec<String> = faults
        .iter()
        .map(|fault| match dir {
            // So that an editor's terminal can open the place.
            Some(dir) => format!("{}{}", dir.join(&fault.file).display(), after_file(fault)),
            None => fault.to_string(),
        })
        .collect();
    let found = match faults.len() {
        0 => "no faults".to_owned(),
        1 => "1 fault".to_owned(),
        many => format!("{many} faults"),
    };
    lines.push(match counts {
        Some(Counts { answers, languages, patterns, exceptions, examples, facts, sources }) => {
            format!(
                "answers: {answers}, languages: {languages}, patterns: {patterns}, exceptions: \
                 {exceptions}, examples: {examples}, facts: {facts}, sources: {sources}; {found}"
            )
        }
        None => found,
    });
    lines.join("\n") + "\n"
}

/// What [`Fault`] displays behind its file.
fn after_file(fault: &Fault) -> String {
    let whole = fault.to_string();
    whole.strip_prefix(&fault.file).unwrap_or(&whole).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: Option<usize>) -> Fault {
        Fault {
            file: "moon/en.toml".to_owned(),
            line,
            problem: "`title` is empty".to_owned(),
            remedy: "write a heading".to_owned(),
        }
    }

    #[test]
    fn faults_stand_a_line_each_and_are_counted() {
        let faults = [fault(None), fault(Some(3))];
        insta::assert_snapshot!(text(&faults, None, Some(Path::new("my/folder"))), @r"
        my/folder/moon/en.toml: `title` is empty; write a heading
        my/folder/moon/en.toml:3: `title` is empty; write a heading
        2 faults
        ");
        insta::assert_snapshot!(text(&faults[..1], Some(&Counts::default()), None), @r"
        moon/en.toml: `title` is empty; write a heading
        answers: 0, languages: 0, patterns: 0, exceptions: 0, examples: 0, facts: 0, sources: 0; 1 fault
        ");
    }

    #[test]
    fn a_sound_folder_says_what_it_holds() {
        let counts = Counts { answers: 5, languages: 1, patterns: 90, ..Counts::default() };
        insta::assert_snapshot!(text(&[], Some(&counts), None), @"answers: 5, languages: 1, patterns: 90, exceptions: 0, examples: 0, facts: 0, sources: 0; no faults");
    }
}
