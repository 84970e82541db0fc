//! `/myth show`

use super::super::{Context, CustomId, Error, audience, cards, complete, find, not_found, reply};
use crate::policy::settings::Audience;

/// Show an answer to everybody here, unless this server wants that for you only
#[poise::command(slash_command)]
pub(super) async fn show(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let private = audience(ctx).await == Audience::Private;
    let chosen = if private { CustomId::Pick } else { CustomId::Post };
    let shown = match find(&answers, &myth) {
        Ok(found) => {
            let card = cards::reply(&answers.knowledge, found, answers.language());
            reply(&card).ephemeral(private)
        }
        Err(closest) => not_found(&answers, &myth, &closest, chosen),
    };
    ctx.send(shown).await?;
    Ok(())
}
