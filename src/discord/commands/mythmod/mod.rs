//! `/mythmod`, for those who may pin messages. Discord lets nobody else use it, and server owners can
//! change that in Integrations.

mod log;
mod reload;
mod stats;

use super::{Context, Error};

/// For moderators: pinned answers, phrases of this server, and why the bot spoke or kept silent
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands("log::log", "stats::stats", "reload::reload"),
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn mythmod(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}
