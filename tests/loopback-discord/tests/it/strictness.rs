//! What makes a test fail, and the faults that a test can make.

use std::time::Duration;

use loopback_discord::{ChannelHandle, Fault, LoopbackDiscord, RateLimit, World};
use serde_json::{Value, json};
use serenity::all::CreateMessage;

use crate::bot::{code, http};

const CREATE_MESSAGE: &str = "POST /channels/{channel_id}/messages";

async fn scene() -> (LoopbackDiscord, ChannelHandle) {
    let discord = LoopbackDiscord::start(World::new()).await;
    let general = discord.guild("Riga chat").text_channel("general");
    (discord, general)
}

async fn request(discord: &LoopbackDiscord, method: &str, path: &str, body: Value) -> Value {
    let url = format!("{}/api/v10{path}", discord.api_url());
    let method = method.parse().unwrap();
    let request = reqwest::Client::new().request(method, url).json(&body);
    let request = request.header("authorization", format!("Bot {}", discord.token()));
    request.send().await.unwrap().json().await.unwrap_or_default()
}

#[tokio::test]
#[should_panic(expected = "refused: POST /channels/1/messages -> 404 (10003)")]
async fn a_refusal_that_nobody_announced_fails_the_test() {
    let (discord, _) = scene().await;
    request(&discord, "POST", "/channels/1/messages", json!({"content": "x"})).await;
    discord.finish();
}

#[tokio::test]
#[should_panic(expected = "refused: GET /nowhere -> 404 (0)")]
async fn an_unknown_route_fails_the_test_when_it_is_dropped() {
    let (discord, _) = scene().await;
    request(&discord, "GET", "/nowhere", Value::Null).await;
}

#[tokio::test]
#[should_panic(expected = "expected a request to be refused with 50013, but none was")]
async fn an_announced_refusal_must_come() {
    let (discord, _) = scene().await;
    discord.expect_refusal(50013);
    discord.finish();
}

#[tokio::test]
#[should_panic(expected = "the fault for POST /channels/{channel_id}/messages never happened")]
async fn a_queued_fault_must_come() {
    let (discord, _) = scene().await;
    discord.fail_next(CREATE_MESSAGE, 500, json!({}));
    discord.finish();
}

#[tokio::test]
#[should_panic(expected = "no such route: POST /channels/{id}/messages; there are")]
async fn a_fault_is_queued_for_a_route_there_is() {
    let (discord, _) = scene().await;
    discord.fail_next("POST /channels/{id}/messages", 500, json!({}));
}

#[tokio::test]
async fn a_request_that_is_not_as_discord_describes_it_is_a_complaint() {
    let (discord, general) = scene().await;
    let path = format!("/channels/{}/messages", general.id());
    let body = json!({"content": "x", "embeds": [{"title": "t", "color": -1}]});
    discord.tolerate(50035);
    request(&discord, "POST", &path, body).await;
    request(&discord, "GET", &format!("{path}?limit=1000"), Value::Null).await;
    request(&discord, "GET", &format!("{path}?sort=up"), Value::Null).await;
    request(&discord, "GET", "/channels/abc", Value::Null).await;
    let row =
        json!({"type": 1, "components": [{"type": 2, "style": 1, "label": 7, "custom_id": "c"}]});
    request(&discord, "POST", &path, json!({"content": "x", "components": [row]})).await;
    let complaints = discord.take_complaints();
    let Some(validated) = discord.validated() else {
        // Without the document there is nothing to hold against these requests.
        assert_eq!(complaints, Vec::<String>::new());
        return discord.finish();
    };
    let expected = [
        "OpenAPI: create_message (POST /channels/{channel_id}/messages): at \"/embeds/0/color\": -1 is less than the minimum of 0",
        "OpenAPI: list_messages (GET /channels/{channel_id}/messages): query parameter limit: ",
        "OpenAPI: list_messages (GET /channels/{channel_id}/messages): query parameter sort is unknown",
        "OpenAPI: get_channel (GET /channels/{channel_id}): path parameter channel_id: ",
        "OpenAPI: create_message (POST /channels/{channel_id}/messages): at \"/components/0/components/0/label\": 7 is not of types \"null\", \"string\"",
    ];
    assert_eq!(complaints.len(), expected.len(), "{complaints:#?}");
    for (complaint, expected) in complaints.iter().zip(expected) {
        assert!(complaint.starts_with(expected), "{complaint}");
    }
    assert_eq!(validated.requests, 5);
    assert_eq!(validated.operations.len(), 3);
    discord.finish();
}

