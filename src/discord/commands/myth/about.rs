//! `/myth about`

use super::super::{Context, Error, cards, reply};

/// Who answers, what is covered, what happens to messages, and how to report an error
#[poise::command(slash_command, ephemeral)]
pub(super) async fn about(ctx: Context<'_>) -> Result<(), Error> {
    let card = cards::about(&ctx.data().answers().knowledge, env!("CARGO_PKG_VERSION"));
    ctx.send(reply(&card)).await?;
    Ok(())
}
