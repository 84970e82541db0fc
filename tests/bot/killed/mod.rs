//! `kill -9` at random points, two hundred times: no double reply, no lost decision, no orphaned record.
//!
//! Each of four theatres has a server, a database and fifty lives of the program, each of which is
//! killed in the middle of replies, reviews, pins and corrections, or while it finishes what the one
//! before left. Once the next one has settled that, its [`books`] are checked against Discord.

mod books;
pub(crate) mod life;

use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use loopback_discord::{
    ChannelHandle, GuildHandle, LoopbackDiscord, MessageHandle, PendingInteraction, Permissions,
    Person, When, World,
};
use mythbot::policy::Settings;
use mythbot::policy::settings::{Cooldowns, Id, Mode, Scope};
use mythbot::store::Store;
use tempfile::TempDir;

use books::Books;
use life::Life;

const CHEESE: &str = "the moon is made of cheese";
const LANDING: &str = "the moon landings were staged";
const KILLS: u32 = 50;

/// What the answer about the landing says, in turn.
const LASER: [&str; 2] = ["Anybody with a laser", "Everybody with a laser"];

/// A server with the database of its bot.
struct Theatre {
    discord: LoopbackDiscord,
    dir: TempDir,
    guild: GuildHandle,
    general: ChannelHandle,
    /// Where moderators decide before the bot speaks.
    asked: ChannelHandle,
    /// Where they are asked.
    room: ChannelHandle,
    board: ChannelHandle,
    ann: Person,
    mo: Person,
    rng: Rng,
    /// How long the last start took, until all was settled.
    start: Duration,
    books: Books,
}

impl Theatre {
    async fn new(seed: u64) -> Self {
        let discord = LoopbackDiscord::start(World::new()).await;
        let guild = discord.guild("Gazette");
        guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
        let channel = |name| guild.text_channel(name);
        let (general, asked) = (channel("general"), channel("asked"));
        let (room, board) = (channel("moderators"), channel("board"));
        let may = Permissions::MANAGE_MESSAGES | Permissions::PIN_MESSAGES;
        let (ann, mo) = (guild.member("Ann"), guild.member("Mo"));
        mo.gets(&guild.role("Moderators", may)).await;
        let dir = tempfile::tempdir().expect("a folder");
        crate::stage::write_moon(&dir.path().join("answers"));
        let theatre = Self {
            books: Books::default(),
            start: Duration::from_millis(300),
            rng: Rng::with_seed(seed),
            discord,
            dir,
            guild,
            general,
            asked,
            room,
            board,
            ann,
            mo,
        };
        theatre.set_up().await;
        theatre
    }

    async fn set_up(&self) {
        let none =
            Cooldowns { answer_s: 0, channel_s: 0, person_s: 0, dismissed_s: 0, per_hour: 0 };
        let mut settings = Settings { cooldowns: none, ..Settings::default() };
        settings.rules.insert(Scope::Channel(Id(self.asked.id().get())), Mode::Review);
        settings.review_channel = Some(Id(self.room.id().get()));
        let store = Store::open(&self.database()).await.expect("a database");
        let settings = serde_json::to_string(&settings).expect("JSON");
        let guild = self.guild.id().to_string().parse().expect("a number");
        assert!(store.save_settings(guild, &settings, 0).await.expect("saved"));
        store.close().await;
    }

    fn database(&self) -> String {
        format!("sqlite://{}", self.dir.path().join("mythbot.db").display())
    }

    fn begin(&self) -> Life {
        self.discord.pace_anew();
        Life::start(self.dir.path(), &self.discord.token(), &self.discord.api_url())
    }

    /// A life that gets as far as to have settled what was left; it may be killed before.
    async fn live(&mut self, number: u32) -> Option<Life> {
        let began = tokio::time::Instant::now();
        let mut life = self.begin();
        // The first one registers the commands.
        if number > 0 && self.rng.u8(..6) == 0 {
            self.kill_early(&mut life).await;
            return None;
        }
        assert!(life.says("left behind").await, "it ended by itself:\n{}", life.said);
        self.start = began.elapsed();
        if number == 0 {
            self.discord.command_registered("mythmod").await;
        }
        self.check().await;
        Some(life)
    }

    /// Kills it while it starts, or at what it does about what was left.
    async fn kill_early(&mut self, life: &mut Life) {
        let at_most = u64::try_from(self.start.as_micros()).unwrap_or(u64::MAX);
        if self.rng.bool() {
            self.trip(2, life);
        }
        let wait = Duration::from_micros(self.rng.u64(..=at_most));
        life.ends_within(wait).await;
        self.discord.at_no_request();
        life.kill().await;
    }

