//! A Discord with the bot in it, and what a story needs to act and to look.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use loopback_discord::{
    ChannelHandle, GuildHandle, LoopbackDiscord, MessageHandle, Permissions, Person, World,
};
use mythbot::clock::Clock;
use mythbot::config::Config;
use mythbot::discord::{
    Bot, BotEvent, Heard, INTAKE, Limits, Parts, Patience, Revision, StartError,
};
use mythbot::knowledge::{self, Folder, Knowledge};
use mythbot::policy::Settings;
use mythbot::policy::settings::Cooldowns;
use mythbot::store::{Counted, Store};
use mythbot::telemetry::Metrics;
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
    /// Address of the database.
    database: String,
    /// Holds it, if it is a file.
    dir: Memory,
    /// Where the answers are, when they are not in the bot's memory only.
    answers: Option<TempDir>,
}

/// A bot that runs.
#[derive(Debug)]
pub(crate) struct Running {
    events: UnboundedReceiver<BotEvent>,
    /// What it did before it was ready.
    earlier: VecDeque<BotEvent>,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<Result<(), StartError>>,
    /// Where it tells how it is.
    pub(crate) metrics_addr: SocketAddr,
}

impl Stage {
    /// With the answers of `moon/`, in a server that wants every message answered.
    pub(crate) async fn new() -> Self {
        Self::with(World::new(), moon()).await
    }

    /// In a server that has not set anything: the bot keeps silent for a while after it spoke.
    pub(crate) async fn with_cooldowns() -> Self {
        Self::set(World::new(), moon(), None, (None, None)).await
    }

    /// On PostgreSQL, in a server that wants every message answered.
    pub(crate) async fn on_postgres(database: String) -> Self {
        Self::set(World::new(), moon(), Some(undisturbed()), (Some(database), None)).await
    }

    /// With the answers of `moon/` in a folder of its own, which can be changed.
    pub(crate) async fn with_a_folder() -> Self {
        let answers = tempfile::tempdir().expect("a folder");
        write_moon(answers.path());
        Self::set(World::new(), moon(), Some(undisturbed()), (None, Some(answers))).await
    }

    /// With the answers that are compiled in.
    pub(crate) async fn with_the_real_answers() -> Self {
        let knowledge = knowledge::load(&Folder::built_in()).expect("sound answers");
        Self::with(World::new(), knowledge).await
    }

    pub(crate) async fn with(world: World, knowledge: Knowledge) -> Self {
        Self::set(world, knowledge, Some(undisturbed()), (None, None)).await
    }

