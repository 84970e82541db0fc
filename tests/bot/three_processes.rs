//! Three processes of the program with one PostgreSQL share 16 shards and 2,000 servers.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use loopback_discord::{ChannelHandle, GuildHandle, LoopbackDiscord, MessageHandle, Person, World};
use mythbot::store::Store;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::postgres::Database;
use crate::stage::{undisturbed, write_moon};

const CLAIM: &str = "the moon is made of cheese";
const SHARDS: u64 = 16;
const SERVERS: usize = 2000;
/// Every so many servers somebody says something.
const EVERY: usize = 10;

/// How long anything may take: sixteen sessions begin one after the other.
const PATIENCE: Duration = Duration::from_mins(3);

/// One of the processes, as a pod of a `StatefulSet`.
struct Pod {
    child: Child,
    log: watch::Receiver<String>,
}

impl Pod {
    fn start(discord: &LoopbackDiscord, database: &str, answers: &Path, number: usize) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"))
            .arg("run")
            .env_clear()
            .env("METRICS_ADDR", "127.0.0.1:0")
            .env("DISCORD_TOKEN", discord.token())
            .env("DISCORD_API_URL", discord.api_url())
            .env("DATABASE_URL", database)
            .env("KNOWLEDGE_DIR", answers)
            .env("SHARDS", format!("part mythbot-{number} of 3/{SHARDS}"))
            .env("LOG", "debug")
            .env("LOG_FORMAT", "json")
            .current_dir(answers)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let (write, log) = watch::channel(String::new());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                write.send_modify(|log| log.extend([&line, "\n"]));
            }
        });
        Self { child, log }
    }

    /// What its log says about a message in the end.
    async fn about(&mut self, message: &MessageHandle) -> String {
        let id = format!("\"message_id\":{},", message.id());
        let line = |log: &str| {
            let ends = |line: &&str| line.contains("kept silent") || line.contains("replied");
            log.lines().filter(|line| line.contains(&id)).find(ends).map(str::to_owned)
        };
        let found = self.log.wait_for(|log| line(log).is_some());
        let log = tokio::time::timeout(PATIENCE, found).await.expect("it says something");
        line(&log.expect("it runs")).expect("found")
    }

    fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Pod {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server in which somebody says something.
struct Server {
    guild: GuildHandle,
    channel: ChannelHandle,
    ann: Person,
}

impl Server {
    fn shard(&self) -> u64 {
        self.guild.id().shard(SHARDS)
    }

    fn id(&self) -> i64 {
        self.guild.id().to_string().parse().expect("a number")
    }

    /// Which process has it.
    fn pod(&self) -> usize {
        (0..3).rfind(|pod| self.shard() >= first(*pod)).expect("one of them")
    }
}

/// The first shard of a process: 0, 5, 10.
fn first(pod: usize) -> u64 {
    [0, 5, 10][pod]
}

struct Story {
    discord: LoopbackDiscord,
    database: Database,
    store: Store,
    answers: TempDir,
    servers: Vec<Server>,
}

impl Story {
    async fn new() -> Self {
        let world = World::new().patience(PATIENCE).shards(SHARDS);
        // Four may begin at once, of whatever process.
        let world = world.identify_limit(4, Duration::from_secs(5));
        let discord = LoopbackDiscord::start(world).await;
        let database = Database::new().await;
        let store = Store::open(&database.url).await.expect("a database");
        let answers = tempfile::tempdir().expect("a folder");
        write_moon(answers.path());
        let mut told = Self { discord, database, store, answers, servers: Vec::new() };
        for number in 0..SERVERS {
            // Shards go by the millisecond.
            told.discord.advance(Duration::from_millis(1));
            let guild = told.discord.guild(&format!("Server {number}"));
            let channel = guild.text_channel("general");
            if number % EVERY == 0 {
                let ann = guild.member(&format!("Ann of {number}"));
                told.servers.push(Server { guild, channel, ann });
            }
        }
        told
    }

    fn starts(&self, pod: usize) -> Pod {
        Pod::start(&self.discord, &self.database.url, self.answers.path(), pod)
    }

    /// Somebody makes a claim in each of these servers, all at once, and each gets a reply.
    async fn claims(&self, servers: impl Iterator<Item = &Server>) -> Vec<MessageHandle> {
        let mut messages = Vec::new();
        for server in servers {
            messages.push(server.ann.says(&server.channel, CLAIM).await);
        }
        for message in &messages {
            message.replies().await_one().await;
        }
        messages
    }

    /// How long it takes until a process keeps silent for that reason.
    async fn silent_after(
        &self,
        pod: &mut Pod,
        server: &Server,
        who: &Person,
        why: &str,
    ) -> Duration {
        let begun = Instant::now();
        loop {
            let message = who.says(&server.channel, CLAIM).await;
            let asked = begun.elapsed();
            if pod.about(&message).await.contains(why) {
                return asked;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs POSTGRES_URL"]
async fn three_processes_are_one_bot() {
    let story = Story::new().await;
    let gateway = story.discord.gateway();
    let mut pods = [0, 1, 2].map(|pod| story.starts(pod));
    let begun = Instant::now();
    gateway.shards_connected(0..SHARDS, SHARDS).await;
    println!("16 shards are connected after {:?}", begun.elapsed());
    for server in &story.servers {
        let settings = serde_json::to_string(&undisturbed()).expect("JSON");
        assert!(story.store.save_settings(server.id(), &settings, 0).await.expect("saved"));
    }

    // Each claim is answered once, by whoever has the server.
    let mut messages = story.claims(story.servers.iter()).await;

    // Whoever opts out in one process is left alone by the others.
    let of = |pod| story.servers.iter().find(move |server| server.pod() == pod).expect("one");
    let (here, there) = (of(0), of(2));
    here.ann.joins(&there.guild).await;
    here.ann.runs(&here.channel, "/myth optout").await;
    let opted_out = story.silent_after(&mut pods[2], there, &here.ann, "opted-out").await;
    // What is set elsewhere counts.
    let version = 1;
    let off = "{\"mode\": \"off\"}";
    assert!(story.store.save_settings(there.id(), off, version).await.expect("saved"));
    let set = story.silent_after(&mut pods[2], there, &there.ann, "mode-off").await;
    println!("obeyed by another process after {opted_out:?} and {set:?}");
    assert!(opted_out.max(set) < Duration::from_secs(1), "{opted_out:?}, {set:?}");

    // One is killed: the others go on.
    pods[1].kill();
    gateway.shards_connected((0..5).chain(10..SHARDS), SHARDS).await;
    let speaking = |server: &&Server| server.id() != there.id() && server.id() != here.id();
    let alive = story.servers.iter().filter(speaking).filter(|server| server.pod() != 1);
    messages.extend(story.claims(alive).await);

    // It comes back, and nothing is answered twice.
    pods[1] = story.starts(1);
    let begun = Instant::now();
    gateway.shards_connected(0..SHARDS, SHARDS).await;
    println!("its 5 shards are back after {:?}", begun.elapsed());
    for message in &messages {
        message.is_told_again().await;
    }
    messages.extend(story.claims(story.servers.iter().filter(speaking)).await);
    let twice = messages.iter().filter(|message| message.replies().all().len() != 1);
    assert_eq!(twice.count(), 0, "of {} messages", messages.len());
    assert_eq!(gateway.identifies(), 21, "no shard began more than once in a process");
    assert_eq!(gateway.closed_with(), [0_u16; 0]);
    println!("{} messages were answered once", messages.len());
    drop(pods);
    story.store.close().await;
    story.discord.finish();
}
