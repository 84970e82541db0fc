//! `/mythconfig exempt`

use serenity::all::{RoleId, UserId};

use super::super::{Context, Error, audit, change, guild, private};
use crate::policy::Settings;
use crate::policy::settings::Id;

#[derive(Debug, Clone, Copy, PartialEq, Eq, poise::ChoiceParameter)]
enum Action {
    #[name = "add: never answer them"]
    Add,
    #[name = "remove: answer them again"]
    Remove,
}

/// Roles and people whom the bot never answers
#[poise::command(slash_command, ephemeral)]
pub(super) async fn exempt(
    ctx: Context<'_>,
    #[description = "What to do"] action: Action,
    #[description = "People with this role"] role: Option<RoleId>,
    #[description = "This person"] user: Option<UserId>,
) -> Result<(), Error> {
    if role.is_none() && user.is_none() {
        return Err(Error::User(NOBODY.to_owned()));
    }
    let guild = guild(ctx)?;
    if role.is_some_and(|role| role.get() == guild.get()) {
        return Err(Error::User(EVERYONE.to_owned()));
    }
    let role_id = role.map(|role| Id(role.get()));
    let user_id = user.map(|user| Id(user.get()));
    change(ctx, |settings| {
        set(settings, action, (role_id, user_id));
        Ok(())
    })
    .await?;
    let who = who(role_id, user_id);
    let (noted, told) = match action {
        Action::Add => {
            (format!("exempted {who}"), format!("The bot does not answer {who} any more."))
        }
        Action::Remove => {
            (format!("no longer exempts {who}"), format!("The bot answers {who} again."))
        }
    };
    audit(ctx, &noted).await?;
    ctx.send(private(told)).await?;
    Ok(())
}

const NOBODY: &str = "Please choose a `role` or a `user`.";
const EVERYONE: &str = "Everybody has that role. `/mythconfig mode off` makes the bot keep silent in \
                        this server.";

fn set(settings: &mut Settings, action: Action, (role, user): (Option<Id>, Option<Id>)) {
    match action {
        Action::Add => {
            settings.exempt_roles.extend(role);
            settings.exempt_users.extend(user);
        }
        Action::Remove => {
            settings.exempt_roles.retain(|known| Some(*known) != role);
            settings.exempt_users.retain(|known| Some(*known) != user);
        }
    }
}

fn who(role: Option<Id>, user: Option<Id>) -> String {
    let role = role.map(|role| format!("people with <@&{role}>"));
    let user = user.map(|user| format!("<@{user}>"));
    let who: Vec<String> = [role, user].into_iter().flatten().collect();
    who.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_roles_come_and_go() {
        let mut settings = Settings::default();
        let both = (Some(Id(5)), Some(Id(4)));
        set(&mut settings, Action::Add, both);
        set(&mut settings, Action::Add, (Some(Id(6)), None));
        assert_eq!((settings.exempt_roles.len(), settings.exempt_users.len()), (2, 1));
        set(&mut settings, Action::Remove, both);
        assert_eq!((settings.exempt_roles.len(), settings.exempt_users.len()), (1, 0));
        insta::assert_snapshot!(who(both.0, both.1), @"people with <@&5> and <@4>");
    }
}
