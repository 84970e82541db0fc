//! Settings are carried to another server, and set back.

use std::time::Duration;

use loopback_discord::{InteractionResult, MessageHandle};
use mythbot::discord::Heard;
use mythbot::policy::Reason;
use mythbot::store::{Mute, Phrase};

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const RESET: &str = "Set everything back";

impl Stage {
    fn guild_id(&self) -> i64 {
        self.guild.id().to_string().parse().expect("a number")
    }

    async fn exports(&self) -> String {
        let told = self.guild.owner().runs(&self.channel, "/mythconfig export").await;
        assert!(told.is_ephemeral());
        let mut files = told.files();
        assert_eq!(files.len(), 1);
        let (name, text) = files.remove(0);
        assert_eq!(name, "mythbot-settings.json");
        text
    }

    async fn imports(&self, text: &str) -> InteractionResult {
        let owner = self.guild.owner();
        let file = owner.uploads("settings.json", text);
        let told = owner.runs(&self.channel, &format!("/mythconfig import {file}")).await;
        assert!(told.is_ephemeral());
        told
    }

    /// Moderators have tied words to silence and muted a phrase of the knowledge.
    async fn has_phrases(&self) {
        let store = self.store().await;
        let phrase = Phrase {
            guild_id: self.guild_id(),
            phrase: "pub quiz".to_owned(),
            written: "pub quiz".to_owned(),
            answer: None,
            set_by: 7,
            at_ms: 1000,
        };
        assert!(store.save_phrase(&phrase, 200).await.expect("saved"));
        let mute = Mute {
            guild_id: self.guild_id(),
            answer: "moon-landing".to_owned(),
            phrase: "the landing was staged".to_owned(),
            set_by: 7,
            at_ms: 1000,
        };
        assert!(store.mute(&mute).await.expect("muted"));
    }

    async fn phrases(&self) -> (usize, usize) {
        let store = self.store().await;
        let phrases = store.phrases(self.guild_id()).await.expect("asked");
        (phrases.len(), store.mutes(self.guild_id()).await.expect("asked").len())
    }

    /// A button of the bot that was made up.
    async fn forged(&self, custom_id: &str) -> MessageHandle {
        let draft = serde_json::from_value(serde_json::json!({
            "content": "?",
            "components": [{"type": 1, "components": [
                {"type": 2, "style": 4, "label": RESET, "custom_id": custom_id}
            ]}],
        }));
        self.discord.bot().posts(&self.channel, draft.expect("a message")).await
    }
}

