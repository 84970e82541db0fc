//! `/myth optout` and `/myth optin`

use super::super::{Context, Error, private};

/// The bot ignores what you write, everywhere
#[poise::command(slash_command, ephemeral)]
pub(super) async fn optout(ctx: Context<'_>) -> Result<(), Error> {
    let state = ctx.data();
    let now_ms = state.clock.now().as_millisecond();
    let new = state.store.opt_out(ctx.author().id.into(), now_ms).await?;
    state.opted_out.refresh(&state.store).await?;
    ctx.send(private(if new { OUT } else { OUT_ALREADY })).await?;
    Ok(())
}

/// The bot answers what you write again, where it may
#[poise::command(slash_command, ephemeral)]
pub(super) async fn optin(ctx: Context<'_>) -> Result<(), Error> {
    let state = ctx.data();
    let was_out = state.store.opt_in(ctx.author().id.into()).await?;
    state.opted_out.refresh(&state.store).await?;
    ctx.send(private(if was_out { IN } else { IN_ALREADY })).await?;
    Ok(())
}

const OUT: &str = "The bot now ignores what you write, in every server and in direct messages. \
                   Commands still work for you. `/myth optin` takes this back.";
const OUT_ALREADY: &str = "The bot already ignores what you write, in every server and in direct messages. `/myth optin` \
     takes this back.";
const IN: &str = "The bot no longer ignores what you write: it may answer again. `/myth optout` takes \
                  this back.";
const IN_ALREADY: &str =
    "The bot does not ignore what you write. `/myth optout` is how you tell it to.";
