//! How the people who run a server want the bot to behave there.
//!
//! The mode that applies is that of the most specific place which has one, in this order: the
//! thread, the channel, the category, a role of the author, the server. Of several roles the most
//! silent one counts.

mod scope;

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use scope::{Id, NoId, NoScope, Scope};

/// Most rules for channels, categories, threads and roles.
pub const MOST_RULES: usize = 200;

/// Most exempt roles, and most exempt people.
pub const MOST_EXEMPT: usize = 100;

/// Longest cooldown: a week.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Highest limit of replies in a server within an hour, apart from none.
pub const MOST_PER_HOUR: u32 = 1000;

/// The settings of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What the bot does where nothing more specific is set.
    pub mode: Mode,
    /// What it does in some channels, categories and threads, and with people of some roles.
    pub rules: BTreeMap<Scope, Mode>,
    /// Which claims are sure enough.
    pub sensitivity: Sensitivity,
    /// Where moderators are asked.
    pub review_channel: Option<Id>,
    /// How often the bot speaks.
    pub cooldowns: Cooldowns,
    /// How it speaks.
    pub style: Style,
    /// Roles whose people it never answers.
    pub exempt_roles: BTreeSet<Id>,
    /// People whom it never answers.
    pub exempt_users: BTreeSet<Id>,
}

/// Whether the bot speaks.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By itself.
    #[default]
    Reply,
    /// Only when a moderator says so.
    Review,
    /// Not at all.
    Off,
}

/// Which claims are sure enough to speak about without a moderator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Only those far above the threshold.
    Strict,
    /// Those above the threshold.
    #[default]
    Normal,
    /// Also those that are only suggested to moderators elsewhere.
    Open,
}

/// How long the bot keeps silent after it spoke. Seconds in JSON; 0 is no cooldown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Cooldowns {
    /// In a channel with the same answer.
    pub answer_s: u32,
    /// In a channel, with any answer.
    pub channel_s: u32,
    /// To the same person.
    pub person_s: u32,
    /// After somebody dismissed an answer in a channel, with that answer there.
    pub dismissed_s: u32,
    /// Most replies in the server within an hour; 0 is no limit.
    pub per_hour: u32,
}

impl Default for Cooldowns {
    fn default() -> Self {
        Self {
            answer_s: 30 * 60,
            channel_s: 5 * 60,
            person_s: 10 * 60,
            dismissed_s: 24 * 60 * 60,
            per_hour: 20,
        }
    }
}

/// How the bot speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// How much a reply says.
    pub length: Length,
    /// Where it stands.
    pub place: ReplyPlace,
    /// Who sees what commands answer, where somebody does not choose.
    pub commands: Audience,
}

/// How much a reply says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Length {
    /// Summary, what has changed, sources.
    #[default]
    Full,
    /// A sentence, and a button for the rest.
    Short,
}

/// Where a reply stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReplyPlace {
    /// Under the message.
    #[default]
    Channel,
    /// In a thread on the message.
    Thread,
}

/// Who sees what `/myth show` and `/myth ask` answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Everybody sees what is shown, and only the one who asks what is asked.
    #[default]
    Usual,
    /// Everybody.
    Public,
    /// The one who uses the command.
    Private,
}

/// Where a message was written, and by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The thread, if it was in one.
    pub thread: Option<Id>,
    /// The channel; of a thread its parent.
    pub channel: Option<Id>,
    /// The category of the channel.
    pub category: Option<Id>,
    /// Who wrote it.
    pub author: Option<Id>,
    /// Their roles.
    pub roles: Vec<Id>,
}

/// Which setting decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Something specific.
    Scope(Scope),
    /// The server's own mode.
    Server,
}

impl Settings {
    /// The mode that applies there, and which setting says so.
    #[must_use]
    pub fn mode_at(&self, at: &Whereabouts) -> (Mode, Source) {
        let places = [
            at.thread.map(Scope::Thread),
            at.channel.map(Scope::Channel),
            at.category.map(Scope::Category),
        ];
        let mut places = places.into_iter().flatten();
        let set = |scope: Scope| Some((*self.rules.get(&scope)?, Source::Scope(scope)));
        let roles = at.roles.iter().map(|role| Scope::Role(*role)).filter_map(set);
        places
            .find_map(set)
            .or_else(|| roles.max_by_key(|(mode, _)| *mode))
            .unwrap_or((self.mode, Source::Server))
    }

    /// Whether people there are never answered.
    #[must_use]
    pub fn exempts(&self, at: &Whereabouts) -> bool {
        at.author.is_some_and(|author| self.exempt_users.contains(&author))
            || at.roles.iter().any(|role| self.exempt_roles.contains(role))
    }

