//! Where the bot may not write, it stops trying.

use std::time::Duration;

use loopback_discord::{Permissions, RateLimit};
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

#[tokio::test]
async fn a_channel_in_which_it_may_not_write() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    stage.discord.expect_refusal(50013);
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: Some(50013) });
    // From now on it leaves the channel alone.
    let mark = stage.discord.mark();
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::ChannelLeftAlone));
    assert!(stage.discord.requests_since(mark).is_empty());
}

#[tokio::test]
async fn other_channels_are_not_left_alone() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    stage.discord.expect_refusal(50013);
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    let other = stage.guild.text_channel("other");
    stage.ann.says(&other, CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn after_ten_minutes_it_tries_again() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    stage.discord.expect_refusal(50013);
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    stage.channel.allow_bot(Permissions::SEND_MESSAGES);
    stage.discord.advance(Duration::from_mins(9));
    let early = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&early).await, Heard::Silent(Reason::ChannelLeftAlone));
    stage.discord.advance(Duration::from_mins(1));
    stage.says(CLAIM).await.replies().await_one().await;
    // What was refused was not answered: it still can be.
    message.is_told_again().await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn a_channel_whose_history_it_may_not_read() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::READ_MESSAGE_HISTORY);
    stage.discord.expect_refusal(160_002);
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: Some(160_002) });
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::ChannelLeftAlone));
}

#[tokio::test]
async fn a_channel_in_which_it_may_not_embed() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::EMBED_LINKS);
    stage.discord.expect_refusal(50013);
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: Some(50013) });
}

#[tokio::test]
async fn no_more_than_what_the_invitation_asks_for_is_needed() {
    let stage = Stage::new().await;
    let nothing = Permissions::NONE;
    stage.guild.everyone().set_permissions(nothing);
    stage.guild.permit_bot(Permissions::from_bits(2_252_109_051_448_320));
    let message = stage.guild.owner().says(&stage.channel, CLAIM).await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn threads_in_which_it_may_not_write() {
    let mut stage = Stage::new().await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES_IN_THREADS);
    stage.discord.expect_refusal(50013);
    let start = stage.says("let us talk").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    let message = stage.ann.says(&thread, CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: Some(50013) });
}

#[tokio::test]
async fn a_rate_limit_that_a_proxy_passes_on() {
    let mut stage = Stage::new().await;
    let post = "POST /channels/{channel_id}/messages";
    stage.discord.rate_limit_next(post, Duration::from_mins(10), RateLimit::User);
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Failed { .. }));
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::ChannelLeftAlone));
}
