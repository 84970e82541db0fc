//! The bot starts, or says why it cannot.

use loopback_discord::{Intents, LoopbackDiscord, World};
use serde_json::json;
use tempfile::TempDir;

use crate::stage::{Running, Stage, moon, start, start_at};

const REGISTER: &str = "PUT /applications/{application_id}/commands";

/// A bot that tries to start in this world.
async fn tries(discord: &LoopbackDiscord) -> (Running, TempDir) {
    let dir = tempfile::tempdir().expect("a folder");
    (start(discord, &dir, moon()).await, dir)
}

/// Why a bot ends that cannot start. The port of the address changes from test to test.
async fn fails(discord: &LoopbackDiscord) -> String {
    let (bot, _dir) = tries(discord).await;
    let error = bot.ends().await.expect_err("it cannot start").to_string();
    error.replace(&discord.api_url(), "http://127.0.0.1:PORT")
}

#[tokio::test]
async fn commands_are_registered_once() {
    let mut stage = Stage::new().await;
    let registrations = |stage: &Stage| {
        stage.discord.requests().iter().filter(|request| request.name() == REGISTER).count()
    };
    assert_eq!(stage.ann.sees_commands(&stage.channel), ["myth"]);
    assert_eq!(registrations(&stage), 1);
    stage.restart().await;
    assert_eq!(registrations(&stage), 1);
}

#[tokio::test]
async fn a_failed_registration_does_not_keep_it_from_replying() {
    let discord = LoopbackDiscord::start(World::new()).await;
    discord.fail_next(REGISTER, 500, json!({"message": "oops", "code": 0}));
    let channel = discord.guild("Gazette").text_channel("general");
    let ann = discord.guild("Gazette").member("Ann");
    let (mut bot, _dir) = tries(&discord).await;
    bot.ready().await;
    ann.says(&channel, "the moon is made of cheese").await.replies().await_one().await;
}

#[tokio::test]
async fn without_the_message_content_intent_it_runs_on() {
    let discord = LoopbackDiscord::start(World::new().without_message_content()).await;
    let (mut bot, _dir) = tries(&discord).await;
    assert!(!bot.ready().await, "it does not read messages");
    assert_eq!(discord.gateway().closed_with(), [4014]);
    assert!(!discord.gateway().intents()[0].contains(Intents::MESSAGE_CONTENT));
    bot.stop().await.expect("a clean end");
}

#[tokio::test]
async fn a_refused_token() {
    let discord = LoopbackDiscord::start(World::new()).await;
    discord.fail_next("GET /gateway/bot", 401, json!({"message": "401: Unauthorized", "code": 0}));
    insta::assert_snapshot!(fails(&discord).await, @"Discord refuses the token: make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN");
}

#[tokio::test]
async fn a_token_that_only_the_gateway_refuses() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let (mut bot, _dir) = tries(&discord).await;
    bot.ready().await;
    discord.gateway().close(4004);
    let error = bot.ends().await.expect_err("it cannot go on");
    insta::assert_snapshot!(error, @"Discord refuses the token: make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN");
}

#[tokio::test]
async fn another_token() {
    let discord = LoopbackDiscord::start(World::new()).await;
    discord.tolerate(0);
    let dir = tempfile::tempdir().expect("a folder");
    let bot = start_at(&discord.api_url(), "bm90.the.token", discord.clock(), &dir, moon()).await;
    let error = bot.ends().await.expect_err("it cannot start");
    insta::assert_snapshot!(error, @"Discord refuses the token: make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN");
}

#[tokio::test]
async fn an_address_without_a_gateway_is_not_replaced_by_the_real_discord() {
    let discord = LoopbackDiscord::start(World::new()).await;
    discord.fail_next("GET /gateway/bot", 404, json!({"message": "404: Not Found", "code": 0}));
    insta::assert_snapshot!(fails(&discord).await, @"http://127.0.0.1:PORT answers, but names no gateway (status 404): check DISCORD_API_URL; the bot does not go to Discord itself instead");
}

#[tokio::test]
async fn the_gateway_is_the_one_that_the_address_names() {
    let discord = LoopbackDiscord::start(World::new()).await;
    // Here serenity would fall back to the real one.
    discord.fail_next("GET /gateway", 500, json!({"message": "oops", "code": 0}));
    let (mut bot, _dir) = tries(&discord).await;
    bot.ready().await;
    assert_eq!(discord.gateway().identifies(), 1);
}

#[tokio::test]
async fn nobody_answers() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let dir = tempfile::tempdir().expect("a folder");
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let bot = start_at(&address, &discord.token(), discord.clock(), &dir, moon()).await;
    let error = bot.ends().await.expect_err("it cannot start").to_string();
    let error = error.replace(&address, "http://127.0.0.1:PORT");
    insta::assert_snapshot!(error, @"http://127.0.0.1:PORT cannot be reached (Connection refused (os error 111)): check the network, and DISCORD_API_URL");
}

#[tokio::test]
async fn too_many_starts() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let limit =
        json!({"total": 1000, "remaining": 0, "reset_after": 3_600_000, "max_concurrency": 1});
    let answer = json!({"url": "ws://127.0.0.1:1", "shards": 1, "session_start_limit": limit});
    discord.fail_next("GET /gateway/bot", 200, answer);
    insta::assert_snapshot!(fails(&discord).await, @"the bot has connected too often today; Discord lets it in again in 60 minutes. Is something starting it over and over?");
}
