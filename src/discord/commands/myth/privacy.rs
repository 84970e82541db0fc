//! `/myth privacy`

use super::super::{Context, Error, cards, reply};
use crate::cards::Keeping;
use crate::policy;
use crate::store::Database;

/// What the bot keeps, for how long and where, and how to be left alone
#[poise::command(slash_command, ephemeral)]
pub(super) async fn privacy(ctx: Context<'_>) -> Result<(), Error> {
    // Discord is asked who runs the bot.
    ctx.defer_ephemeral().await?;
    let state = ctx.data();
    let run_by = match state.owners.get(ctx.http()).await {
        Ok(owner) => owner.name.as_str(),
        Err(error) => {
            tracing::warn!(error = %crate::discord::error::chain(&error), "Discord does not say who runs the bot");
            ""
        }
    };
    let card = cards::privacy(Keeping {
        retention_days: state.retention_days,
        left_days: u16::try_from(policy::retention::LEFT.as_hours() / 24).unwrap_or(u16::MAX),
        place: match state.store.database() {
            Database::Sqlite => "in a file on that computer",
            Database::Postgres => "in a database of those who run the bot",
        },
        run_by,
    });
    ctx.send(reply(&card)).await?;
    Ok(())
}
