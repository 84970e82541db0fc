//! Draws what comes of a line, for people or for programs.

use std::io;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style as Ansi;
use serde::Serialize;
use textwrap::WordSeparator;

use super::session::Reaction;
use crate::cards::{self, Card, Style};
use crate::cli::decision::Decision;

/// Lines longer than this are hard to read.
const WIDEST: usize = 100;

/// How reactions are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For people: columns and whether there are colours.
    Text(usize, Style),
    /// For programs: an object a line.
    Json,
}

impl Form {
    /// Text that fits standard output: colours only on a terminal where `NO_COLOR` is not set.
    pub(super) fn text() -> Self {
        let style = match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => Style::Plain,
            _ => Style::Colour,
        };
        Self::Text(textwrap::termwidth().min(WIDEST), style)
    }
}

/// The reactions to `line`, which was the `number`th.
pub(super) fn shown(reactions: &[Reaction], number: usize, line: &str, form: Form) -> String {
    match form {
        Form::Text(width, style) => text(reactions, width, style),
        Form::Json => json(reactions, number, line),
    }
}

fn text(reactions: &[Reaction], width: usize, style: Style) -> String {
    let mut text = String::new();
    for reaction in reactions {
        match reaction {
            Reaction::Card(card) => {
                text += cards::text(card, width, style).trim_end();
                text += "\n";
            }
            Reaction::Note(note) => text.push_str(&note_text(note, width, style)),
            Reaction::Decided(_) | Reaction::Quit => {}
        }
    }
    if !text.is_empty() {
        text += "\n";
    }
    text
}

fn note_text(note: &str, width: usize, style: Style) -> String {
    // The words of a message may hold what drives a terminal.
    let plain: String = note.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Only at spaces: `/details` stays in one piece.
    let options = textwrap::Options::new(width).word_separator(WordSeparator::AsciiSpace);
    let filled = textwrap::fill(&plain, options);
    match style {
        Style::Plain => format!("{filled}\n"),
        Style::Colour => {
            let dim = Ansi::new().dimmed();
            format!("{dim}{filled}{dim:#}\n")
        }
    }
}

#[derive(Serialize)]
struct Said<'a> {
    #[serde(flatten)]
    decision: Decision<'a, usize>,
    card: Option<&'a Card>,
}

#[derive(Serialize)]
struct Done<'a> {
    command: &'a str,
    card: Option<&'a Card>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

fn json(reactions: &[Reaction], number: usize, line: &str) -> String {
    let card = reactions.iter().find_map(|reaction| match reaction {
        Reaction::Card(card) => Some(card),
        _ => None,
    });
    let outcome = reactions.iter().find_map(|reaction| match reaction {
        Reaction::Decided(outcome) => Some(outcome),
        _ => None,
    });
    let note = reactions.iter().find_map(|reaction| match reaction {
        Reaction::Note(note) => Some(note.as_str()),
        _ => None,
    });
    let object = match outcome {
        Some(outcome) => {
            let decision = Decision::new(number, outcome, usize::MAX);
            serde_json::to_string(&Said { decision, card })
        }
        None => serde_json::to_string(&Done { command: line.trim(), card, note }),
    };
    // Nothing in these types can fail: no maps with odd keys, no numbers that JSON lacks.
    object.unwrap_or_default() + "\n"
}
