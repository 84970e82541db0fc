//! The program itself: settings in, exit code and log out.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use loopback_discord::{LoopbackDiscord, World};
use tempfile::TempDir;

/// `mythbot run` in an empty folder, with nothing in its environment but these settings.
fn program(dir: &Path, settings: &[(&str, &str)]) -> Command {
    let moon = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"));
    command
        .arg("run")
        .env_clear()
        .env("KNOWLEDGE_DIR", moon)
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

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A program that runs until it is stopped.
struct Process {
    child: Child,
    log: BufReader<ChildStderr>,
    read: String,
}

impl Process {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let log = BufReader::new(child.stderr.take().expect("a pipe"));
        Self { child, log, read: String::new() }
    }

    /// Reads its log until it has said all of these.
    fn says(&mut self, wanted: &[&str]) {
        while !wanted.iter().all(|words| self.read.contains(words)) {
            let length = self.log.read_line(&mut self.read).expect("a log");
            assert!(length > 0, "it ended before it said {wanted:?}:\n{}", self.read);
        }
    }

    /// Sends SIGHUP.
    fn hang_up(&self) {
        let pid = self.child.id().to_string();
        let kill = Command::new("kill").args(["-HUP", &pid]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Sends SIGTERM; exit code and the whole log.
    fn stop(mut self) -> (Option<i32>, String) {
        let kill = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
        self.log.read_to_string(&mut self.read).expect("a log");
        (self.child.wait().expect("it ends").code(), self.read)
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
    let mut process = Process::start(program(dir.path(), &[]));
    discord.ready().await;
    discord.command_registered("myth").await;
    let message = ann.says(&channel, "wow, the moon is made of cheese").await;
    message.replies().await_one().await;
    ann.runs(&channel, "/myth ask wow, cheese moon").await;
    ann.says(&channel, "wow, good morning").await;
    let process = tokio::task::spawn_blocking(move || {
        process.says(&["replied", "no-match"]);
        process.stop()
    });
    let (code, log) = process.await.expect("no panic");
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
