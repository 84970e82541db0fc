//! What a server has set for a channel or role goes with it: nobody could choose it in a command any
//! more to take the rule back.

use serenity::all::{ChannelId, GuildId, RoleId};

use super::error::chain;
use super::heard::BotEvent;
use super::persist;
use super::state::State;
use crate::policy::Settings;
use crate::policy::settings::{Id, Scope};
use crate::store::Entry;

/// Channels, categories or threads of a server are gone.
pub(super) async fn channels(state: &State, guild: GuildId, gone: &[ChannelId]) {
    let ids: Vec<Id> = gone.iter().map(|channel| Id(channel.get())).collect();
    let Some(first) = gone.first() else { return };
    let clear = |settings: &mut Settings| without_channels(settings, &ids);
    forget(state, guild, (first.get(), "channel"), clear).await;
}

/// A role of a server is gone.
pub(super) async fn role(state: &State, guild: GuildId, role: RoleId) {
    let clear = |settings: &mut Settings| without_role(settings, Id(role.get()));
    forget(state, guild, (role.get(), "role"), clear).await;
}

/// Changes the settings if `clear` says that there is something to change, and notes it.
async fn forget(
    state: &State,
    guild: GuildId,
    (id, what): (u64, &str),
    clear: impl Fn(&mut Settings) -> bool,
) {
    let outcome = async {
        let set = state.settings.get(&state.store, guild).await?;
        if !clear(&mut set.settings.clone()) {
            return Ok(());
        }
        let change = |settings: &mut Settings| {
            clear(settings);
            Ok(())
        };
        state.settings.change(&state.store, guild, change).await?;
        let entry = Entry {
            id: id.try_into().unwrap_or_default(),
            guild_id: guild.into(),
            actor_id: state.me.get().copied().map(i64::from).unwrap_or_default(),
            action: format!("removed what was set for a {what} that is gone"),
            at_ms: state.clock.now().as_millisecond(),
        };
        persist::note(state, entry).await;
        state.tell(BotEvent::RulesRemoved { guild_id: guild.get() });
        Ok::<(), super::error::Error>(())
    };
    if let Err(error) = outcome.await {
        // A rule for something that is gone does no harm.
        tracing::warn!(guild_id = guild.get(), error = %chain(&error), "rules not removed");
    }
}

fn without_channels(settings: &mut Settings, gone: &[Id]) -> bool {
    let before = settings.rules.len();
    settings.rules.retain(|scope, _| match scope {
        Scope::Thread(id) | Scope::Channel(id) | Scope::Category(id) => !gone.contains(id),
        Scope::Role(_) => true,
    });
    let asked_there = settings.review_channel.is_some_and(|channel| gone.contains(&channel));
    if asked_there {
        settings.review_channel = None;
    }
    asked_there || settings.rules.len() < before
}

fn without_role(settings: &mut Settings, role: Id) -> bool {
    let had_rule = settings.rules.remove(&Scope::Role(role)).is_some();
    settings.exempt_roles.remove(&role) || had_rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::settings::Mode;

    #[test]
    fn what_is_gone_has_no_rules() {
        let mut settings = Settings { review_channel: Some(Id(2)), ..Settings::default() };
        for scope in [Scope::Thread(Id(1)), Scope::Channel(Id(2)), Scope::Category(Id(3))] {
            settings.rules.insert(scope, Mode::Off);
        }
        settings.rules.insert(Scope::Role(Id(2)), Mode::Off);
        settings.exempt_roles.insert(Id(5));
        assert!(!without_channels(&mut settings, &[Id(9)]));
        assert!(without_channels(&mut settings, &[Id(1), Id(2)]));
        assert_eq!(settings.review_channel, None);
        let left: Vec<Scope> = settings.rules.keys().copied().collect();
        assert_eq!(left, [Scope::Category(Id(3)), Scope::Role(Id(2))]);
        assert!(without_role(&mut settings, Id(2)) && without_role(&mut settings, Id(5)));
        assert!(!without_role(&mut settings, Id(2)));
    }
}
