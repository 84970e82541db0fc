//! `/mythconfig export`

use serenity::all::CreateAttachment;

use super::super::{Context, Error, audit, guild, private};
use super::file;

/// All that is set in this server, as a file
#[poise::command(slash_command, ephemeral)]
pub(super) async fn export(ctx: Context<'_>) -> Result<(), Error> {
    let state = ctx.data();
    let set = state.settings.fresh(&state.store, guild(ctx)?).await?.readable()?;
    let text = file::write(&set.settings, &set.phrases, &set.mutes)?;
    audit(ctx, "exported the settings").await?;
    let file = CreateAttachment::bytes(text, NAME);
    ctx.send(private(TOLD).attachment(file)).await?;
    Ok(())
}

const NAME: &str = "mythbot-settings.json";
const TOLD: &str = "Settings, phrases and muted phrases of this server. `/mythconfig import` reads \
                    this file. Pinned answers are not in it.";
