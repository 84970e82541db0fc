//! How fast the program starts and replies, how much memory it takes, and how large its database
//! grows: the real program against a Discord on this computer, its state on disk.
//!
//! `cargo bench --bench bot` prints the figures; `-- 1000` instead reads that many messages in the
//! last part.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]
#![expect(clippy::disallowed_methods, reason = "it is about time")]

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use loopback_discord::{ChannelHandle, LoopbackDiscord, Person, World};
use mythbot::policy::Settings;
use mythbot::policy::settings::Cooldowns;
use mythbot::store::{Claim, Store};
use tempfile::TempDir;

/// Messages that get a reply.
const CLAIMS: usize = 500;
/// Messages that get none.
const CHATTER: usize = 100_000;
/// Replies in a database that is measured.
const REPLIES: i64 = 100_000;

#[tokio::main]
async fn main() {
    let chatter = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let discord = LoopbackDiscord::start(World::new().patience(Duration::from_mins(2))).await;
    let guild = discord.guild("Gazette");
    let stage = Stage { channel: guild.text_channel("general"), ann: guild.member("Ann") };
    let dir = tempfile::tempdir().expect("a folder");
    without_cooldowns(&dir, &guild.id().to_string()).await;

    let started = Instant::now();
    let process = Process::start(&discord, &dir);
    discord.ready().await;
    println!("start to READY: {:?}", started.elapsed());
    discord.command_registered("myth").await;
    stage.claim(0).await;
    println!("resident memory after the first reply: {} kB", process.resident());

    let mut times = Vec::new();
    for number in 1..=CLAIMS {
        times.push(stage.claim(number).await);
        // Within the 50 requests a second that Discord allows.
        tokio::time::sleep(Duration::from_millis(22)).await;
    }
    times.sort();
    let percentile = |percent: usize| times.get(times.len() * percent / 100).copied();
    println!(
        "message to the reply on Discord, {CLAIMS} times: p50 {:?}, p99 {:?}",
        percentile(50).unwrap_or_default(),
        percentile(99).unwrap_or_default()
    );

    let chatter = chatter.unwrap_or(CHATTER);
    let started = Instant::now();
    stage.chatter(chatter).await;
    println!("{chatter} messages without a claim: {:?}", started.elapsed());
    println!("resident memory after them: {} kB", process.resident());
    drop(process);
    println!("database after {REPLIES} replies: {} kB", size_after_replies().await / 1024);
}

/// The server wants every message answered.
async fn without_cooldowns(dir: &TempDir, guild: &str) {
    let none = Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
    let settings = Settings { cooldowns: none, ..Settings::default() };
    let settings = serde_json::to_string(&settings).expect("JSON");
    let url = format!("sqlite://{}", dir.path().join("mythbot.db").display());
    let store = Store::open(&url).await.expect("a database");
    let guild = guild.parse().expect("an id");
    assert!(store.save_settings(guild, &settings, 0).await.expect("saved"));
    store.close().await;
}

/// Bytes of a database with so many replies, made as the bot makes them.
async fn size_after_replies() -> u64 {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("mythbot.db");
    let store = Store::open(&format!("sqlite://{}", file.display())).await.expect("a database");
    // What is kept of a reply to "NATO promised Russia not to expand to the east".
    let grounds = "{\"answer\":\"enlargement-promise\",\"score\":0.85,\"asks\":false,\"reason\":\
                   \"NATO promised not to expand (score 0.85, a reply needs 0.70)\",\"found\":[{\
                   \"answer\":\"enlargement-promise\",\"phrase\":\"NATO promised not to expand\",\
                   \"distance\":0,\"strength\":\"strong\",\"weight\":0.85}],\"next\":null,\
                   \"thresholds\":[0.7,0.4]}";
    // Ids of Discord's are milliseconds, shifted by 22 bits.
    for message in 0..REPLIES {
        let at_ms = 1_800_000_000_000 + message * 1000;
        let message_id = (at_ms - 1_420_070_400_000) << 22;
        let claim = Claim {
            message_id,
            channel_id: 1_300_000_000_000_000_000 + message % 50,
            guild_id: Some(1_300_000_000_000_000_000),
            author_id: 1_200_000_000_000_000_000 + message % 999,
            answer: "enlargement-promise",
            version: "0123456789abcdef",
            grounds,
            at_ms,
        };
        assert!(store.claim(&claim).await.expect("claimed"));
        store.sent(message_id, (claim.channel_id, message_id + 1)).await.expect("sent");
    }
    store.close().await;
    std::fs::metadata(&file).expect("a file").len()
}

struct Stage {
    channel: ChannelHandle,
    ann: Person,
}

impl Stage {
    /// How long it takes from a message until Discord has the reply.
    async fn claim(&self, number: usize) -> Duration {
        let started = Instant::now();
        let text = format!("{number}: NATO promised Russia not to expand to the east");
        let message = self.ann.says(&self.channel, &text).await;
        message.replies().await_one().await;
        started.elapsed()
    }

    /// So many ordinary messages; over when the bot has read them.
    async fn chatter(&self, count: usize) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evaluation/chatter.jsonl");
        let lines = std::fs::read_to_string(path).expect("our own sentences");
        let text = |line: &str| {
            let message: serde_json::Value = serde_json::from_str(line).expect("JSON");
            message["text"].as_str().expect("a text").to_owned()
        };
        let texts: Vec<String> = lines.lines().map(text).collect();
        for text in texts.iter().cycle().take(count) {
            self.ann.says(&self.channel, text).await;
        }
        self.claim(0).await;
    }
}

/// `mythbot run`; stopped when it goes.
struct Process {
    child: Child,
}

impl Process {
    fn start(discord: &LoopbackDiscord, dir: &TempDir) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_mythbot"))
            .arg("run")
            .env_clear()
            .env("DISCORD_TOKEN", discord.token())
            .env("DISCORD_API_URL", discord.api_url())
            .env("LOG", "warn")
            .env("METRICS_ADDR", "127.0.0.1:0")
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .spawn()
            .expect("the program starts");
        Self { child }
    }

    /// Resident memory in kB, as Linux counts it.
    fn resident(&self) -> String {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.map_or_else(|| "?".to_owned(), |rest| rest.trim().trim_end_matches(" kB").to_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
