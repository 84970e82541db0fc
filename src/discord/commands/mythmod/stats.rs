//! `/mythmod stats`

use poise::CreateReply;
use serenity::all::CreateAttachment;

use super::super::{Context, Error, cards, guild, render, reply};
use crate::discord::stats::{self, Tally};

/// How many days are shown when nobody says how many.
const DAYS: i64 = 28;

const FILE: &str = "stats.png";

/// What the bot did here: replies, reviews, dismissals and silence, by answer and week
#[poise::command(slash_command, ephemeral)]
pub(super) async fn stats(
    ctx: Context<'_>,
    #[description = "For how many days; 28 when left out"]
    #[min = 7]
    #[max = 90]
    days: Option<i64>,
) -> Result<(), Error> {
    /// Seconds of a day.
    const DAY: i64 = 24 * 60 * 60;
    // A picture is drawn and sent.
    ctx.defer_ephemeral().await?;
    let state = ctx.data();
    let days = days.unwrap_or(DAYS);
    let today = state.clock.now().as_second().div_euclid(DAY);
    let counted = state.store.counted(guild(ctx)?.into(), today - days + 1).await?;
    let tally = Tally::new(&counted, today, days);
    let answers = state.answers();
    let title = move |id: &str| match answers.knowledge.myth(id) {
        Some(myth) => {
            format!(
                "{}. {}",
                myth.number(),
                cards::title(&answers.knowledge, myth, answers.language())
            )
        }
        None => id.to_owned(),
    };
    let card = stats::card(&tally, &title);
    if tally.is_empty() {
        ctx.send(reply(&card)).await?;
        return Ok(());
    }
    let alt_text = stats::alt_text(&tally, &title);
    let drawn = tokio::task::spawn_blocking(move || stats::png(&tally, title)).await;
    let shown = match drawn.map_err(Into::into).flatten() {
        Ok(png) => CreateReply::default()
            .embed(render::embed(&card).attachment(FILE))
            .attachment(CreateAttachment::bytes(png, FILE).description(alt_text)),
        Err(error) => {
            tracing::error!(%error, "a chart could not be drawn");
            reply(&card)
        }
    };
    ctx.send(shown).await?;
    Ok(())
}
