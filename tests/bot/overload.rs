//! More comes in than the bot can take on: the newest is left unread, and it is counted. What people
//! ask it to do is done all the same, and when the flood is over it answers again.

use std::time::Duration;

use loopback_discord::{Fault, Gate, LoopbackDiscord, MessageHandle, World};
use mythbot::clock::Clock;
use mythbot::config::Config;
use mythbot::discord::{Bot, BotEvent, Heard, Limits, Parts, Patience, Revision};
use mythbot::policy::Reason;
use mythbot::telemetry::Metrics;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::memory::Memory;
use crate::stage::moon;

const CLAIM: &str = "the moon is made of cheese";
const POST: &str = "POST /channels/{channel_id}/messages";
/// How many messages this bot takes on at once.
const MOST: usize = 3;

/// A bot that takes on little, in direct messages with Ann: there it answers without a rest.
struct Flooded {
    discord: LoopbackDiscord,
    metrics: Metrics,
    events: UnboundedReceiver<BotEvent>,
    /// Holds the database.
    dir: Memory,
}

impl Flooded {
    async fn new() -> Self {
        let discord = LoopbackDiscord::start(World::new()).await;
        let dir = Memory::new();
        dir.remember(CLAIM);
        let database = format!("sqlite://{}", dir.path().join("mythbot.db").display());
        let config = Config::read(|name| match name {
            "DISCORD_TOKEN" => Some(discord.token()),
            "DISCORD_API_URL" => Some(discord.api_url()),
            "DATABASE_URL" => Some(database.clone()),
            "METRICS_ADDR" => Some("off".to_owned()),
            _ => None,
        });
        let (observer, events) = unbounded_channel();
        let (clock, metrics) = (discord.clock(), Metrics::new());
        let parts = Parts {
            config: config.expect("sound settings"),
            knowledge: moon(),
            knowledge_dir: None,
            pace: Duration::from_millis(5),
            intake: MOST,
            clock: Clock::of(move || clock.now()),
            metrics: metrics.clone(),
            limits: Limits::WHOLE,
            patience: Patience::default(),
            observer: Some(observer),
        };
        let bot = Bot::build(parts).await.expect("a database");
        tokio::spawn(bot.run(std::future::pending()));
        discord.command_registered("myth").await;
        Self { discord, metrics, events, dir }
    }

    /// Discord holds back the replies to as many messages as the bot takes on.
    fn holds_replies(&self) -> Gate {
        let gate = Gate::new();
        for _ in 0..MOST {
            self.discord.fault_next(POST, Fault::Held(gate.clone()));
        }
        gate
    }

    /// The next things that it tells about messages and edits, in their order.
    async fn tells(&mut self, count: usize) -> Vec<BotEvent> {
        const PATIENCE: Duration = Duration::from_secs(20);
        let mut told = Vec::new();
        while told.len() < count {
            let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
            let next = next.expect("the bot says what it does").expect("the bot runs");
            let own = Heard::Silent(Reason::OwnMessage);
            match &next {
                BotEvent::Message { heard, .. } if *heard != own => told.push(next),
                BotEvent::Edited { .. } => told.push(next),
                _ => {}
            }
        }
        told
    }

    /// The value of a number that it keeps.
    fn number(&self, name: &str) -> u64 {
        let text = self.metrics.text();
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        value.unwrap_or_default()
    }
}

fn id(message: &MessageHandle) -> u64 {
    message.id().to_string().parse().expect("a number")
}

const SHED: &str = "mythbot_messages_total{outcome=\"shed\",reason=\"overloaded\"}";

#[tokio::test]
async fn the_newest_messages_are_left_unread_and_counted() {
    let mut flooded = Flooded::new().await;
    let ann = flooded.discord.user("Ann");
    // Discord takes its time with the first replies, so these are not done when the others come.
    let gate = flooded.holds_replies();
    let mut taken = Vec::new();
    for _ in 0..MOST {
        taken.push(ann.dms(CLAIM).await);
    }
    let mut newest = Vec::new();
    for _ in 0..20 {
        newest.push(ann.dms(CLAIM).await);
    }
    // The newest are told of first, each as left unread; the oldest have their replies later.
    let unread = |message| BotEvent::Message {
        message_id: id(message),
        heard: Heard::Silent(Reason::Overloaded),
    };
    let mut told = flooded.tells(newest.len()).await;
    let mut wanted: Vec<BotEvent> = newest.iter().map(unread).collect();
    let by_id = |event: &BotEvent| match event {
        BotEvent::Message { message_id, .. } => *message_id,
        _ => 0,
    };
    told.sort_by_key(by_id);
    wanted.sort_by_key(by_id);
    assert_eq!(told, wanted);
    // A command is done meanwhile.
    let dm = ann.dm();
    let shown = ann.runs(&dm, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    assert_eq!(flooded.number(SHED), 20);
    assert_eq!(flooded.number("mythbot_messages_in_flight"), MOST as u64);

    gate.open();
    for told in flooded.tells(MOST).await {
        assert!(matches!(told, BotEvent::Message { heard: Heard::Replied { .. }, .. }), "{told:?}");
    }
    for message in &taken {
        assert_eq!(message.replies().all().len(), 1);
    }
    assert!(newest.iter().all(|message| message.replies().all().is_empty()));
    // And it answers again.
    ann.dms(CLAIM).await.replies().await_one().await;
    assert_eq!(flooded.number(SHED), 20);
    drop(flooded.dir);
}

#[tokio::test]
async fn edits_have_places_of_their_own() {
    let mut flooded = Flooded::new().await;
    let ann = flooded.discord.user("Ann");
    let mut edited = Vec::new();
    for _ in 0..=MOST {
        edited.push(ann.dms("good morning").await);
    }
    flooded.tells(edited.len()).await;
    let gate = flooded.holds_replies();
    for message in &edited {
        message.edit(CLAIM).await;
    }
    // The last one is left unread as an edit, while a new message is read.
    let last = edited.last().map(id).expect("a message");
    let unread = BotEvent::Edited { message_id: last, revision: Revision::Unread };
    assert_eq!(flooded.tells(1).await, [unread]);
    let message = ann.dms("good night").await;
    let heard = Heard::Silent(Reason::NoMatch);
    assert_eq!(flooded.tells(1).await, [BotEvent::Message { message_id: id(&message), heard }]);
    gate.open();
    flooded.tells(MOST).await;
    assert_eq!(flooded.number("mythbot_messages_total{outcome=\"shed\",reason=\"change\"}"), 1);
}
