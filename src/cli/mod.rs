//! The subcommands. Each parses its arguments, calls the library and prints.

mod backup;
mod chat;
mod check;
mod decision;
mod doctor;
mod eval;
mod health;
mod import;
mod lines;
mod match_lines;
mod progress;
mod run;
mod source;
mod words;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Exit code when the command line or what it names cannot be used.
pub const UNUSABLE: u8 = 2;

/// Exit code after Ctrl-C.
const STOPPED: i32 = 130;

const EXAMPLES: &str = "\
Examples:
  mythbot run                              connect to Discord, with the settings in .env
  mythbot doctor --channel 1234567890      look for what keeps the bot from answering there
  mythbot backup copy.db                   copy the database, also while the bot runs
  mythbot health                           ask the bot that runs here whether it is well
  mythbot chat                             talk to the bot in this terminal
  mythbot match < messages.jsonl           decide on messages, a JSON object a line
  mythbot match --text chat.txt            the same for plain lines
  mythbot check knowledge                  look for faults in a knowledge folder
  mythbot import claims.jsonl --out own    start a knowledge folder of your own
  mythbot eval labelled.jsonl --errors 10  measure the answers on labelled messages

Exit codes: 0 well, 1 faults found, lines that could not be read, or a bot that could not go on or
is not well, 2 wrong usage, an unusable setting or an unreadable file, 130 stopped with Ctrl-C.";

/// Knows a few claims and answers them with dated facts, or keeps silent.
///
/// All but `run`, `doctor`, `backup` and `health` work without a network, a database or an account.
#[derive(Debug, Parser)]
#[command(name = "mythbot", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    knowledge: source::KnowledgeArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArgs),
    Doctor(doctor::DoctorArgs),
    Backup(backup::BackupArgs),
    Health(health::HealthArgs),
    Chat(chat::ChatArgs),
    Match(match_lines::MatchArgs),
    Check(check::CheckArgs),
    Eval(eval::EvalArgs),
    Import(import::ImportArgs),
    Words(words::WordsArgs),
}

/// How a subcommand that could do its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing to complain about.
    Clean,
    /// Faults were found, or some lines could not be read.
    Findings,
    /// The bot could not go on, as it has said.
    Stopped,
}

impl Ending {
    fn findings_if(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Clean => Self::SUCCESS,
            Ending::Findings | Ending::Stopped => Self::FAILURE,
        }
    }
}

impl Cli {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When something that the command line names cannot be used, or the output cannot be written.
    pub fn run(&self) -> anyhow::Result<Ending> {
        match &self.command {
            Command::Run(args) => run::run(args, &self.knowledge),
            Command::Doctor(args) => doctor::run(args, &self.knowledge),
            Command::Backup(args) => backup::run(args),
            Command::Health(args) => health::run(args),
            Command::Chat(args) => chat::run(args, &self.knowledge),
            Command::Match(args) => match_lines::run(args, &self.knowledge),
            Command::Check(args) => check::run(args, &self.knowledge),
            Command::Eval(args) => eval::run(args, &self.knowledge),
            Command::Import(args) => import::run(args),
            Command::Words(args) => words::run(args, &self.knowledge),
        }
    }
}

/// Whether the failure is only that nobody reads the output any more.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(is_broken_pipe)
}

fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
