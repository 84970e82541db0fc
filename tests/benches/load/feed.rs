//! A server, and what people write in it: `MESSAGE_CREATE` as Discord sends it, prepared so that
//! feeding costs little.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use loopback_discord::{LoopbackDiscord, Request, World};
use mythbot::policy::Settings;
use mythbot::policy::settings::Cooldowns;
use mythbot::store::Store;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Something that is owed an answer.
const CLAIM: &str = "NATO promised Russia not to expand to the east";
/// Channels of the server.
const CHANNELS: usize = 100;
/// Stands for the id in a prepared message.
const ID: &str = "<id>";
/// When Discord's ids begin, in milliseconds since 1970.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

/// A Discord with one server, which wants every message answered.
pub(crate) struct Feed {
    pub(crate) discord: LoopbackDiscord,
    /// Where the bot's database is.
    pub(crate) dir: TempDir,
    chat: Vec<String>,
    claims: Vec<String>,
    fed: u64,
    last_ms: i64,
    within_ms: i64,
}

impl Feed {
    pub(crate) async fn new() -> Self {
        let discord = LoopbackDiscord::start(World::new().patience(Duration::from_mins(2))).await;
        let guild = discord.guild("Gazette");
        let channels: Vec<String> = (0..CHANNELS)
            .map(|number| guild.text_channel(&format!("channel-{number}")).id().to_string())
            .collect();
        let dir = tempfile::tempdir().expect("a folder");
        without_cooldowns(&dir, &guild.id().to_string()).await;
        let chat = chatter();
        let mut feed = Self {
            discord,
            dir,
            chat: Vec::new(),
            claims: Vec::new(),
            fed: 0,
            last_ms: 0,
            within_ms: 0,
        };
        let guilds = [guild.id().to_string()];
        feed.prepare(&guilds, &channels, &chat);
        feed.claims = (0..CHANNELS)
            .map(|number| message(&guilds[0], &channels[number], number, CLAIM))
            .collect();
        feed
    }

    /// People write everyday things in all of these servers, and channels, in turn.
    pub(crate) fn prepare(&mut self, guilds: &[String], channels: &[String], texts: &[String]) {
        let most = guilds.len().max(channels.len()).max(texts.len());
        self.chat = (0..most)
            .map(|number| {
                let guild = &guilds[number % guilds.len()];
                let channel = &channels[number % channels.len()];
                message(guild, channel, number, &texts[number % texts.len()])
            })
            .collect();
    }

    /// Somebody writes something that is owed no answer.
    pub(crate) async fn chat(&mut self) {
        let (number, id) = (self.fed, self.next_id());
        let text = &self.chat[usize::try_from(number).expect("small") % self.chat.len()];
        self.discord.gateway().feed("MESSAGE_CREATE", &text.replacen(ID, &id, 1)).await;
    }

    /// Somebody makes the claim; the id of the message.
    pub(crate) async fn claim(&mut self) -> String {
        let (number, id) = (self.fed, self.next_id());
        let text = &self.claims[usize::try_from(number).expect("small") % self.claims.len()];
        self.discord.gateway().feed("MESSAGE_CREATE", &text.replacen(ID, &id, 1)).await;
        id
    }

    /// So many a second for so long, one in `one_in` a claim. Calls `each_second`, and returns the
    /// claims with the time of each.
    pub(crate) async fn flow(
        &mut self,
        (rate, seconds): (u64, u64),
        one_in: Option<u64>,
        mut each_second: impl FnMut(u64),
    ) -> Vec<(String, Instant)> {
        let mut claims = Vec::new();
        let mut ticks = tokio::time::interval(Duration::from_millis(1));
        let began = Instant::now();
        let (mut sent, mut second) = (0, 0);
        while sent < rate * seconds {
            ticks.tick().await;
            let passed = u64::try_from(began.elapsed().as_micros()).expect("no year");
            let due = (rate * passed / 1_000_000).min(rate * seconds);
            while sent < due {
                if one_in.is_some_and(|one_in| sent % one_in == one_in - 1) {
                    let at = Instant::now();
                    claims.push((self.claim().await, at));
                } else {
                    self.chat().await;
                }
                sent += 1;
            }
            if passed / 1_000_000 > second {
                second += 1;
                each_second(second);
            }
        }
        claims
    }

