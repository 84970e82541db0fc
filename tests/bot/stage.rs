//! A Discord with the bot in it, and what a story needs to act and to look.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use loopback_discord::{ChannelHandle, GuildHandle, LoopbackDiscord, MessageHandle, Person, World};
use mythbot::clock::Clock;
use mythbot::config::Config;
use mythbot::discord::{Bot, BotEvent, Heard, Parts, StartError};
use mythbot::knowledge::{self, Folder, Knowledge};
use mythbot::policy::Settings;
use mythbot::policy::settings::Cooldowns;
use mythbot::store::Store;
use sqlx::Connection as _;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server with a channel, somebody in it, and the bot.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) discord: LoopbackDiscord,
    pub(crate) bot: Running,
    pub(crate) guild: GuildHandle,
    pub(crate) channel: ChannelHandle,
    pub(crate) ann: Person,
    /// Address of the database.
    database: String,
    /// Holds it, if it is a file.
    dir: TempDir,
}

/// A bot that runs.
#[derive(Debug)]
pub(crate) struct Running {
    events: UnboundedReceiver<BotEvent>,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<Result<(), StartError>>,
}

impl Stage {
    /// With the answers of `moon/`, in a server that wants every message answered.
    pub(crate) async fn new() -> Self {
        Self::with(World::new(), moon()).await
    }

    /// In a server that has not set anything: the bot keeps silent for a while after it spoke.
    pub(crate) async fn with_cooldowns() -> Self {
        Self::set(World::new(), moon(), None, None).await
    }

    /// On PostgreSQL, in a server that wants every message answered.
    pub(crate) async fn on_postgres(database: String) -> Self {
        Self::set(World::new(), moon(), Some(no_cooldowns()), Some(database)).await
    }

    /// With the answers that are compiled in.
    pub(crate) async fn with_the_real_answers() -> Self {
        let knowledge = knowledge::load(&Folder::built_in()).expect("sound answers");
        Self::with(World::new(), knowledge).await
    }

    pub(crate) async fn with(world: World, knowledge: Knowledge) -> Self {
        Self::set(world, knowledge, Some(no_cooldowns()), None).await
    }

    async fn set(
        world: World,
        knowledge: Knowledge,
        settings: Option<Settings>,
        database: Option<String>,
    ) -> Self {
        let discord = LoopbackDiscord::start(world).await;
        let guild = discord.guild("Gazette");
        let channel = guild.text_channel("general");
        let ann = guild.member("Ann");
        let dir = tempfile::tempdir().expect("a folder");
        let database = database.unwrap_or_else(|| sqlite_in(&dir));
        if let Some(settings) = settings {
            let store = Store::open(&database).await.expect("a database");
            let settings = serde_json::to_string(&settings).expect("JSON");
            let id = guild.id().to_string().parse().expect("a number");
            assert!(store.save_settings(id, &settings, 0).await.expect("saved"));
            store.close().await;
        }
        let mut bot = start_on(&discord, &database, knowledge).await;
        bot.ready().await;
        Self { discord, bot, guild, channel, ann, database, dir }
    }

    /// Somebody says something in the channel.
    pub(crate) async fn says(&self, text: &str) -> MessageHandle {
        self.ann.says(&self.channel, text).await
    }

    /// What the bot did about a message.
    pub(crate) async fn heard(&mut self, message: &MessageHandle) -> Heard {
        self.bot.heard(message).await
    }

    /// Stops the bot and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.restart_with(moon()).await;
    }

    pub(crate) async fn restart_with(&mut self, knowledge: Knowledge) {
        let fresh = start_on(&self.discord, &self.database, knowledge);
        let old = std::mem::replace(&mut self.bot, fresh.await);
        old.stop().await.expect("a clean end");
        self.bot.ready().await;
    }

    /// Somebody changes the database behind the bot's back.
    pub(crate) async fn sql(&self, statement: &'static str) {
        let mut database =
            sqlx::SqliteConnection::connect(&self.database).await.expect("the database");
        sqlx::query(statement).execute(&mut database).await.expect("a sound statement");
    }

    /// The database takes nothing more until what is returned is dropped.
    pub(crate) async fn lock_database(&self) -> sqlx::SqliteConnection {
        let mut lock = sqlx::SqliteConnection::connect(&self.database).await.expect("the database");
        sqlx::query("BEGIN EXCLUSIVE").execute(&mut lock).await.expect("nobody else writes");
        lock
    }

    /// How many rows a statement counts.
    pub(crate) async fn count(&self, statement: &'static str) -> i64 {
        let mut database =
            sqlx::SqliteConnection::connect(&self.database).await.expect("the database");
        sqlx::query_scalar(statement).fetch_one(&mut database).await.expect("a number")
    }

    /// The database and the files beside it.
    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.dir.path()).expect("the folder");
        files.map(|file| file.expect("a file").path()).collect()
    }

    /// Another process of the same bot, with the same database.
    pub(crate) async fn second_bot(&self) -> Running {
        let mut bot = start_on(&self.discord, &self.database, moon()).await;
        bot.ready().await;
        bot
    }
}

