//! The same bot on PostgreSQL: `.ci/postgres cargo test --test bot -- --ignored`.

use std::sync::atomic::{AtomicU32, Ordering};

use mythbot::discord::Heard;
use mythbot::policy::Reason;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

/// A new database on the server of `POSTGRES_URL`.
pub(crate) struct Database {
    pub(crate) name: String,
    admin: PgConnection,
    pub(crate) url: String,
}

impl Database {
    pub(crate) async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("POSTGRES_URL").expect("POSTGRES_URL is set");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bot_{}_{number}", std::process::id());
        let admin = PgConnection::connect(&server).await.expect("PostgreSQL answers");
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        let url = format!("{base}/{name}");
        let mut database = Self { name, admin, url };
        database.does(&format!("CREATE DATABASE {}", database.name)).await;
        database
    }

    pub(crate) async fn does(&mut self, statement: &str) {
        let done = self.admin.execute(AssertSqlSafe(statement.to_owned())).await;
        done.expect("may do that");
    }

    pub(crate) async fn throws_everybody_out(&mut self) {
        let name = &self.name;
        let statement = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        self.does(&statement).await;
    }
}

/// The way to a database, which can be closed: connections break, and new ones are cut at once. It keeps
/// its port meanwhile, or another story might take it.
struct Way {
    url: String,
    open: watch::Sender<bool>,
    /// Ends when it goes.
    _traffic: JoinSet<()>,
}

impl Way {
    async fn to(url: &str) -> Self {
        let (user, rest) = url.rsplit_once('@').expect("a user");
        let (server, name) = rest.rsplit_once('/').expect("a database");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (open, is_open) = watch::channel(true);
        let mut traffic = JoinSet::new();
        traffic.spawn(let_through(listener, server.to_owned(), is_open));
        Self { url: format!("{user}@{address}/{name}"), open, _traffic: traffic }
    }

    fn open(&self) {
        self.open.send_replace(true);
    }

    fn close(&self) {
        self.open.send_replace(false);
    }
}

async fn let_through(listener: TcpListener, server: String, is_open: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    while let Ok((mut client, _)) = listener.accept().await {
        let (server, mut is_open) = (server.clone(), is_open.clone());
        if !*is_open.borrow() {
            continue;
        }
        connections.spawn(async move {
            let mut server = TcpStream::connect(server).await.expect("PostgreSQL");
            tokio::select! {
                biased;
                _ = is_open.wait_for(|is_open| !is_open) => {}
                // It ends when either side does.
                _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
            }
        });
    }
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn settings_and_replies_survive_a_restart() {
    let database = Database::new().await;
    let mut stage = Stage::on_postgres(database.url.clone()).await;
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    let owner = stage.guild.owner();
    owner.runs(&stage.channel, "/mythconfig mode \"off: keep silent\"").await;
    stage.restart().await;
    let next = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&next).await, Heard::Silent(Reason::ModeOff));
    owner.runs(&stage.channel, "/mythconfig mode \"reply: speak by itself\"").await;
    message.is_told_again().await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn of_two_processes_one_replies() {
    let database = Database::new().await;
    let mut stage = Stage::on_postgres(database.url.clone()).await;
    let mut second = stage.second_bot().await;
    for _ in 0..20 {
        let message = stage.says(CLAIM).await;
        let heard = [stage.heard(&message).await, second.heard(&message).await];
        let replied = heard.iter().filter(|heard| matches!(heard, Heard::Replied { .. }));
        assert_eq!(replied.count(), 1, "{heard:?}");
        assert_eq!(message.replies().all().len(), 1);
    }
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn a_server_that_restarts_is_not_noticed() {
    let mut database = Database::new().await;
    let stage = Stage::on_postgres(database.url.clone()).await;
    for _ in 0..5 {
        database.throws_everybody_out().await;
        stage.says(CLAIM).await.replies().await_one().await;
    }
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn a_server_that_is_away_loses_nothing_that_was_confirmed() {
    let database = Database::new().await;
    let way = Way::to(&database.url).await;
    let mut stage = Stage::on_postgres(way.url.clone()).await;
    let before = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&before).await, Heard::Replied { .. }));
    way.close();
    let shown = stage.ann.runs(&stage.channel, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Failed { code: None });
    let owner = stage.guild.owner();
    let refused = owner.runs(&stage.channel, "/mythconfig mode \"off: keep silent\"").await;
    assert!(refused.shown().contains("database does not answer right now"), "{}", refused.shown());
    way.open();
    message.is_told_again().await;
    message.replies().await_one().await;
    before.is_told_again().await;
    assert_eq!(stage.heard(&before).await, Heard::Silent(Reason::AlreadyAnswered));
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn another_process_hears_of_a_change() {
    let database = Database::new().await;
    crate::config::hears_of_a_change(Stage::on_postgres(database.url.clone()).await).await;
}
