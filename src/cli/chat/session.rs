//! A conversation with the bot: a line in, what comes of it out. No terminal, no files.

use super::command::{Command, ENTRIES, Input};
use crate::cards::{self, Card};
use crate::config;
use crate::knowledge::{Knowledge, Myth};
use crate::lookup::{self, Found};
use crate::matching::{Matcher, Outcome, Tier};

/// What comes of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reaction {
    /// The engine decided on a message.
    Decided(Outcome),
    /// The bot shows something.
    Card(Card),
    /// A line beside the conversation.
    Note(String),
    /// The chat ends.
    Quit,
}

/// What was decided last.
#[derive(Debug)]
enum Decided {
    /// On a message.
    Said(String, Outcome),
    /// On a question of `/myth ask`.
    Asked(String, Outcome),
    /// An answer was looked up by this name.
    Named(String),
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Session<'k> {
    knowledge: &'k Knowledge,
    matcher: &'k Matcher,
    /// What `/why` explains.
    decided: Option<Decided>,
    /// Id of the answer that `/details` shows.
    shown: Option<String>,
}

impl<'k> Session<'k> {
    pub(super) fn new(knowledge: &'k Knowledge, matcher: &'k Matcher) -> Self {
        Self { knowledge, matcher, decided: None, shown: None }
    }

    /// The ids of all answers.
    pub(super) fn ids(&self) -> Vec<String> {
        self.knowledge.myths.iter().map(|myth| myth.id().to_owned()).collect()
    }

    /// What the answers are about.
    pub(super) fn subject(&self) -> &str {
        &self.knowledge.pack.name
    }

    /// Takes a line.
    pub(super) fn take(&mut self, line: &str) -> Vec<Reaction> {
        match Input::read(line) {
            Input::Message(text) => self.message(text),
            Input::Command(command, argument) => vec![self.command(command, argument)],
            Input::Incomplete(words) => {
                let argument = ENTRIES
                    .iter()
                    .find(|entry| entry.words == words)
                    .map_or("", |entry| entry.argument);
                note(format!("(something is missing: {words} {argument})"))
            }
            Input::Unknown(Some(words)) => {
                note(format!("(no such command; did you mean {words}?)"))
            }
            Input::Unknown(None) => note("(no such command; /help lists them)".to_owned()),
        }
    }

    fn message(&mut self, text: &str) -> Vec<Reaction> {
        let outcome = self.matcher.find(text);
        self.decided = Some(Decided::Said(text.to_owned(), outcome.clone()));
        let mut reactions = vec![Reaction::Decided(outcome.clone())];
        let myth = outcome.answer.as_deref().and_then(|id| self.knowledge.myth(id));
        match (outcome.tier, myth) {
            (Tier::Reply, Some(myth)) => {
                reactions.push(self.answer(myth));
                let why = format!("(why: {}; /why says more, /details shows all)", outcome.reason);
                reactions.push(Reaction::Note(why));
            }
            (Tier::Suggest, Some(myth)) => reactions.push(Reaction::Note(format!(
                "(the bot keeps silent; moderators would see a suggestion: {} - {})",
                self.title(myth),
                outcome.reason
            ))),
            _ => reactions.push(Reaction::Note("(the bot keeps silent)".to_owned())),
        }
        reactions
    }

    fn command(&mut self, command: Command, argument: &str) -> Reaction {
        let card = match command {
            Command::List => cards::list(self.knowledge, self.language()),
            Command::Show => return self.show(argument),
            Command::Ask => return self.ask(argument),
            Command::Sources => match self.find(argument) {
                Found::Meant(myth) => cards::sources(self.knowledge, myth, self.language()),
                Found::Close(closest) => cards::not_found(argument, &closest),
            },
            Command::About => {
                cards::about(self.knowledge, env!("CARGO_PKG_VERSION"), config::RETENTION_DAYS)
            }
            Command::Details => {
                let shown = self.shown.as_deref().and_then(|id| self.knowledge.myth(id));
                let Some(myth) = shown else {
                    return Reaction::Note("(there is no answer yet to show more of)".to_owned());
                };
                cards::details(self.knowledge, myth, self.language())
            }
            Command::Why => return self.why(),
            Command::Help => help(),
            Command::Quit => return Reaction::Quit,
        };
        Reaction::Card(card)
    }

    fn why(&self) -> Reaction {
        let why =
            |text: &str, outcome: &Outcome| cards::why(self.knowledge, self.matcher, text, outcome);
        match &self.decided {
            Some(Decided::Said(text, outcome)) => Reaction::Card(why(text, outcome)),
            Some(Decided::Asked(text, outcome)) => {
                let mut card = why(text, outcome);
                card.body = format!(
                    "You asked with `/myth ask`, where the bot answers as soon as it would show \
                     moderators the message. In a channel: {}",
                    card.body
                );
                Reaction::Card(card)
            }
            Some(Decided::Named(name)) => Reaction::Note(format!(
                "(there was no message to decide on: “{name}” was looked up among the numbers, \
                 ids, titles and claims of the answers)"
            )),
            None => Reaction::Note("(there is no decision yet to explain)".to_owned()),
        }
    }

    fn show(&mut self, name: &str) -> Reaction {
        self.decided = Some(Decided::Named(name.to_owned()));
        match self.find(name) {
            Found::Meant(myth) => self.answer(myth),
            Found::Close(closest) => Reaction::Card(cards::not_found(name, &closest)),
        }
    }

    /// Somebody asks on purpose, so a suggestion is enough to answer.
    fn ask(&mut self, text: &str) -> Reaction {
        let outcome = self.matcher.find(text);
        let answer = outcome.answer.as_deref().and_then(|id| self.knowledge.myth(id));
        self.decided = Some(Decided::Asked(text.to_owned(), outcome));
        if let Some(myth) = answer {
            return self.answer(myth);
        }
        let closest = lookup::closest(self.knowledge, self.matcher, text);
        Reaction::Card(cards::not_found(text, &closest))
    }

    fn answer(&mut self, myth: &'k Myth) -> Reaction {
        self.shown = Some(myth.id().to_owned());
        Reaction::Card(cards::reply(self.knowledge, myth, self.language()))
    }

    fn find(&self, name: &str) -> Found<'k> {
        lookup::find(self.knowledge, self.matcher, name)
    }

    fn title(&self, myth: &'k Myth) -> &'k str {
        myth.answer(self.language()).map_or(myth.id(), |answer| answer.title.get_ref())
    }

    fn language(&self) -> &'k str {
        self.knowledge.main_language()
    }
}

fn note(text: String) -> Vec<Reaction> {
    vec![Reaction::Note(text)]
}

fn help() -> Card {
    let lines = ENTRIES.iter().map(|entry| {
        let typed = format!("{} {}", entry.words, entry.argument);
        format!("`{}` - {}", typed.trim_end(), entry.does)
    });
    Card {
        title: "Commands".to_owned(),
        body: lines.collect::<Vec<_>>().join("\n"),
        footer: "Every other line is a message, as if somebody wrote it in a channel.".to_owned(),
        ..Card::default()
    }
}

#[cfg(test)]
mod tests;
