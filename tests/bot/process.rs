//! The program itself: settings in, exit code and log out.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use loopback_discord::{GuildHandle, LoopbackDiscord, World};
use mythbot::store::Store;
use sqlx::Connection as _;
use tempfile::TempDir;

/// `mythbot run` in an empty folder, with nothing in its environment but these settings.
pub(crate) fn program(dir: &Path, settings: &[(&str, &str)]) -> Command {
    let moon = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"));
    command
        .arg("run")
        .env_clear()
        .env("KNOWLEDGE_DIR", moon)
        .env("METRICS_ADDR", "127.0.0.1:0")
        .envs(settings.iter().copied())
        .current_dir(dir)
        .stderr(Stdio::piped());
    command
}

/// Exit code and what it said.
fn ended(mut command: Command) -> (Option<i32>, String) {
    let output = command.output().expect("the program starts");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A program that runs until it is stopped.
pub(crate) struct Process {
    pub(crate) child: Child,
    log: BufReader<ChildStderr>,
    pub(crate) read: String,
    ended: Arc<AtomicBool>,
}

impl Process {
    pub(crate) fn start(mut command: Command) -> Self {
        /// A log that never says what is waited for must not keep the tests for ever.
        const PATIENCE: Duration = Duration::from_mins(1);
        let mut child = command.spawn().expect("the program starts");
        let (id, ended) = (child.id(), Arc::new(AtomicBool::new(false)));
        let is_over = Arc::clone(&ended);
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            if !is_over.load(Ordering::Relaxed) {
                let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
            }
        });
        let log = BufReader::new(child.stderr.take().expect("a pipe"));
        Self { child, log, read: String::new(), ended }
    }

    /// Reads its log until it has said all of these.
    pub(crate) fn says(&mut self, wanted: &[&str]) {
        while !wanted.iter().all(|words| self.read.contains(words)) {
            let length = self.log.read_line(&mut self.read).expect("a log");
            assert!(length > 0, "it ended before it said {wanted:?}:\n{}", self.read);
        }
    }

    /// Reads its log until it has said these words so many times.
    pub(crate) fn says_often(&mut self, words: &str, times: f64) {
        let often = |read: &str| read.matches(words).map(|_| 1.0).sum::<f64>();
        while often(&self.read) < times {
            let length = self.log.read_line(&mut self.read).expect("a log");
            assert!(length > 0, "it ended before it said {words} {times} times:\n{}", self.read);
        }
    }

    /// Sends SIGHUP.
    pub(crate) fn hang_up(&self) {
        let pid = self.child.id().to_string();
        let kill = Command::new("kill").args(["-HUP", &pid]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Sends SIGTERM; exit code and the whole log.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        let kill = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
        self.log.read_to_string(&mut self.read).expect("a log");
        (self.child.wait().expect("it ends").code(), std::mem::take(&mut self.read))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.ended.store(true, Ordering::Relaxed);
    }
}

#[test]
fn without_a_token() {
    let dir = folder();
    let (code, said) = ended(program(dir.path(), &[]));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(said, @"mythbot: DISCORD_TOKEN is not set: copy .env.example to .env and put the bot's token there, from https://discord.com/developers/applications, your application, Bot, Reset Token");
}

#[test]
fn with_a_malformed_token() {
    let dir = folder();
    let (code, said) = ended(program(dir.path(), &[("DISCORD_TOKEN", "my secret")]));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(said, @"mythbot: DISCORD_TOKEN is not a bot token (a token has three parts between full stops; the client secret and the public key are something else): copy it again from https://discord.com/developers/applications, your application, Bot, Reset Token");
}

