//! `/mythconfig review`

use serenity::all::{ChannelId, CreateMessage, HttpError, PartialChannel};

use super::super::{Context, Error, audit, change, private};
use crate::discord::render;
use crate::policy::settings::Id;

/// Where moderators are asked what to do about a message; nowhere if you choose no channel
#[poise::command(slash_command, ephemeral)]
pub(super) async fn review(
    ctx: Context<'_>,
    #[description = "A channel that moderators see; leave it out to ask nowhere"]
    #[channel_types("Text", "PublicThread", "PrivateThread")]
    channel: Option<PartialChannel>,
) -> Result<(), Error> {
    ctx.defer_ephemeral().await?;
    let channel = channel.map(|channel| channel.id);
    if let Some(channel) = channel {
        announce(ctx, channel).await?;
    }
    change(ctx, |settings| {
        settings.review_channel = channel.map(|channel| Id(channel.get()));
        Ok(())
    })
    .await?;
    let (action, told) = match channel {
        Some(channel) => (
            format!("chose <#{channel}> as the review channel"),
            format!(
                "Messages that the bot is unsure about, and all of those that it answers in mode \
                 review, are now shown in <#{channel}> first. Whoever sees that channel reads an \
                 excerpt of them."
            ),
        ),
        None => ("chose no review channel".to_owned(), NOWHERE.to_owned()),
    };
    audit(ctx, &action).await?;
    ctx.send(private(told)).await?;
    Ok(())
}

const NOWHERE: &str = "Moderators are not asked any more: the bot keeps silent about messages that it \
                       is unsure about, and about all in mode review.";

/// Says so in the channel, which also shows whether the bot may write there.
async fn announce(ctx: Context<'_>, channel: ChannelId) -> Result<(), Error> {
    let draft = CreateMessage::new()
        .embed(render::embed(&crate::cards::Card {
            body: HERE.to_owned(),
            ..crate::cards::Card::default()
        }))
        .allowed_mentions(render::nobody());
    match channel.send_message(ctx.http(), draft).await {
        Ok(_) => Ok(()),
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal)))
            if matches!(refusal.status_code.as_u16(), 400 | 403 | 404) =>
        {
            Err(Error::User(format!(
                "The bot may not write in <#{channel}>. Let it view the channel, send messages and \
                 embed links there, and try again. Nothing was changed."
            )))
        }
        Err(error) => Err(error.into()),
    }
}

const HERE: &str = "From now on the bot shows messages here that it would answer, or may have to. \
                    Moderators decide with the buttons under them.";
