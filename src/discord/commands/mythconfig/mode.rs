//! `/mythconfig mode`

use serenity::all::{GuildId, PartialChannel, RoleId};

use super::super::{Context, Error, audit, change, guild, private};
use super::words;
use crate::discord::places;
use crate::policy::Settings;
use crate::policy::settings::{Id, Mode, Scope};

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "reply: speak by itself"]
    Reply,
    #[name = "review: ask moderators first"]
    Review,
    #[name = "off: keep silent"]
    Off,
    #[name = "default: as set for what it is in"]
    Default,
}

/// Whether the bot speaks by itself: in this server, in a place, or to people with a role
#[poise::command(slash_command, ephemeral)]
pub(super) async fn mode(
    ctx: Context<'_>,
    #[description = "What the bot does"] mode: Choice,
    #[description = "Only in this channel, category or thread"]
    #[rename = "where"]
    place: Option<PartialChannel>,
    #[description = "Only to people with this role, where no place has a mode of its own"]
    role: Option<RoleId>,
) -> Result<(), Error> {
    let scope = scope(guild(ctx)?, place.as_ref(), role)?;
    let mode = match mode {
        Choice::Reply => Some(Mode::Reply),
        Choice::Review => Some(Mode::Review),
        Choice::Off => Some(Mode::Off),
        Choice::Default => None,
    };
    let settings = change(ctx, |settings| {
        set(settings, scope, mode);
        Ok(())
    })
    .await?;
    audit(ctx, &action(scope, mode)).await?;
    ctx.send(private(told(&settings, scope, mode))).await?;
    Ok(())
}

/// What the rule is for; none for the server as a whole.
fn scope(
    guild: GuildId,
    place: Option<&PartialChannel>,
    role: Option<RoleId>,
) -> Result<Option<Scope>, Error> {
    match (place, role) {
        (Some(_), Some(_)) => Err(Error::User(BOTH.to_owned())),
        // Discord gives it the id of the server, and to nobody by name.
        (None, Some(role)) if role.get() == guild.get() => Err(Error::User(EVERYONE.to_owned())),
        (None, Some(role)) => Ok(Some(Scope::Role(Id(role.get())))),
        (Some(place), None) => Ok(Some(places::scope(place.id, place.kind))),
        (None, None) => Ok(None),
    }
}

const BOTH: &str = "Please choose a place or a role, not both. A place with a mode of its own counts \
                    before every role.";
const EVERYONE: &str = "Everybody has that role. Leave `role` out to set the mode of the server.";

fn set(settings: &mut Settings, scope: Option<Scope>, mode: Option<Mode>) {
    match (scope, mode) {
        (None, mode) => settings.mode = mode.unwrap_or_default(),
        (Some(scope), Some(mode)) => {
            settings.rules.insert(scope, mode);
        }
        (Some(scope), None) => {
            settings.rules.remove(&scope);
        }
    }
}

fn action(scope: Option<Scope>, mode: Option<Mode>) -> String {
    let mode = mode.map_or("default", words::mode);
    match scope {
        None => format!("set the mode to {mode}"),
        Some(scope) => format!("set the mode for {} to {mode}", words::mention(scope)),
    }
}

fn told(settings: &Settings, scope: Option<Scope>, mode: Option<Mode>) -> String {
    let mut told = match (scope, mode) {
        (None, _) => format!("In this server, the bot now {}.", words::does(settings.mode)),
        (Some(scope @ Scope::Role(_)), Some(mode)) => {
            let who = words::mention(scope);
            format!("To messages of people with {who}, the bot now {}.", reacts(mode))
        }
        (Some(scope), Some(mode)) => {
            format!("In {}, the bot now {}.", words::mention(scope), words::does(mode))
        }
        (Some(scope), None) => {
            format!(
                "{} has no mode of its own any more. `/mythconfig show` tells what applies there.",
                words::mention(scope)
            )
        }
    };
    let now = mode.unwrap_or(settings.mode);
    if now == Mode::Review && settings.review_channel.is_none() {
        told.push_str(NO_CHANNEL);
    }
    if scope.is_none() && !settings.rules.is_empty() {
        told.push_str(RULES);
    }
    told
}

fn reacts(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "replies by itself",
        Mode::Review => "replies only when moderators say so",
        Mode::Off => "does not reply",
    }
}

const NO_CHANNEL: &str = " There is no channel yet in which it can ask: choose one with `/mythconfig \
                          review`. Until then it keeps silent.";
const RULES: &str = " Some places or roles have modes of their own: see `/mythconfig show`.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_told() {
        let role = Some(Scope::Role(Id(5)));
        let channel = Some(Scope::Channel(Id(2)));
        let mut settings = Settings::default();
        let mut tell = |scope, mode| {
            set(&mut settings, scope, mode);
            format!("{}\n({})", told(&settings, scope, mode), action(scope, mode))
        };
        insta::assert_snapshot!(tell(None, Some(Mode::Off)), @r"
        In this server, the bot now keeps silent.
        (set the mode to off)
        ");
        insta::assert_snapshot!(tell(channel, Some(Mode::Review)), @r"
        In <#2>, the bot now asks moderators before it speaks. There is no channel yet in which it can ask: choose one with `/mythconfig review`. Until then it keeps silent.
        (set the mode for <#2> to review)
        ");
        insta::assert_snapshot!(tell(role, Some(Mode::Reply)), @r"
        To messages of people with <@&5>, the bot now replies by itself.
        (set the mode for <@&5> to reply)
        ");
        insta::assert_snapshot!(tell(channel, None), @r"
        <#2> has no mode of its own any more. `/mythconfig show` tells what applies there.
        (set the mode for <#2> to default)
        ");
        insta::assert_snapshot!(tell(None, None), @r"
        In this server, the bot now speaks by itself. Some places or roles have modes of their own: see `/mythconfig show`.
        (set the mode to default)
        ");
        assert_eq!(settings.rules.len(), 1);
    }

    #[test]
    fn everybody_is_no_role() {
        let guild = GuildId::new(3);
        assert!(matches!(scope(guild, None, Some(RoleId::new(3))), Err(Error::User(_))));
        assert_eq!(scope(guild, None, Some(RoleId::new(5))).ok(), Some(Some(Scope::Role(Id(5)))));
        assert_eq!(scope(guild, None, None).ok(), Some(None));
    }
}
