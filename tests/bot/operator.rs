//! What whoever runs the bot can ask it: whether it lives, whether it is ready, and its numbers.

#![expect(clippy::float_cmp, reason = "counts are whole numbers")]

use std::process::{Command, Output};
use std::time::Duration;

use loopback_discord::{Fault, LoopbackDiscord, World};
use mythbot::discord::Heard;

use crate::open_metrics::{self, Numbers};
use crate::process::{Process, folder, log_of, no_cooldowns, program, sql};
use crate::stage::{Running, Stage, moon, start};

const CLAIM: &str = "the moon is made of cheese";

/// How long something may take that the bot does soon.
const PATIENCE: Duration = Duration::from_secs(20);

impl Running {
    /// Status and text that it answers with.
    async fn answers(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.metrics_addr)).await;
        let answer = answer.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a text"))
    }

    async fn numbers(&self) -> Numbers {
        let (status, text) = self.answers("/metrics").await;
        assert_eq!(status, 200);
        open_metrics::read(&text).expect(&text)
    }
}

#[tokio::test]
async fn what_it_does_is_in_its_numbers() {
    let mut stage = Stage::new().await;
    let counted = [
        ("mythbot_messages_total{outcome=\"replied\",reason=\"\"}", 1.0),
        ("mythbot_messages_total{outcome=\"silent\",reason=\"no-match\"}", 2.0),
        ("mythbot_reply_seconds_count", 1.0),
        ("mythbot_matcher_seconds_count", 3.0),
    ];
    let before = stage.bot.numbers().await;
    for (series, _) in counted {
        assert_eq!(before.value(series), 0.0, "{series}");
    }
    for text in [CLAIM, "good morning", "good evening"] {
        let message = stage.says(text).await;
        stage.heard(&message).await;
    }
    let after = stage.bot.numbers().await;
    for (series, value) in counted {
        assert_eq!(after.value(series), value, "{series}");
    }
    let started = stage.discord.clock().now().as_duration().as_secs_f64();
    for (series, value) in [
        ("mythbot_shards", 1.0),
        ("mythbot_shards_connected", 1.0),
        (&*format!("mythbot_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1.0),
    ] {
        assert_eq!(after.value(series), value, "{series}");
    }
    let age = started - after.value("process_start_time_seconds");
    assert!((0.0..600.0).contains(&age), "{age} s old");
}

#[tokio::test]
async fn its_numbers_are_explained() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    let numbers = stage.bot.numbers().await;
    // Those with labels are there once they are counted.
    let families = numbers.families.iter().filter(|(name, _)| !name.contains("rest_requests"));
    let families = families.map(|(name, (kind, help))| format!("{name}, {kind}: {help}"));
    insta::assert_snapshot!(families.collect::<Vec<_>>().join("\n"), @r"
    mythbot_build, info: Which version it is.
    mythbot_matcher_seconds, histogram: What the engine took for a message, in seconds.
    mythbot_messages, counter: Messages by what became of them.
    mythbot_messages_in_flight, gauge: Messages that came in and are not done.
    mythbot_reply_seconds, histogram: From the arrival of a message to its reply, in seconds.
    mythbot_rest_wait_seconds, histogram: How long requests waited for a rate limit, in seconds.
    mythbot_shards, gauge: Connections that this process has or wants to have.
    mythbot_shards_connected, gauge: Connections that this process has.
    mythbot_store_errors, counter: Failures of the database.
    process_start_time_seconds, gauge: When the bot was started, in seconds since 1970.
    ");
    let answer = reqwest::get(format!("http://{}/metrics", stage.bot.metrics_addr)).await;
    let kind = answer.expect("an answer").headers()["content-type"].to_str().map(str::to_owned);
    insta::assert_snapshot!(kind.expect("ASCII"), @"application/openmetrics-text; version=1.0.0; charset=utf-8");
}

#[tokio::test]
async fn it_counts_how_often_it_connected_again() {
    let stage = Stage::new().await;
    stage.discord.gateway().drop_connections();
    stage.discord.gateway().resumed(1).await;
    let resumed = "mythbot_gateway_reconnects_total{shard=\"0\",how=\"resumed\"}";
    // Discord knows it a moment earlier than the bot.
    let counted = async {
        while stage.bot.numbers().await.value(resumed) < 1.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, counted).await.expect("it counts that");
    let numbers = stage.bot.numbers().await;
    assert_eq!(numbers.value("mythbot_shards_connected"), 1.0);
    assert_eq!(
        numbers.value("mythbot_gateway_reconnects_total{shard=\"0\",how=\"identified\"}"),
        0.0
    );
}

#[tokio::test]
async fn it_lives_and_is_ready() {
    let stage = Stage::new().await;
    assert_eq!(stage.bot.answers("/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(stage.bot.answers("/readyz").await, (200, "ready\n".to_owned()));
    let (status, text) = stage.bot.answers("/").await;
    assert_eq!(status, 404);
    insta::assert_snapshot!(text, @"mythbot answers at /healthz, /readyz and /metrics");
}

#[tokio::test]
async fn without_its_database_it_is_not_ready() {
    let stage = Stage::new().await;
    stage.sql("DROP TABLE replies").await;
    assert_eq!(stage.bot.answers("/healthz").await.0, 200);
    let (status, text) = stage.bot.answers("/readyz").await;
    assert_eq!(status, 503);
    insta::assert_snapshot!(text, @"The database does not answer.");
}

#[tokio::test]
async fn before_it_is_connected_it_is_not_ready() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let slow = Fault::Slow(Duration::from_secs(2));
    discord.fault_next("GET /gateway/bot", slow);
    let dir = folder();
    let mut bot = start(&discord, &dir, moon()).await;
    let (status, text) = bot.answers("/readyz").await;
    assert_eq!(status, 503);
    insta::assert_snapshot!(text, @"Discord has not said yet where to connect.");
    bot.ready().await;
    assert_eq!(bot.answers("/readyz").await.0, 200);
}

#[tokio::test]
async fn while_it_stops_it_says_so_and_then_nothing() {
    let mut stage = Stage::new().await;
    let post = "POST /channels/{channel_id}/messages";
    stage.discord.fault_next(post, Fault::Slow(Duration::from_secs(1)));
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    stage.bot.tell_to_stop();
    // It is told a moment later.
    let told = async {
        loop {
            let (status, text) = stage.bot.answers("/readyz").await;
            if status == 503 {
                return text;
            }
        }
    };
    let told = tokio::time::timeout(PATIENCE, told).await.expect("it says so");
    assert!(told.starts_with("The bot is being stopped.\n"), "{told}");
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    let address = stage.bot.metrics_addr;
    stage.bot.ends().await.expect("a clean end");
    assert!(reqwest::get(format!("http://{address}/healthz")).await.is_err());
}

/// Reads the log until these words have come so often.
async fn log_with(mut process: Process, times: f64, words: &'static str) {
    let read = tokio::task::spawn_blocking(move || process.says_often(words, times));
    read.await.expect("it says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_the_database_is_counted_once() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Gazette");
    let (channel, ann, dir) = (guild.text_channel("general"), guild.member("Ann"), folder());
    no_cooldowns(&dir, &guild).await;
    // Other stories in this process have failures of their own: the program has not.
    let (port, token, api_url) = (free_port(), discord.token(), discord.api_url());
    let address = format!("127.0.0.1:{port}");
    let settings = [
        ("DISCORD_TOKEN", &*token),
        ("DISCORD_API_URL", &*api_url),
        ("METRICS_ADDR", &*address),
        ("LOG", "debug"),
    ];
    let process = Process::start(program(dir.path(), &settings));
    discord.command_registered("mythconfig").await;
    let failures = async || {
        let text = reqwest::get(format!("http://{address}/metrics")).await.expect("an answer");
        let text = text.text().await.expect("a text");
        open_metrics::read(&text).expect("sound").value("mythbot_store_errors_total")
    };
    assert_eq!(failures().await, 0.0);
    sql(&dir, "DROP TABLE replies").await;
    ann.says(&channel, CLAIM).await;
    let process = log_of(process, &["not claimed", ": failed"]).await;
    // Others than the message may have missed the table, too. Each failure is a line of the log.
    let counted = failures().await;
    assert!(counted >= 1.0, "{counted}");
    log_with(process, counted, "error=the database failed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound").to_string();
    let dir = folder();
    let settings = [
        ("DISCORD_TOKEN", "a.b.c"),
        ("DISCORD_API_URL", "http://127.0.0.1:9"),
        ("METRICS_ADDR", &*address),
    ];
    let ended = program(dir.path(), &settings).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stderr).replace(&address, "127.0.0.1:PORT");
    insta::assert_snapshot!(said, @"mythbot: METRICS_ADDR 127.0.0.1:PORT cannot be used (Address already in use (os error 98)): is another mythbot running? Set METRICS_ADDR to another address, to one with port 0 for any port that is free, or to off");
    assert!(!dir.path().join("mythbot.db").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn mythbot_health_asks_for_those_who_have_nothing_else_to_ask_with() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let dir = folder();
    let address = format!("127.0.0.1:{}", free_port());
    let (token, api_url) = (discord.token(), discord.api_url());
    let settings =
        [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*api_url), ("METRICS_ADDR", &*address)];
    let process = log_of(Process::start(program(dir.path(), &settings)), &["connected"]).await;
    assert_eq!(health(&address, &[]), (Some(0), "alive\n".to_owned()));
    assert_eq!(health(&address, &["--ready"]), (Some(0), "ready\n".to_owned()));
    let stopped = tokio::task::spawn_blocking(move || process.stop()).await;
    assert_eq!(stopped.expect("no panic").0, Some(0));
    let (code, said) = health(&address, &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said.replace(&address, "ADDRESS"), @"mythbot: nothing answers at ADDRESS (Connection refused (os error 111)): does the bot run here, with this METRICS_ADDR?");
    let (code, said) = health("off", &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said, @"mythbot: METRICS_ADDR is off, so the bot cannot be asked: give it an address");
    let (code, said) = health("127.0.0.1:0", &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said, @"mythbot: METRICS_ADDR has port 0, so nobody knows where the bot is: give it a port");
    let (code, said) = health("here", &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said, @"mythbot: METRICS_ADDR is `here`: write an address and a port in numbers, such as 127.0.0.1:9464, or off");
}

/// What `mythbot health` says where nothing but `METRICS_ADDR` is set: exit code and text.
fn health(metrics_addr: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let dir = folder();
    let Output { status, stdout, .. } = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"))
        .arg("health")
        .args(arguments)
        .env_clear()
        .env("METRICS_ADDR", metrics_addr)
        .current_dir(dir.path())
        .output()
        .expect("it starts");
    (status.code(), String::from_utf8(stdout).expect("UTF-8"))
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("bound").port()
}