    /// Waits until everything that was fed is read: a claim that is made after it has its reply. In a
    /// flood it may be shed; then it is made again.
    pub(crate) async fn settle(&mut self) {
        loop {
            let mark = self.discord.mark();
            let id = self.claim().await;
            let replied = async {
                while !self.discord.requests_since(mark).iter().any(|one| one.body["nonce"] == id) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            if tokio::time::timeout(Duration::from_secs(2), replied).await.is_ok() {
                return;
            }
        }
    }

    /// When the replies to messages were posted, by the ids of the messages.
    pub(crate) fn posted(&self) -> Vec<(String, Instant)> {
        let requests = self.discord.requests().into_iter();
        let post = |request: &Request| request.name() == "POST /channels/{channel_id}/messages";
        let reply = |request: Request| Some((request.body["nonce"].as_str()?.into(), request.at));
        requests.filter(post).filter_map(reply).collect()
    }

    fn next_id(&mut self) -> String {
        let now = Timestamp::now().as_millisecond();
        self.fed += 1;
        if now > self.last_ms {
            (self.last_ms, self.within_ms) = (now, 0);
        } else {
            self.within_ms += 1;
        }
        // The bot's replies have ids of their own in the same millisecond.
        (((self.last_ms - DISCORD_EPOCH) << 22) + (1 << 17) + self.within_ms).to_string()
    }
}

/// The server wants every message answered.
async fn without_cooldowns(dir: &TempDir, guild: &str) {
    let none = Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
    let settings = Settings { cooldowns: none, ..Settings::default() };
    let settings = serde_json::to_string(&settings).expect("JSON");
    let store = store(dir).await;
    let guild = guild.parse().expect("an id");
    assert!(store.save_settings(guild, &settings, 0).await.expect("saved"));
    store.close().await;
}

/// The bot's database.
pub(crate) async fn store(dir: &TempDir) -> Store {
    let url = format!("sqlite://{}", dir.path().join("mythbot.db").display());
    Store::open(&url).await.expect("a database")
}

/// Everyday sentences of our own.
pub(crate) fn chatter() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evaluation/chatter.jsonl");
    let lines = std::fs::read_to_string(path).expect("our own sentences");
    let text = |line: &str| {
        let message: Value = serde_json::from_str(line).expect("JSON");
        message["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}

/// A message as the gateway tells of it.
fn message(guild: &str, channel: &str, number: usize, text: &str) -> String {
    let author = 1_200_000_000_000_000_000_u64 + u64::try_from(number % 500).expect("small");
    json!({
        "id": ID,
        "channel_id": channel,
        "guild_id": guild,
        "type": 0,
        "content": text,
        "author": {
            "id": author.to_string(), "username": format!("somebody_{}", number % 500),
            "global_name": "Somebody", "discriminator": "0", "public_flags": 0, "bot": false,
            "avatar": "0123456789abcdef0123456789abcdef", "avatar_decoration_data": null,
            "clan": null, "primary_guild": null,
        },
        "member": {
            "roles": ["1300000000000000001", "1300000000000000002"], "nick": null, "avatar": null,
            "joined_at": "2024-05-01T12:00:00.000000+00:00", "premium_since": null, "mute": false,
            "deaf": false, "pending": false, "flags": 0, "banner": null,
            "communication_disabled_until": null,
        },
        "timestamp": "2026-11-24T12:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "mention_channels": [],
        "attachments": [], "embeds": [], "components": [], "pinned": false, "flags": 0,
        "channel_type": 0, "nonce": "1300000000000000003",
    })
    .to_string()
}