    /// What is wrong with settings that somebody wrote, in sentences; nothing when they can be used.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.rules.len() > MOST_RULES {
            faults.push(format!("There are more than {MOST_RULES} rules: remove some."));
        }
        for (name, exempt) in
            [("exempt_roles", &self.exempt_roles), ("exempt_users", &self.exempt_users)]
        {
            if exempt.len() > MOST_EXEMPT {
                faults.push(format!("`{name}` has more than {MOST_EXEMPT} entries: remove some."));
            }
        }
        let Cooldowns { answer_s, channel_s, person_s, dismissed_s, per_hour } = self.cooldowns;
        for (name, seconds) in [
            ("answer_s", answer_s),
            ("channel_s", channel_s),
            ("person_s", person_s),
            ("dismissed_s", dismissed_s),
        ] {
            if i64::from(seconds) > LONGEST.as_secs() {
                let most = LONGEST.as_secs();
                faults.push(format!("`cooldowns.{name}` is more than a week ({most} seconds)."));
            }
        }
        if per_hour > MOST_PER_HOUR {
            faults.push(format!("`cooldowns.per_hour` is more than {MOST_PER_HOUR}."));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Whereabouts {
        Whereabouts {
            thread: Some(Id(1)),
            channel: Some(Id(2)),
            category: Some(Id(3)),
            author: Some(Id(4)),
            roles: vec![Id(5), Id(6)],
        }
    }

    #[test]
    fn the_most_specific_place_wins() {
        let mut settings = Settings { mode: Mode::Review, ..Settings::default() };
        assert_eq!(settings.mode_at(&at()), (Mode::Review, Source::Server));
        for (scope, mode) in [
            (Scope::Role(Id(5)), Mode::Reply),
            (Scope::Category(Id(3)), Mode::Off),
            (Scope::Channel(Id(2)), Mode::Review),
            (Scope::Thread(Id(1)), Mode::Reply),
        ] {
            settings.rules.insert(scope, mode);
            assert_eq!(settings.mode_at(&at()), (mode, Source::Scope(scope)));
        }
        let elsewhere = Whereabouts { channel: Some(Id(20)), ..Whereabouts::default() };
        assert_eq!(settings.mode_at(&elsewhere), (Mode::Review, Source::Server));
    }

    #[test]
    fn of_several_roles_the_most_silent_counts() {
        let mut settings = Settings::default();
        settings.rules.insert(Scope::Role(Id(5)), Mode::Off);
        settings.rules.insert(Scope::Role(Id(6)), Mode::Reply);
        assert_eq!(settings.mode_at(&at()).0, Mode::Off);
    }

    #[test]
    fn exempt_are_people_and_roles() {
        assert!(!Settings::default().exempts(&at()));
        let roles = Settings { exempt_roles: [Id(6)].into(), ..Settings::default() };
        let users = Settings { exempt_users: [Id(4)].into(), ..Settings::default() };
        assert!(roles.exempts(&at()) && users.exempts(&at()));
        assert!(!roles.exempts(&Whereabouts::default()));
    }

    #[test]
    fn written_settings_can_be_read() {
        let mut settings = Settings { review_channel: Some(Id(7)), ..Settings::default() };
        settings.rules.insert(Scope::Channel(Id(1_234_567_890_123_456_789)), Mode::Off);
        settings.exempt_users.insert(Id(4));
        let json = serde_json::to_string_pretty(&settings).expect("JSON");
        insta::assert_snapshot!(json, @r#"
        {
          "mode": "reply",
          "rules": {
            "channel:1234567890123456789": "off"
          },
          "sensitivity": "normal",
          "review_channel": "7",
          "cooldowns": {
            "answer_s": 1800,
            "channel_s": 300,
            "person_s": 600,
            "dismissed_s": 86400,
            "per_hour": 20
          },
          "style": {
            "length": "full",
            "place": "channel",
            "commands": "usual"
          },
          "exempt_roles": [],
          "exempt_users": [
            "4"
          ]
        }
        "#);
        assert_eq!(serde_json::from_str::<Settings>(&json).ok(), Some(settings));
        assert_eq!(serde_json::from_str::<Settings>("{}").ok(), Some(Settings::default()));
    }

    #[test]
    fn what_is_wrong_is_told() {
        let read = |json| serde_json::from_str::<Settings>(json).expect_err("wrong").to_string();
        insta::assert_snapshot!(read(r#"{"mode": "loud"}"#), @"unknown variant `loud`, expected one of `reply`, `review`, `off` at line 1 column 15");
        insta::assert_snapshot!(read(r#"{"mod": "off"}"#), @"unknown field `mod`, expected one of `mode`, `rules`, `sensitivity`, `review_channel`, `cooldowns`, `style`, `exempt_roles`, `exempt_users` at line 1 column 6");
        insta::assert_snapshot!(read(r#"{"rules": {"channel:x": "off"}}"#), @"`channel:x` is not one of thread:ID, channel:ID, category:ID, role:ID at line 1 column 22");
        insta::assert_snapshot!(read(r#"{"review_channel": "0"}"#), @"an id is a number of up to 20 digits, in quotation marks at line 1 column 23");
        let mut settings = Settings::default();
        settings.cooldowns.answer_s = 604_801;
        settings.cooldowns.per_hour = 1001;
        settings.exempt_users = (1..=101).map(Id).collect();
        settings.rules = (1..=201).map(|id| (Scope::Role(Id(id)), Mode::Off)).collect();
        insta::assert_snapshot!(settings.faults().join("\n"), @r"
        There are more than 200 rules: remove some.
        `exempt_users` has more than 100 entries: remove some.
        `cooldowns.answer_s` is more than a week (604800 seconds).
        `cooldowns.per_hour` is more than 1000.
        ");
        assert!(Settings::default().faults().is_empty());
    }
}
