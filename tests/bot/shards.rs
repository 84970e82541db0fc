//! Several processes share the shards of one bot.

use std::time::Duration;

use loopback_discord::{ChannelHandle, Fault, GuildHandle, LoopbackDiscord, Permissions, World};
use mythbot::config::Config;
use mythbot::discord::Heard;
use mythbot::policy::Reason;
use mythbot::store::Store;
use serde_json::json;
use tempfile::TempDir;
use tokio::time::Instant;

use crate::postgres::Database;
use crate::stage::{Running, Stage, moon, start_as, undisturbed, write_moon};

const CLAIM: &str = "the moon is made of cheese";
const EDIT: &str = "PATCH /channels/{channel_id}/messages/{message_id}";

/// How long Discord wants between two sessions.
const BETWEEN: Duration = Duration::from_secs(5);

/// Two shards, each with a server that wants every message answered.
struct Two {
    discord: LoopbackDiscord,
    guilds: [GuildHandle; 2],
    channels: [ChannelHandle; 2],
    database: String,
    _dir: TempDir,
}

impl Two {
    async fn new(world: World) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", dir.path().join("mythbot.db").display());
        Self::on(world, database, dir).await
    }

    async fn on(world: World, database: String, dir: TempDir) -> Self {
        let discord = LoopbackDiscord::start(world.patience(Duration::from_mins(1))).await;
        let guilds = [0, 1].map(|shard| guild_on(&discord, (shard, 2)));
        let channels = [0, 1].map(|shard: usize| guilds[shard].text_channel("general"));
        let store = Store::open(&database).await.expect("a database");
        for guild in &guilds {
            let settings = serde_json::to_string(&undisturbed()).expect("JSON");
            assert!(store.save_settings(id(guild), &settings, 0).await.expect("saved"));
        }
        store.close().await;
        Self { discord, guilds, channels, database, _dir: dir }
    }

    /// A process with these shards.
    async fn starts(&self, shards: &str) -> Running {
        start(&self.discord, &self.database, shards, None).await
    }

    async fn connected(&self) {
        self.discord.gateway().shards_connected(0..2, 2).await;
    }
}

fn id(guild: &GuildHandle) -> i64 {
    guild.id().to_string().parse().expect("a number")
}

/// A new server whose events come to shard `number` of `total`.
fn guild_on(discord: &LoopbackDiscord, (number, total): (u64, u64)) -> GuildHandle {
    loop {
        // Shards go by the millisecond.
        discord.advance(Duration::from_millis(1));
        let name = format!("Gazette {}", discord.clock().now());
        let guild = discord.guild(&name);
        if guild.id().shard(total) == number {
            return guild;
        }
    }
}

async fn start(
    discord: &LoopbackDiscord,
    database: &str,
    shards: &str,
    answers: Option<&TempDir>,
) -> Running {
    let config = Config::read(|name| match name {
        "DISCORD_TOKEN" => Some(discord.token()),
        "METRICS_ADDR" => Some("127.0.0.1:0".to_owned()),
        "DISCORD_API_URL" => Some(discord.api_url()),
        "DATABASE_URL" => Some(database.to_owned()),
        "SHARDS" => Some(shards.to_owned()),
        _ => None,
    });
    start_as(config.expect("sound settings"), discord.clock(), (moon(), answers)).await
}

#[tokio::test]
async fn two_processes_take_turns_to_begin_their_sessions() {
    let two = Two::new(World::new().identify_limit(1, BETWEEN)).await;
    let (mut first, mut second) = (two.starts("0..1/2").await, two.starts("1..2/2").await);
    two.connected().await;
    // Now both must begin anew at the same moment.
    two.discord.gateway().invalidate_sessions(false);
    two.discord.gateway().identified(4).await;
    two.connected().await;
    let ann = two.discord.user("Ann");
    for (number, bot) in [&mut first, &mut second].into_iter().enumerate() {
        ann.joins(&two.guilds[number]).await;
        let message = ann.says(&two.channels[number], CLAIM).await;
        assert!(matches!(bot.heard(&message).await, Heard::Replied { .. }));
        assert_eq!(message.replies().all().len(), 1);
    }
    assert_eq!(two.discord.gateway().identifies(), 4);
    two.discord.finish();
}

