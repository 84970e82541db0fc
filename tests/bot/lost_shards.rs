//! Connections that do not come about, and a bot that is told to stop meanwhile.

use std::time::Duration;

use loopback_discord::{LoopbackDiscord, World};
use mythbot::discord::Patience;
use serde_json::json;

use crate::gateway::{goes_on, quick};
use crate::stage::{Running, Stage, moon, start};

/// Of a bot that notices soon that a shard is lost.
const IMPATIENT: Patience = Patience {
    connecting: Duration::from_secs(2),
    silent: Duration::from_secs(2),
    waiting: Duration::from_secs(2),
    pause: Duration::from_millis(50),
};

/// It ends in time, and in order.
async fn stops_in_time(bot: Running) {
    let ended = tokio::time::timeout(Duration::from_secs(10), bot.stop()).await;
    ended.expect("it ends within 10 seconds").expect("a clean end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_cannot_be_reached_for_a_while() {
    let stage = Stage::with_patience(quick(), IMPATIENT).await;
    let gateway = stage.discord.gateway();
    let began = gateway.identifies();
    gateway.refuse_connections(true);
    for _ in 0..3 {
        let body = json!({"message": "502: Bad Gateway", "code": 0});
        stage.discord.fail_next("GET /gateway/bot", 502, body);
    }
    let mark = stage.discord.mark();
    gateway.reset_connections();
    let asks = |request: &loopback_discord::Request| request.name() == "GET /gateway/bot";
    let answered =
        move |request: &loopback_discord::Request| asks(request) && request.status == 200;
    stage.discord.request_since(mark, "the gateway to be asked for", answered).await;
    gateway.refuse_connections(false);
    gateway.identified(began + 1).await;
    goes_on(&stage).await;
    let asked = stage.discord.requests_since(mark).into_iter().filter(asks).count();
    assert!(asked >= 4, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shard_that_waits_for_ever_for_its_connection() {
    let stage = Stage::with_patience(quick(), IMPATIENT).await;
    let gateway = stage.discord.gateway();
    let began = gateway.identifies();
    gateway.ignore_next_connections(1);
    gateway.drop_connections();
    gateway.identified(began + 1).await;
    goes_on(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_waits_for_ever_for_a_connection() {
    let stage = Stage::with_patience(quick(), IMPATIENT).await;
    let gateway = stage.discord.gateway();
    let began = gateway.identifies();
    gateway.ignore_next_connections(2);
    gateway.drop_connections();
    gateway.identified(began + 1).await;
    goes_on(&stage).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shard_that_cannot_resume_does_not_take_a_thread() {
    // No heartbeat will end it.
    let world = World::new().patience(Duration::from_secs(35));
    let stage = Stage::with(world, moon()).await;
    let gateway = stage.discord.gateway();
    gateway.refuse_connections(true);
    gateway.reset_connections();
    gateway.attempted(2).await;
    gateway.refuse_connections(false);
    gateway.identified(2).await;
    goes_on(&stage).await;
    stage.bot.stop().await.expect("a clean end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn told_to_stop_while_serenity_reads_from_a_closed_connection() {
    let stage = Stage::new().await;
    stage.discord.gateway().close_without_code();
    stage.discord.gateway().disconnected().await;
    stops_in_time(stage.bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_while_it_cannot_connect_again() {
    let stage = Stage::with(quick(), moon()).await;
    stage.discord.gateway().refuse_connections(true);
    stage.discord.gateway().drop_connections();
    stage.discord.gateway().attempted(3).await;
    stops_in_time(stage.bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_before_it_is_connected() {
    let discord = LoopbackDiscord::start(World::new()).await;
    discord.gateway().ignore_next_connections(1);
    let dir = tempfile::tempdir().expect("a folder");
    let bot = start(&discord, &dir, moon()).await;
    discord.gateway().attempted(1).await;
    stops_in_time(bot).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_while_a_shard_waits_for_its_turn_to_identify() {
    let discord = LoopbackDiscord::start(World::new().shards(3)).await;
    let dir = tempfile::tempdir().expect("a folder");
    let bot = start(&discord, &dir, moon()).await;
    discord.gateway().identified(1).await;
    stops_in_time(bot).await;
    discord.gateway().disconnected().await;
    assert_eq!(discord.gateway().identifies(), 1);
}
