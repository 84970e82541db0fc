//! The file that `export` writes and `import` reads: all that moderators of a server have set, apart
//! from pinned answers. Pure functions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cards;
use crate::knowledge::Knowledge;
use crate::policy::{Settings, phrases};
use crate::store::{Mute, Phrase};

/// The form of the file, for those that come later.
const FORM: u32 = 1;

/// Most bytes of a file.
pub(super) const LARGEST: u32 = 64 * 1024;

/// Most muted phrases of a server, and most characters of the name of one.
const MOST_MUTES: usize = 500;
const MUTE: usize = 200;

/// Most faults that are told at once.
const TOLD: usize = 10;

/// All that moderators of a server have set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "what /mythconfig export writes")]
pub(super) struct File {
    /// [`FORM`].
    mythbot: u32,
    pub(super) settings: Settings,
    phrases: Vec<Own>,
    mutes: Vec<Muted>,
}

/// Words that are tied to an answer, or to silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    phrase: String,
    /// None is silence; to leave it out is an oversight.
    #[serde(deserialize_with = "Option::deserialize")]
    answer: Option<String>,
}

/// A phrase of the knowledge that is not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Muted {
    answer: String,
    phrase: String,
}

/// What is in a file, as it is stored.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub(super) phrases: Vec<Phrase>,
    pub(super) mutes: Vec<Mute>,
}

/// Where something is put, by whom and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct By {
    pub(super) guild_id: i64,
    pub(super) user_id: i64,
    pub(super) at_ms: i64,
}

/// The file with these settings.
pub(super) fn write(
    settings: &Settings,
    phrases: &[Phrase],
    mutes: &[Mute],
) -> Result<String, serde_json::Error> {
    let own =
        |phrase: &Phrase| Own { phrase: phrase.written.clone(), answer: phrase.answer.clone() };
    let silenced = |mute: &Mute| Muted { answer: mute.answer.clone(), phrase: mute.phrase.clone() };
    serde_json::to_string_pretty(&File {
        mythbot: FORM,
        settings: settings.clone(),
        phrases: phrases.iter().map(own).collect(),
        mutes: mutes.iter().map(silenced).collect(),
    })
}

/// Reads a file, or says in sentences what is wrong with it and what to do.
pub(super) fn read(
    bytes: &[u8],
    knowledge: &Knowledge,
    by: By,
) -> Result<(Settings, Stored), Vec<String>> {
    let file: File = serde_json::from_slice(bytes).map_err(|error| vec![unreadable(&error)])?;
    let mut faults = Vec::new();
    if file.mythbot != FORM {
        faults.push(format!(
            "`mythbot` is {}: this bot reads files of form {FORM} only. Export the settings again \
             with the same version of the bot.",
            file.mythbot
        ));
    }
    let settings = file.settings.faults();
    faults.extend(settings.into_iter().map(|fault| format!("`settings`: {fault}")));
    let phrases = phrases(&file.phrases, knowledge, by, &mut faults);
    let mutes = mutes(&file.mutes, knowledge, by, &mut faults);
    if faults.is_empty() { Ok((file.settings, Stored { phrases, mutes })) } else { Err(faults) }
}

/// What `serde_json` says, with what to do about it.
fn unreadable(error: &serde_json::Error) -> String {
    /// Most characters of what is shown of it: it may name what the file says.
    const SHOWN: usize = 300;
    let what = cards::quoted(&error.to_string(), SHOWN);
    let remedy = match error.classify() {
        serde_json::error::Category::Data => "Correct that line, or export the settings again.",
        _ => "This is no complete JSON file. Export the settings again, and change only values.",
    };
    format!("{what}. {remedy}")
}

fn phrases(own: &[Own], knowledge: &Knowledge, by: By, faults: &mut Vec<String>) -> Vec<Phrase> {
    if own.len() > usize::from(phrases::MOST) {
        faults.push(format!("`phrases` has more than {} entries: remove some.", phrases::MOST));
        return vec![];
    }
    let mut seen = BTreeSet::new();
    let mut phrases = Vec::new();
    for (own, number) in own.iter().zip(0_i64..) {
        let place = format!("`phrases[{number}]`");
        faults.extend(own.answer.as_ref().and_then(|id| unknown(&place, id, knowledge)));
        match compared(&own.phrase) {
            Ok(phrase) if seen.insert(phrase.clone()) => phrases.push(Phrase {
                guild_id: by.guild_id,
                phrase,
                written: own.phrase.trim().to_owned(),
                answer: own.answer.clone(),
                set_by: by.user_id,
                // In this order.
                at_ms: by.at_ms + number,
            }),
            Ok(_) => faults.push(format!("{place} is there twice: remove one of them.")),
            Err(fault) => faults.push(format!("{place}: {fault}")),
        }
    }
    phrases
}

