//! The log: one line for each outcome, where it happened by ids, and nothing that anybody wrote.

use std::time::Duration;

use loopback_discord::{Fault, GuildHandle, LoopbackDiscord, MessageHandle, Permissions, World};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Process, folder, log_of, no_cooldowns, program, sql};
use crate::stage::write_moon;

const POST: &str = "POST /channels/{channel_id}/messages";
const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";

/// What is in everything that people write and in every name.
const WORD: &str = "quoxi";

/// How the loopback Discord begins the token of an interaction.
const INTERACTION_TOKEN: &str = "aW50ZXJhY3Rpb24";

/// A server in which everybody's words and names are such that they are found in a log.
struct Tour {
    discord: LoopbackDiscord,
    guild: GuildHandle,
    dir: TempDir,
    answers: TempDir,
}

impl Tour {
    async fn new() -> Self {
        let discord = LoopbackDiscord::start(World::new()).await;
        let guild = discord.guild("Quoxi gazette");
        guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
        let (dir, answers) = (folder(), folder());
        write_moon(answers.path());
        no_cooldowns(&dir, &guild).await;
        Self { discord, guild, dir, answers }
    }

    fn start(&self, format: &str) -> Process {
        let settings = [
            ("DISCORD_TOKEN", &*self.discord.token()),
            ("DISCORD_API_URL", &*self.discord.api_url()),
            ("KNOWLEDGE_DIR", self.answers.path().to_str().expect("UTF-8")),
            ("LOG", "debug"),
            ("LOG_FORMAT", format),
        ];
        Process::start(program(self.dir.path(), &settings))
    }

    /// Messages, edits, deletions, direct messages.
    async fn talk(&self) {
        let channel = self.guild.text_channel("quoxi-talk");
        let ann = self.guild.member("Ann Quoxi");
        let claim = ann.says(&channel, "quoxi, the moon is made of cheese").await;
        claim.replies().await_one().await;
        claim.edit("quoxi, good morning").await;
        ann.says(&channel, "quoxi, good evening").await;
        let gone = ann.says(&channel, "the moon is made of quoxi cheese, the moon is cheese").await;
        gone.replies().await_one().await;
        gone.delete().await;
        let reply = ann.dms("quoxi! the moon is made of cheese").await.replies().await_one().await;
        ann.clicks(&reply, "Details").await;
        let thread = ann.opens_thread(&claim, "quoxi thread").await;
        let again = ann.says(&thread, "quoxi? the moon is made of cheese").await;
        let reply = again.replies().await_one().await;
        ann.clicks(&reply, "Why this reply?").await;
        ann.clicks(&reply, "Not relevant").await;
        thread.delete().await;
    }

    /// Commands with arguments, and files.
    async fn command(&self) {
        let channel = self.guild.text_channel("quoxi-talk");
        let owner = self.guild.owner();
        let message = owner.says(&channel, "quoxi, hello").await;
        owner.opens_menu(&message, "Check this message").await;
        let link = format!(
            "https://discord.com/channels/{}/{}/{}",
            self.guild.id(),
            channel.id(),
            message.id()
        );
        owner.types(&channel, "/myth show myth:quoxi").await;
        for line in [
            "/myth ask quoxi, is the moon made of cheese?",
            "/myth show myth:quoxi",
            "/mythmod pin myth:1 note:quoxi note",
            "/mythmod never quoxi book club",
            "/mythmod answer phrase:quoxi wheel with:cheese",
            "/mythmod phrases",
            "/mythmod log",
            "/mythmod forget quoxi wheel",
            &format!("/mythmod why {link}"),
            "/mythmod why quoxi",
            "/mythconfig show",
            "/mythconfig export",
        ] {
            owner.runs(&channel, line).await;
        }
        for text in ["quoxi", "{\"mode\": \"quoxi\"}", "{\"quoxi\": 1}"] {
            let file = owner.uploads("quoxi.json", text);
            owner.runs(&channel, &format!("/mythconfig import {file}")).await;
        }
    }

    /// Moderators are asked, and decide.
    async fn review(&self) {
        let channel = self.guild.text_channel("quoxi-talk");
        let room = self.guild.text_channel("quoxi-moderators");
        let owner = self.guild.owner();
        owner.runs(&channel, "/mythconfig review quoxi-moderators").await;
        // The bot says there what the channel is for.
        room.next_bot_message().await;
        owner.runs(&channel, "/mythconfig mode \"review: ask moderators first\"").await;
        for button in ["Post it", "Never for this phrase"] {
            owner.says(&channel, "quoxi, the moon is made of cheese").await;
            let card = room.next_bot_message().await;
            owner.clicks(&card, button).await;
        }
        owner.runs(&channel, "/mythconfig mode \"reply: speak by itself\"").await;
    }