    /// Has it killed at one of its next `most` requests.
    fn trip(&mut self, most: usize, life: &Life) {
        let when = if self.rng.bool() { When::Before } else { When::After };
        self.discord.at_request(self.rng.usize(1..=most), when, life.killer());
    }

    /// Everybody does something, and it is killed meanwhile.
    async fn kill(&mut self, mut life: Life) {
        const A_WHILE: Duration = Duration::from_millis(400);
        let by_request = self.rng.u8(..10) < 7;
        if by_request {
            self.trip(14, &life);
        }
        self.act().await;
        let wait = if by_request { A_WHILE } else { Duration::from_micros(self.rng.u64(..30_000)) };
        life.ends_within(wait).await;
        self.discord.at_no_request();
        life.kill().await;
    }

    async fn act(&mut self) {
        let (general, asked, board) = (&self.general, &self.asked, &self.board);
        if self.books.landings < 4 {
            self.books.landings += 1;
            self.ann.says(general, LANDING).await;
        }
        let orders = ["/mythmod pin 1", "/mythmod pin 2", "/mythmod unpin moon-cheese"];
        let order = orders[self.rng.usize(..orders.len())];
        let card = self.rng.choice(self.open_cards());
        let verdicts = ["Post it", "Not this one", "Post it", "Never for this phrase"];
        let verdict = verdicts[self.rng.usize(..verdicts.len())];
        let decide = async {
            let card = card?;
            let pressed = self.mo.starts_click(&card, verdict).await;
            Some((card, pressed))
        };
        let talk = async {
            self.ann.says(general, CHEESE).await;
            self.ann.says(asked, CHEESE).await;
        };
        let pin = self.mo.starts(board, order);
        let (decided, (), _) = tokio::join!(decide, talk, pin);
        self.books.pressed.extend(
            decided.map(|(card, pressed): (MessageHandle, PendingInteraction)| {
                (card.id(), pressed.id())
            }),
        );
    }

    fn open_cards(&self) -> Vec<MessageHandle> {
        let cards = self.room.messages().into_iter();
        cards.filter(|card| !card.controls().is_empty()).collect()
    }

    async fn check(&mut self) {
        let places = books::Places {
            room: self.room.id(),
            board: self.board.id(),
            general: self.general.id(),
            asked: self.asked.id(),
        };
        let wrong = self.books.check(&self.discord, &self.database(), places).await;
        assert!(wrong.is_empty(), "after {} lives:\n{}", self.books.checks, wrong.join("\n"));
    }

    /// Between two lives: an editor changes an answer, moderators unmute, two minutes pass.
    async fn interval(&mut self, number: u32) {
        if number.is_multiple_of(5) {
            let file = self.dir.path().join("answers/moon-landing/en.toml");
            let text = std::fs::read_to_string(&file).expect("the file");
            let new = usize::from(text.contains(LASER[0]));
            std::fs::write(file, text.replace(LASER[1 - new], LASER[new])).expect("written");
        }
        // The holder of the task is dead; others take it two minutes later.
        books::does(&self.database(), "DELETE FROM leases WHERE task = 'corrections'").await;
        books::does(&self.database(), "DELETE FROM mutes").await;
    }

    /// The last one is let live: it corrects what is left, and ends in peace.
    async fn end(&mut self) {
        let life = self.live(0).await.expect("it is not killed");
        let file = self.dir.path().join("answers/moon-landing/en.toml");
        let text = std::fs::read_to_string(&file).expect("the file");
        let (new, old) = if text.contains(LASER[0]) { (0, 1) } else { (1, 0) };
        self.books.corrected(&self.discord, (LASER[new], LASER[old])).await;
        self.check().await;
        let code = life.stop().await;
        assert_eq!(code, Some(0));
    }
}

async fn fifty_kills(seed: u64) {
    let mut theatre = Theatre::new(seed).await;
    let mut kills = 0;
    while kills < KILLS {
        if let Some(life) = theatre.live(kills).await {
            theatre.kill(life).await;
        }
        kills += 1;
        theatre.interval(kills).await;
    }
    theatre.end().await;
    println!("{kills} kills: {}", theatre.books.told());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_at_random_points() {
    fifty_kills(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_more_kills() {
    fifty_kills(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_third_fifty_kills() {
    fifty_kills(3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_fifty_kills() {
    fifty_kills(4).await;
}

/// The folder in which the program runs, with its answers.
fn answers(dir: &Path) -> std::path::PathBuf {
    dir.join("answers")
}
