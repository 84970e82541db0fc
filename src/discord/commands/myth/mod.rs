//! `/myth`, for everybody: in servers, in direct messages, and for people who have installed the bot
//! for themselves. What serves one person is shown to that person only.

mod about;
mod ask;
mod list;
mod opt_out;
mod privacy;
mod show;
mod sources;

use super::{Context, Error};

/// Claims, and what is known about them
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands(
        "list::list",
        "show::show",
        "ask::ask",
        "sources::sources",
        "about::about",
        "privacy::privacy",
        "opt_out::optout",
        "opt_out::optin"
    ),
    subcommand_required,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn myth(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}
