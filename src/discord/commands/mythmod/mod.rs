//! `/mythmod`, for those who may pin messages. Discord lets nobody else use it, and server owners can
//! change that in Integrations.

mod forget;
mod listed;
mod log;
mod phrase;
mod phrases;
mod pin;
mod pins;
mod reload;
mod stats;
mod unpin;
mod why;

use super::{Answers, Context, Error, cards, find};
use crate::knowledge::Myth;

pub(super) use pin::pin_this;

/// For moderators: pinned answers, phrases of this server, and why the bot spoke or kept silent
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands(
        "log::log",
        "why::why",
        "pin::pin",
        "unpin::unpin",
        "pins::pins",
        "phrase::answer",
        "phrase::never",
        "phrases::phrases",
        "forget::forget",
        "stats::stats",
        "reload::reload"
    ),
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn mythmod(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}

/// Most characters of what somebody typed, when it is told again.
const TYPED: usize = 100;

/// The answer that a moderator names.
fn named<'a>(answers: &'a Answers, query: &str) -> Result<&'a Myth, Error> {
    find(answers, query).map_err(|closest| {
        let title = |myth: &&Myth| {
            let title = cards::title(&answers.knowledge, myth, answers.language());
            format!("{}. {title}", myth.number())
        };
        let query = cards::quoted(query, TYPED);
        let closest: Vec<String> = closest.iter().take(3).map(title).collect();
        Error::User(match &closest[..] {
            [] => format!("There is no answer for “{query}”. `/myth list` shows all."),
            some => format!(
                "There is no answer for “{query}”. Did you mean {}? `/myth list` shows all.",
                some.join(" or ")
            ),
        })
    })
}

/// The heading of an answer with its number; for one that is not there any more, its id.
fn title(answers: &Answers, answer: &str) -> String {
    match answers.knowledge.myth(answer) {
        Some(myth) => {
            let title = cards::title(&answers.knowledge, myth, answers.language());
            format!("{}. {title}", myth.number())
        }
        None => format!("`{answer}` (no longer an answer of the bot)"),
    }
}