#[test]
fn without_a_network() {
    let dir = folder();
    let settings = [("DISCORD_TOKEN", "a.b.c"), ("DISCORD_API_URL", "http://127.0.0.1:9")];
    let (code, said) = ended(program(dir.path(), &settings));
    assert_eq!(code, Some(1));
    assert!(said.contains("mythbot: http://127.0.0.1:9 cannot be reached"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_answers_stops_and_keeps_secrets() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let channel = discord.guild("Gazette").text_channel("general");
    let ann = discord.guild("Gazette").member("Ann-Katrin");
    let dir = folder();
    // As a server owner does it: the settings stand in `.env`.
    let env = format!(
        "DISCORD_TOKEN={}\nDISCORD_API_URL={}\nLOG=debug\nLOG_FORMAT=json\n",
        discord.token(),
        discord.api_url()
    );
    std::fs::write(dir.path().join(".env"), env).expect("a file");
    let process = Process::start(program(dir.path(), &[]));
    discord.ready().await;
    discord.command_registered("myth").await;
    let message = ann.says(&channel, "wow, the moon is made of cheese").await;
    message.replies().await_one().await;
    ann.runs(&channel, "/myth ask wow, cheese moon").await;
    ann.says(&channel, "wow, good morning").await;
    let process = log_of(process, &["replied", "no-match"]).await;
    let stopped = tokio::task::spawn_blocking(move || process.stop());
    let (code, log) = stopped.await.expect("no panic");
    assert_eq!(code, Some(0), "{log}");
    assert!(dir.path().join("mythbot.db").exists());
    let token = discord.token();
    for secret in ["wow", "cheese", "Ann-Katrin", token.as_str()] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    for line in log.lines() {
        let _: serde_json::Value = serde_json::from_str(line).expect("an object a line");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_in_the_middle_loses_nothing() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Gazette");
    let channel = guild.text_channel("general");
    let ann = guild.member("Ann");
    let dir = folder();
    no_cooldowns(&dir, &guild).await;
    let (token, api_url) = (discord.token(), discord.api_url());
    let start = || {
        let settings =
            [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*api_url), ("LOG", "debug")];
        Process::start(program(dir.path(), &settings))
    };
    let mut first = start();
    discord.command_registered("mythconfig").await;
    let message = ann.says(&channel, "the moon is made of cheese").await;
    message.replies().await_one().await;
    guild.owner().runs(&channel, "/mythconfig mode \"off: keep silent\"").await;
    first.child.kill().expect("it runs");
    first.child.wait().expect("it ends");

    let second = log_of(start(), &["connected"]).await;
    ann.says(&channel, "the moon is made of cheese").await;
    let second = log_of(second, &["mode-off"]).await;
    guild.owner().runs(&channel, "/mythconfig mode \"reply: speak by itself\"").await;
    message.is_told_again().await;
    log_of(second, &["already-answered"]).await;
    assert_eq!(message.replies().all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_it_says_so_and_loses_nothing() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Gazette");
    let channel = guild.text_channel("general");
    let owner = guild.owner();
    let dir = folder();
    no_cooldowns(&dir, &guild).await;
    let (token, api_url) = (discord.token(), discord.api_url());
    let settings = [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*api_url), ("LOG", "debug")];
    let process = Process::start(with_files_of_at_most(500, &program(dir.path(), &settings)));
    discord.command_registered("mythconfig").await;
    let change = |mode| format!("/mythconfig mode \"{mode}\"");
    let (speak, ask) = (change("reply: speak by itself"), change("review: ask moderators first"));
    let (mut confirmed, mut times) = (&speak, 0);
    for mode in [&ask, &speak].into_iter().cycle().take(2000) {
        let told = owner.runs(&channel, mode).await;
        if told.text().contains("database does not answer right now") {
            break;
        }
        (confirmed, times) = (mode, times + 1);
    }
    assert!(times > 10, "{times} changes were written before the disk was full");
    let refused = owner.runs(&channel, &ask).await;
    assert!(refused.text().contains("database does not answer right now"), "{}", refused.text());
    let shown = owner.runs(&channel, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    let claim = "the moon is made of cheese";
    let message = owner.says(&channel, claim).await;
    drop(process);

    // Room again: what was confirmed stands.
    let process = log_of(Process::start(program(dir.path(), &settings)), &["connected"]).await;
    let shown = owner.runs(&channel, "/mythconfig show").await.text();
    let mode = if confirmed == &ask { "review" } else { "reply" };
    assert!(shown.contains(&format!("5. Server: {mode} ")), "{mode} is not in {shown}");
    assert!(message.replies().all().is_empty());
    owner.runs(&channel, &speak).await;
    message.is_told_again().await;
    message.replies().await_one().await;
    drop(process);
}

/// The same program with a limit on the size of its files, in KiB, that it does not die of: to it the
/// disk is full.
fn with_files_of_at_most(kib: u32, program: &Command) -> Command {
    let mut limited = Command::new("bash");
    limited
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"")])
        .arg(program.get_program())
        .args(program.get_args())
        .env_clear()
        .envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .stderr(Stdio::piped());
    if let Some(dir) = program.get_current_dir() {
        limited.current_dir(dir);
    }
    limited
}

