//! `/myth about`

use super::super::{Context, Error, cards, reply};

/// Who answers, what is covered, what happens to messages, and how to report an error
#[poise::command(slash_command, ephemeral)]
pub(super) async fn about(ctx: Context<'_>) -> Result<(), Error> {
    let (state, version) = (ctx.data(), env!("CARGO_PKG_VERSION"));
    let card = cards::about(&state.answers().knowledge, version, state.retention_days);
    ctx.send(reply(&card)).await?;
    Ok(())
}
