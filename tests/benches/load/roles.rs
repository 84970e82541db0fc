//! What runs in the other process when it is not the program itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use mythbot::clock::Clock;
use mythbot::config::Config;
use mythbot::discord::{self, Bot, BotEvent, Heard, Parts};
use mythbot::knowledge::{Folder, load};
use mythbot::policy::Reason;
use mythbot::telemetry::{self, Metrics};
use serde_json::json;
use serenity::all::{ClientBuilder, EventHandler, GatewayIntents, HttpBuilder};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::process::Role;

pub(crate) async fn play(role: Role) {
    match role {
        Role::Bare => bare().await,
        Role::Watched | Role::Program => watched().await,
    }
}

struct Bare;

impl EventHandler for Bare {}

/// A client with the bot's intents that drops every event.
async fn bare() {
    let variable = |name| std::env::var(name).expect("set by the bench");
    let http = HttpBuilder::new(variable("DISCORD_TOKEN"))
        .proxy(variable("DISCORD_API_URL"))
        .ratelimiter_disabled(true)
        .build();
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::DIRECT_MESSAGES
        | GatewayIntents::MESSAGE_CONTENT;
    let client = ClientBuilder::new_with_http(http, intents).event_handler(Bare).await;
    client.expect("a client").start().await.expect("it is connected until it is killed");
}

/// The bot with somebody who watches it, and tells for each line of standard input how it is.
async fn watched() {
    let config = Config::load().expect("sound settings");
    telemetry::start(config.log, false);
    let metrics = Metrics::new();
    let (observer, events) = unbounded_channel();
    let parts = Parts {
        config,
        knowledge: load(&Folder::built_in()).expect("sound answers"),
        knowledge_dir: None,
        pace: discord::PACE,
        intake: discord::INTAKE,
        clock: Clock::system(),
        metrics: metrics.clone(),
        limits: discord::Limits::WHOLE,
        patience: discord::Patience::default(),
        observer: Some(observer),
    };
    let deepest = Arc::new(AtomicU64::new(0));
    tokio::spawn(sample(metrics.clone(), Arc::clone(&deepest)));
    let bot = Bot::build(parts).await.expect("a database");
    tokio::spawn(bot.run(std::future::pending()));
    tell(events, &metrics, &deepest).await;
}

/// Looks every 10 ms how many messages are not done.
async fn sample(metrics: Metrics, deepest: Arc<AtomicU64>) {
    let mut often = tokio::time::interval(Duration::from_millis(10));
    loop {
        often.tick().await;
        deepest.fetch_max(depth(&metrics), Ordering::Relaxed);
    }
}

/// How many messages are not done.
fn depth(metrics: &Metrics) -> u64 {
    let text = metrics.text();
    let depth = text.lines().find_map(|line| line.strip_prefix("mythbot_messages_in_flight "));
    depth.and_then(|depth| depth.parse().ok()).unwrap_or_default()
}

async fn tell(mut events: UnboundedReceiver<BotEvent>, metrics: &Metrics, deepest: &AtomicU64) {
    let (asks, mut asked) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            // It ends with its process.
            let _ = asks.send(line.is_ok());
        }
    });
    let (mut unread, mut failed) = (Vec::new(), Vec::new());
    loop {
        tokio::select! {
            Some(event) = events.recv() => match event {
                BotEvent::Message { message_id, heard: Heard::Silent(Reason::Overloaded) } => {
                    unread.push(message_id.to_string());
                }
                BotEvent::Message { message_id, heard: Heard::Failed { .. } } => {
                    failed.push(message_id.to_string());
                }
                _ => {}
            },
            Some(_) = asked.recv() => {
                let told = json!({
                    "unread": unread, "failed": failed, "now": depth(metrics),
                    "deepest": deepest.load(Ordering::Relaxed),
                });
                println!("{told}");
            }
        }
    }
}
