//! The commands: each parses, asks the core once, and renders.

mod check;
mod localize;
mod myth;
mod mythconfig;
mod mythmod;

pub(super) use localize::told;

use std::time::Duration;

use poise::CreateReply;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, GuildId, Permissions};

use super::answers::Answers;
use super::custom_id::CustomId;
use super::error::{Error, chain, interaction_id};
use super::state::State;
use super::{persist, render};
use crate::cards::{self, Card};
use crate::knowledge::{Knowledge, Myth};
use crate::lookup::{self, Found};
use crate::policy::Settings;
use crate::policy::settings::Audience;
use crate::store::Entry;

pub(super) use mythconfig::reset;

type Context<'a> = poise::Context<'a, State, Error>;

/// How long an answer waits for the settings of the server.
const SETTINGS: Duration = Duration::from_secs(1);
/// Most choices that Discord shows while somebody types.
const CHOICES: usize = 25;
/// May pin messages: a permission of its own since 23 February 2026, which serenity does not know
/// (Discord's documentation, "Permissions").
pub(super) const PIN_MESSAGES: Permissions = Permissions::from_bits_retain(1 << 51);
/// Most characters of a choice.
const CHOICE: usize = 100;

/// Every command, introduced by what the answers are about.
pub(super) fn all(knowledge: &Knowledge) -> Vec<poise::Command<State, Error>> {
    /// Most characters of a description.
    const DESCRIPTION: usize = 100;
    let mut myth = myth::myth();
    let about = knowledge.pack.name.trim();
    if !about.is_empty() {
        myth.description = Some(render::shortened(about, DESCRIPTION).into());
    }
    let mut mythmod = mythmod::mythmod();
    mythmod.default_member_permissions = PIN_MESSAGES;
    let mut pin_this = mythmod::pin_this();
    pin_this.default_member_permissions = PIN_MESSAGES;
    let mut mythconfig = mythconfig::mythconfig();
    mythconfig.default_member_permissions = Permissions::MANAGE_GUILD;
    let mut commands = vec![myth, mythmod, mythconfig, check::check(), pin_this];
    localize::localize(&mut commands, knowledge);
    commands
}

/// The server in which a command is used.
fn guild(ctx: Context<'_>) -> Result<GuildId, Error> {
    ctx.guild_id().ok_or_else(|| Error::User("This works in servers only.".to_owned()))
}

/// Changes the settings of the server.
async fn change(
    ctx: Context<'_>,
    change: impl Fn(&mut Settings) -> Result<(), Error>,
) -> Result<Settings, Error> {
    let state = ctx.data();
    state.settings.change(&state.store, guild(ctx)?, change).await
}

/// Notes in the audit log what the one who uses a command did: "set the mode to off".
async fn audit(ctx: Context<'_>, action: &str) -> Result<(), Error> {
    let state = ctx.data();
    let entry = Entry {
        id: interaction_id(ctx).try_into().unwrap_or_default(),
        guild_id: guild(ctx)?.into(),
        actor_id: ctx.author().id.into(),
        action: action.to_owned(),
        at_ms: state.clock.now().as_millisecond(),
    };
    persist::note(state, entry).await;
    Ok(())
}

/// Who sees what a command answers where somebody does not choose, as the server wants it. As usual
/// where that is not known: an answer is worth more than its place.
async fn audience(ctx: Context<'_>) -> Audience {
    let Some(guild) = ctx.guild_id() else { return Audience::default() };
    let state = ctx.data();
    let read = tokio::time::timeout(SETTINGS, state.settings.get(&state.store, guild));
    match read.await {
        Ok(Ok(set)) => set.settings.style.commands,
        Ok(Err(error)) => {
            tracing::error!(guild_id = guild.get(), error = %chain(&error), "settings not read");
            Audience::default()
        }
        Err(_) => {
            tracing::error!(guild_id = guild.get(), "settings not read in time");
            Audience::default()
        }
    }
}

/// A sentence for the one who uses the command.
fn private(text: impl Into<String>) -> CreateReply {
    CreateReply::default().content(text).ephemeral(true)
}

/// A card, with its buttons.
fn reply(card: &Card) -> CreateReply {
    CreateReply::default().embed(render::embed(card)).components(render::buttons(card, None))
}

/// What is shown to one person when nothing was surely meant: the closest answers to choose from.
fn not_found(
    answers: &Answers,
    query: &str,
    closest: &[&Myth],
    chosen: impl Fn(String) -> CustomId,
) -> CreateReply {
    let card = cards::not_found(query, closest);
    reply(&card).components(render::offers(&answers.knowledge, closest, chosen)).ephemeral(true)
}

/// The answer that `query` names, or what to say when it names none.
fn find<'a>(answers: &'a Answers, query: &str) -> Result<&'a Myth, Vec<&'a Myth>> {
    match lookup::find(&answers.knowledge, &answers.matcher, query) {
        Found::Meant(myth) => Ok(myth),
        Found::Close(closest) => Err(closest),
    }
}

