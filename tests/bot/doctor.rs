//! `mythbot doctor` says what keeps the bot from running or answering.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use loopback_discord::{ChannelHandle, LoopbackDiscord, Permissions, World};
use tempfile::TempDir;

use crate::stage::{moon, start};

/// A Discord, a channel of a server, and an empty folder to run the program in.
struct Ward {
    discord: LoopbackDiscord,
    channel: ChannelHandle,
    dir: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl Ward {
    async fn new(world: World) -> Self {
        let discord = LoopbackDiscord::start(world).await;
        let guild = discord.guild("Gazette");
        guild.permit_bot(Permissions::from_bits(2_252_109_051_448_320));
        let channel = guild.text_channel("general");
        let moon = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
        let settings = vec![
            ("DISCORD_TOKEN", discord.token()),
            ("DISCORD_API_URL", discord.api_url()),
            ("KNOWLEDGE_DIR", moon.display().to_string()),
        ];
        Self { discord, channel, dir: tempfile::tempdir().expect("a folder"), settings }
    }

    fn set(mut self, name: &'static str, value: &str) -> Self {
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
        self
    }

    /// Exit code and what it says about the channel, with names for what changes from run to run.
    async fn examined(&self) -> (Option<i32>, String) {
        self.says(&["--channel", &self.channel.id().to_string()]).await
    }

    async fn says(&self, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"));
        command
            .arg("doctor")
            .args(args)
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (*name, value)))
            .current_dir(self.dir.path());
        let output = tokio::task::spawn_blocking(move || command.output()).await;
        let output = output.expect("no panic").expect("it runs");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!said.contains(&self.discord.token()), "{said}");
        let said = said
            .replace(&self.discord.bot().id().to_string(), "ID")
            .replace(&self.discord.api_url(), "ADDRESS")
            .replace(&self.dir.path().display().to_string(), "FOLDER");
        (output.status.code(), said)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_well() {
    let ward = Ward::new(World::new()).await;
    let (mut bot, dir) = (start(&ward.discord, &ward.dir, moon()).await, &ward.dir);
    bot.ready().await;
    bot.stop().await.expect("a clean end");
    let url = format!("sqlite://{}", dir.path().join("mythbot.db").display());
    let ward = ward.set("DATABASE_URL", &url);
    let mark = ward.discord.mark();
    let (code, said) = ward.examined().await;
    insta::assert_snapshot!(said, @r"
    ok       settings     can be used
    ok       answers      2 are sound
    ok       database     can be written, and is up to date
    ok       token        Discord knows it: the bot is mythbot (id ID)
    ok       clock        agrees with Discord's
    ok       gateway      999 of 1000 connections left today, 1 needed at once
    ok       intents      Message Content is on
    ok       commands     5 are registered
    ok       server       the bot is in Gazette
    ok       permissions  the bot has all that it needs in #general

    no faults, no warnings
    ");
    assert_eq!(code, Some(0));
    // It only asks.
    assert!(ward.discord.requests_since(mark).iter().all(|request| request.method == "GET"));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_first_start() {
    let ward = Ward::new(World::new()).await;
    let (code, said) = ward.says(&[]).await;
    insta::assert_snapshot!(said, @r"
    ok       settings     can be used
    ok       answers      2 are sound
    ok       database     is not there yet; the bot makes it when it starts
    ok       token        Discord knows it: the bot is mythbot (id ID)
    ok       clock        agrees with Discord's
    ok       gateway      1000 of 1000 connections left today, 1 needed at once
    ok       intents      Message Content is on
    warning  commands     none are registered yet
                          -> `mythbot run` registers them when it connects

    no faults, 1 warning
    ");
    assert_eq!(code, Some(0));
    assert_eq!(std::fs::read_dir(ward.dir.path()).expect("a folder").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token() {
    let ward = Ward::new(World::new()).await.set("DISCORD_TOKEN", "bm90.the.token");
    ward.discord.tolerate(0);
    let (code, said) = ward.examined().await;
    insta::assert_snapshot!(said, @r"
    ok       settings     can be used
    ok       answers      2 are sound
    ok       database     is not there yet; the bot makes it when it starts
    FAULT    token        Discord refuses it
                          -> make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN
    warning  Discord      clock, gateway, intents, commands and permissions were not checked
                          -> run this again once Discord answers

    1 fault, 1 warning
    ");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_at_all() {
    let ward = Ward::new(World::new()).await.set("DISCORD_TOKEN", "");
    let (code, said) = ward.says(&[]).await;
    insta::assert_snapshot!(said, @r"
    FAULT    settings     DISCORD_TOKEN is not set: copy .env.example to .env and put the bot's token there, from https://discord.com/developers/applications, your application, Bot, Reset Token
                          -> correct the settings in the environment or in .env
    ok       answers      2 are sound
    ok       database     is not there yet; the bot makes it when it starts

    1 fault, no warnings
    ");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_intent() {
    let ward = Ward::new(World::new().without_message_content()).await;
    let (code, said) = ward.says(&[]).await;
    assert!(said.contains("warning  intents      Message Content is off"), "{said}");
    assert_eq!(code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions() {
    let ward = Ward::new(World::new()).await;
    ward.channel.deny_bot(Permissions::SEND_MESSAGES | Permissions::PIN_MESSAGES);
    let (code, said) = ward.examined().await;
    let said: Vec<&str> = said.lines().filter(|line| line.contains("permissions")).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    FAULT    permissions  Send Messages is missing in #general: the bot cannot reply
    warning  permissions  Pin Messages is missing in #general: answers cannot be pinned
    ");
    assert_eq!(code, Some(1));
    ward.channel.deny_bot(Permissions::VIEW_CHANNEL);
    ward.discord.tolerate(50001);
    let (code, said) = ward.examined().await;
    assert!(said.contains("FAULT    channel      the bot does not see it"), "{said}");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_the_bot() {
    let ward = Ward::new(World::new()).await;
    let elsewhere = ward.discord.guild_without_bot("Elsewhere").id().to_string();
    for code in [10004, 50001] {
        ward.discord.tolerate(code);
    }
    let (code, said) = ward.says(&["--guild", &elsewhere]).await;
    assert!(said.contains("FAULT    server       the bot is not in it"), "{said}");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_written() {
    let ward = Ward::new(World::new()).await;
    let url = format!("sqlite://{}/no/such/mythbot.db", ward.dir.path().display());
    let ward = ward.set("DATABASE_URL", &url);
    let (code, said) = ward.says(&[]).await;
    let said: Vec<&str> = said.lines().skip_while(|line| !line.contains("database")).collect();
    insta::assert_snapshot!(said[..2].join("\n"), @r"
    FAULT    database     no file can be made in FOLDER/no/such (No such file or directory (os error 2))
                          -> make the folder, or let the bot write there, or change DATABASE_URL
    ");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_an_hour_off() {
    let ward = Ward::new(World::new()).await;
    ward.discord.advance(Duration::from_hours(1));
    let (code, said) = ward.says(&[]).await;
    assert!(said.contains("FAULT    clock        "), "{said}");
    assert!(said.contains(" behind Discord's"), "{said}");
    assert_eq!(code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers() {
    let ward = Ward::new(World::new()).await;
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    drop(listener);
    let ward = ward.set("DISCORD_API_URL", &address);
    let (code, said) = ward.says(&[]).await;
    assert!(said.contains(&format!("FAULT    network      {address} cannot be reached")), "{said}");
    assert_eq!(code, Some(1));
}
