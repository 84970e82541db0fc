//! Somebody states or asks a claim, and the bot replies.

use loopback_discord::{Permissions, World};
use mythbot::discord::Heard;

use crate::shown::Shown as _;
use crate::stage::{Stage, moon};

#[tokio::test]
async fn a_claim_gets_a_reply() {
    let mut stage = Stage::new().await;
    let message = stage.says("I tell you, the moon is made of cheese!").await;
    let reply = message.replies().await_one().await;
    let reply_id = reply.id().to_string().parse().expect("a number");
    assert_eq!(stage.heard(&message).await, Heard::Replied { reply_id });
    insta::assert_snapshot!(reply.shown(), @r#"
    # The moon is made of rock
    **The claim:** The moon is made of cheese.

    **Verdict: False.** All samples are rock.

    The moon is rock. By December 1972, 382 kg of it had been brought home.
    ## What has changed
    Nothing of note.
    ## What is disputed
    How the moon came to be is disputed.
    ## Sources
    - [Moon cheese](https://cheese.example/moon), Cheese Board (primary source, party to the dispute)
    - [What the rocks are](https://rocks.example/moon), Rock Review (independent)
    -- As of 4 November 2026 · Moon Museum
    [ Details ]
    [ Why this reply? ]
    [ Not relevant ]
    "#);
}

#[tokio::test]
async fn a_question_gets_a_reply() {
    let stage = Stage::new().await;
    let message = stage.says("wait, was the moon landing really staged?").await;
    let reply = message.replies().await_one().await;
    assert_eq!(reply.embed().title.as_deref(), Some("People were on the moon"));
}

#[tokio::test]
async fn typos_make_no_difference() {
    let stage = Stage::new().await;
    let message = stage.says("The MOON is made of cheesse").await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn nobody_is_pinged() {
    let stage = Stage::new().await;
    stage.guild.everyone().set_permissions(Permissions::ALL);
    let text = format!("@everyone {} the moon is made of cheese", stage.ann.mention());
    let message = stage.says(&text).await;
    let reply = message.replies().await_one().await;
    assert!(reply.pings_nobody());
    assert!(!reply.text().contains('@'));
}

#[tokio::test]
async fn a_reply_to_somebody_gets_a_reply() {
    let stage = Stage::new().await;
    let first = stage.says("what is it made of?").await;
    let message = stage.ann.replies(&first, "the moon is made of cheese").await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn threads_work() {
    let stage = Stage::new().await;
    let start = stage.says("let us talk").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    let message = stage.ann.says(&thread, "the moon is made of cheese").await;
    let reply = message.replies().await_one().await;
    assert_eq!(reply.channel().id(), thread.id());
}

#[tokio::test]
async fn forum_posts_work() {
    let stage = Stage::new().await;
    let forum = stage.guild.forum("questions");
    let post = stage.ann.posts_in_forum(&forum, "Cheese?", "is the moon made of cheese?").await;
    let reply = post.messages()[0].replies().await_one().await;
    assert_eq!(reply.channel().id(), post.id());
}

#[tokio::test]
async fn announcements_work() {
    let stage = Stage::new().await;
    let news = stage.guild.announcement_channel("news");
    let message = stage.guild.owner().says(&news, "the moon is made of cheese").await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn direct_messages_work() {
    let stage = Stage::new().await;
    let message = stage.ann.dms("is the moon made of cheese?").await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn a_mention_works_without_the_message_content_intent() {
    let world = World::new().without_message_content();
    let stage = Stage::with(world, moon()).await;
    let text = format!("{} the moon is made of cheese", stage.discord.bot().mention());
    stage.says(&text).await.replies().await_one().await;
}
