//! How long the program takes to start, and to stop with replies in flight.

use std::time::{Duration, Instant};

use loopback_discord::{Fault, Gate};

use crate::feed::Feed;
use crate::process::{Process, Role};

/// Replies that are in flight when it is told to stop: fewer than the 50 requests that may be under way
/// within Discord's limit.
const REPLIES: usize = 40;
/// How long Discord then takes until it answers them.
const SLOW: Duration = Duration::from_secs(1);
const POST: &str = "POST /channels/{channel_id}/messages";

pub(crate) async fn measure() {
    let mut feed = Feed::new().await;
    let began = Instant::now();
    let mut process = Process::start(Role::Program, &feed.discord, &feed.dir);
    feed.discord.ready().await;
    println!("start to ready: {:.1?}", began.elapsed());
    feed.discord.command_registered("mythconfig").await;
    println!("start to commands registered: {:.1?}", began.elapsed());
    feed.settle().await;

    let gate = Gate::new();
    for _ in 0..REPLIES {
        feed.discord.fault_next(POST, Fault::Held(gate.clone()));
    }
    let mark = feed.discord.mark();
    for _ in 0..REPLIES {
        feed.claim().await;
    }
    while gate.holds() < REPLIES {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    process.terminate();
    let told = Instant::now();
    tokio::time::sleep(SLOW).await;
    gate.open();
    let ended = tokio::task::spawn_blocking(move || process.ended()).await.expect("no panic");
    println!(
        "SIGTERM to the end with {REPLIES} replies in flight that Discord answers after {SLOW:?}: \
         {:.1?}, {ended}, {} posted",
        told.elapsed(),
        feed.discord.requests_since(mark).iter().filter(|request| request.name() == POST).count()
    );
}
