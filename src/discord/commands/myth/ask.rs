//! `/myth ask`

use super::super::{Context, CustomId, Error, audience, cards, lookup, not_found, reply};
use crate::policy::settings::Audience;

/// Ask what is known about a claim, for you only unless you say otherwise
#[poise::command(slash_command)]
pub(super) async fn ask(
    ctx: Context<'_>,
    #[description = "A claim or question in your words"]
    #[max_length = 2000]
    text: String,
    #[description = "Show the answer to everybody here"] public: Option<bool>,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let public = match public {
        Some(public) => public,
        None => audience(ctx).await == Audience::Public,
    };
    // Somebody asks on purpose, so that what would only be a suggestion is enough.
    let outcome = answers.matcher.find(&text);
    let answer = outcome.answer.and_then(|id| answers.knowledge.myth(&id));
    let shown = if let Some(myth) = answer {
        let card = cards::reply(&answers.knowledge, myth, answers.language());
        reply(&card).ephemeral(!public)
    } else {
        let closest = lookup::closest(&answers.knowledge, &answers.matcher, &text);
        let chosen = if public { CustomId::Post } else { CustomId::Pick };
        not_found(&answers, &text, &closest, chosen)
    };
    ctx.send(shown).await?;
    Ok(())
}
