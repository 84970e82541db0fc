//! Discord says that the bot asks too much: it waits, repeats, and never asks more than it may.

use std::time::Duration;

use loopback_discord::{ChannelHandle, Fault, MessageHandle, RateLimit, Request};
use mythbot::discord::{Heard, Limits};
use serde_json::json;

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const POST: &str = "POST /channels/{channel_id}/messages";

/// Long enough that a busy computer does the rest meanwhile.
const WHILE: Duration = Duration::from_secs(2);

fn posts(stage: &Stage) -> Vec<Request> {
    let mut requests = stage.discord.requests();
    requests.retain(|request| request.name() == POST);
    requests
}

/// The bot hits a limit, waits for so long at least, and posts once.
async fn waits(fault: Fault, at_least: Duration) {
    let mut stage = Stage::new().await;
    stage.discord.fault_next(POST, fault);
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
    let posts = posts(&stage);
    assert_eq!(posts.len(), 2, "{posts:?}");
    let (first, second) = (&posts[0], &posts[1]);
    assert_eq!((first.status, second.status), (429, 200));
    assert_eq!(first.body, second.body);
    let waited = second.at - first.at;
    assert!(waited >= at_least, "{waited:?}");
}

#[tokio::test]
async fn a_limit_that_says_when_to_come_back_is_waited_for() {
    let wait = Duration::from_millis(300);
    for limit in [RateLimit::User, RateLimit::Shared, RateLimit::Global] {
        waits(Fault::rate_limit(wait, limit), wait).await;
    }
}

#[tokio::test]
async fn a_limit_that_says_so_in_a_header_only() {
    let body = json!({"message": "You are being rate limited.", "global": false});
    let headers = vec![("retry-after".to_owned(), "1".to_owned())];
    let fault = Fault::Answer { status: 429, body, headers };
    waits(fault, Duration::from_secs(1)).await;
}

#[tokio::test]
async fn a_limit_without_retry_after() {
    waits(Fault::rate_limit_untold(), Duration::from_secs(1)).await;
}

#[tokio::test]
async fn limits_that_come_again_and_again_are_waited_for_each_time() {
    let mut stage = Stage::new().await;
    for limit in [RateLimit::User, RateLimit::Shared, RateLimit::Global] {
        stage.discord.rate_limit_next(POST, Duration::from_millis(100), limit);
    }
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
    assert_eq!(posts(&stage).len(), 4);
}

/// The bot hits a limit in one channel, and is asked something in another meanwhile.
async fn meanwhile(limit: RateLimit) -> (Stage, ChannelHandle, MessageHandle, Request) {
    let stage = Stage::new().await;
    let other = stage.guild.text_channel("other");
    let mark = stage.discord.mark();
    stage.discord.rate_limit_next(POST, WHILE, limit);
    let first = stage.says(CLAIM).await;
    let limited = |request: &Request| request.status == 429;
    let limited = stage.discord.request_since(mark, "a request to be limited", limited).await;
    (stage, other, first, limited)
}

#[tokio::test]
async fn a_global_limit_stops_all_but_answers_to_interactions() {
    let (stage, other, first, limited) = meanwhile(RateLimit::Global).await;
    let second = stage.hears(&stage.ann, &other, CLAIM).await;
    stage.ann.runs(&other, "/myth list").await;
    second.replies().await_one().await;
    first.replies().await_one().await;
    let requests = stage.discord.requests();
    let answered = requests.iter().find(|request| request.is_exempt()).expect("an answer");
    assert!(answered.at - limited.at < WHILE, "people do not wait");
    let posted = posts(&stage).into_iter().filter(|post| post.status == 200);
    let waited: Vec<Duration> = posted.map(|post| post.at - limited.at).collect();
    assert!(waited.len() == 2 && waited.iter().all(|waited| *waited >= WHILE), "{waited:?}");
}

#[tokio::test]
async fn a_limit_of_a_channel_does_not_stop_others() {
    let (stage, other, first, limited) = meanwhile(RateLimit::User).await;
    let second = stage.hears(&stage.ann, &other, CLAIM).await;
    second.replies().await_one().await;
    assert!(first.replies().all().is_empty());
    first.replies().await_one().await;
    let last = posts(&stage).pop().expect("a request");
    assert!(last.at - limited.at >= WHILE);
}

