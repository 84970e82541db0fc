//! What a life that was killed has left half done, its successor brings to an end, once.

use std::time::Duration;

use loopback_discord::MessageHandle;
use mythbot::discord::Heard;
use mythbot::policy::Reason;
use mythbot::policy::settings::Mode;

use crate::review::Asked;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const NOT_NOTED: &str = "UPDATE replies SET reply_id = NULL";

/// A bot that stops after it has replied.
async fn replied() -> (Stage, MessageHandle, MessageHandle) {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    stage.stops().await;
    (stage, message, reply)
}

#[tokio::test]
async fn a_reply_that_was_not_noted_is_found() {
    let (mut stage, message, reply) = replied().await;
    stage.sql(NOT_NOTED).await;
    stage.starts().await;
    assert_eq!(stage.bot.settled().await, (1, 0, 0));
    assert_eq!(message.replies().await_one().await.id(), reply.id());
    // The bot knows it again.
    message.delete().await;
    while reply.exists() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_message_that_was_taken_gets_its_reply() {
    let (mut stage, message, reply) = replied().await;
    reply.delete().await;
    stage.sql(NOT_NOTED).await;
    stage.starts().await;
    assert_eq!(stage.bot.settled().await, (1, 0, 0));
    assert_ne!(message.replies().await_one().await.id(), reply.id());
    message.is_told_again().await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
}

#[tokio::test]
async fn a_message_that_was_taken_long_ago_is_given_back() {
    let (mut stage, message, reply) = replied().await;
    reply.delete().await;
    stage.sql(NOT_NOTED).await;
    stage.discord.advance(Duration::from_mins(6));
    stage.starts().await;
    assert_eq!(stage.bot.settled().await, (1, 0, 0));
    assert!(message.replies().all().is_empty());
    assert_eq!(stage.count("SELECT COUNT(*) FROM replies").await, 0);
}

#[tokio::test]
async fn a_reply_that_was_taken_back_and_still_stands_goes() {
    let (mut stage, _message, reply) = replied().await;
    stage.sql("UPDATE replies SET state = 'dismissed', state_ms = at_ms").await;
    stage.starts().await;
    assert_eq!(stage.bot.settled().await, (1, 0, 0));
    assert!(!reply.exists());
}

/// A card about which the database says something that Discord does not show.
async fn decided(state: &'static str) -> (Asked, MessageHandle, MessageHandle) {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    asked.stage.stops().await;
    asked.stage.sql(state).await;
    asked.stage.starts().await;
    assert_eq!(asked.stage.bot.settled().await, (0, 1, 0));
    (asked, message, card)
}

#[tokio::test]
async fn a_decision_to_post_is_carried_out() {
    let posted = "UPDATE reviews SET state = 'posted', decided_by = author_id, decided_ms = at_ms";
    let (asked, message, card) = decided(posted).await;
    message.replies().await_one().await;
    assert!(card.buttons().is_empty());
    assert!(card.text().contains("had [the answer]"), "{}", card.text());
    let log = asked.mo.runs(&asked.stage.channel, "/mythmod log").await;
    assert!(log.embed().description.clone().unwrap_or_default().contains("answered with"));
}

#[tokio::test]
async fn a_decision_that_the_card_does_not_show_is_shown() {
    let declined =
        "UPDATE reviews SET state = 'declined', decided_by = author_id, decided_ms = at_ms";
    let (_asked, message, card) = decided(declined).await;
    assert!(message.replies().all().is_empty());
    assert!(card.buttons().is_empty());
    assert!(card.text().contains("Not this one"), "{}", card.text());
}

#[tokio::test]
async fn a_card_that_was_not_noted_is_found() {
    let (mut asked, _, card) = decided("UPDATE reviews SET card_id = NULL").await;
    asked.mo.clicks(&card, "Not this one").await;
    asked.stage.restart().await;
    assert_eq!(asked.stage.bot.settled().await, (0, 0, 0));
    assert_eq!(asked.room.messages().len(), 1);
}

#[tokio::test]
async fn moderators_that_were_not_asked_are_asked() {
    let mut asked = Asked::new(Mode::Review).await;
    let (_, card) = asked.card(CLAIM).await;
    asked.stage.stops().await;
    card.delete().await;
    asked.stage.sql("UPDATE reviews SET card_id = NULL").await;
    asked.stage.starts().await;
    assert_eq!(asked.stage.bot.settled().await, (0, 1, 0));
    let again = &asked.room.messages()[..];
    assert!(matches!(again, [again] if again.buttons().len() == 3), "{again:?}");
}
