//! `/mythconfig import`

use serenity::all::{Attachment, ChannelId, GuildId};

use super::super::{Context, Error, audit, guild, private};
use super::fetch::{PATIENCE, Unfetched, fetch};
use super::file::{self, By, Stored};
use crate::cards;
use crate::policy::Settings;
use crate::policy::settings::Id;

/// Puts a file of `/mythconfig export` in place of all that is set here
#[poise::command(slash_command, ephemeral)]
pub(super) async fn import(
    ctx: Context<'_>,
    #[description = "A file that /mythconfig export wrote"] file: Attachment,
) -> Result<(), Error> {
    if file.size > file::LARGEST {
        return Err(Error::User(TOO_LARGE.to_owned()));
    }
    ctx.defer_ephemeral().await?;
    let api_url = ctx.data().api_url.as_deref();
    let bytes = match fetch(&file.url, api_url, (file::LARGEST, PATIENCE)).await {
        Ok(bytes) => bytes,
        Err(Unfetched::TooLarge) => return Err(Error::User(TOO_LARGE.to_owned())),
        Err(error) => {
            tracing::warn!(%error, "a file could not be fetched");
            return Err(Error::User(UNREACHABLE.to_owned()));
        }
    };
    let guild = guild(ctx)?;
    let state = ctx.data();
    let by = By {
        guild_id: guild.into(),
        user_id: ctx.author().id.into(),
        at_ms: state.clock.now().as_millisecond(),
    };
    let read = file::read(&bytes, &state.answers().knowledge, by);
    let (settings, stored) = read.map_err(|faults| Error::User(file::faults(&faults)))?;
    check_review_channel(ctx, guild, &settings).await?;
    state
        .settings
        .replace(&state.store, guild, &settings, (&stored.phrases, &stored.mutes))
        .await?;
    audit(ctx, &format!("imported settings with {}", counts(&settings, &stored))).await?;
    let told = format!(
        "All settings of this server are now those of the file, with {}. `/mythconfig show` tells \
         what applies.",
        counts(&settings, &stored)
    );
    ctx.send(private(told)).await?;
    Ok(())
}

const TOO_LARGE: &str = "The file is larger than 64 KB, so that it cannot be one that `/mythconfig \
                         export` wrote. Nothing was changed.";
const UNREACHABLE: &str =
    "Discord did not hand the file over. Please try again. Nothing was changed.";

/// Excerpts of messages go there: it must be in the same server.
async fn check_review_channel(
    ctx: Context<'_>,
    guild: GuildId,
    settings: &Settings,
) -> Result<(), Error> {
    let Some(Id(channel)) = settings.review_channel else { return Ok(()) };
    let found = ctx.http().get_channel(ChannelId::new(channel)).await;
    let found = match found {
        Ok(channel) => channel.guild(),
        Err(serenity::Error::Http(error))
            if error.status_code().is_some_and(|s| s.is_client_error()) =>
        {
            None
        }
        Err(error) => return Err(error.into()),
    };
    if found.is_some_and(|channel| channel.guild_id == guild) {
        return Ok(());
    }
    Err(Error::User(file::faults(&[format!(
        "`settings.review_channel`: {channel} is no channel of this server that the bot can see. Put \
         `null` there, and choose one with `/mythconfig review` afterwards."
    )])))
}

fn counts(settings: &Settings, stored: &Stored) -> String {
    let counted = |count, noun| cards::counted(count, noun);
    format!(
        "{}, {} and {}",
        counted(settings.rules.len(), "rule"),
        counted(stored.phrases.len(), "phrase"),
        counted(stored.mutes.len(), "muted phrase")
    )
}
