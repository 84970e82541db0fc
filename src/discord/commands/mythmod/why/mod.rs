//! `/mythmod why`: the decision on a message, taken again with nothing done about it, step by step.
//! Works for messages that the bot kept silent about, too.

mod link;
mod look;
mod text;

use super::super::{Context, Error, guild, reply};
use crate::cards;
use crate::discord::auto_reply::{self, Decided};
use crate::discord::speak::{self, Say};
use text::Steps;

/// Why the bot spoke about a message or kept silent, step by step
#[poise::command(slash_command, ephemeral)]
pub(super) async fn why(
    ctx: Context<'_>,
    #[description = "Link of the message: open its menu, choose Copy Message Link"]
    #[max_length = 200]
    message: String,
) -> Result<(), Error> {
    let guild = guild(ctx)?;
    let place = link::read(&message, guild)?;
    // Discord is asked several times.
    ctx.defer_ephemeral().await?;
    let look::Seen { message, missing } = look::at(ctx, guild, place).await?;
    let state = ctx.data();
    let answers = state.answers();
    let set = state.settings.get(&state.store, guild).await?;
    let Decided { decision, .. } = auto_reply::decide(state, &answers, &set, &message);
    let read = auto_reply::read(&answers, &set, &message.content);
    let nearest = auto_reply::nearest(&read).and_then(|answer| answers.knowledge.myth(answer));
    let lately = match nearest {
        Some(myth) => {
            let grounds =
                auto_reply::grounds(&answers, &set, &message.content, (myth.id(), &read.outcome));
            let say = Say { answers: &answers, myth, grounds: &grounds, settings: &set.settings };
            speak::lately(state, auto_reply::owed(&message), say).await?
        }
        None => None,
    };
    let engine = cards::why(&answers.knowledge, &answers.matcher, &message.content, &read.outcome);
    let (reply_row, review) = tokio::try_join!(
        state.store.reply_to(message.id.into()),
        state.store.review(message.id.into())
    )?;
    let card = text::card(&Steps {
        answers: &answers,
        set: &set,
        at: &auto_reply::whereabouts(state, &message),
        arrival: auto_reply::arrival(state, &message),
        opted_out: state.opted_out.contains(message.author.id),
        decision: &decision,
        read: &read,
        lately,
        missing: &missing,
        reply: reply_row.as_ref(),
        review: review.as_ref(),
        engine,
    });
    ctx.send(reply(&card)).await?;
    Ok(())
}
