//! `/myth sources`

use super::super::{Context, CustomId, Error, cards, complete, find, not_found, reply};

/// Where an answer comes from: all its sources, for you only
#[poise::command(slash_command, ephemeral)]
pub(super) async fn sources(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let shown = match find(&answers, &myth) {
        Ok(found) => reply(&cards::sources(&answers.knowledge, found, answers.language())),
        Err(closest) => not_found(&answers, &myth, &closest, CustomId::Details),
    };
    ctx.send(shown).await?;
    Ok(())
}
