//! `/mythconfig mode`

use super::super::{Context, Error, audit, change, private};
use crate::policy::settings::Mode;

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "reply: speak by itself"]
    Reply,
    #[name = "review: ask moderators first"]
    Review,
    #[name = "off: keep silent"]
    Off,
}

/// Whether the bot speaks by itself in this server
#[poise::command(slash_command, ephemeral)]
pub(super) async fn mode(
    ctx: Context<'_>,
    #[description = "What the bot does where nothing more specific is set"] mode: Choice,
) -> Result<(), Error> {
    let (mode, told) = match mode {
        Choice::Reply => (Mode::Reply, "The bot now speaks by itself in this server."),
        Choice::Review => (Mode::Review, "The bot now asks moderators before it speaks."),
        Choice::Off => (Mode::Off, "The bot now keeps silent in this server."),
    };
    change(ctx, |settings| {
        settings.mode = mode;
        Ok(())
    })
    .await?;
    audit(ctx, &format!("set the mode to {mode:?}").to_lowercase()).await?;
    ctx.send(private(told)).await?;
    Ok(())
}
