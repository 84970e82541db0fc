//! The settings of servers, kept at hand: a message must not wait for the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serenity::all::GuildId;

use super::answers::Answers;
use super::error::{Error, chain};
use crate::matching::Outcome;
use crate::policy::phrases::Phrases;
use crate::policy::{Own, Settings};
use crate::store::{Mute, Phrase, Store, StoreError};

/// How often a change is tried when others change the same server at the same time.
const TRIES: usize = 5;

/// All that moderators of a server have set.
#[derive(Debug, Clone, Default)]
pub(super) struct GuildSettings {
    pub(super) settings: Settings,
    pub(super) phrases: Vec<Phrase>,
    pub(super) mutes: Vec<Mute>,
    /// The phrases in their order, ready to be looked for.
    own: Phrases,
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
    let own = Phrases::new(phrases.iter().map(|phrase| phrase.phrase.as_str()));
    Ok(GuildSettings { settings, phrases, mutes, own, version: saved.version, unreadable })
}

impl GuildSettings {
    /// These settings, unless they are not those that were set.
    pub(super) fn readable(self) -> Result<Self, Error> {
        if self.unreadable { Err(Error::User(UNREADABLE.to_owned())) } else { Ok(self) }
    }

    /// What the server's own phrases make of a text, for which the engine found `outcome`: silence
    /// goes before an answer, and what is tied to an answer before what is muted.
    pub(super) fn own(&self, answers: &Answers, text: &str, outcome: &Outcome) -> Own {
        let said = self.said(answers, text);
        if said.iter().any(|phrase| phrase.answer.is_none()) {
            return Own::Never;
        }
        if let Some(answer) = longest(answers, said).and_then(|phrase| phrase.answer.clone()) {
            return Own::Answer(answer);
        }
        if self.mutes_all(outcome) { Own::Muted } else { Own::Nothing }
    }

    /// The phrase that gives a text its answer: of several the longest. Those whose answer is not
    /// there any more give none.
    pub(super) fn tied(&self, answers: &Answers, text: &str) -> Option<&Phrase> {
        longest(answers, self.said(answers, text))
    }

    fn said(&self, answers: &Answers, text: &str) -> Vec<&Phrase> {
        let said = self.own.said(text, |word| answers.matcher.is_ordinary(word));
        said.into_iter().filter_map(|number| self.phrases.get(number)).collect()
    }

    /// Whether all that speaks for the answer is muted.
    fn mutes_all(&self, outcome: &Outcome) -> bool {
        if self.mutes.is_empty() {
            return false;
        }
        let muted = |phrase: &str, answer: &str| {
            self.mutes.iter().any(|mute| mute.answer == answer && mute.phrase == phrase)
        };
        let counted = outcome.findings.iter().filter(|finding| {
            finding.cancelled.is_none() && outcome.answer.as_ref() == Some(&finding.answer)
        });
        let mut some = false;
        let all = counted
            .inspect(|_| some = true)
            .all(|finding| muted(&finding.evidence.phrase, &finding.answer));
        all && some
    }
}

fn longest<'a>(answers: &Answers, said: Vec<&'a Phrase>) -> Option<&'a Phrase> {
    let is_there = |answer: &String| answers.knowledge.myth(answer).is_some();
    let said = said.into_iter().filter(|phrase| phrase.answer.as_ref().is_some_and(is_there));
    said.max_by_key(|phrase| phrase.phrase.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;
    use crate::policy::phrases;

    fn set(own: &[(&str, Option<&str>)], mutes: &[(&str, &str)]) -> GuildSettings {
        let phrase = |(written, answer): &(&str, Option<&str>)| Phrase {
            guild_id: 3,
            phrase: phrases::read(written).expect("a phrase"),
            written: (*written).to_owned(),
            answer: answer.map(str::to_owned),
            set_by: 7,
            at_ms: 0,
        };
        let phrases: Vec<Phrase> = own.iter().map(phrase).collect();
        let mute = |(answer, phrase): &(&str, &str)| Mute {
            guild_id: 3,
            answer: (*answer).to_owned(),
            phrase: (*phrase).to_owned(),
            set_by: 7,
            at_ms: 0,
        };
        GuildSettings {
            own: Phrases::new(phrases.iter().map(|phrase| phrase.phrase.as_str())),
            phrases,
            mutes: mutes.iter().map(mute).collect(),
            ..GuildSettings::default()
        }
    }

    fn own(set: &GuildSettings, text: &str) -> Own {
        let answers = Answers::new(fixture::knowledge());
        set.own(&answers, text, &answers.matcher.find(text))
    }

    #[test]
    fn silence_goes_first_then_the_longest_phrase() {
        let set = set(
            &[
                ("night flyers", Some("blind-bats")),
                ("silly night flyers", Some("goldfish-memory")),
                ("night flyers anonymous", Some("gone")),
                ("our mascot", None),
            ],
            &[],
        );
        let answer = |id: &str| Own::Answer(id.to_owned());
        assert_eq!(own(&set, "those night flyers"), answer("blind-bats"));
        assert_eq!(own(&set, "those silly night flyers"), answer("goldfish-memory"));
        assert_eq!(own(&set, "the night flyers anonymous"), answer("blind-bats"));
        assert_eq!(own(&set, "silly night flyers and our mascot"), Own::Never);
        assert_eq!(own(&set, "bats are blind"), Own::Nothing);
    }

    #[test]
    fn muted_is_what_has_nothing_else_to_stand_on() {
        let text = "bats are blind";
        let outcome = Answers::new(fixture::knowledge()).matcher.find(text);
        let found = outcome.findings.iter().map(|finding| finding.evidence.phrase.as_str());
        let all: Vec<(&str, &str)> = found.map(|phrase| ("blind-bats", phrase)).collect();
        assert!(!all.is_empty());
        assert_eq!(own(&set(&[], &all), text), Own::Muted);
        assert_eq!(own(&set(&[], &all[1..]), text), Own::Nothing);
        let other: Vec<(&str, &str)> = all.iter().map(|(_, name)| ("goldfish", *name)).collect();
        assert_eq!(own(&set(&[], &other), text), Own::Nothing);
        assert_eq!(own(&set(&[], &all), "good morning"), Own::Nothing);
        assert_eq!(
            own(
                &set(&[("good morning", Some("blind-bats"))], &all),
                "good morning, bats are blind"
            ),
            Own::Answer("blind-bats".to_owned())
        );
    }

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
