//! `/mythconfig show`

mod overview;

use serenity::all::{PartialChannel, UserId};

use super::super::{Context, Error, guild, reply};
use crate::discord::places;
use crate::policy::settings::{Id, Whereabouts};

/// All that is set in this server, and what applies in a channel and why
#[poise::command(slash_command, ephemeral)]
pub(super) async fn show(
    ctx: Context<'_>,
    #[description = "What applies here; this channel if you choose none"] channel: Option<
        PartialChannel,
    >,
    #[description = "What applies to this person"] member: Option<UserId>,
) -> Result<(), Error> {
    let state = ctx.data();
    let guild = guild(ctx)?;
    let poise::Context::Application(used) = ctx else { return Ok(()) };
    let channel = channel.as_ref().or(used.interaction.channel.as_ref());
    let place = match channel {
        Some(channel) => places::in_channel(&state.places, channel),
        None => state.places.whereabouts(ctx.channel_id()),
    };
    let roles = member.and_then(|member| used.interaction.data.resolved.members.get(&member));
    let roles = roles.into_iter().flat_map(|member| &member.roles);
    let at = Whereabouts {
        author: member.map(|member| Id(member.get())),
        roles: roles.map(|role| Id(role.get())).collect(),
        ..place
    };
    let set = state.settings.fresh(&state.store, guild).await?.readable()?;
    let counts = (set.phrases.len(), set.mutes.len());
    ctx.send(reply(&overview::card(&set.settings, &at, counts))).await?;
    Ok(())
}
