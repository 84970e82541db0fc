//! What people press under a reply.

use std::time::Duration;

use mythbot::discord::Revision;
use serde_json::json;

use crate::shown::Shown as _;
use crate::stage::{Stage, moon_without_cheese};

const CLAIM: &str = "surely the moon is made of cheesse, Bob";

#[tokio::test]
async fn details_show_everything_to_one_person() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let bob = stage.guild.member("Bob");
    let details = bob.clicks(&reply, "Details").await;
    insta::assert_snapshot!(details.shown(), @r#"
    (for one person)
    # The moon is made of rock
    Every sample is rock, and none is cheese.[2]
    ## Dated facts
    - 382 kg of rock were brought home (December 1972) [2]
    ## Sources
    1. [Moon cheese](https://cheese.example/moon), Cheese Board (primary source, party to the dispute)
    2. [What the rocks are](https://rocks.example/moon), Rock Review (independent)
    -- As of 4 November 2026 · Moon Museum
    "#);
}

#[tokio::test]
async fn why_shows_the_words_that_count() {
    let stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    insta::assert_snapshot!(why.shown(), @r"
    (for one person)
    # Why the bot replied
    It replied with answer 1, **The moon is made of rock** (`moon-cheese`): the message makes the claim of this answer.
    ## What was found
    - **the moon is cheese**, in the words “moon … cheesse” (“cheesse” read as “cheese”, 1 letter changed). On its own this is enough for a reply (0.82)
    ## What the message does
    It states the claim.
    ## How sure
    0.82 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    ## What would have changed it
    - Without “moon”, the bot would have kept silent.
    - With “It is a myth that” in front of it, the bot would have kept silent.
    - With 6 more letters misspelt in these words, as long as they can still be read, moderators would only have been shown the message.
    - If a reply needed 0.83 instead of 0.70, moderators would only have been shown the message.
    ");
}

#[tokio::test]
async fn why_of_a_message_that_is_gone_or_says_something_else_needs_no_words_of_it() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    // Still the claim, but no longer enough for a reply.
    message.edit("surely I had cheese under the moon, Bob").await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Left);
    let changed = stage.ann.clicks(&reply, "Why this reply?").await;
    insta::assert_snapshot!(changed.shown(), @r"
    (for one person)
    # Why the bot replied
    It replied with answer 1, **The moon is made of rock** (`moon-cheese`): the message makes the claim of this answer.
    ## What was found
    - **the moon is cheese**, with 1 letter read differently. On its own this is enough for a reply (0.82)
    ## What the message does
    It states the claim.
    ## How sure
    0.82 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    ## What would have changed it
    - With 6 more letters misspelt in these words, as long as they can still be read, moderators would only have been shown the message.
    - If a reply needed 0.83 instead of 0.70, moderators would only have been shown the message.
    ");
    // As when somebody presses while the reply goes.
    let body = json!({"message": "Unknown Message", "code": 10008});
    stage.discord.fail_next("GET /channels/{channel_id}/messages/{message_id}", 404, body);
    let gone = stage.ann.clicks(&reply, "Why this reply?").await;
    assert_eq!(gone.shown(), changed.shown());
    for word in ["surely", "cheesse", "Bob"] {
        assert!(!gone.text().contains(word));
    }
}

#[tokio::test]
async fn buttons_work_after_a_restart() {
    let mut stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    stage.restart().await;
    let details = stage.ann.clicks(&reply, "Details").await;
    assert_eq!(details.embed().title.as_deref(), Some("The moon is made of rock"));
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    assert_eq!(why.embed().title.as_deref(), Some("Why the bot replied"));
}

#[tokio::test]
async fn buttons_work_weeks_later() {
    let mut stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    stage.discord.advance(Duration::from_hours(24 * 7 * 10));
    stage.restart().await;
    stage.ann.clicks(&reply, "Details").await;
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    assert_eq!(why.embed().title.as_deref(), Some("Why the bot replied"));
}

#[tokio::test]
async fn what_is_too_old_is_forgotten() {
    let mut stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    // In steps: a clock that leaps further is doubted.
    for _ in 0..3 {
        stage.discord.advance(Duration::from_hours(24 * 31));
        stage.restart().await;
        assert!(!stage.bot.forgot().await.1);
    }
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    insta::assert_snapshot!(why.shown(), @r#"
    (for one person)
    The bot no longer knows why it gave this reply: it keeps that for 90 days.
    "#);
}

#[tokio::test]
async fn an_answer_that_is_gone_says_so() {
    let mut stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    stage.restart_with(moon_without_cheese()).await;
    let details = stage.ann.clicks(&reply, "Details").await;
    insta::assert_snapshot!(details.shown(), @r#"
    (for one person)
    The bot no longer has this answer. `/myth list` shows those that it has.
    "#);
}
