//! The settings of servers, kept at hand: a message must not wait for the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serenity::all::GuildId;

use super::answers::Answers;
use super::error::{Error, chain};
use crate::matching::Outcome;
use crate::policy::{Own, OwnPhrases, Settings};
use crate::store::{Mute, Phrase, Store, StoreError};

/// How often a change is tried when others change the same server at the same time.
const TRIES: usize = 5;

/// All that moderators of a server have set.
#[derive(Debug, Clone, Default)]
pub(super) struct GuildSettings {
    pub(super) settings: Settings,
    pub(super) phrases: Vec<Phrase>,
    pub(super) mutes: Vec<Mute>,
    /// Phrases and mutes, the phrases in their order, ready to be looked for.
    own: OwnPhrases,
    version: i64,
    /// They are there and cannot be read: they were written by a newer version, or by hand.
    unreadable: bool,
}

/// Those that were asked for.
#[derive(Debug, Default)]
pub(super) struct Cache(RwLock<Known>);

#[derive(Debug, Default)]
struct Known {
    guilds: HashMap<GuildId, Arc<GuildSettings>>,
    /// Grows whenever something is forgotten.
    forgotten: u64,
}

impl Cache {
    /// The settings of a server, from the database when they are not at hand.
    pub(super) async fn get(
        &self,
        store: &Store,
        guild: GuildId,
    ) -> Result<Arc<GuildSettings>, StoreError> {
        let (known, forgotten) = {
            let cache = self.0.read().unwrap_or_else(PoisonError::into_inner);
            (cache.guilds.get(&guild).cloned(), cache.forgotten)
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let read = Arc::new(read(store, guild).await?);
        self.keep(guild, &read, forgotten);
        Ok(read)
    }

    /// Keeps what was read after something was `forgotten` so many times. What was changed while it
    /// was read may be missing in it: then it is not kept.
    fn keep(&self, guild: GuildId, read: &Arc<GuildSettings>, forgotten: u64) {
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if cache.forgotten == forgotten {
            cache.guilds.insert(guild, Arc::clone(read));
        }
    }

    /// The settings of a server as they stand in the database, also when another process has just
    /// changed them.
    pub(super) async fn fresh(
        &self,
        store: &Store,
        guild: GuildId,
    ) -> Result<GuildSettings, StoreError> {
        read(store, guild).await
    }

    /// Puts others in place of all that a server has set: all of it, or nothing.
    pub(super) async fn replace(
        &self,
        store: &Store,
        guild: GuildId,
        settings: &Settings,
        (phrases, mutes): (&[Phrase], &[Mute]),
    ) -> Result<(), Error> {
        let json = serde_json::to_string(settings)?;
        for _ in 0..TRIES {
            let seen = store.settings(guild.into()).await?.unwrap_or_default().version;
            if store.replace_all(guild.into(), (&json, seen), phrases, mutes).await? {
                self.forget(guild);
                return Ok(());
            }
        }
        Err(Error::User(BUSY.to_owned()))
    }

    /// Forgets what is known of a server: it was changed, by whatever process.
    pub(super) fn forget(&self, guild: GuildId) {
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cache.guilds.remove(&guild);
        cache.forgotten += 1;
    }

    /// Forgets everything.
    pub(super) fn forget_all(&self) {
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cache.guilds.clear();
        cache.forgotten += 1;
    }

    /// Changes the settings of a server by what they are now, and returns them as they are then.
    pub(super) async fn change(
        &self,
        store: &Store,
        guild: GuildId,
        change: impl Fn(&mut Settings) -> Result<(), Error>,
    ) -> Result<Settings, Error> {
        for _ in 0..TRIES {
            let now = read(store, guild).await?.readable()?;
            let mut settings = now.settings;
            change(&mut settings)?;
            if let Some(fault) = settings.faults().into_iter().next() {
                return Err(Error::User(fault));
            }
            let json = serde_json::to_string(&settings)?;
            if store.save_settings(guild.into(), &json, now.version).await? {
                self.forget(guild);
                return Ok(settings);
            }
        }
        Err(Error::User(BUSY.to_owned()))
    }
}

const BUSY: &str = "Somebody else is changing these settings right now. Please try again.";

const UNREADABLE: &str = "The bot cannot read the settings of this server: another version of it may have \
                          written them. Until that is solved it keeps silent here. `/mythconfig reset` \
                          sets them back, and `/mythconfig import` reads a copy.";

async fn read(store: &Store, guild: GuildId) -> Result<GuildSettings, StoreError> {
    let id = guild.into();
    let saved = store.settings(id).await?.unwrap_or_default();
    let settings = match saved.version {
        0 => Ok(Settings::default()),
        _ => serde_json::from_str(&saved.settings),
    };
    let unreadable = settings.is_err();
    let settings = settings.unwrap_or_else(|error| {
        // Rather silent than against what was set.
        tracing::error!(guild_id = guild.get(), error = %chain(&error), "settings unreadable");
        Settings { mode: crate::policy::settings::Mode::Off, ..Settings::default() }
    });
    let (phrases, mutes) = tokio::try_join!(store.phrases(id), store.mutes(id))?;
    let own = OwnPhrases::new(
        phrases.iter().map(|phrase| (phrase.phrase.as_str(), phrase.answer.as_deref())),
        mutes.iter().map(|mute| (mute.answer.as_str(), mute.phrase.as_str())),
    );
    Ok(GuildSettings { settings, phrases, mutes, own, version: saved.version, unreadable })
}

impl GuildSettings {
    /// These settings, unless they are not those that were set.
    pub(super) fn readable(self) -> Result<Self, Error> {
        if self.unreadable { Err(Error::User(UNREADABLE.to_owned())) } else { Ok(self) }
    }

    /// What the server's own phrases make of a text, for which the engine found `outcome`.
    pub(super) fn own(&self, answers: &Answers, text: &str, outcome: &Outcome) -> Own {
        let is_there = |answer: &str| answers.knowledge.myth(answer).is_some();
        self.own.make_of(text, &answers.matcher, is_there, outcome)
    }

    /// The phrase that gives a text its answer.
    pub(super) fn tied(&self, answers: &Answers, text: &str) -> Option<&Phrase> {
        let is_there = |answer: &str| answers.knowledge.myth(answer).is_some();
        self.phrases.get(self.own.tied(text, &answers.matcher, is_there)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_while_it_was_read_is_read_again() {
        let (cache, guild) = (Cache::default(), GuildId::new(3));
        let kept = || cache.0.read().expect("sound").guilds.contains_key(&guild);
        cache.keep(guild, &Arc::default(), 0);
        assert!(kept());
        cache.forget(guild);
        cache.keep(guild, &Arc::default(), 0);
        assert!(!kept());
        cache.keep(guild, &Arc::default(), 1);
        assert!(kept());
        cache.forget_all();
        assert!(!kept());
    }
}
