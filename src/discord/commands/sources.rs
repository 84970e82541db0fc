//! `/myth sources`

use super::{Context, CustomId, Error, cards, complete, find, not_found, reply};

/// Where an answer comes from: all its sources, for you only
#[poise::command(slash_command, ephemeral)]
pub(super) async fn sources(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
) -> Result<(), Error> {
    let state = ctx.data();
    let shown = match find(state, &myth) {
        Ok(found) => reply(&cards::sources(&state.knowledge, found, state.language())),
        Err(closest) => not_found(state, &myth, &closest, CustomId::Details),
    };
    ctx.send(shown).await?;
    Ok(())
}