/// The form in which a phrase is compared with messages, as the command that sets one makes it.
fn compared(written: &str) -> Result<String, String> {
    phrases::read(written).map_err(|unfit| unfit.to_string())
}

fn mutes(muted: &[Muted], knowledge: &Knowledge, by: By, faults: &mut Vec<String>) -> Vec<Mute> {
    if muted.len() > MOST_MUTES {
        faults.push(format!("`mutes` has more than {MOST_MUTES} entries: remove some."));
        return vec![];
    }
    let mut seen = BTreeSet::new();
    let mut stored = Vec::new();
    for (muted, number) in muted.iter().zip(0_i64..) {
        let place = format!("`mutes[{number}]`");
        faults.extend(unknown(&place, &muted.answer, knowledge));
        let length = muted.phrase.chars().count();
        if length == 0 || length > MUTE {
            faults.push(format!("{place}: `phrase` has 1 to {MUTE} characters."));
        }
        if !seen.insert((&muted.answer, &muted.phrase)) {
            faults.push(format!("{place} is there twice: remove one of them."));
        }
        stored.push(Mute {
            guild_id: by.guild_id,
            answer: muted.answer.clone(),
            phrase: muted.phrase.clone(),
            set_by: by.user_id,
            at_ms: by.at_ms + number,
        });
    }
    stored
}

fn unknown(place: &str, id: &str, knowledge: &Knowledge) -> Option<String> {
    /// Most characters of what is shown of an id that is none.
    const SHOWN: usize = 40;
    if knowledge.myth(id).is_some() {
        return None;
    }
    let known: Vec<String> =
        knowledge.myths.iter().take(TOLD).map(|myth| format!("`{}`", myth.id())).collect();
    let id = cards::quoted(id, SHOWN);
    Some(format!("{place}: there is no answer “{id}”. There are {}.", known.join(", ")))
}

