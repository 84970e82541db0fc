//! `/myth show`

use super::super::{Context, CustomId, Error, cards, complete, find, not_found, reply};

/// Show an answer to everybody here
#[poise::command(slash_command)]
pub(super) async fn show(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let shown = match find(&answers, &myth) {
        Ok(found) => reply(&cards::reply(&answers.knowledge, found, answers.language())),
        Err(closest) => not_found(&answers, &myth, &closest, CustomId::Post),
    };
    ctx.send(shown).await?;
    Ok(())
}
