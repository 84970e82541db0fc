//! `/mythconfig`, for those who manage the server. Discord lets nobody else use it, and server owners
//! can change that in Integrations.

mod cooldown;
mod exempt;
mod export;
mod fetch;
mod file;
mod import;
mod mode;
mod reset;
mod review;
mod sensitivity;
mod show;
mod style;
mod words;

pub(in crate::discord) use reset::reset;

use super::{Context, Error};

/// For those who manage this server: where, when and how the bot speaks
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands(
        "mode::mode",
        "sensitivity::sensitivity",
        "review::review",
        "cooldown::cooldown",
        "style::style",
        "exempt::exempt",
        "show::show",
        "export::export",
        "import::import",
        "reset::ask"
    ),
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn mythconfig(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}
