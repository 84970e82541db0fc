//! `/mythmod reload`, for whom the bot belongs to.

use super::super::{Context, Error, cards, reply};
use crate::discord::reload::reload as load;

/// For the bot's owner: load the answers anew from their folder
#[poise::command(slash_command, ephemeral)]
pub(super) async fn reload(ctx: Context<'_>) -> Result<(), Error> {
    // Files are read and the engine is built, and Discord is asked who the owner is.
    ctx.defer_ephemeral().await?;
    let state = ctx.data();
    if !state.owners.get(ctx.http()).await?.is(ctx.author().id) {
        return Err(Error::User(NOT_YOURS.to_owned()));
    }
    let card = match load(state).await {
        Ok(replaced) => cards::replaced(&replaced),
        Err(refused) => cards::not_replaced(&refused.reasons()),
    };
    ctx.send(reply(&card)).await?;
    Ok(())
}

const NOT_YOURS: &str = "Only whoever runs the bot can load its answers anew: it answers in every \
                         server with the same ones. If one is wrong, `/myth about` says whom to tell.";
