//! `/mythconfig`, for those who manage the server.

mod mode;

use serenity::all::{ComponentInteraction, CreateInteractionResponse, GuildId};

use super::{Context, Error, State};

/// For those who manage this server: where, when and how the bot speaks
#[expect(clippy::unused_async, reason = "poise awaits it")]
#[poise::command(
    slash_command,
    subcommands("mode::mode"),
    subcommand_required,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(super) async fn mythconfig(_: Context<'_>) -> Result<(), Error> {
    // Discord offers the subcommands only.
    Ok(())
}

/// Somebody confirms that all settings of a server are set back.
#[expect(clippy::unused_async, reason = "not there yet")]
pub(in crate::discord) async fn reset(
    _state: &State,
    _interaction: &ComponentInteraction,
    _guild: GuildId,
) -> Result<CreateInteractionResponse, Error> {
    Err(Error::User("This is not there yet.".to_owned()))
}