#[tokio::test]
async fn where_they_may_begin_at_once_they_do() {
    let two = Two::new(World::new().identify_limit(2, BETWEEN)).await;
    let begun = Instant::now();
    let _both = (two.starts("0..1/2").await, two.starts("1..2/2").await);
    two.connected().await;
    assert!(begun.elapsed() < BETWEEN, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn sessions_are_resumed_without_waiting_for_a_turn() {
    let two = Two::new(World::new().identify_limit(1, BETWEEN)).await;
    let _both = (two.starts("0..1/2").await, two.starts("1..2/2").await);
    two.connected().await;
    let begun = Instant::now();
    two.discord.gateway().drop_connections();
    two.discord.gateway().resumed(2).await;
    assert!(begun.elapsed() < BETWEEN, "{:?}", begun.elapsed());
    assert_eq!(two.discord.gateway().identifies(), 2);
}

#[tokio::test]
async fn direct_messages_come_to_the_first_shard() {
    let two = Two::new(World::new()).await;
    let (mut first, _second) = (two.starts("0..1/2").await, two.starts("1..2/2").await);
    two.connected().await;
    let ann = two.guilds[1].member("Ann");
    let message = ann.dms(CLAIM).await;
    assert!(matches!(first.heard(&message).await, Heard::Replied { .. }));
    assert_eq!(message.replies().all().len(), 1);
}

#[tokio::test]
async fn servers_of_other_shards_are_not_taken_for_left() {
    let two = Two::new(World::new()).await;
    let left = guild_on(&two.discord, (0, 2));
    let store = Store::open(&two.database).await.expect("a database");
    store.joined(id(&left)).await.expect("noted");
    left.kicks_bot().await;
    let mut bot = two.starts("0..1/2").await;
    bot.left(&left).await;
    bot.ready().await;
    let known = store.guilds(None).await.expect("asked");
    assert!(two.guilds.iter().all(|guild| known.contains(&id(guild))), "{known:?}");
    assert!(!known.contains(&id(&left)), "{known:?}");
    store.close().await;
}

#[tokio::test]
async fn commands_are_registered_by_the_process_with_the_first_shard() {
    let two = Two::new(World::new()).await;
    let mut second = two.starts("1..2/2").await;
    second.ready().await;
    let registers = |two: &Two| {
        let requests = two.discord.requests();
        requests.iter().filter(|request| request.route.ends_with("/commands")).count()
    };
    assert_eq!(registers(&two), 0);
    let mut first = two.starts("0..1/2").await;
    first.ready().await;
    two.discord.command_registered("mythconfig").await;
    let ann = two.guilds[1].member("Ann");
    let shown = ann.runs(&two.channels[1], "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
}

#[tokio::test]
async fn it_does_not_start_with_fewer_sessions_than_it_needs() {
    let two = Two::new(World::new().session_starts(1)).await;
    let error = two.starts("0..2/2").await.ends().await.expect_err("it cannot start");
    assert!(error.to_string().contains("connected too often today"), "{error}");
    assert_eq!(two.discord.gateway().identifies(), 0);
}

#[tokio::test]
async fn what_is_left_of_a_day_is_not_wasted_on_sessions_that_are_invalid() {
    let two = Two::new(World::new().session_starts(3)).await;
    let bot = two.starts("1").await;
    let gateway = two.discord.gateway();
    gateway.shards_connected(0..1, 1).await;
    let mark = two.discord.mark();
    gateway.invalidate_sessions(false);
    gateway.identified(2).await;
    gateway.shards_connected(0..1, 1).await;
    gateway.invalidate_sessions(false);
    // Now it asks, and hears that one is left: somebody may want to restart it.
    let asks = two.discord.request_since(mark, "a question about sessions", |request| {
        request.route == "/gateway/bot"
    });
    assert_eq!(asks.await.answer["session_start_limit"]["remaining"], 1);
    assert_eq!(gateway.identifies(), 2);
    bot.stop().await.expect("a clean end");
    assert_eq!(gateway.identifies(), 2);
}

#[tokio::test]
async fn corrections_go_on_when_the_process_that_does_them_dies() {
    let two = Two::new(World::new()).await;
    let folders = [0, 1].map(|_| tempfile::tempdir().expect("a folder"));
    let mut bots = Vec::new();
    for (folder, shards) in folders.iter().zip(["0..1/2", "1..2/2"]) {
        write_moon(folder.path());
        bots.push(start(&two.discord, &two.database, shards, Some(folder)).await);
    }
    two.connected().await;
    let ann = two.discord.user("Ann");
    let mut replies = Vec::new();
    for (number, bot) in bots.iter_mut().enumerate() {
        ann.joins(&two.guilds[number]).await;
        for _ in 0..3 {
            let message = ann.says(&two.channels[number], CLAIM).await;
            replies.push(message.replies().await_one().await);
            bot.heard(&message).await;
        }
    }
    let corrects = |folder: &TempDir| {
        let file = folder.path().join("moon-cheese/en.toml");
        let text = std::fs::read_to_string(&file).expect("the file");
        std::fs::write(&file, text.replace("samples are rock", "samples are basalt"))
            .expect("written");
    };
    let corrected = || replies.iter().filter(|reply| reply.text().contains("basalt")).count();
    // The first process begins, and dies before it has done any.
    let mark = two.discord.mark();
    for _ in 0..3 {
        two.discord.fail_next(EDIT, 503, json!({"message": "upstream", "code": 0}));
    }
    corrects(&folders[0]);
    two.discord.request_since(mark, "a correction", |request| request.name() == EDIT).await;
    bots[0].abort();
    corrects(&folders[1]);
    assert!(bots[1].reloaded().await);
    assert_eq!(corrected(), 0, "the second one waits");
    two.discord.advance(Duration::from_mins(3));
    while corrected() < replies.len() {
        bots[1].corrected().await;
    }
}

#[tokio::test]
async fn of_two_processes_one_brings_pins_up_to_date() {
    let mut stage = Stage::with_a_folder().await;
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    let moderator = stage.moderator("Mia").await;
    moderator.runs(&stage.channel, "/mythmod pin 1").await;
    let pinned = stage.channel.pins().remove(0);
    let mut second = stage.second_bot().await;
    stage.bot.corrected().await;
    second.corrected().await;
    let mut before = "samples are rock";
    for now in ["samples are basalt", "samples are dust"] {
        // Long enough for the other one to do the same.
        stage.discord.fault_next(EDIT, Fault::Slow(Duration::from_millis(500)));
        stage.edits("moon-cheese/en.toml", before, now);
        let (one, two) = tokio::join!(stage.bot.reloaded(), second.reloaded());
        assert!(one && two);
        let shows = |message: &loopback_discord::Message| {
            message.embeds.iter().any(|embed| format!("{embed:?}").contains(now))
        };
        pinned.until(now, shows).await;
        tokio::join!(stage.bot.corrected(), second.corrected());
        before = now;
    }
    let edits = |request: &&loopback_discord::Request| request.name() == EDIT;
    assert_eq!(stage.discord.requests().iter().filter(edits).count(), 2);
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn what_is_set_in_one_process_is_obeyed_in_the_others_within_a_second() {
    let database = Database::new().await;
    let dir = tempfile::tempdir().expect("a folder");
    let two = Two::on(World::new(), database.url.clone(), dir).await;
    let (_first, mut second) = (two.starts("0..1/2").await, two.starts("1..2/2").await);
    second.listens().await;
    two.connected().await;
    two.discord.command_registered("mythconfig").await;
    let ann = two.discord.user("Ann");
    for guild in &two.guilds {
        ann.joins(guild).await;
    }
    let message = ann.says(&two.channels[1], CLAIM).await;
    assert!(matches!(second.heard(&message).await, Heard::Replied { .. }));

    let begun = Instant::now();
    ann.runs(&two.channels[0], "/myth optout").await;
    second.hears_change(None).await;
    let opted_out = begun.elapsed();
    let message = ann.says(&two.channels[1], CLAIM).await;
    assert_eq!(second.heard(&message).await, Heard::Silent(Reason::OptedOut));

    // As a process does that had the server's shard before.
    let store = Store::open(&two.database).await.expect("a database");
    let begun = Instant::now();
    assert!(
        store.save_settings(id(&two.guilds[1]), "{\"mode\": \"off\"}", 1).await.expect("saved")
    );
    second.hears_change(Some(&two.guilds[1])).await;
    let set = begun.elapsed();
    let message = two.guilds[1].member("Ben").says(&two.channels[1], CLAIM).await;
    assert_eq!(second.heard(&message).await, Heard::Silent(Reason::ModeOff));
    store.close().await;
    println!("obeyed after {opted_out:?} (command included) and {set:?}");
    assert!(opted_out.max(set) < Duration::from_secs(1), "{opted_out:?}, {set:?}");
}