#[tokio::test]
async fn faults_happen_once_and_in_order() {
    let (discord, general) = scene().await;
    let http = http(&discord);
    let channel = serenity::all::ChannelId::new(general.id().get());
    let send = || channel.send_message(&http, CreateMessage::new().content("x"));

    discord.fail_next(CREATE_MESSAGE, 500, json!({"message": "oh", "code": 0}));
    assert_eq!(code(send().await), 0);
    discord.rate_limit_next(CREATE_MESSAGE, Duration::from_millis(1500), RateLimit::Global);
    assert!(send().await.is_err());
    assert_eq!(discord.requests().last().unwrap().answer["retry_after"], 1.5);
    discord.fault_next(CREATE_MESSAGE, Fault::ResetBefore);
    assert!(send().await.is_err());
    assert!(general.messages().is_empty());
    discord.fault_next(CREATE_MESSAGE, Fault::ResetAfter);
    assert!(send().await.is_err());
    assert_eq!(general.messages().len(), 1);
    discord.fault_next(CREATE_MESSAGE, Fault::Slow(Duration::from_millis(20)));
    send().await.unwrap();
    let statuses: Vec<u16> = discord.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [500, 429, 0, 0, 200]);
    discord.finish();
}

#[tokio::test]
async fn requests_are_recorded_and_can_be_waited_for() {
    let (discord, general) = scene().await;
    let http = http(&discord);
    let channel = serenity::all::ChannelId::new(general.id().get());
    let mark = discord.mark();
    discord.expect_no_request_until(async {}).await;
    let later = tokio::spawn(async move {
        channel.send_message(&http, CreateMessage::new().content("x")).await
    });
    let posted = discord
        .request_since(mark, "a message to be sent", |request| request.name() == CREATE_MESSAGE)
        .await;
    assert_eq!(posted.body["content"], "x");
    assert_eq!(posted.route, "/channels/{channel_id}/messages");
    assert_eq!(discord.requests_since(mark).len(), 1);
    later.await.unwrap().unwrap();
    discord.finish();
}

#[tokio::test]
async fn a_form_that_does_not_fit_is_refused_with_the_field() {
    let (discord, general) = scene().await;
    let path = format!("/channels/{}/messages", general.id());
    discord.tolerate(50035);
    let answer = request(&discord, "POST", &path, json!({"embeds": [{"title": 5}]})).await;
    assert!(answer["errors"]["embeds"]["0"]["title"]["_errors"].is_array(), "{answer}");
    let body = json!({"content": "x", "message_reference": {}});
    let answer = request(&discord, "POST", &path, body).await;
    let missing = &answer["errors"]["message_reference"]["message_id"]["_errors"][0];
    assert_eq!(missing["code"], "BASE_TYPE_REQUIRED", "{answer}");
    discord.take_complaints();
    discord.finish();
}

#[tokio::test]
async fn the_pins_of_today_have_pages() {
    let (discord, general) = scene().await;
    general.fill_pins(60);
    let path = format!("/channels/{}/messages/pins", general.id());
    let page = request(&discord, "GET", &path, Value::Null).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 50);
    assert_eq!(page["has_more"], true);
    assert_eq!(discord.answer_faults(), Vec::<String>::new());
    discord.finish();
}
