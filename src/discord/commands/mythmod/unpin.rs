//! `/mythmod unpin`

use serenity::all::ChannelId;

use super::super::{Context, Error, complete, guild, private};
use super::named;
use crate::discord::error::interaction_id;
use crate::discord::pins::{self, Note, Order, Unpinned};

/// Unpin an answer; the message stays in the channel
#[poise::command(slash_command, ephemeral)]
pub(super) async fn unpin(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
    #[description = "Where; this channel if you leave it out"]
    #[channel_types(
        "Text",
        "News",
        "Voice",
        "Stage",
        "PublicThread",
        "PrivateThread",
        "NewsThread"
    )]
    channel: Option<ChannelId>,
) -> Result<(), Error> {
    let state = ctx.data();
    let channel = channel.unwrap_or(ctx.channel_id());
    // Also one that is no longer an answer of the bot, by its name.
    let answer = match state.store.pin(channel.into(), &myth).await? {
        Some(pin) => pin.answer,
        None => named(&state.answers(), &myth)?.id().to_owned(),
    };
    ctx.defer_ephemeral().await?;
    let order = Order {
        guild: guild(ctx)?,
        channel,
        by: ctx.author().id,
        number: interaction_id(ctx),
        note: Note::Keep,
    };
    let unpinned = pins::unpin(state, ctx.http(), order, &answer).await?;
    let told = match unpinned {
        Unpinned::Done => {
            format!("Unpinned `{answer}` in <#{channel}>. The message is still there.")
        }
        Unpinned::WasNot => format!(
            "`{answer}` is not pinned in <#{channel}>. `/mythmod pins` shows what is pinned where."
        ),
    };
    ctx.send(private(told)).await?;
    Ok(())
}
