//! `/mythconfig sensitivity`

use super::super::{Context, Error, audit, change, private};
use super::words;
use crate::policy::settings::Sensitivity;

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "strict: only what is far above the threshold"]
    Strict,
    #[name = "normal: what is above the threshold"]
    Normal,
    #[name = "open: also what only may be a claim"]
    Open,
}

/// Which claims are sure enough for the bot to speak by itself
#[poise::command(slash_command, ephemeral)]
pub(super) async fn sensitivity(
    ctx: Context<'_>,
    #[description = "How sure the bot must be"]
    #[rename = "which"]
    choice: Choice,
) -> Result<(), Error> {
    let (chosen, told) = match choice {
        Choice::Strict => (Sensitivity::Strict, STRICT),
        Choice::Normal => (Sensitivity::Normal, NORMAL),
        Choice::Open => (Sensitivity::Open, OPEN),
    };
    change(ctx, |settings| {
        settings.sensitivity = chosen;
        Ok(())
    })
    .await?;
    audit(ctx, &format!("set the sensitivity to {}", words::sensitivity(chosen))).await?;
    ctx.send(private(told)).await?;
    Ok(())
}

const STRICT: &str = "The bot now speaks by itself only about claims that are far above its \
                      threshold. About others it asks, where there is a review channel.";
const NORMAL: &str = "The bot now speaks by itself about claims that are above its threshold. About \
                      those that are not sure enough it asks, where there is a review channel.";
const OPEN: &str = "The bot now also speaks by itself where it is not sure that a message makes a \
                    claim. Expect replies that are out of place.";
