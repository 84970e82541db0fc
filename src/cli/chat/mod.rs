//! `mythbot chat`: the bot in a terminal, without Discord.

mod command;
mod history;
mod print;
mod session;
mod terminal;

use std::io::{self, IsTerminal as _, Write};

use anyhow::Context as _;
use clap::Args;

use self::print::Form;
use self::session::{Reaction, Session};
use super::Ending;
use super::lines::Lines;
use super::match_lines::complain;
use super::source::KnowledgeArgs;
use crate::matching::Matcher;

/// Talk to the bot in this terminal
///
/// A line is a message, as if somebody wrote it in a channel: the reply is shown as on Discord, or
/// that the bot keeps silent. A line that begins with `/` is a command; `/help` lists them. When
/// the input is no terminal, lines are read and answered without a prompt.
///
/// What you type is kept for the arrow keys on this computer and nowhere else, in
/// `~/.local/state/mythbot/history` (or under `$XDG_STATE_HOME`); a line that begins with a space
/// is not kept.
#[derive(Debug, Args)]
pub(super) struct ChatArgs {
    /// Print one JSON object for each line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ChatArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let knowledge = knowledge.load()?;
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let form = if args.json { Form::Json } else { Form::text() };
    if !args.json && io::stdin().is_terminal() && io::stdout().is_terminal() {
        terminal::run(&mut session, form)
    } else {
        piped(&mut session, form)
    }
}

/// Line after line, without a prompt.
fn piped(session: &mut Session<'_>, form: Form) -> anyhow::Result<Ending> {
    let mut lines = Lines::new(io::stdin().lock());
    let mut broken = false;
    while let Some(line) = lines.read().context("cannot read the messages")? {
        match line.text {
            // Nothing was said; a program still gets its object.
            Ok(text) if form != Form::Json && text.trim().is_empty() => {}
            Ok(text) => {
                if show(session, line.number, text, form)? {
                    break;
                }
            }
            Err(fault) => {
                broken = true;
                complain(&format!("line {} was left out: {fault}", line.number));
            }
        }
    }
    Ok(Ending::findings_if(broken))
}

/// Prints what comes of a line. Whether it ends the chat.
fn show(session: &mut Session<'_>, number: usize, line: &str, form: Form) -> io::Result<bool> {
    let reactions = session.take(line);
    let mut out = io::stdout().lock();
    out.write_all(print::shown(&reactions, number, line, form).as_bytes())?;
    out.flush()?;
    Ok(reactions.contains(&Reaction::Quit))
}
