//! `mythbot eval`: measures the answers on labelled messages.

pub(super) mod input;

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::Ending;
use super::progress::Progress;
use super::source::KnowledgeArgs;
use crate::evaluation::evaluate;
use crate::matching::Matcher;

/// Measure the answers on labelled messages
///
/// Each line of FILE is a JSON object {"id", "text", "answers": [...], "borderline": [...]}; lists
/// that are missing are empty, other fields are left alone. The bot gives at most one answer to a
/// message: it is true when the message owes it, ignored when the message lists it as borderline,
/// else false; a message that owes an answer and is given none of those is missed. Per answer, a
/// message that owes several and is given none of them is missed by each.
///
/// Prints precision, recall and F0.5 for both tiers, with 95 % Wilson intervals.
#[derive(Debug, Args)]
pub(super) struct EvalArgs {
    /// Labelled messages, JSON Lines
    #[arg(value_name = "FILE", required_unless_present = "chat")]
    files: Vec<PathBuf>,
    /// Unlabelled chat, a message a line, in which nothing is owed: every reply is false
    #[arg(long, value_name = "FILE", num_args = 1..)]
    chat: Vec<PathBuf>,
    /// Explain the N worst errors: false replies and misses, half and half
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Also measure the messages by the values of this field, such as `source`
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &EvalArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let matcher = Matcher::new(&knowledge.load()?);
    let (messages, mut broken) = input::messages(&args.files, args.by.as_deref())?;
    let mut report = evaluate(&matcher, Progress::over(messages.iter(), "labelled messages"));
    for path in &args.chat {
        let (lines, bad) = input::chat(path)?;
        broken += bad;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let lines = Progress::over(lines.iter().map(String::as_str), &name);
        report.add_chat(&matcher, &name, lines);
    }
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", report.json(args.errors))?;
    } else {
        write!(out, "{}", report.text(args.errors))?;
    }
    out.flush()?;
    Ok(Ending::findings_if(broken > 0))
}
