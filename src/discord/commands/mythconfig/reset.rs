//! `/mythconfig reset`, and the button that confirms it.

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    ButtonStyle, ComponentInteraction, CreateActionRow, CreateButton, CreateInteractionResponse,
    CreateInteractionResponseMessage, GuildId, Member, Permissions,
};

use super::super::{Context, CustomId, Error, guild, private};
use crate::cards;
use crate::discord::guild_settings::GuildSettings;
use crate::discord::state::State;
use crate::discord::{moderator, render};
use crate::policy::Settings;

/// How long the button works: what it would throw away should be what somebody has just read.
const VALID: SignedDuration = SignedDuration::from_mins(10);

/// Sets everything in this server back, once you confirm it
#[poise::command(slash_command, ephemeral, rename = "reset")]
pub(super) async fn ask(ctx: Context<'_>) -> Result<(), Error> {
    let guild = guild(ctx)?;
    let state = ctx.data();
    let set = state.settings.fresh(&state.store, guild).await?;
    let button = CreateButton::new(CustomId::Reset(guild).to_string())
        .style(ButtonStyle::Danger)
        .label("Set everything back");
    let row = CreateActionRow::Buttons(vec![button]);
    ctx.send(private(question(&set)).components(vec![row])).await?;
    Ok(())
}

fn question(set: &GuildSettings) -> String {
    let Settings { rules, exempt_roles, exempt_users, .. } = &set.settings;
    let counted = |count, noun| cards::counted(count, noun);
    format!(
        "This sets all settings of this server back to how they are when the bot is new, and removes \
         {}, {}, {} and {}. Pinned answers stay. `/mythconfig export` keeps a copy. Are you sure?",
        counted(rules.len(), "rule"),
        counted(exempt_roles.len() + exempt_users.len(), "exemption"),
        counted(set.phrases.len(), "phrase"),
        counted(set.mutes.len(), "muted phrase"),
    )
}

/// Somebody confirms that everything in a server is set back.
pub(in crate::discord) async fn reset(
    state: &State,
    interaction: &ComponentInteraction,
    guild: GuildId,
) -> Result<CreateInteractionResponse, Error> {
    // The button can be forged, but not where it was pressed and by whom.
    if interaction.guild_id != Some(guild) {
        return Err(Error::User(ELSEWHERE.to_owned()));
    }
    if !manages(interaction.member.as_ref()) {
        return Err(Error::User(NOT_YOU.to_owned()));
    }
    let asked = Timestamp::from_second(interaction.message.id.created_at().unix_timestamp());
    let age = asked.map(|asked| state.clock.now().duration_since(asked));
    if age.is_ok_and(|age| age > VALID) {
        return Err(Error::User(TOO_LATE.to_owned()));
    }
    state.settings.replace(&state.store, guild, &Settings::default(), (&[], &[])).await?;
    moderator::note(state, interaction, "set everything back".to_owned()).await;
    let told = CreateInteractionResponseMessage::new()
        .content(DONE)
        .components(vec![])
        .allowed_mentions(render::nobody());
    Ok(CreateInteractionResponse::UpdateMessage(told))
}

fn manages(member: Option<&Member>) -> bool {
    let may = Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR;
    let permissions = member.and_then(|member| member.permissions);
    permissions.is_some_and(|permissions| permissions.intersects(may))
}

const ELSEWHERE: &str = "This button is for another server. Nothing was changed. Use `/mythconfig reset` \
                         in the server that you mean.";
const NOT_YOU: &str = "Only those who may manage this server can do that. Nothing was changed.";
const TOO_LATE: &str = "This question is older than ten minutes. Nothing was changed. Use `/mythconfig \
                        reset` again.";
const DONE: &str = "Everything is set back. The bot now speaks by itself in this server, with the \
                    usual cooldowns.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_says_what_is_lost() {
        let mut set = GuildSettings::default();
        set.settings.exempt_users = (1..=2).map(crate::policy::settings::Id).collect();
        insta::assert_snapshot!(question(&set), @"This sets all settings of this server back to how they are when the bot is new, and removes 0 rules, 2 exemptions, 0 phrases and 0 muted phrases. Pinned answers stay. `/mythconfig export` keeps a copy. Are you sure?");
    }
}
