//! The database is away for a while: what needs none goes on, the rest says so, nothing is lost.

use std::time::Duration;

use loopback_discord::Fault;
use mythbot::discord::Heard;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

#[tokio::test]
async fn commands_that_need_no_database_go_on() {
    let mut stage = Stage::new().await;
    let lock = stage.lock_database().await;
    let shown = stage.ann.runs(&stage.channel, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    // Without a claim there may be two replies: rather none.
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: None });
    drop(lock);
    message.is_told_again().await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn a_change_that_was_not_written_is_not_confirmed() {
    let stage = Stage::new().await;
    let owner = stage.guild.owner();
    let lock = stage.lock_database().await;
    let refused = owner.starts(&stage.channel, "/mythconfig mode \"off: keep silent\"").await;
    let incident = refused.id().to_string();
    let refused = refused.answer().await.shown().replace(&incident, "NUMBER");
    insta::assert_snapshot!(refused, @r"
    (for one person)
    The bot's database does not answer right now, so nothing was changed. Please try again in a minute. If it goes on, tell the people who run the bot this number: NUMBER.
    ");
    drop(lock);
    stage.says(CLAIM).await.replies().await_one().await;
    let done = owner.runs(&stage.channel, "/mythconfig mode \"off: keep silent\"").await;
    insta::assert_snapshot!(done.shown(), @r"
    (for one person)
    In this server, the bot now keeps silent.
    ");
}

#[tokio::test]
async fn a_reply_that_could_not_be_noted_is_noted_later() {
    let mut stage = Stage::new().await;
    let post = "POST /channels/{channel_id}/messages";
    stage.discord.fault_next(post, Fault::Slow(Duration::from_millis(500)));
    let message = stage.says(CLAIM).await;
    while stage.count("SELECT COUNT(*) FROM replies").await == 0 {
        tokio::task::yield_now().await;
    }
    let lock = stage.lock_database().await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    assert_eq!(stage.count("SELECT COUNT(reply_id) FROM replies").await, 0);
    drop(lock);
    while stage.count("SELECT COUNT(reply_id) FROM replies").await == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    message.is_told_again().await;
    assert_eq!(message.replies().all().len(), 1);
}
