//! `/myth list`

use super::{Context, Error, cards, reply};

/// Every answer in a line
#[poise::command(slash_command, ephemeral)]
pub(super) async fn list(ctx: Context<'_>) -> Result<(), Error> {
    let state = ctx.data();
    let card = cards::list(&state.knowledge, state.language());
    ctx.send(reply(&card)).await?;
    Ok(())
}
