//! Discord's HTTP API fails, breaks off, is slow, refuses the token or a channel.

use std::time::Duration;

use loopback_discord::{Fault, MessageHandle, Permissions, Request};
use mythbot::discord::Heard;
use mythbot::policy::settings::Mode;
use serde_json::json;

use crate::review::Asked;
use crate::stage::{Running, Stage};

const CLAIM: &str = "the moon is made of cheese";
const POST: &str = "POST /channels/{channel_id}/messages";

fn trouble(status: u16) -> Fault {
    Fault::answer(status, json!({"message": "upstream", "code": 0}))
}

#[tokio::test]
async fn one_failure_of_any_kind_costs_nothing_and_makes_no_second_reply() {
    let mut stage = Stage::new().await;
    let page = Fault::answer(502, json!("<html>Bad Gateway</html>"));
    let faults = [
        trouble(500),
        trouble(502),
        page,
        trouble(503),
        trouble(504),
        Fault::ResetBefore,
        Fault::ResetAfter,
    ];
    for fault in faults {
        let mark = stage.discord.mark();
        stage.discord.fault_next(POST, fault.clone());
        let message = stage.says(CLAIM).await;
        let heard = stage.heard(&message).await;
        assert!(matches!(heard, Heard::Replied { .. }), "{heard:?} after {fault:?}");
        message.replies().await_one().await;
        assert_eq!(stage.discord.requests_since(mark).len(), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn where_it_fails_twice_nobody_knows_and_there_is_no_third_try() {
    let mut stage = Stage::new().await;
    for fault in [Fault::ResetBefore, Fault::ResetAfter, trouble(502)] {
        let mark = stage.discord.mark();
        stage.discord.fault_next(POST, fault.clone());
        stage.discord.fault_next(POST, fault);
        let message = stage.says(CLAIM).await;
        assert_eq!(stage.heard(&message).await, Heard::Failed { code: None });
        message.is_told_again().await;
        assert!(matches!(stage.heard(&message).await, Heard::Silent(_)));
        assert_eq!(stage.discord.requests_since(mark).len(), 2);
        assert!(message.replies().all().len() <= 1);
    }
}

/// Why a bot ends by itself.
async fn ends(bot: Running) -> String {
    let ended = tokio::time::timeout(Duration::from_secs(20), bot.ends()).await;
    ended.expect("it ends by itself").expect_err("it cannot go on").to_string()
}

#[tokio::test]
async fn a_token_that_is_refused_in_the_middle_ends_the_bot() {
    let stage = Stage::new().await;
    let Stage { discord, bot, ann, channel, guild, .. } = stage;
    let body = json!({"message": "401: Unauthorized", "code": 0});
    discord.fault_next(POST, Fault::answer(401, body));
    let mark = discord.mark();
    ann.says(&channel, CLAIM).await;
    let error = ends(bot).await;
    insta::assert_snapshot!(error, @"Discord refuses the token: make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN");
    ann.says(&guild.text_channel("other"), CLAIM).await;
    let asked: Vec<String> = discord.requests_since(mark).iter().map(Request::name).collect();
    assert_eq!(asked, [POST]);
    discord.gateway().disconnected().await;
}

#[tokio::test]
async fn a_refused_token_is_not_hammered_at_with_what_waits() {
    let stage = Stage::new().await;
    let Stage { discord, bot, ann, guild, .. } = stage;
    let rooms: Vec<_> =
        (0..30).map(|number| guild.text_channel(&format!("room-{number}"))).collect();
    let body = json!({"message": "401: Unauthorized", "code": 0});
    discord.fault_every(POST, Fault::answer(401, body));
    let mark = discord.mark();
    for room in &rooms {
        // Two in each: the second waits until the first is answered.
        ann.says(room, CLAIM).await;
        ann.says(room, CLAIM).await;
    }
    ends(bot).await;
    let asked = discord.requests_since(mark).len();
    assert!((1..=rooms.len()).contains(&asked), "{asked} requests");
}

#[tokio::test]
async fn the_token_of_an_interaction_that_is_too_old_does_not_end_the_bot() {
    let stage = Stage::new().await;
    let route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    let body = json!({"message": "Invalid Webhook Token", "code": 50027});
    stage.discord.fault_next(route, Fault::answer(401, body));
    let mark = stage.discord.mark();
    stage.ann.starts(&stage.channel, "/myth list").await;
    let refused = |request: &Request| request.status == 401;
    stage.discord.request_since(mark, "an answer to be refused", refused).await;
    stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn a_reply_that_is_gone_is_asked_for_once() {
    const DELETE: &str = "DELETE /channels/{channel_id}/messages/{message_id}";
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    stage.moderator("Mo").await.deletes(&reply).await;
    stage.discord.expect_refusal(10008);
    let mark = stage.discord.mark();
    message.edit("never mind").await;
    stage.bot.edited(&message).await;
    message.delete().await;
    // Whatever the deletion leads to has happened when the next message has its reply.
    let next = stage.says(CLAIM).await;
    next.replies().await_one().await;
    let asked: Vec<String> = stage.discord.requests_since(mark).iter().map(Request::name).collect();
    assert_eq!(asked, [DELETE, POST]);
}

#[tokio::test]
async fn commands_that_ask_discord_answer_first() {
    const LOOK: &str = "GET /channels/{channel_id}/messages/{message_id}";
    let mut stage = Stage::new().await;
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    let mo = stage.moderator("Mo").await;
    let message = stage.says(CLAIM).await;
    // Nothing of it is under way any more.
    stage.heard(&message).await;
    let owner = stage.guild.owner();
    stage.guild.text_channel("moderators");
    let link = format!(
        "https://discord.com/channels/{}/{}/{}",
        stage.guild.id(),
        stage.channel.id(),
        message.id()
    );
    for (who, line) in [
        (&owner, "/mythconfig review moderators".to_owned()),
        (&owner, "/myth privacy".to_owned()),
        (&mo, format!("/mythmod why {link}")),
        (&mo, "/mythmod stats".to_owned()),
        (&mo, "/mythmod reload".to_owned()),
        (&mo, "/mythmod pin 1".to_owned()),
        (&mo, "/mythmod unpin 1".to_owned()),
    ] {
        let mark = stage.discord.mark();
        who.runs(&stage.channel, &line).await;
        let mut asked = stage.discord.requests_since(mark).into_iter();
        // What was pinned is looked at meanwhile, because Discord tells of it.
        let looks = |request: &Request| line.contains("pin") && request.name() == LOOK;
        let first = asked.find(|request| !looks(request)).expect("a request");
        assert!(first.route.ends_with("/callback"), "{line} asked first for {first}");
        assert_eq!(first.body["type"], 5, "{line}: {first}");
    }
}

#[tokio::test]
async fn a_slow_discord_does_not_keep_somebody_who_pressed_a_button() {
    let stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    for (route, button) in [
        ("GET /channels/{channel_id}/messages/{message_id}", "Why this reply?"),
        ("DELETE /channels/{channel_id}/messages/{message_id}", "Not relevant"),
    ] {
        stage.discord.fault_next(route, Fault::Slow(Duration::from_secs(5)));
        let begun = stage.discord.clock().now();
        stage.ann.clicks(&reply, button).await;
        let took = stage.discord.clock().now().duration_since(begun);
        assert!(took.as_secs() < 3, "{button}: {took}");
    }
}

/// What moderators were told, with a name for the channel.
fn told(asked: &Asked) -> Vec<String> {
    let id = asked.stage.channel.id().to_string();
    let text = |message: MessageHandle| message.content().replace(&id, "CHANNEL");
    asked.room.messages().into_iter().map(text).collect()
}

#[tokio::test]
async fn moderators_are_told_once_of_a_channel_in_which_it_may_not_write() {
    let mut asked = Asked::new(Mode::Reply).await;
    asked.stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    for _ in 0..3 {
        asked.stage.discord.expect_refusal(50013);
        let message = asked.stage.says(CLAIM).await;
        assert_eq!(asked.stage.heard(&message).await, Heard::Failed { code: Some(50013) });
        asked.stage.discord.advance(Duration::from_mins(10));
    }
    insta::assert_snapshot!(told(&asked).join("\n"), @"I cannot answer in <#CHANNEL>: Discord does not let me reply there. I need *Send Messages* and *Embed Links* in that channel. Until then I keep silent there, and try again every ten minutes at most. If I am not meant to speak there, `/mythconfig mode` switches me off in a place.");
    // Once it worked again, the next time is news.
    asked.stage.channel.allow_bot(Permissions::SEND_MESSAGES);
    asked.stage.says(CLAIM).await.replies().await_one().await;
    asked.stage.channel.deny_bot(Permissions::READ_MESSAGE_HISTORY);
    asked.stage.discord.expect_refusal(160_002);
    let message = asked.stage.says(CLAIM).await;
    asked.stage.heard(&message).await;
    let told = told(&asked);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("*Read Message History*"), "{told:?}");
}

#[tokio::test]
async fn a_limit_is_nothing_to_tell_moderators() {
    let mut asked = Asked::new(Mode::Reply).await;
    let limit = loopback_discord::RateLimit::User;
    asked.stage.discord.rate_limit_next(POST, Duration::from_mins(10), limit);
    let message = asked.stage.says(CLAIM).await;
    assert!(matches!(asked.stage.heard(&message).await, Heard::Failed { .. }));
    assert!(told(&asked).is_empty());
}
