//! One reply per message, ever.

use loopback_discord::Fault;
use mythbot::discord::Heard;
use mythbot::policy::Reason;
use serde_json::{Value, json};

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const POST: &str = "POST /channels/{channel_id}/messages";

#[tokio::test]
async fn an_event_that_comes_twice() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    stage.heard(&message).await;
    message.is_told_again().await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
    message.replies().await_one().await;
}

#[tokio::test]
async fn an_event_that_comes_again_after_a_restart() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    stage.restart().await;
    message.is_told_again().await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
    message.replies().await_one().await;
}

#[tokio::test]
async fn two_processes() {
    let mut stage = Stage::new().await;
    let mut second = stage.second_bot().await;
    for _ in 0..5 {
        let message = stage.says(CLAIM).await;
        let heard = [stage.heard(&message).await, second.heard(&message).await];
        let replied = heard.iter().filter(|heard| matches!(heard, Heard::Replied { .. }));
        assert_eq!(replied.count(), 1, "{heard:?}");
        assert!(heard.contains(&Heard::Silent(Reason::AlreadyAnswered)), "{heard:?}");
        message.replies().await_one().await;
    }
}

#[tokio::test]
async fn an_answer_from_discord_that_is_lost() {
    let mut stage = Stage::new().await;
    stage.discord.fault_next(POST, Fault::ResetAfter);
    let message = stage.says(CLAIM).await;
    // The bot tries again, and Discord knows the nonce.
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
    let requests = stage.discord.requests();
    let nonces = requests.iter().filter(|request| request.name() == POST);
    let nonces: Vec<&Value> = nonces.map(|request| &request.body["nonce"]).collect();
    let nonce = json!(message.id().to_string());
    assert_eq!(nonces, [&nonce, &nonce]);
}

#[tokio::test]
async fn a_moment_of_trouble_at_discord() {
    let mut stage = Stage::new().await;
    stage.discord.fail_next(POST, 500, json!({"message": "500: Internal Server Error", "code": 0}));
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
}

#[tokio::test]
async fn longer_trouble_at_discord_costs_the_reply() {
    let mut stage = Stage::new().await;
    for _ in 0..2 {
        stage.discord.fail_next(POST, 503, json!({"message": "upstream", "code": 0}));
    }
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: None });
    // Nobody knows whether the reply stands, so there is no second try, ever.
    message.is_told_again().await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
}
