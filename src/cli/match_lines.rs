//! `mythbot match`: a line in, a decision out, in order and at once.

use std::io::{self, BufWriter, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::decision::Decision;
use super::lines::{Lines, object};
use super::source::KnowledgeArgs;
use super::{Ending, STOPPED, is_broken_pipe};
use crate::cards;
use crate::knowledge::Knowledge;
use crate::matching::Matcher;

/// Decide on messages, one line each: JSON Lines in, JSON Lines out
///
/// Reads `{"id": ..., "text": ...}` from standard input and writes one line for each message, in
/// order, as soon as it is decided: {"id", "decision": "reply"|"suggest"|"silent", "answer",
/// "score", "stance", "reason", "evidence": [{"phrase", "text", "span", "distance"}],
/// "candidates": [{"answer", "score"}]}. Spans count characters of the original text. With --explain
/// there is also "explanation": [...], what `/why` says in the chat, a line each.
///
/// A line that cannot be read is named on standard error, the rest goes on, and the exit code is 1.
#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// Read plain lines from FILE (`-`: standard input); each id is the line's number
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Name at most K candidates; claims without patterns are always ranked
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Also say which words were met, how misspelt ones were read, and what would have changed it
    #[arg(long)]
    explain: bool,
}

/// What the lines hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Plain,
}

#[derive(Deserialize)]
struct Message<'a> {
    /// Echoed as it was written, so that no digit of a large number is lost.
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
}

type Output = Arc<Mutex<BufWriter<io::Stdout>>>;

pub(super) fn run(args: &MatchArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let knowledge = knowledge.load()?;
    let matcher = Matcher::new(&knowledge);
    let job = Job { matcher, top: args.top, explains: args.explain.then_some(knowledge) };
    let output: Output = Arc::new(Mutex::new(BufWriter::with_capacity(64 * 1024, io::stdout())));
    match args.text.as_deref() {
        Some(path) if path != Path::new("-") => {
            let mut lines = Lines::open(path)?;
            stop_cleanly(&output)?;
            job.run(&mut lines, Form::Plain, &output)
        }
        plain => {
            let form = if plain.is_some() { Form::Plain } else { Form::Json };
            hint(form);
            stop_cleanly(&output)?;
            job.run(&mut Lines::new(io::stdin().lock()), form, &output)
        }
    }
}

struct Job {
    matcher: Matcher,
    top: usize,
    /// What explanations need, when they are wanted.
    explains: Option<Knowledge>,
}

impl Job {
    fn run<R: Read>(
        &self,
        lines: &mut Lines<R>,
        form: Form,
        output: &Output,
    ) -> anyhow::Result<Ending> {
        let mut broken = 0_usize;
        loop {
            // Whoever waits for an answer before sending the next line must get it now.
            if !lines.is_next_here() {
                lock(output).flush()?;
            }
            let Some(line) = lines.read().context("cannot read the messages")? else {
                break;
            };
            let done = match line.text {
                Ok(text) => self.decide(line.number, text, form, output)?,
                Err(fault) => Err(fault.to_string()),
            };
            if let Err(fault) = done {
                broken += 1;
                complain(&format!("line {} was left out: {fault}", line.number));
            }
        }
        lock(output).flush()?;
        if broken > 0 {
            complain(&format!("lines left out: {broken}"));
        }
        Ok(Ending::findings_if(broken > 0))
    }

    /// Writes the decision on a line. The inner error says why the line is no message.
    fn decide(
        &self,
        number: usize,
        text: &str,
        form: Form,
        output: &Output,
    ) -> io::Result<Result<(), String>> {
        match form {
            Form::Plain => self.answer(number, text, output)?,
            Form::Json => match parse(text) {
                Ok(Some(message)) => self.answer(message.id, &message.text, output)?,
                Ok(None) => {}
                Err(fault) => return Ok(Err(fault)),
            },
        }
        Ok(Ok(()))
    }

    fn answer<Id: Serialize>(&self, id: Id, text: &str, output: &Output) -> io::Result<()> {
        let outcome = self.matcher.find_with(text, self.top);
        let mut output = lock(output);
        let mut decision = Decision::new(id, &outcome, self.top);
        if let Some(knowledge) = &self.explains {
            decision = decision.explained(&cards::why(knowledge, &self.matcher, text, &outcome));
        }
        serde_json::to_writer(&mut *output, &decision)?;
        output.write_all(b"\n")
    }
}

fn parse(line: &str) -> Result<Option<Message<'_>>, String> {
    let message: Option<Message<'_>> = object(line)?;
    let is_simple = |id: &str| id.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit());
    if message.as_ref().is_none_or(|message| is_simple(message.id.get())) {
        Ok(message)
    } else {
        Err("`id` must be a string or a number".to_owned())
    }
}

fn lock(output: &Output) -> MutexGuard<'_, BufWriter<io::Stdout>> {
    // A thread that panicked cannot have left more behind than half a line.
    output.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line on standard error. That nobody reads it is no reason to stop.
pub(super) fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "mythbot: {sentence}");
}

fn hint(form: Form) {
    if io::stdin().is_terminal() {
        complain(match form {
            Form::Json => r#"type lines like {"id": 1, "text": "..."}; Ctrl-D ends"#,
            Form::Plain => "type a message a line; Ctrl-D ends",
        });
    }
}

/// Ctrl-C: whole lines are written out and the program ends with the usual code.
fn stop_cleanly(output: &Output) -> anyhow::Result<()> {
    /// Time for a reader that is slow; one that has hung up must not keep the program alive.
    const GRACE: Duration = Duration::from_millis(500);
    let output = Arc::clone(output);
    ctrlc::set_handler(move || {
        std::thread::spawn(|| {
            std::thread::sleep(GRACE);
            std::process::exit(STOPPED);
        });
        let flushed = lock(&output).flush();
        std::process::exit(if flushed.is_err_and(|error| is_broken_pipe(&error)) {
            0
        } else {
            STOPPED
        });
    })
    .context("cannot listen for Ctrl-C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &str) -> String {
        parse(line).err().unwrap_or_else(|| "sound".to_owned())
    }

    #[test]
    fn an_id_is_kept_as_it_was_written() {
        for id in [r#""a\u00e9""#, "12345678901234567890123", "1.0", "-7"] {
            let line = format!(r#"{{"id": {id}, "text": "x", "more": [1]}}"#);
            let read = parse(&line).unwrap().unwrap();
            assert_eq!(read.id.get(), id);
        }
    }

    #[test]
    fn a_broken_line_says_what_is_wrong() {
        insta::assert_snapshot!(fault(r#"{"id": 1, "text": "a"#), @"EOF while parsing a string (column 20)");
        insta::assert_snapshot!(fault(r#"{"id": 1}"#), @"missing field `text` (column 9)");
        insta::assert_snapshot!(fault(r#"{"text": "a"}"#), @"missing field `id` (column 13)");
        insta::assert_snapshot!(fault(r#"{"id": [1], "text": "a"}"#), @"`id` must be a string or a number");
        insta::assert_snapshot!(fault(r#"[1, "a"]"#), @"not a JSON object");
        insta::assert_snapshot!(fault(r#"{"id": 1, "text": 5}"#), @"invalid type: integer `5`, expected a string (column 19)");
    }
}
