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

use crate::memory::Memory;

/// A server with a channel, somebody in it, and the bot.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) discord: LoopbackDiscord,
    pub(crate) bot: Running,
    pub(crate) guild: GuildHandle,
    pub(crate) channel: ChannelHandle,
    pub(crate) ann: Person,
    /// Holds the database.
    dir: Memory,
    /// Where the answers are, when they are not in the bot's memory only.
    answers: Option<TempDir>,
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

    /// With the answers of `moon/` in a folder of its own, which can be changed.
    pub(crate) async fn with_a_folder() -> Self {
        let answers = tempfile::tempdir().expect("a folder");
        write_moon(answers.path());
        Self::set(World::new(), moon(), Some(undisturbed()), Some(answers)).await
    }

    /// With the answers that are compiled in.
    pub(crate) async fn with_the_real_answers() -> Self {
        let knowledge = knowledge::load(&Folder::built_in()).expect("sound answers");
        Self::with(World::new(), knowledge).await
    }

    pub(crate) async fn with(world: World, knowledge: Knowledge) -> Self {
        Self::set(world, knowledge, Some(undisturbed()), None).await
    }

    async fn set(
        world: World,
        knowledge: Knowledge,
        settings: Option<Settings>,
        answers: Option<TempDir>,
    ) -> Self {
        let discord = LoopbackDiscord::start(world).await;
        let guild = discord.guild("Gazette");
        let channel = guild.text_channel("general");
        let ann = guild.member("Ann");
        let dir = Memory::new();
        if let Some(settings) = settings {
            let store = Store::open(&database(&dir)).await.expect("a database");
            let settings = serde_json::to_string(&settings).expect("JSON");
            let id = guild.id().to_string().parse().expect("a number");
            assert!(store.save_settings(id, &settings, 0).await.expect("saved"));
            store.close().await;
        }
        let mut bot = start_from(&discord, &dir, knowledge, answers.as_ref()).await;
        bot.ready().await;
        Self { discord, bot, guild, channel, ann, dir, answers }
    }

    /// Somebody says something in the channel.
    pub(crate) async fn says(&self, text: &str) -> MessageHandle {
        self.dir.remember(text);
        self.ann.says(&self.channel, text).await
    }

    /// Somebody says something somewhere.
    pub(crate) async fn hears(
        &self,
        who: &Person,
        channel: &ChannelHandle,
        text: &str,
    ) -> MessageHandle {
        self.dir.remember(text);
        who.says(channel, text).await
    }

    /// Somebody writes this to the bot in another way.
    pub(crate) fn remembers(&self, text: &str) {
        self.dir.remember(text);
    }

    /// What people wrote that the bot has kept.
    pub(crate) fn kept(&self) -> Vec<String> {
        self.dir.kept()
    }

    /// What the bot did about a message.
    pub(crate) async fn heard(&mut self, message: &MessageHandle) -> Heard {
        self.bot.heard(message).await
    }

    /// Stops the bot and starts it again.
    pub(crate) async fn restart(&mut self) {
        let knowledge = match &self.answers {
            Some(answers) => Folder::open(answers.path()).expect("the folder"),
            None => folder(),
        };
        self.restart_with(knowledge::load(&knowledge).expect("sound answers")).await;
    }

    pub(crate) async fn restart_with(&mut self, knowledge: Knowledge) {
        let fresh = start_from(&self.discord, &self.dir, knowledge, self.answers.as_ref());
        let old = std::mem::replace(&mut self.bot, fresh.await);
        old.stop().await.expect("a clean end");
        self.bot.ready().await;
    }

    /// Somebody changes the database behind the bot's back.
    pub(crate) async fn sql(&self, statement: &'static str) {
        let url = database(&self.dir);
        let mut database = sqlx::SqliteConnection::connect(&url).await.expect("the database");
        sqlx::query(statement).execute(&mut database).await.expect("a sound statement");
    }

    /// The database and the files beside it.
    pub(crate) fn database_files(&self) -> Vec<PathBuf> {
        self.dir.files()
    }

    /// The database, for a story that looks into it.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&database(&self.dir)).await.expect("the database")
    }

    /// Somebody edits a file of the bot's answers.
    pub(crate) fn edits(&self, file: &str, old: &str, new: &str) {
        let file = self.answers.as_ref().expect("a folder").path().join(file);
        let text = std::fs::read_to_string(&file).expect("the file");
        assert!(text.contains(old), "{old} is not in {text}");
        std::fs::write(&file, text.replace(old, new)).expect("written");
    }

    /// Another process of the same bot, with the same database.
    pub(crate) async fn second_bot(&self) -> Running {
        let mut bot = start_from(&self.discord, &self.dir, moon(), self.answers.as_ref()).await;
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

    /// Waits until it has tried to load its answers anew; whether they were sound.
    pub(crate) async fn reloaded(&mut self) -> bool {
        loop {
            if let BotEvent::Reloaded { sound } = self.next().await {
                return sound;
            }
        }
    }

    /// Waits until it has looked for outdated replies; how many it corrected, and how many it could
    /// not.
    pub(crate) async fn corrected(&mut self) -> (u64, u64) {
        loop {
            if let BotEvent::Corrected { corrected, passed_over } = self.next().await {
                return (corrected, passed_over);
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

/// Settings of a server that wants every message answered.
fn undisturbed() -> Settings {
    let none = Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
    Settings { cooldowns: none, ..Settings::default() }
}

fn database(dir: &TempDir) -> String {
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

/// Writes the files of `moon/` into a folder.
pub(crate) fn write_moon(folder: &Path) {
    for (path, text) in self::folder().files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, text).expect("written");
    }
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
    start_from(discord, dir, knowledge, None).await
}

/// With answers that can be read again.
async fn start_from(
    discord: &LoopbackDiscord,
    dir: &TempDir,
    knowledge: Knowledge,
    answers: Option<&TempDir>,
) -> Running {
    let (api_url, token) = (discord.api_url(), discord.token());
    run(&api_url, &token, discord.clock(), dir, (knowledge, answers)).await
}

pub(crate) async fn start_at(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    dir: &TempDir,
    knowledge: Knowledge,
) -> Running {
    run(api_url, token, clock, dir, (knowledge, None)).await
}

async fn run(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    dir: &TempDir,
    (knowledge, answers): (Knowledge, Option<&TempDir>),
) -> Running {
    let database = database(dir);
    let config = Config::read(|name| match name {
        "DISCORD_TOKEN" => Some(token.to_owned()),
        "DISCORD_API_URL" => Some(api_url.to_owned()),
        "DATABASE_URL" => Some(database.clone()),
        _ => None,
    });
    let (observer, events) = unbounded_channel();
    let parts = Parts {
        config: config.expect("sound settings"),
        knowledge,
        knowledge_dir: answers.map(|answers| answers.path().to_owned()),
        pace: Duration::from_millis(5),
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
