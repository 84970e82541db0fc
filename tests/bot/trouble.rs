//! What goes wrong inside the bot stays inside, and is found again by a number.

use loopback_discord::world::{Component, MessageDraft};
use mythbot::discord::Heard;
use serde_json::json;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "surely the moon is made of cheese, Bob";

#[tokio::test]
async fn an_internal_error_is_a_number_for_people() {
    let stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.sql("UPDATE replies SET grounds = 'no JSON'").await;
    let why = stage.ann.starts_click(&reply, "Why this reply?").await;
    let incident = why.id().to_string();
    let shown = why.answer().await.shown().replace(&incident, "NUMBER");
    insta::assert_snapshot!(shown, @r#"
    (for one person)
    Something went wrong in the bot; it is not your fault. If it happens again, tell the people who run it this number: NUMBER.
    "#);
}

#[tokio::test]
async fn without_its_database_the_bot_keeps_silent() {
    let mut stage = Stage::new().await;
    stage.sql("DROP TABLE replies").await;
    let mark = stage.discord.mark();
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: None });
    assert!(stage.discord.requests_since(mark).is_empty());
}

#[tokio::test]
async fn the_database_holds_no_words_of_people() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    stage.ann.clicks(&reply, "Why this reply?").await;
    stage.ann.runs(&stage.channel, "/myth ask surely Bob").await;
    for file in stage.database_files() {
        let bytes = std::fs::read(&file).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        for word in ["surely", "Bob", "Ann"] {
            assert!(!text.contains(word), "{word} is in {}", file.display());
        }
    }
}

#[tokio::test]
async fn a_button_of_another_time_is_answered() {
    let stage = Stage::new().await;
    let row: Component = serde_json::from_value(json!({
        "type": 1,
        "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": "old:1"}],
    }))
    .expect("a row");
    let draft = MessageDraft { components: vec![row], ..MessageDraft::text("Hello") };
    let message = stage.discord.bot().posts(&stage.channel, draft).await;
    let pressed = stage.ann.clicks(&message, "Old").await;
    insta::assert_snapshot!(pressed.shown(), @r#"
    (for one person)
    The bot does not know this button any more. `/myth list` shows every answer.
    "#);
}
