//! The chat on a terminal: line editing, history, completion.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rustyline::completion::Completer;
use rustyline::config::Configurer as _;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Editor, Helper};

use super::print::Form;
use super::session::Session;
use super::{command, history, show};
use crate::cli::Ending;
use crate::cli::match_lines::complain;

const PROMPT: &str = "> ";

/// Talks until somebody leaves.
pub(super) fn run(session: &mut Session<'_>, form: Form) -> anyhow::Result<Ending> {
    greet(session)?;
    let mut editor = Editor::<Completion, FileHistory>::with_config(config())
        .context("cannot use this terminal; pipe the messages in instead")?;
    editor.set_helper(Some(Completion { ids: session.ids() }));
    let mut history = History::load(&mut editor);
    let mut interrupted = false;
    for number in 1.. {
        match editor.readline(PROMPT) {
            Ok(line) => {
                interrupted = false;
                if line.trim().is_empty() {
                    continue;
                }
                if editor.add_history_entry(&line)? {
                    history.keep(&mut editor);
                }
                if show(session, number, &line, form)? {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) if !interrupted => {
                interrupted = true;
                writeln!(io::stdout(), "(Ctrl-C again or Ctrl-D leaves)")?;
            }
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => break,
            Err(error) => return Err(error).context("cannot read from the terminal"),
        }
    }
    Ok(Ending::Clean)
}

fn config() -> Config {
    let mut config = Config::builder();
    config.set_completion_type(CompletionType::List);
    config.set_history_ignore_space(true);
    config.build()
}

fn greet(session: &Session<'_>) -> io::Result<()> {
    let subject = session.subject();
    writeln!(
        io::stdout(),
        "mythbot {}: {subject}\n\
         Type a message, as if somebody wrote it in a channel, and see what the bot does.\n\
         Commands: /myth list, /myth show <answer>, /myth ask <text>, /why; /help lists all.\n\
         Ctrl-D leaves.\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The history file; that it cannot be kept is said once and stops nothing.
struct History {
    file: Option<PathBuf>,
}

impl History {
    fn load(editor: &mut Editor<Completion, FileHistory>) -> Self {
        let file = history::file();
        if let Some(path) = file.as_deref().filter(|path| path.exists())
            && let Err(error) = editor.load_history(path)
        {
            complain(&format!("cannot read the history in {}: {error}", path.display()));
        }
        Self { file }
    }

    fn keep(&mut self, editor: &mut Editor<Completion, FileHistory>) {
        let Some(path) = &self.file else { return };
        if let Err(error) = append(path, editor) {
            complain(&format!("the history is not kept: cannot write {}: {error}", path.display()));
            self.file = None;
        }
    }
}

fn append(path: &Path, editor: &mut Editor<Completion, FileHistory>) -> rustyline::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    editor.append_history(path)
}

/// Completes commands and ids with the tab key.
struct Completion {
    ids: Vec<String>,
}

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(command::complete(line.get(..position).unwrap_or(line), &self.ids))
    }
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {}

impl Validator for Completion {}

impl Helper for Completion {}