#[tokio::test]
async fn the_answer_to_an_interaction_does_not_wait_for_longer_than_it_is_of_use() {
    let stage = Stage::new().await;
    let route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    stage.discord.rate_limit_next(route, Duration::from_millis(200), RateLimit::User);
    stage.ann.runs(&stage.channel, "/myth list").await;
    stage.discord.rate_limit_next(route, Duration::from_secs(5), RateLimit::User);
    let mark = stage.discord.mark();
    // It is given up at once, and the person is told that something went wrong.
    let told = stage.ann.runs(&stage.channel, "/myth list").await;
    assert!(told.text().starts_with("Something went wrong"), "{}", told.text());
    let answers = stage.discord.requests_since(mark);
    assert!(answers[1].at - answers[0].at < Duration::from_secs(3), "{answers:?}");
}

/// So many channels, and somebody claims something in each at once.
async fn flood(stage: &Stage, channels: usize) -> Vec<MessageHandle> {
    let mut messages = Vec::new();
    for number in 0..channels {
        let channel = stage.guild.text_channel(&format!("room-{number}"));
        messages.push(stage.hears(&stage.ann, &channel, CLAIM).await);
    }
    messages
}

/// Waits until the bot has decided about all of them; it could answer none.
async fn refused(stage: &mut Stage, messages: &[MessageHandle]) {
    let heard = stage.bot.heard_all(messages).await;
    assert!(heard.iter().all(|heard| matches!(heard, Heard::Failed { .. })), "{heard:?}");
}

#[tokio::test]
async fn a_world_that_refuses_everything_is_asked_50_times_a_second_at_most() {
    let mut stage = Stage::new().await;
    let body = json!({"message": "Missing Permissions", "code": 50013});
    stage.discord.fault_every(POST, Fault::answer(403, body));
    let mark = stage.discord.mark();
    let messages = flood(&stage, 120).await;
    refused(&mut stage, &messages).await;
    assert_eq!(stage.discord.requests_since(mark).len(), 120);
    let busiest = stage.discord.busiest_second(mark);
    assert!(busiest <= 50, "{busiest} in a second");
    // Each channel is left alone now.
    let mark = stage.discord.mark();
    for message in &messages {
        message.is_told_again().await;
    }
    let heard = stage.bot.heard_all(&messages).await;
    assert!(heard.iter().all(|heard| matches!(heard, Heard::Silent(_))), "{heard:?}");
    assert!(stage.discord.requests_since(mark).is_empty());
}

#[tokio::test]
async fn a_share_of_the_limits_is_kept_as_well() {
    let mut stage = Stage::new().await;
    stage.restart_within(Limits { per_second: 5, ..Limits::WHOLE }).await;
    let mark = stage.discord.mark();
    for message in flood(&stage, 12).await {
        message.replies().await_one().await;
    }
    let busiest = stage.discord.busiest_second(mark);
    assert!(busiest <= 5, "{busiest} in a second");
}

#[tokio::test]
async fn the_budget_of_invalid_answers_is_never_exceeded() {
    let mut stage = Stage::new().await;
    stage.restart_within(Limits { invalid: 20, ..Limits::WHOLE }).await;
    let body = json!({"message": "Missing Permissions", "code": 50013});
    stage.discord.fault_every(POST, Fault::answer(403, body));
    let mark = stage.discord.mark();
    let messages = flood(&stage, 60).await;
    refused(&mut stage, &messages).await;
    let asked = stage.discord.requests_since(mark).len();
    assert!(asked <= 20, "{asked} invalid answers");
    // Until the budget is used up, nothing that was allowed is held back; then everything is.
    let rest = stage.guild.text_channel("rest");
    for _ in asked..20 {
        let message = stage.hears(&stage.ann, &rest, CLAIM).await;
        stage.heard(&message).await;
        stage.discord.advance(Duration::from_mins(10));
    }
    stage.discord.heal(POST);
    let last = stage.guild.text_channel("last");
    let message = stage.hears(&stage.ann, &last, CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Failed { .. }));
    assert_eq!(stage.discord.requests_since(mark).len(), 20);
}

#[tokio::test]
async fn shared_limits_are_not_invalid() {
    let mut stage = Stage::new().await;
    stage.restart_within(Limits { invalid: 3, ..Limits::WHOLE }).await;
    for _ in 0..5 {
        stage.discord.rate_limit_next(POST, Duration::from_millis(50), RateLimit::Shared);
    }
    stage.says(CLAIM).await.replies().await_one().await;
}