impl Running {
    /// Waits until it is connected; whether it may read messages.
    pub(crate) async fn ready(&mut self) -> bool {
        loop {
            if let BotEvent::Ready { reads_messages } = self.next().await {
                return reads_messages;
            }
        }
    }

    /// What it did about a message; what it decided about others before is passed over.
    pub(crate) async fn heard(&mut self, message: &MessageHandle) -> Heard {
        let wanted = message.id().to_string();
        loop {
            match self.next().await {
                BotEvent::Message { message_id, heard } if message_id.to_string() == wanted => {
                    return heard;
                }
                _ => {}
            }
        }
    }

    async fn next(&mut self) -> BotEvent {
        const PATIENCE: Duration = Duration::from_secs(20);
        let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
        next.expect("the bot says what it does").expect("the bot runs")
    }

    /// Tells it to stop.
    pub(crate) fn tell_to_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself.
            let _ = stop.send(());
        }
    }

    /// Waits until it has ended.
    pub(crate) async fn ends(self) -> Result<(), StartError> {
        self.ended.await.expect("no panic")
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) async fn stop(mut self) -> Result<(), StartError> {
        self.tell_to_stop();
        self.ends().await
    }
}

fn no_cooldowns() -> Settings {
    let none = Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
    Settings { cooldowns: none, ..Settings::default() }
}

fn sqlite_in(dir: &TempDir) -> String {
    format!("sqlite://{}", dir.path().join("mythbot.db").display())
}

/// The answers of `moon/`.
pub(crate) fn moon() -> Knowledge {
    knowledge::load(&folder()).expect("sound answers")
}

/// Those but the first.
pub(crate) fn moon_without_cheese() -> Knowledge {
    let mut folder = folder();
    folder.files.retain(|path, _| !path.starts_with("moon-cheese/"));
    knowledge::load(&folder).expect("sound answers")
}

fn folder() -> Folder {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
    Folder::open(&dir).expect("the folder")
}

/// Starts a bot and does not wait until it is connected.
pub(crate) async fn start(
    discord: &LoopbackDiscord,
    dir: &TempDir,
    knowledge: Knowledge,
) -> Running {
    start_on(discord, &sqlite_in(dir), knowledge).await
}

/// The same with the database at this address.
async fn start_on(discord: &LoopbackDiscord, database: &str, knowledge: Knowledge) -> Running {
    start_with(&discord.api_url(), &discord.token(), discord.clock(), database, knowledge).await
}

pub(crate) async fn start_at(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    dir: &TempDir,
    knowledge: Knowledge,
) -> Running {
    start_with(api_url, token, clock, &sqlite_in(dir), knowledge).await
}

async fn start_with(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    database: &str,
    knowledge: Knowledge,
) -> Running {
    let config = Config::read(|name| match name {
        "DISCORD_TOKEN" => Some(token.to_owned()),
        "DISCORD_API_URL" => Some(api_url.to_owned()),
        "DATABASE_URL" => Some(database.to_owned()),
        _ => None,
    });
    let (observer, events) = unbounded_channel();
    let parts = Parts {
        config: config.expect("sound settings"),
        knowledge,
        clock: Clock::of(move || -> Timestamp { clock.now() }),
        observer: Some(observer),
    };
    let bot = Bot::build(parts).await.expect("a database");
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(bot.run(async {
        // A stage that is gone stops its bot, too.
        let _ = stopped.await;
    }));
    Running { events, stop: Some(stop), ended }
}