    async fn set(
        world: World,
        knowledge: Knowledge,
        settings: Option<Settings>,
        (database, answers): (Option<String>, Option<TempDir>),
    ) -> Self {
        let discord = LoopbackDiscord::start(world).await;
        let guild = discord.guild("Gazette");
        let channel = guild.text_channel("general");
        let ann = guild.member("Ann");
        let dir = Memory::new();
        let database = database.unwrap_or_else(|| sqlite_in(&dir));
        if let Some(settings) = settings {
            let store = Store::open(&database).await.expect("a database");
            let settings = serde_json::to_string(&settings).expect("JSON");
            let id = guild.id().to_string().parse().expect("a number");
            assert!(store.save_settings(id, &settings, 0).await.expect("saved"));
            store.close().await;
        }
        let mut bot = start_on(&discord, &database, (knowledge, answers.as_ref())).await;
        bot.ready().await;
        Self { discord, bot, guild, channel, ann, database, dir, answers }
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

    /// Address of the bot's database.
    pub(crate) fn database(&self) -> &str {
        &self.database
    }

    /// Stops the bot.
    pub(crate) async fn stops(&mut self) {
        self.bot.tell_to_stop();
        (&mut self.bot.ended).await.expect("no panic").expect("a clean end");
    }

    /// Starts it again after [`Self::stops`].
    pub(crate) async fn starts(&mut self) {
        self.bot = start_on(&self.discord, &self.database, (moon(), self.answers.as_ref())).await;
        self.bot.ready().await;
    }

    /// The bot's database.
    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.database).await.expect("a database")
    }

    /// Stops the bot and starts it again.
    pub(crate) async fn restart(&mut self) {
        let knowledge = match &self.answers {
            Some(answers) => Folder::open(answers.path()).expect("the folder"),
            None => folder(),
        };
        self.restart_with(knowledge::load(&knowledge).expect("sound answers")).await;
    }

    /// Stops the bot and starts it again with other limits.
    pub(crate) async fn restart_within(&mut self, limits: Limits) {
        self.stops().await;
        let discord = &self.discord;
        let place = (&*discord.api_url(), &*discord.token());
        let strictness = (limits, Patience::default());
        let knowledge = (moon(), None);
        self.bot =
            start_within(strictness, place, discord.clock(), &self.database, knowledge).await;
        self.bot.ready().await;
    }

    pub(crate) async fn restart_with(&mut self, knowledge: Knowledge) {
        let knowledge = (knowledge, self.answers.as_ref());
        let fresh = start_on(&self.discord, &self.database, knowledge);
        let old = std::mem::replace(&mut self.bot, fresh.await);
        old.stop().await.expect("a clean end");
        self.bot.ready().await;
    }

    /// Stops the bot and starts it with another clock than Discord's.
    pub(crate) async fn restart_with_clock(&mut self, clock: &loopback_discord::Clock) {
        self.stops().await;
        let (api_url, token) = (self.discord.api_url(), self.discord.token());
        let knowledge = (moon(), self.answers.as_ref());
        self.bot = start_with(&api_url, &token, clock.clone(), &self.database, knowledge).await;
        self.bot.ready().await;
    }

    /// Somebody who moderates the server.
    pub(crate) async fn moderator(&self, name: &str) -> Person {
        let may = Permissions::MANAGE_MESSAGES | Permissions::PIN_MESSAGES;
        let role = self.guild.role("Moderators", may);
        let moderator = self.guild.member(name);
        moderator.gets(&role).await;
        moderator
    }

    /// Changes what the server has set, before the bot has looked or before it starts again.
    pub(crate) async fn set_up(&self, change: impl FnOnce(&mut Settings)) {
        let (store, guild) = self.records().await;
        let saved = store.settings(guild).await.expect("asked").unwrap_or_default();
        let mut settings = match saved.version {
            0 => Settings::default(),
            _ => serde_json::from_str(&saved.settings).expect("settings"),
        };
        change(&mut settings);
        let settings = serde_json::to_string(&settings).expect("JSON");
        assert!(store.save_settings(guild, &settings, saved.version).await.expect("saved"));
        store.close().await;
    }

    /// What was counted in the server, a line each: answer, outcome, count.
    pub(crate) async fn counted(&self) -> String {
        let (store, guild) = self.records().await;
        let counted = store.counted(guild, 0).await.expect("asked");
        store.close().await;
        let line = |one: &Counted| format!("{} {} {}", one.answer, one.outcome, one.count);
        counted.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The database, and the id of the server in it.
    pub(crate) async fn records(&self) -> (Store, i64) {
        let store = self.store().await;
        (store, self.guild.id().to_string().parse().expect("a number"))
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
        self.dir.files()
    }

    /// Somebody edits a file of the bot's answers.
    pub(crate) fn edits(&self, file: &str, old: &str, new: &str) {
        let file = self.answers.as_ref().expect("a folder").path().join(file);
        let text = std::fs::read_to_string(&file).expect("the file");
        assert!(text.contains(old), "{old} is not in {text}");
        std::fs::write(&file, text.replace(old, new)).expect("written");
    }

    /// Somebody copies a file of the bot's answers.
    pub(crate) fn copies(&self, file: &str, copy: &str) {
        let folder = self.answers.as_ref().expect("a folder").path();
        std::fs::copy(folder.join(file), folder.join(copy)).expect("copied");
    }

    /// Another process of the same bot, with the same database.
    pub(crate) async fn second_bot(&self) -> Running {
        let knowledge = (moon(), self.answers.as_ref());
        let mut bot = start_on(&self.discord, &self.database, knowledge).await;
        bot.ready().await;
        bot
    }
}