    /// What Discord does that it should not. Returns the incident that somebody was told of.
    async fn trouble(&self) -> u64 {
        let channel = self.guild.text_channel("quoxi-trouble");
        let ann = self.guild.member("Ann Quoxi");
        let claim = "the moon landing was faked, quoxi";
        let error = json!({"message": "oops", "code": 0});
        // Twice an error: nobody knows whether the reply stands.
        self.discord.fail_next(POST, 500, error.clone());
        self.discord.fail_next(POST, 500, error);
        self.posts_twice_after(ann.says(&channel, claim)).await;
        let unreadable = json!({"id": "quoxi", "channel_id": {"quoxi": 1}});
        self.discord.fail_next(POST, 200, unreadable.clone());
        self.discord.fail_next(POST, 200, unreadable);
        self.posts_twice_after(ann.says(&channel, claim)).await;
        let event = json!({
            "id": "1", "channel_id": "2", "type": "quoxi", "content": "quoxi", "author": "quoxi",
        });
        self.discord.gateway().send_event("MESSAGE_CREATE", &event);
        let reply = ann.says(&channel, claim).await.replies().await_one().await;
        // The address of what fails now holds a token.
        self.discord.fault_next(CALLBACK, Fault::ResetBefore);
        let lost = ann.starts_click(&reply, "Why this reply?").await;
        lost.stays_unanswered().await;
        sql(&self.dir, "UPDATE replies SET grounds = '\"quoxi\"'").await;
        let why = ann.starts_click(&reply, "Why this reply?").await;
        why.answer().await;
        why.id().get()
    }

    /// The bot tries to post something twice.
    async fn posts_twice_after(&self, happens: impl Future<Output = MessageHandle>) {
        let mark = self.discord.mark();
        happens.await;
        let tried = || {
            let requests = self.discord.requests_since(mark);
            requests.iter().filter(|request| request.name() == POST).count()
        };
        let twice = async {
            while tried() < 2 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), twice).await.expect("two tries");
    }

    /// Somebody breaks a file of the answers.
    fn breaks_a_file(&self) {
        let file = self.answers.path().join("moon-cheese/en.toml");
        let text = std::fs::read_to_string(&file).expect("the file");
        std::fs::write(file, text.replace("title = ", "titel = ")).expect("written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_quoted_and_every_line_says_where() {
    let tour = Tour::new().await;
    let process = log_of(tour.start("json"), &["connected"]).await;
    tour.discord.command_registered("mythconfig").await;
    tour.talk().await;
    tour.command().await;
    tour.review().await;
    let incident = tour.trouble().await;
    tour.breaks_a_file();
    process.hang_up();
    let process = log_of(process, &["answers not loaded", "incident", "was not answered"]).await;
    let stopped = tokio::task::spawn_blocking(move || process.stop());
    let (code, log) = stopped.await.expect("no panic");
    assert_eq!(code, Some(0), "{log}");

    let token = tour.discord.token();
    for secret in [WORD, "Quoxi", "cheese", &token, INTERACTION_TOKEN] {
        let lines: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
        // The name of an answer and its files are no secret.
        let quotes = |line: &&&str| {
            let line = line.replace("moon-cheese", "");
            line.contains(secret)
        };
        assert_eq!(lines.iter().find(quotes), None, "{secret} is in the log");
    }
    let lines = log.lines().map(|line| serde_json::from_str(line).expect("an object a line"));
    let lines: Vec<Value> = lines.collect();
    let outcomes = ["replied", "kept silent", "moderators asked", "failed"];
    for outcome in outcomes {
        assert!(lines.iter().any(|line| line["message"] == outcome), "no line: {outcome}");
    }
    for line in lines.iter().filter(|line| outcomes.iter().any(|said| line["message"] == *said)) {
        assert_eq!(line["level"], "DEBUG");
        for id in ["shard", "channel_id", "message_id"] {
            assert!(line["span"][id].is_u64(), "{id} is not in {line}");
        }
    }
    let in_a_server = |line: &&Value| line["span"]["guild_id"] == tour.guild.id().get();
    assert!(lines.iter().filter(in_a_server).count() > 10);
    let told = lines.iter().find(|line| line["incident"] == incident).expect("the incident");
    assert_eq!(told["span"]["interaction_id"], incident);
    assert_eq!(told["span"]["guild_id"], tour.guild.id().get());
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_a_line_with_its_place_in_front() {
    let tour = Tour::new().await;
    let process = log_of(tour.start("text"), &["connected"]).await;
    let channel = tour.guild.text_channel("quoxi-talk");
    let message = tour.guild.member("Ann Quoxi").says(&channel, "quoxi").await;
    let process = log_of(process, &["no-match"]).await;
    let line = process.read.lines().find(|line| line.contains("no-match")).expect("a line");
    // Behind the time.
    let (_, line) = line.split_once(' ').expect("a time");
    let line = line
        .replace(&tour.guild.id().to_string(), "GUILD")
        .replace(&channel.id().to_string(), "CHANNEL")
        .replace(&message.id().to_string(), "MESSAGE");
    insta::assert_snapshot!(line.trim(), @r#"DEBUG message{shard=0 guild_id=GUILD channel_id=CHANNEL message_id=MESSAGE}: mythbot::discord::auto_reply: kept silent reason="no-match""#);
    assert!(!process.read.contains('\u{1b}'), "colours where nobody sees them");
}