/// The server wants every message answered.
pub(crate) async fn no_cooldowns(dir: &TempDir, guild: &GuildHandle) {
    let url = format!("sqlite://{}", dir.path().join("mythbot.db").display());
    let store = Store::open(&url).await.expect("a database");
    let settings = "{\"cooldowns\": {\"answer_s\": 0, \"channel_s\": 0, \"person_s\": 0}}";
    let guild = guild.id().to_string().parse().expect("an id");
    assert!(store.save_settings(guild, settings, 0).await.expect("saved"));
    store.close().await;
}

/// Somebody changes the database behind the bot's back.
pub(crate) async fn sql(dir: &TempDir, statement: &'static str) {
    let url = format!("sqlite://{}", dir.path().join("mythbot.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.expect("the database");
    sqlx::query(statement).execute(&mut database).await.expect("a sound statement");
}

/// Reads the log without standing in the way of Discord.
pub(crate) async fn log_of(mut process: Process, wanted: &'static [&'static str]) -> Process {
    let read = tokio::task::spawn_blocking(move || {
        process.says(wanted);
        process
    });
    read.await.expect("no panic")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_loads_the_answers_anew_or_says_what_is_wrong_with_them() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let (dir, answers) = (folder(), folder());
    crate::stage::write_moon(answers.path());
    let settings = [
        ("DISCORD_TOKEN", &*discord.token()),
        ("DISCORD_API_URL", &*discord.api_url()),
        ("KNOWLEDGE_DIR", answers.path().to_str().expect("UTF-8")),
    ];
    let mut process = Process::start(program(dir.path(), &settings));
    discord.ready().await;
    let story = move || {
        process.says(&["connected"]);
        // No file has changed: it is the signal that counts.
        process.hang_up();
        process.says(&["answers loaded anew"]);
        let broken = answers.path().join("moon-cheese/en.toml");
        let text = std::fs::read_to_string(&broken).expect("the file");
        std::fs::write(broken, text.replace("title = ", "titel = ")).expect("written");
        process.hang_up();
        process.says(&["answers not loaded", "moon-cheese/en.toml:1: unknown field `titel`"]);
        process.stop()
    };
    let (code, log) = tokio::task::spawn_blocking(story).await.expect("no panic");
    assert_eq!(code, Some(0), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_does_no_harm_where_the_answers_are_compiled_in() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let dir = folder();
    let settings = [
        ("DISCORD_TOKEN", &*discord.token()),
        ("DISCORD_API_URL", &*discord.api_url()),
        ("KNOWLEDGE_DIR", ""),
    ];
    let mut process = Process::start(program(dir.path(), &settings));
    discord.ready().await;
    let story = move || {
        process.says(&["no folder is watched", "connected"]);
        process.hang_up();
        process.says(&["answers not loaded", "set KNOWLEDGE_DIR and restart the bot"]);
        process.stop()
    };
    let (code, log) = tokio::task::spawn_blocking(story).await.expect("no panic");
    assert_eq!(code, Some(0), "{log}");
}
