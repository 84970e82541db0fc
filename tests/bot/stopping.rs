//! The program is told to stop: it takes no more messages, finishes what it began, and ends in peace.

use std::time::Duration;

use loopback_discord::{
    ChannelHandle, Fault, GuildHandle, LoopbackDiscord, MessageHandle, Person, World,
};
use mythbot::policy::Settings;
use mythbot::policy::settings::Cooldowns;
use mythbot::store::Store;
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

use crate::killed::life::Life;

const CLAIM: &str = "the moon is made of cheese";
const POST: &str = "POST /channels/{channel_id}/messages";

/// Docker kills after ten seconds.
const TEN_SECONDS: Duration = Duration::from_secs(10);

struct Stopping {
    discord: LoopbackDiscord,
    dir: TempDir,
    guild: GuildHandle,
    channel: ChannelHandle,
    ann: Person,
}

impl Stopping {
    async fn new() -> (Self, Life) {
        let discord = LoopbackDiscord::start(World::new()).await;
        let guild = discord.guild("Gazette");
        let (channel, ann) = (guild.text_channel("general"), guild.member("Ann"));
        let dir = tempfile::tempdir().expect("a folder");
        crate::stage::write_moon(&dir.path().join("answers"));
        let stopping = Self { discord, dir, guild: guild.clone(), channel, ann };
        let none =
            Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
        let settings = Settings { cooldowns: none, ..Settings::default() };
        let store = Store::open(&stopping.database()).await.expect("a database");
        let settings = serde_json::to_string(&settings).expect("JSON");
        let id = guild.id().to_string().parse().expect("a number");
        assert!(store.save_settings(id, &settings, 0).await.expect("saved"));
        store.close().await;
        let life = stopping.begins().await;
        (stopping, life)
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.dir.path().join("mythbot.db").display())
    }

    async fn begins(&self) -> Life {
        let (token, api_url) = (self.discord.token(), self.discord.api_url());
        let mut life = Life::start(self.dir.path(), &token, &api_url);
        assert!(life.says("left behind").await, "{}", life.said);
        life
    }

    /// So many messages, each in a channel of its own, that the bot has taken and not answered, because
    /// Discord is slow. In one channel it would ask one after another.
    async fn in_flight(&self, count: usize, slow: Duration) -> Vec<MessageHandle> {
        let mut messages = Vec::new();
        for number in 0..count {
            let channel = self.guild.text_channel(&format!("room-{number}"));
            self.discord.fault_next(POST, Fault::Slow(slow));
            messages.push(self.ann.says(&channel, CLAIM).await);
        }
        let mut database = SqliteConnection::connect(&self.database()).await.expect("a database");
        let taken = "SELECT COUNT(*) FROM replies";
        while sqlx::query_scalar::<_, i64>(taken).fetch_one(&mut database).await.expect("rows")
            < i64::try_from(count).expect("few")
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        messages
    }
}

fn answered(messages: &[MessageHandle]) -> usize {
    messages.iter().filter(|message| message.replies().all().len() == 1).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_replies_to_a_slow_discord_are_finished() {
    let (stopping, mut life) = Stopping::new().await;
    let messages = stopping.in_flight(20, Duration::from_secs(2)).await;
    let told = tokio::time::Instant::now();
    life.signal("-TERM");
    assert!(life.says("finishing what was begun").await);
    let late = stopping.ann.says(&stopping.channel, CLAIM).await;
    assert_eq!(life.code().await, Some(0));
    assert!(told.elapsed() < TEN_SECONDS, "{:?}", told.elapsed());
    println!("drained 20 replies in {:?}", told.elapsed());
    assert_eq!(answered(&messages), 20);
    assert!(late.replies().all().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discord_that_does_not_answer_is_not_waited_for_and_nothing_is_said_twice() {
    let (stopping, life) = Stopping::new().await;
    let messages = stopping.in_flight(3, Duration::from_mins(2)).await;
    let told = tokio::time::Instant::now();
    assert_eq!(life.stop().await, Some(0));
    assert!(told.elapsed() < TEN_SECONDS, "{:?}", told.elapsed());
    assert_eq!(answered(&messages), 0);
    // The next life finishes it.
    let life = stopping.begins().await;
    assert_eq!(answered(&messages), 3);
    assert_eq!(life.stop().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_does_not_answer_is_not_waited_for() {
    let (stopping, life) = Stopping::new().await;
    let messages = stopping.in_flight(3, Duration::from_secs(1)).await;
    let mut lock = SqliteConnection::connect(&stopping.database()).await.expect("a database");
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut lock).await.expect("nobody else writes");
    let told = tokio::time::Instant::now();
    assert_eq!(life.stop().await, Some(0));
    assert!(told.elapsed() < TEN_SECONDS, "{:?}", told.elapsed());
    assert_eq!(answered(&messages), 3);
    lock.close().await.expect("closed");
    // What could not be noted is found.
    let life = stopping.begins().await;
    for message in &messages {
        message.is_told_again().await;
    }
    assert_eq!(life.stop().await, Some(0));
    assert_eq!(answered(&messages), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_stops_at_once() {
    let (stopping, mut life) = Stopping::new().await;
    stopping.in_flight(1, Duration::from_mins(2)).await;
    life.signal("-INT");
    assert!(life.says("a second signal stops at once").await);
    let told = tokio::time::Instant::now();
    life.signal("-INT");
    assert!(life.says("stopped at once").await);
    assert_eq!(life.code().await, Some(0));
    assert!(told.elapsed() < Duration::from_secs(5), "{:?}", told.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_stops_it_in_peace() {
    let (_stopping, mut life) = Stopping::new().await;
    life.signal("-INT");
    assert!(life.says("stopped").await);
    assert_eq!(life.code().await, Some(0));
}
