//! `/myth` and *Check this message*: each parses, asks the core once, and renders.
//!
//! All work in servers and direct messages, and for people who have installed the bot for
//! themselves. What serves one person is shown to that person only.

mod about;
mod ask;
mod check;
mod list;
mod show;
mod sources;

use poise::CreateReply;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::custom_id::CustomId;
use super::error::Error;
use super::render;
use super::state::State;
use crate::cards::{self, Card};
use crate::knowledge::{Knowledge, Myth};
use crate::lookup::{self, Found};

type Context<'a> = poise::Context<'a, State, Error>;

/// Most choices that Discord shows while somebody types.
const CHOICES: usize = 25;
/// Most characters of a choice.
const CHOICE: usize = 100;

/// Every command, introduced by what the answers are about.
pub(super) fn all(knowledge: &Knowledge) -> Vec<poise::Command<State, Error>> {
    /// Most characters of a description.
    const DESCRIPTION: usize = 100;
    let mut myth = myth();
    let about = knowledge.pack.name.trim();
    if !about.is_empty() {
        myth.description = Some(render::shortened(about, DESCRIPTION).into());
    }
    vec![myth, check::check()]
}

/// Claims, and what is known about them
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands("list::list", "show::show", "ask::ask", "sources::sources", "about::about"),
    subcommand_required,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
async fn myth(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}

/// A card, with its buttons.
fn reply(card: &Card) -> CreateReply {
    CreateReply::default().embed(render::embed(card)).components(render::buttons(card, None))
}

/// What is shown to one person when nothing was surely meant: the closest answers to choose from.
fn not_found(
    state: &State,
    query: &str,
    closest: &[&Myth],
    chosen: impl Fn(String) -> CustomId,
) -> CreateReply {
    let card = cards::not_found(query, closest);
    reply(&card).components(render::offers(&state.knowledge, closest, chosen)).ephemeral(true)
}

/// The answer that `query` names, or what to say when it names none.
fn find<'s>(state: &'s State, query: &str) -> Result<&'s Myth, Vec<&'s Myth>> {
    match lookup::find(&state.knowledge, &state.matcher, query) {
        Found::Meant(myth) => Ok(myth),
        Found::Close(closest) => Err(closest),
    }
}

/// Offers answers while somebody types.
async fn complete(ctx: Context<'_>, begun: &str) -> CreateAutocompleteResponse {
    let state = ctx.data();
    let found = lookup::complete(&state.knowledge, &state.matcher, begun, CHOICES);
    let choice = |myth: &&Myth| {
        let title = cards::title(&state.knowledge, myth, state.language());
        let name = render::shortened(&format!("{}. {title}", myth.number()), CHOICE);
        AutocompleteChoice::new(name, myth.id())
    };
    CreateAutocompleteResponse::new().set_choices(found.iter().map(choice).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::knowledge::fixture;

    /// A command or option and what is in it, a line each.
    fn outline(command: &Value, depth: usize) -> String {
        let part = |name: &&str| match &command[name] {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) => Some(text.clone()),
            other => Some(format!("{name} {other}")),
        };
        let parts = ["name", "description", "contexts", "integration_types", "autocomplete"];
        let parts: Vec<String> = parts.iter().filter_map(part).collect();
        let options = command["options"].as_array().into_iter().flatten();
        let options: String = options.map(|option| outline(option, depth + 1)).collect();
        format!("{}{}\n{options}", "  ".repeat(depth), parts.join(" | "))
    }

    #[test]
    fn what_discord_is_told() {
        let commands = all(&fixture::knowledge());
        let told = poise::builtins::create_application_commands(&commands);
        let told = serde_json::to_value(told).expect("JSON");
        let told: String =
            told.as_array().into_iter().flatten().map(|one| outline(one, 0)).collect();
        insta::assert_snapshot!(told, @r#"
    myth | Animal answers | contexts [0,1,2] | integration_types [0,1]
      list | Every answer in a line
      show | Show an answer to everybody here
        myth | Number, name, title, or the claim in your words | autocomplete true
      ask | Ask what is known about a claim, for you only unless you say otherwise
        text | A claim or question in your words
        public | Show the answer to everybody here
      sources | Where an answer comes from: all its sources, for you only
        myth | Number, name, title, or the claim in your words | autocomplete true
      about | Who answers, what is covered, what happens to messages, and how to report an error
    Check this message | contexts [0,1,2] | integration_types [0,1]
    "#);
    }
}
