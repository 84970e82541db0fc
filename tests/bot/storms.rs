//! Many disconnects at random points, and no reply is lost or said twice.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use fastrand::Rng;
use loopback_discord::{MessageHandle, World};
use mythbot::discord::Heard;

use crate::stage::{Stage, moon};

const CLAIM: &str = "the moon is made of cheese";
const MESSAGES: usize = 10_000;
const DISCONNECTS: usize = 100;
/// One in so many messages is owed an answer.
const OWED: usize = 20;

/// What people say besides.
const CHAT: [&str; 4] =
    ["good morning", "has anybody seen the match?", "the moon is bright tonight", "see you later"];

/// Breaks the connection in one of the ways in which that happens.
fn disconnect(stage: &Stage, random: &mut Rng) {
    let gateway = stage.discord.gateway();
    gateway.replay_on_resume(random.u64(0..10));
    match random.u8(0..6) {
        0 => gateway.drop_connections(),
        1 => gateway.reset_connections(),
        2 => gateway.tear_at_next_event(),
        3 => gateway.ask_to_reconnect(),
        4 => gateway.invalidate_sessions(true),
        _ => gateway.close(4000),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_messages_and_a_hundred_disconnects() {
    let world = World::new().patience(Duration::from_mins(2));
    let mut stage = Stage::with(world, moon()).await;
    let seed = 20_261_124;
    let mut random = Rng::with_seed(seed);
    let mut points: Vec<usize> = (0..MESSAGES).collect();
    random.shuffle(&mut points);
    points.truncate(DISCONNECTS);
    points.sort_unstable();
    let mut owed: Vec<MessageHandle> = Vec::new();
    let mut all: Vec<MessageHandle> = Vec::with_capacity(MESSAGES);
    for text in CHAT.iter().chain([&CLAIM]) {
        stage.remembers(text);
    }
    for number in 0..MESSAGES {
        if points.binary_search(&number).is_ok() {
            // The one before is over: a connection breaks only while there is one.
            stage.discord.ready().await;
            disconnect(&stage, &mut random);
        }
        let is_owed = random.usize(0..OWED) == 0;
        let text = if is_owed { CLAIM } else { CHAT[random.usize(0..CHAT.len())] };
        let message = stage.ann.says(&stage.channel, text).await;
        if is_owed {
            owed.push(message.clone());
        }
        all.push(message);
    }
    // Each of them has been decided about.
    let mut open: BTreeSet<String> = all.iter().map(|message| message.id().to_string()).collect();
    let mut failed = 0;
    while !open.is_empty() {
        let (id, heard) = stage.bot.next_message().await;
        failed += usize::from(matches!(heard, Heard::Failed { .. }));
        open.remove(&id);
    }
    assert_eq!(failed, 0);
    assert_eq!(stage.discord.gateway().identifies(), 1, "no session was lost");
    let mut answered: BTreeMap<String, usize> = BTreeMap::new();
    for reply in stage.channel.bot_messages() {
        let to = reply.replies_to().expect("a reply").id().to_string();
        *answered.entry(to).or_default() += 1;
    }
    let owed: BTreeMap<String, usize> =
        owed.iter().map(|message| (message.id().to_string(), 1)).collect();
    assert_eq!(answered, owed, "seed {seed}");
    stage.stops().await;
    println!(
        "{MESSAGES} messages, {} owed, {} resumptions",
        owed.len(),
        stage.discord.gateway().resumes()
    );
}