/// What is wrong with a file, in a message.
pub(super) fn faults(faults: &[String]) -> String {
    /// Most characters of a message are 2,000; the longest fault has some 700.
    const MOST: usize = 1500;
    let mut text = "Nothing was changed, because the file has faults:".to_owned();
    for (number, fault) in faults.iter().enumerate() {
        if number == TOLD || text.chars().count() + fault.chars().count() > MOST {
            let more = format!("\n- … and {} more.", faults.len() - number);
            text.push_str(&more);
            break;
        }
        text.push_str("\n- ");
        text.push_str(fault);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;
    use crate::policy::settings::{Id, Mode, Scope};

    const BY: By = By { guild_id: 3, user_id: 7, at_ms: 1000 };

    fn settings() -> Settings {
        Settings {
            rules: [(Scope::Channel(Id(2)), Mode::Off)].into(),
            review_channel: Some(Id(9)),
            ..Settings::default()
        }
    }

    fn phrase(written: &str, answer: Option<&str>, at_ms: i64) -> Phrase {
        Phrase {
            guild_id: 3,
            phrase: written.to_lowercase(),
            written: written.to_owned(),
            answer: answer.map(str::to_owned),
            set_by: 7,
            at_ms,
        }
    }

    fn told(json: &str) -> String {
        faults(&read(json.as_bytes(), &fixture::knowledge(), BY).expect_err("faults"))
    }

    #[test]
    fn what_was_exported_can_be_imported() {
        let phrases =
            [phrase("Flying Mice", Some("blind-bats"), 1000), phrase("pub quiz", None, 1001)];
        let mutes = [Mute {
            guild_id: 3,
            answer: "blind-bats".to_owned(),
            phrase: "bats are blind".to_owned(),
            set_by: 7,
            at_ms: 1000,
        }];
        let text = write(&settings(), &phrases, &mutes).expect("JSON");
        insta::assert_snapshot!(text, @r#"
        {
          "mythbot": 1,
          "settings": {
            "mode": "reply",
            "rules": {
              "channel:2": "off"
            },
            "sensitivity": "normal",
            "review_channel": "9",
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
            "exempt_users": []
          },
          "phrases": [
            {
              "phrase": "Flying Mice",
              "answer": "blind-bats"
            },
            {
              "phrase": "pub quiz",
              "answer": null
            }
          ],
          "mutes": [
            {
              "answer": "blind-bats",
              "phrase": "bats are blind"
            }
          ]
        }
        "#);
        let (read_settings, stored) =
            read(text.as_bytes(), &fixture::knowledge(), BY).expect("sound");
        assert_eq!(read_settings, settings());
        assert_eq!((&stored.phrases[..], &stored.mutes[..]), (&phrases[..], &mutes[..]));
    }

    #[test]
    fn faults_have_a_place_and_a_remedy() {
        insta::assert_snapshot!(told("{"), @r"
        Nothing was changed, because the file has faults:
        - EOF while parsing an object at line 1 column 1. This is no complete JSON file. Export the settings again, and change only values.
        ");
        insta::assert_snapshot!(told("[]"), @r"
        Nothing was changed, because the file has faults:
        - invalid length 0, expected what /mythconfig export writes at line 1 column 2. Correct that line, or export the settings again.
        ");
        insta::assert_snapshot!(told(r#"{"mythbot": 1, "settings": {"mode": "loud"}}"#), @r"
        Nothing was changed, because the file has faults:
        - unknown variant \`loud\`, expected one of \`reply\`, \`review\`, \`off\` at line 1 column 42. Correct that line, or export the settings again.
        ");
        insta::assert_snapshot!(told(r#"{"mythbot": 1, "settings": {}, "pins": []}"#), @r"
        Nothing was changed, because the file has faults:
        - unknown field \`pins\`, expected one of \`mythbot\`, \`settings\`, \`phrases\`, \`mutes\` at line 1 column 37. Correct that line, or export the settings again.
        ");
        insta::assert_snapshot!(told(r#"{"mythbot": 1, "settings": {}, "phrases": [{"phrase": "a b"}]}"#), @r"
        Nothing was changed, because the file has faults:
        - missing field \`answer\` at line 1 column 60. Correct that line, or export the settings again.
        ");
        insta::assert_snapshot!(told(r#"{
            "mythbot": 2,
            "settings": {"cooldowns": {"answer_s": 999999999}},
            "phrases": [
                {"phrase": "Pub Quiz", "answer": null},
                {"phrase": "pub quiz", "answer": "blind-bat"},
                {"phrase": " ", "answer": null}
            ],
            "mutes": [
                {"answer": "blind-bats", "phrase": ""},
                {"answer": "blind-bats", "phrase": ""}
            ]
        }"#), @r"
        Nothing was changed, because the file has faults:
        - `mythbot` is 2: this bot reads files of form 1 only. Export the settings again with the same version of the bot.
        - `settings`: `cooldowns.answer_s` is more than a week (604800 seconds).
        - `phrases[1]`: there is no answer “blind-bat”. There are `blind-bats`, `goldfish-memory`.
        - `phrases[1]` is there twice: remove one of them.
        - `phrases[2]`: There are no words in this phrase. Links, mentions, emoji, code and quoted lines do not count; please write the words themselves.
        - `mutes[0]`: `phrase` has 1 to 200 characters.
        - `mutes[1]`: `phrase` has 1 to 200 characters.
        - `mutes[1]` is there twice: remove one of them.
        ");
    }

    #[test]
    fn nothing_grows_without_bound() {
        let deep = format!(r#"{{"mythbot": 1, "settings": {}"#, "[".repeat(60_000));
        assert!(told(&deep).len() < 600, "{}", told(&deep));
        let many = r#"{"phrase": "x", "answer": null},"#.repeat(201);
        let many = format!(
            r#"{{"mythbot": 1, "settings": {{}}, "phrases": [{}], "mutes": []}}"#,
            many.trim_end_matches(',')
        );
        insta::assert_snapshot!(told(&many), @r"
        Nothing was changed, because the file has faults:
        - `phrases` has more than 200 entries: remove some.
        ");
        let wrong: Vec<String> = (0..150)
            .map(|n| format!(r#"{{"phrase": "xylophone {n}", "answer": "{}"}}"#, "@".repeat(300)))
            .collect();
        let wrong = format!(
            r#"{{"mythbot": 1, "settings": {{}}, "phrases": [{}], "mutes": []}}"#,
            wrong.join(",")
        );
        let told = told(&wrong);
        assert!(told.chars().count() < 2000);
        assert!(told.ends_with("and 141 more."), "{told}");
        let unknown = format!(r#"{{"mythbot": 1, "settings": {{"{}": 1}}}}"#, "@".repeat(3000));
        assert!(
            super::faults(
                &read(unknown.as_bytes(), &fixture::knowledge(), BY).expect_err("faults")
            )
            .chars()
            .count()
                < 1000
        );
    }
}