/// Offers answers while somebody types.
async fn complete(ctx: Context<'_>, begun: &str) -> CreateAutocompleteResponse {
    let answers = ctx.data().answers();
    let found = lookup::complete(&answers.knowledge, &answers.matcher, begun, CHOICES);
    let choice = |myth: &&Myth| {
        let title = cards::title(&answers.knowledge, myth, answers.language());
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
        let parts = [
            "name",
            "description",
            "contexts",
            "integration_types",
            "default_member_permissions",
            "autocomplete",
        ];
        let parts: Vec<String> = parts.iter().filter_map(part).collect();
        let options = command["options"].as_array().into_iter().flatten();
        let options: String = options.map(|option| outline(option, depth + 1)).collect();
        format!("{}{}\n{options}", "  ".repeat(depth), parts.join(" | "))
    }

    #[test]
    fn what_discord_is_told() {
        let commands = all(&fixture::knowledge());
        let told = told(&commands);
        let told = serde_json::to_value(told).expect("JSON");
        let told: String =
            told.as_array().into_iter().flatten().map(|one| outline(one, 0)).collect();
        insta::assert_snapshot!(told, @r"
        myth | Animal answers | contexts [0,1,2] | integration_types [0,1]
          list | Every answer in a line
          show | Show an answer to everybody here, unless this server wants that for you only
            myth | Number, name, title, or the claim in your words | autocomplete true
          ask | Ask what is known about a claim, for you only unless you say otherwise
            text | A claim or question in your words
            public | Show the answer to everybody here
          sources | Where an answer comes from: all its sources, for you only
            myth | Number, name, title, or the claim in your words | autocomplete true
          about | Who answers, what is covered, what happens to messages, and how to report an error
          privacy | What the bot keeps, for how long and where, and how to be left alone
          optout | The bot ignores what you write, everywhere
          optin | The bot answers what you write again, where it may
        mythmod | For moderators: pinned answers, phrases of this server, and why the bot spoke or kept silent | contexts [0] | integration_types [0] | 2251799813685248
          log | Who changed what, the newest first
          why | Why the bot spoke about a message or kept silent, step by step
            message | Link of the message: open its menu, choose Copy Message Link
          pin | Pin an answer in a channel, or change the one that is pinned there
            myth | Number, name, title, or the claim in your words | autocomplete true
            channel | Where; this channel if you leave it out
            note | What you want to add, in your words: plain text, without links
          unpin | Unpin an answer; the message stays in the channel
            myth | Number, name, title, or the claim in your words | autocomplete true
            channel | Where; this channel if you leave it out
          pins | All pinned answers of this server
            page | Which page, when there are several
          answer | Answer messages that say these words
            phrase | Plain words; messages with them in this order are answered, typos included
            with | The answer: number, name, title, or the claim in your words | autocomplete true
          never | Never answer messages that say these words
            phrase | Plain words; messages with them in this order get no answer, typos included
          phrases | The phrases of this server, and what is muted
            page | Which page, when there are several
          forget | Remove a phrase of this server, or unmute one of the bot's
            phrase | Which one; begin to type, and choose | autocomplete true
          stats | What the bot did here: replies, reviews, dismissals and silence, by answer and week
            days | For how many days; 28 when left out
          reload | For the bot's owner: load the answers anew from their folder
        mythconfig | For those who manage this server: where, when and how the bot speaks | contexts [0] | integration_types [0] | 32
          mode | Whether the bot speaks by itself: in this server, in a place, or to people with a role
            mode | What the bot does
            where | Only in this channel, category or thread
            role | Only to people with this role, where no place has a mode of its own
          sensitivity | Which claims are sure enough for the bot to speak by itself
            which | How sure the bot must be
          review | Where moderators are asked what to do about a message; nowhere if you choose no channel
            channel | A channel that moderators see; leave it out to ask nowhere
          cooldown | How long the bot keeps silent after it spoke
            which | Which silence
            time | Such as 30m, 2h, 1d, or 0 for none; for hourly a number
          style | How long replies are, where they stand, and who sees what commands answer
            length | How much a reply says
            place | Where a reply stands
            commands | Who sees what /myth show and /myth ask answer, unless somebody chooses
          exempt | Roles and people whom the bot never answers
            action | What to do
            role | People with this role
            user | This person
          show | All that is set in this server, and what applies in a channel and why
            channel | What applies here; this channel if you choose none
            member | What applies to this person
          export | All that is set in this server, as a file
          import | Puts a file of `/mythconfig export` in place of all that is set here
            file | A file that /mythconfig export wrote
          reset | Sets everything in this server back, once you confirm it
        Check this message | contexts [0,1,2] | integration_types [0,1]
        Pin this answer | contexts [0] | integration_types [0] | 2251799813685248
        ");
    }
}