#[tokio::test]
async fn what_is_exported_can_be_imported() {
    let mut stage = Stage::new().await;
    stage.has_phrases().await;
    stage.sets("/mythconfig mode off where:general").await;
    let exported = stage.exports().await;
    let shown = exported.replace(&stage.channel.id().to_string(), "GENERAL");
    insta::assert_snapshot!(shown, @r#"
    {
      "mythbot": 1,
      "settings": {
        "mode": "reply",
        "rules": {
          "channel:GENERAL": "off"
        },
        "sensitivity": "normal",
        "review_channel": null,
        "cooldowns": {
          "answer_s": 0,
          "channel_s": 0,
          "person_s": 0,
          "dismissed_s": 0,
          "per_hour": 0
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
          "phrase": "pub quiz",
          "answer": null
        }
      ],
      "mutes": [
        {
          "answer": "moon-landing",
          "phrase": "the landing was staged"
        }
      ]
    }
    "#);
    // Everything is set back, and comes back with the file.
    let question = stage.guild.owner().runs(&stage.channel, "/mythconfig reset").await;
    stage.guild.owner().clicks(&question, RESET).await;
    assert_eq!(stage.phrases().await, (0, 0));
    assert_ne!(stage.exports().await, exported);
    let told = stage.imports(&exported).await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    All settings of this server are now those of the file, with 1 rule, 1 phrase and 1 muted phrase. `/mythconfig show` tells what applies.
    ");
    assert_eq!(stage.exports().await, exported);
    assert_eq!(stage.phrases().await, (1, 1));
    let log = stage.sets("/mythmod log").await;
    assert!(log.contains("imported settings with 1 rule, 1 phrase and 1 muted phrase"), "{log}");
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing() {
    let stage = Stage::new().await;
    stage.has_phrases().await;
    let before = stage.exports().await;
    let told = stage
        .imports(
            r#"{"mythbot": 1, "settings": {"mode": "off"}, "phrases": [
                {"phrase": "moon rocks", "answer": "moon-chese"}
            ], "mutes": []}"#,
        )
        .await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    Nothing was changed, because the file has faults:
    - `phrases[0]`: there is no answer “moon-chese”. There are `moon-cheese`, `moon-landing`.
    ");
    insta::assert_snapshot!(stage.imports("not JSON @everyone").await.shown(), @r"
    (for one person)
    Nothing was changed, because the file has faults:
    - expected ident at line 1 column 2. This is no complete JSON file. Export the settings again, and change only values.
    ");
    insta::assert_snapshot!(stage.imports(r#"{"mythbot": 1, "settings": {"mod": "off"}}"#).await.shown(), @r"
    (for one person)
    Nothing was changed, because the file has faults:
    - unknown field \`mod\`, expected one of \`mode\`, \`rules\`, \`sensitivity\`, \`review\_channel\`, \`cooldowns\`, \`style\`, \`exempt\_roles\`, \`exempt\_users\` at line 1 column 33. Correct that line, or export the settings again.
    ");
    insta::assert_snapshot!(stage.imports(&" ".repeat(70_000)).await.shown(), @r"
    (for one person)
    The file is larger than 64 KB, so that it cannot be one that `/mythconfig export` wrote. Nothing was changed.
    ");
    assert!(stage.imports(&"[".repeat(60_000)).await.shown().contains("Nothing was changed"));
    assert!(stage.imports("").await.shown().contains("Nothing was changed"));
    assert_eq!(stage.exports().await, before);
}

#[tokio::test]
async fn excerpts_of_messages_go_to_no_other_server() {
    let stage = Stage::new().await;
    let elsewhere = stage.discord.guild("Observer").text_channel("spies");
    let hidden = stage.discord.guild_without_bot("Mirror").text_channel("spies");
    stage.discord.tolerate(50001);
    stage.discord.tolerate(10003);
    for channel in [&elsewhere, &hidden] {
        let id = channel.id();
        let file = format!(
            r#"{{"mythbot": 1, "settings": {{"review_channel": "{id}"}}, "phrases": [], "mutes": []}}"#
        );
        let told = stage.imports(&file).await.shown().replace(&id.to_string(), "SPIES");
        insta::allow_duplicates! { insta::assert_snapshot!(told, @r"
        (for one person)
        Nothing was changed, because the file has faults:
        - `settings.review_channel`: SPIES is no channel of this server that the bot can see. Put `null` there, and choose one with `/mythconfig review` afterwards.
        "); }
    }
    let staff = stage.guild.text_channel("staff").id();
    let file = format!(
        r#"{{"mythbot": 1, "settings": {{"review_channel": "{staff}"}}, "phrases": [], "mutes": []}}"#
    );
    assert!(stage.imports(&file).await.shown().contains("All settings of this server"));
}

#[tokio::test]
async fn reset_asks_first() {
    let mut stage = Stage::new().await;
    stage.has_phrases().await;
    stage.sets("/mythconfig mode off").await;
    let question = stage.guild.owner().runs(&stage.channel, "/mythconfig reset").await;
    insta::assert_snapshot!(question.shown(), @r"
    (for one person)
    This sets all settings of this server back to how they are when the bot is new, and removes 0 rules, 0 exemptions, 1 phrase and 1 muted phrase. Pinned answers stay. `/mythconfig export` keeps a copy. Are you sure?
    [ Set everything back ]
    ");
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
    stage.restart().await;
    let done = stage.guild.owner().clicks(&question, RESET).await;
    assert!(done.is_update());
    insta::assert_snapshot!(done.shown(), @r"
    (for one person)
    Everything is set back. The bot now speaks by itself in this server, with the usual cooldowns.
    ");
    assert_eq!(stage.phrases().await, (0, 0));
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    assert!(stage.sets("/mythmod log").await.contains("set everything back"));
}

#[tokio::test]
async fn a_question_from_long_ago_is_void() {
    let mut stage = Stage::new().await;
    stage.sets("/mythconfig mode off").await;
    let question = stage.guild.owner().runs(&stage.channel, "/mythconfig reset").await;
    stage.discord.advance(Duration::from_mins(11));
    insta::assert_snapshot!(stage.guild.owner().clicks(&question, RESET).await.shown(), @r"
    (for one person)
    This question is older than ten minutes. Nothing was changed. Use `/mythconfig reset` again.
    ");
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
}

#[tokio::test]
async fn only_those_who_manage_the_server_may_reset_it() {
    let mut stage = Stage::new().await;
    stage.sets("/mythconfig mode off").await;
    let button = stage.forged(&format!("reset:{}", stage.guild.id())).await;
    insta::assert_snapshot!(stage.ann.clicks(&button, RESET).await.shown(), @r"
    (for one person)
    Only those who may manage this server can do that. Nothing was changed.
    ");
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
}

#[tokio::test]
async fn a_button_for_another_server_does_nothing() {
    let stage = Stage::new().await;
    stage.sets("/mythconfig mode off").await;
    let other = stage.discord.guild("Observer");
    let store = stage.store().await;
    let id: i64 = other.id().to_string().parse().expect("a number");
    assert!(store.save_settings(id, r#"{"mode": "off"}"#, 0).await.expect("saved"));
    let button = stage.forged(&format!("reset:{}", other.id())).await;
    insta::assert_snapshot!(stage.guild.owner().clicks(&button, RESET).await.shown(), @r"
    (for one person)
    This button is for another server. Nothing was changed. Use `/mythconfig reset` in the server that you mean.
    ");
    let saved = store.settings(id).await.expect("asked").expect("there");
    assert_eq!((saved.settings.as_str(), saved.version), (r#"{"mode": "off"}"#, 1));
}
