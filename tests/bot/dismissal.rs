//! *Not relevant*: a reply is taken back.

use std::time::Duration;

use loopback_discord::Person;
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const BUTTON: &str = "Not relevant";

impl Stage {
    /// A server without cooldowns but that after a dismissal.
    async fn that_remembers_dismissals() -> Self {
        let stage = Self::new().await;
        stage.set_up(|settings| settings.cooldowns.dismissed_s = 24 * 60 * 60).await;
        stage
    }

    async fn log(&self, who: &Person) -> String {
        let log = who.runs(&self.channel, "/mythmod log").await;
        log.embed().description.clone().unwrap_or_default()
    }
}

#[tokio::test]
async fn the_author_takes_it_back_and_the_answer_stays_away_for_a_day() {
    let mut stage = Stage::that_remembers_dismissals().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    let pressed = stage.ann.clicks(&reply, BUTTON).await;
    insta::assert_snapshot!(pressed.shown(), @r"
    (for one person)
    Thank you. The reply is deleted, and counted as a false one. The bot will not give this answer in this channel for 24 hours.
    ");
    assert!(!reply.exists());
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::Dismissed));
    // Other answers, and other channels.
    stage.says("the moon landing was fake").await.replies().await_one().await;
    let elsewhere = stage.guild.text_channel("elsewhere");
    stage.ann.says(&elsewhere, CLAIM).await.replies().await_one().await;
    stage.discord.advance(Duration::from_hours(24));
    stage.says(CLAIM).await.replies().await_one().await;
    let counted = stage.counted().await;
    for line in ["moon-cheese dismissed 1", "moon-cheese dismissal-cooldown 1"] {
        assert!(counted.contains(line), "{counted}");
    }
}

#[tokio::test]
async fn a_moderator_takes_it_back_and_the_log_says_so() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let mo = stage.moderator("Mo").await;
    let pressed = mo.clicks(&reply, BUTTON).await;
    insta::assert_snapshot!(pressed.shown(), @r"
    (for one person)
    Thank you. The reply is deleted, and counted as a false one.
    ");
    assert!(!reply.exists());
    let log = stage.log(&mo).await;
    assert!(log.ends_with("took back the answer `moon-cheese` as not relevant"), "{log}");
    assert!(log.contains(&mo.mention()), "{log}");
}

#[tokio::test]
async fn anybody_else_is_told_who_may() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let bob = stage.guild.member("Bob");
    let pressed = bob.clicks(&reply, BUTTON).await;
    insta::assert_snapshot!(pressed.shown(), @r"
    (for one person)
    Only the person who was answered and moderators (*Manage Messages*, *Manage Server*) can take this reply back.
    ");
    assert!(reply.exists());
    assert!(!stage.counted().await.contains("dismissed"));
    let mo = stage.moderator("Mo").await;
    insta::assert_snapshot!(stage.log(&mo).await, @"Nobody has changed anything yet.");
}

#[tokio::test]
async fn in_direct_messages_too() {
    let stage = Stage::new().await;
    let message = stage.ann.dms(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.ann.clicks(&reply, BUTTON).await;
    assert!(!reply.exists());
}

#[tokio::test]
async fn after_a_restart() {
    let mut stage = Stage::that_remembers_dismissals().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    stage.restart().await;
    stage.ann.clicks(&reply, BUTTON).await;
    assert!(!reply.exists());
    stage.restart().await;
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::Dismissed));
}

#[tokio::test]
async fn two_at_once_count_once() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let mo = stage.moderator("Mo").await;
    // Whoever is second finds it gone.
    stage.discord.tolerate(10008);
    let (one, two) =
        tokio::join!(stage.ann.starts_click(&reply, BUTTON), mo.starts_click(&reply, BUTTON));
    let (one, two) = tokio::join!(one.answer(), two.answer());
    for told in [one.content(), two.content()] {
        assert!(told.starts_with("Thank you."), "{told}");
    }
    assert!(!reply.exists());
    assert!(stage.counted().await.contains("moon-cheese dismissed 1"));
}

#[tokio::test]
async fn a_reply_that_discord_does_not_delete_can_be_taken_back_again() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let route = "DELETE /channels/{channel_id}/messages/{message_id}";
    for _ in 0..2 {
        let body = serde_json::json!({"message": "upstream", "code": 0});
        stage.discord.fail_next(route, 503, body);
    }
    let pressed = stage.ann.clicks(&reply, BUTTON).await;
    insta::assert_snapshot!(pressed.shown(), @r"
    (for one person)
    It is noted that this reply is not relevant, but Discord has not deleted it. Please press again in a moment, or ask a moderator to delete it.
    ");
    assert!(reply.exists());
    stage.ann.clicks(&reply, BUTTON).await;
    assert!(!reply.exists());
    assert!(stage.counted().await.contains("moon-cheese dismissed 1"));
}
