//! `/myth show`

use super::{Context, CustomId, Error, cards, complete, find, not_found, reply};

/// Show an answer to everybody here
#[poise::command(slash_command)]
pub(super) async fn show(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
) -> Result<(), Error> {
    let state = ctx.data();
    let shown = match find(state, &myth) {
        Ok(found) => reply(&cards::reply(&state.knowledge, found, state.language())),
        Err(closest) => not_found(state, &myth, &closest, CustomId::Post),
    };
    ctx.send(shown).await?;
    Ok(())
}