impl Running {
    /// Waits until it is connected; whether it may read messages.
    pub(crate) async fn ready(&mut self) -> bool {
        let mut earlier = VecDeque::new();
        loop {
            match self.next().await {
                BotEvent::Ready { reads_messages } => {
                    self.earlier = earlier;
                    return reads_messages;
                }
                other => earlier.push_back(other),
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

    /// What it did about messages, in the order in which it has decided.
    pub(crate) async fn heard_all(&mut self, messages: &[MessageHandle]) -> Vec<Heard> {
        let mut wanted: Vec<String> = messages.iter().map(|one| one.id().to_string()).collect();
        let mut all = Vec::new();
        while !wanted.is_empty() {
            if let BotEvent::Message { message_id, heard } = self.next().await
                && let Some(index) = wanted.iter().position(|id| *id == message_id.to_string())
            {
                wanted.swap_remove(index);
                all.push(heard);
            }
        }
        all
    }

    /// Waits until it has tried to load its answers anew; whether they were sound.
    pub(crate) async fn reloaded(&mut self) -> bool {
        loop {
            if let BotEvent::Reloaded { sound } = self.next().await {
                return sound;
            }
        }
    }

    /// Waits until it has brought to an end what an earlier life left behind: replies, cards, orders.
    pub(crate) async fn settled(&mut self) -> (u32, u32, u32) {
        loop {
            if let BotEvent::Settled { replies, cards, orders } = self.next().await {
                return (replies, cards, orders);
            }
        }
    }

    /// Waits until it has forgotten what is old; how many rows, and whether it doubts its clock.
    pub(crate) async fn forgot(&mut self) -> (u64, bool) {
        loop {
            if let BotEvent::Forgot { old, clock_doubted, .. } = self.next().await {
                return (old, clock_doubted);
            }
        }
    }

    /// What became of its reply to a message that was edited; what happened before is passed over.
    pub(crate) async fn edited(&mut self, message: &MessageHandle) -> Revision {
        let wanted = message.id().to_string();
        loop {
            match self.next().await {
                BotEvent::Edited { message_id, revision } if message_id.to_string() == wanted => {
                    return revision;
                }
                _ => {}
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

    /// Waits until it has taken note of a server that is new to it; whether it said hello there.
    pub(crate) async fn joined(&mut self, guild: &GuildHandle) -> bool {
        let wanted = guild.id().to_string();
        loop {
            match self.next().await {
                BotEvent::Joined { guild_id, greeted } if guild_id.to_string() == wanted => {
                    return greeted;
                }
                _ => {}
            }
        }
    }

    /// Waits until it has taken note that it is no longer in a server.
    pub(crate) async fn left(&mut self, guild: &GuildHandle) {
        let wanted = guild.id().to_string();
        loop {
            match self.next().await {
                BotEvent::Left { guild_id } if guild_id.to_string() == wanted => return,
                _ => {}
            }
        }
    }

    /// Waits until it has removed what was set for something that is gone.
    pub(crate) async fn removes_rules(&mut self) {
        while !matches!(self.next().await, BotEvent::RulesRemoved { .. }) {}
    }

    /// Waits until it hears what other processes change.
    pub(crate) async fn listens(&mut self) {
        while self.next().await != BotEvent::Listening {}
    }

    /// Waits until it has heard that a server changed something; none is that somebody opted out.
    pub(crate) async fn hears_change(&mut self, guild: Option<&GuildHandle>) {
        let wanted = guild.map(|guild| guild.id().to_string().parse().expect("a number"));
        while self.next().await != (BotEvent::Changed { guild_id: wanted }) {}
    }

    /// The next message that it has decided about, and what it did.
    pub(crate) async fn next_message(&mut self) -> (String, Heard) {
        loop {
            if let BotEvent::Message { message_id, heard } = self.next().await {
                return (message_id.to_string(), heard);
            }
        }
    }

    async fn next(&mut self) -> BotEvent {
        const PATIENCE: Duration = Duration::from_secs(20);
        if let Some(earlier) = self.earlier.pop_front() {
            return earlier;
        }
        let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
        next.expect("the bot says what it does").expect("the bot runs")
    }

    /// Ends what it does in the background, in the middle and without a word.
    pub(crate) fn abort(&self) {
        self.ended.abort();
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
pub(crate) fn undisturbed() -> Settings {
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
    start_on(discord, &sqlite_in(dir), (knowledge, None)).await
}

/// The same with the database at this address, and answers that may be read again.
async fn start_on(
    discord: &LoopbackDiscord,
    database: &str,
    knowledge: (Knowledge, Option<&TempDir>),
) -> Running {
    start_with(&discord.api_url(), &discord.token(), discord.clock(), database, knowledge).await
}

pub(crate) async fn start_at(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    dir: &TempDir,
    knowledge: Knowledge,
) -> Running {
    start_with(api_url, token, clock, &sqlite_in(dir), (knowledge, None)).await
}

async fn start_with(
    api_url: &str,
    token: &str,
    clock: loopback_discord::Clock,
    database: &str,
    knowledge: (Knowledge, Option<&TempDir>),
) -> Running {
    let strictness = (Limits::WHOLE, Patience::default());
    start_within(strictness, (api_url, token), clock, database, knowledge).await
}

/// The same with limits, and some patience towards its connections.
pub(crate) async fn start_within(
    (limits, patience): (Limits, Patience),
    (api_url, token): (&str, &str),
    clock: loopback_discord::Clock,
    database: &str,
    (knowledge, answers): (Knowledge, Option<&TempDir>),
) -> Running {
    let config = Config::read(|name| match name {
        "DISCORD_TOKEN" => Some(token.to_owned()),
        "DISCORD_API_URL" => Some(api_url.to_owned()),
        "DATABASE_URL" => Some(database.to_owned()),
        "METRICS_ADDR" => Some("127.0.0.1:0".to_owned()),
        _ => None,
    });
    let strictness = (limits, patience);
    start_strictly(config.expect("sound settings"), strictness, clock, (knowledge, answers)).await
}

/// The same with all its settings.
pub(crate) async fn start_as(
    config: Config,
    clock: loopback_discord::Clock,
    knowledge: (Knowledge, Option<&TempDir>),
) -> Running {
    start_strictly(config, (Limits::WHOLE, Patience::default()), clock, knowledge).await
}

async fn start_strictly(
    config: Config,
    (limits, patience): (Limits, Patience),
    clock: loopback_discord::Clock,
    (knowledge, answers): (Knowledge, Option<&TempDir>),
) -> Running {
    let (observer, events) = unbounded_channel();
    let parts = Parts {
        config,
        knowledge,
        knowledge_dir: answers.map(|answers| answers.path().to_owned()),
        pace: Duration::from_millis(5),
        intake: INTAKE,
        patience,
        clock: Clock::of(move || -> Timestamp { clock.now() }),
        metrics: Metrics::new(),
        limits,
        observer: Some(observer),
    };
    let bot = Bot::build(parts).await.expect("a database");
    let metrics_addr = bot.metrics_addr().expect("a port");
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(bot.run(async {
        // A stage that is gone stops its bot, too.
        let _ = stopped.await;
    }));
    Running { events, earlier: VecDeque::new(), stop: Some(stop), ended, metrics_addr }
}
