//! What a button carries can be made up by anybody: it is refused, and changes nothing.

use loopback_discord::world::{Component, MessageDraft};
use loopback_discord::{MessageHandle, Permissions};
use mythbot::discord::Heard;
use mythbot::policy::settings::Mode;
use serde_json::json;

use crate::review::Asked;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const LABEL: &str = "Press";

/// A message of the bot with a button that the bot never made.
async fn button(stage: &Stage, custom_id: &str) -> MessageHandle {
    let row: Component = serde_json::from_value(json!({
        "type": 1,
        "components": [{"type": 2, "style": 2, "label": LABEL, "custom_id": custom_id}],
    }))
    .expect("a row");
    let draft = MessageDraft { components: vec![row], ..MessageDraft::text("Hello") };
    stage.discord.bot().posts(&stage.channel, draft).await
}

#[tokio::test]
async fn ids_that_are_none_of_ours() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    let mo = stage.moderator("Mo").await;
    let before = stage.counted().await;
    for id in [
        "details:no-such-answer",
        "details:../../etc/passwd",
        "details:@everyone",
        "post:",
        "pick:\u{202e}",
        "why:0",
        "why:1",
        "why:9223372036854775807",
        "why:9223372036854775808",
        "why:99999999999999999999999999",
        "dismiss:-1",
        "dismiss:+1",
        "dismiss:1; DROP TABLE replies",
        "review-post:1",
        "review-post:0x10",
        "review-mute:١٢٣",
        "review-all:1",
        "reset:0",
        "reset:1",
        ":::",
    ] {
        let made_up = button(&stage, id).await;
        let pressed = mo.clicks(&made_up, LABEL).await;
        assert!(pressed.is_ephemeral() && pressed.pings_nobody(), "{id}");
        assert!(pressed.embeds().is_empty(), "{id}: {}", pressed.text());
        assert!(made_up.exists() && made_up.buttons() == [LABEL], "{id}");
    }
    assert!(reply.exists());
    assert_eq!(stage.counted().await, before);
}

#[tokio::test]
async fn the_button_of_another_reply_deletes_nothing() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    let made_up = button(&stage, &format!("dismiss:{}", message.id())).await;
    let pressed = stage.ann.clicks(&made_up, LABEL).await;
    assert!(pressed.text().contains("no longer knows about this reply"), "{}", pressed.text());
    assert!(made_up.exists() && reply.exists());
    assert!(!stage.counted().await.contains("dismissed"));
}

#[tokio::test]
async fn nobody_reads_messages_of_other_places_through_a_button() {
    let mut stage = Stage::new().await;
    let staff = stage.guild.text_channel("staff");
    let elsewhere = stage.discord.guild("Observer").text_channel("lobby");
    let bob = stage.discord.guild("Observer").member("Bob");
    let owner = stage.guild.owner();
    let secret = "secretly the moon is made of cheese";
    let mut messages = Vec::new();
    for (who, channel) in [(&owner, &staff), (&bob, &elsewhere)] {
        let message = stage.hears(who, channel, secret).await;
        assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
        messages.push(message);
    }
    staff.deny(&stage.guild.everyone(), Permissions::VIEW_CHANNEL);
    for message in messages {
        let made_up = button(&stage, &format!("why:{}", message.id())).await;
        let mark = stage.discord.mark();
        let told = stage.ann.clicks(&made_up, LABEL).await.text();
        assert!(told.contains("no longer knows why"), "{told}");
        let read = stage.discord.requests_since(mark);
        assert!(read.iter().all(|request| request.method != "GET"), "{read:#?}");
    }
}

#[tokio::test]
async fn the_card_of_another_message_decides_nothing() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    let made_up = button(&asked.stage, &format!("review-post:{}", message.id())).await;
    let told = asked.mo.clicks(&made_up, LABEL).await.text();
    assert!(told.contains("no longer knows about this message"), "{told}");
    assert!(message.replies().all().is_empty());
    assert_eq!(card.buttons().len(), 3);
}
