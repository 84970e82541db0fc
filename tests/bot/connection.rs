//! Connections break, and the bot goes on; it is told to stop, and finishes what it began.

use std::time::Duration;

use loopback_discord::{Fault, Intents};
use mythbot::discord::Heard;
use serde_json::json;

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

#[tokio::test]
async fn it_asks_for_no_more_than_it_needs() {
    let stage = Stage::new().await;
    let needed = Intents::GUILDS
        | Intents::GUILD_MESSAGES
        | Intents::DIRECT_MESSAGES
        | Intents::MESSAGE_CONTENT;
    assert_eq!(stage.discord.gateway().intents(), [needed]);
}

#[tokio::test]
async fn a_connection_that_breaks_is_taken_up_again() {
    let stage = Stage::new().await;
    stage.discord.gateway().drop_connections();
    stage.discord.gateway().resumed(1).await;
    stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn discord_may_ask_for_another_connection() {
    let stage = Stage::new().await;
    stage.discord.gateway().ask_to_reconnect();
    stage.discord.gateway().resumed(1).await;
    stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn what_it_does_not_know_does_not_disturb_it() {
    let stage = Stage::new().await;
    stage.discord.gateway().add_unknown_fields(true);
    stage.discord.gateway().send_event("SOMETHING_NEW", &json!({"what": 1}));
    stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn what_was_begun_is_finished_when_it_is_told_to_stop() {
    let mut stage = Stage::new().await;
    let post = "POST /channels/{channel_id}/messages";
    stage.discord.fault_next(post, Fault::Slow(Duration::from_secs(1)));
    let message = stage.says(CLAIM).await;
    // Discord has the reply, but the bot does not know it yet.
    let reply = message.replies().await_one().await;
    stage.bot.tell_to_stop();
    let reply_id = reply.id().to_string().parse().expect("a number");
    assert_eq!(stage.heard(&message).await, Heard::Replied { reply_id });
    stage.bot.ends().await.expect("a clean end");
    stage.discord.gateway().disconnected().await;
}
