//! `/myth list`

use super::super::{Context, Error, cards, reply};

/// Every answer in a line
#[poise::command(slash_command, ephemeral)]
pub(super) async fn list(ctx: Context<'_>) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let card = cards::list(&answers.knowledge, answers.language());
    ctx.send(reply(&card)).await?;
    Ok(())
}
