//! `mythbot check`: every fault of a knowledge folder, with file, line and remedy.

mod examples;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Ending;
use super::source::{self, KnowledgeArgs};
use crate::cards;
use crate::knowledge::{self, Fault, Folder, Knowledge};
use crate::matching::Matcher;

/// Look for faults in a knowledge folder and try its examples
///
/// Lists each fault as `file:line: problem; remedy`. When the files are sound, each answer is drawn
/// and held against Discord's limits, and each example is tried: messages under `examples.reply`
/// must get that answer, messages under `examples.silent` must not.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Knowledge folder (without it: the one that --knowledge names, or the compiled-in one)
    dir: Option<PathBuf>,
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

pub(super) fn run(args: &CheckArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let dir = args.dir.clone().or_else(|| knowledge.dir());
    let (faults, counts) = check(&source::open(dir.as_deref())?);
    let mut out = io::stdout().lock();
    if args.json {
        let object = serde_json::json!({ "faults": faults, "counts": counts });
        writeln!(out, "{object}")?;
    } else {
        write!(out, "{}", text(&faults, counts.as_ref(), dir.as_deref()))?;
    }
    out.flush()?;
    Ok(Ending::findings_if(!faults.is_empty()))
}

/// Every fault, and what the folder holds when its files can be read.
fn check(folder: &Folder) -> (Vec<Fault>, Option<Counts>) {
    let mut faults = knowledge::review(folder);
    let mut counts = None;
    match knowledge::load(folder) {
        Ok(knowledge) => {
            faults.extend(cards::faults(&knowledge));
            faults.extend(examples::faults(&knowledge, &Matcher::new(&knowledge), folder));
            counts = Some(Counts::of(&knowledge));
        }
        Err(found) => faults.extend(found.0),
    }
    faults.sort();
    faults.dedup();
    (faults, counts)
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
