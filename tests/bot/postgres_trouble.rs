//! PostgreSQL is stopped, slow, read-only or full: the bot says so where somebody asks, keeps silent where
//! nobody does, and goes on when it is back. `.ci/postgres cargo test --test bot -- --ignored`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mythbot::discord::Heard;
use mythbot::policy::Reason;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::postgres::Database;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const OFF: &str = "/mythconfig mode \"off: keep silent\"";
const AWAY: &str = "database does not answer right now";

/// A server of a story's own, which can be stopped.
struct Server {
    child: Child,
    url: String,
    control: String,
}

impl Server {
    fn new() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/postgres");
        let tell = "echo \"$POSTGRES_URL $POSTGRES_CONTROL\"; read -r _ || true";
        let mut child = Command::new(script)
            .args(["bash", "-c", tell])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script runs");
        let mut told = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut told).expect("a line");
        let (url, control) = told.trim().split_once(' ').expect("address and control");
        Self { url: url.to_owned(), control: control.to_owned(), child }
    }

    fn does(&self, what: &str) {
        let done = Command::new(&self.control).arg(what).status().expect("the script runs");
        assert!(done.success(), "{what}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The script throws the server away when it has nothing more to read.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What holds while the database is of no use: nobody is answered twice or left without a word.
async fn copes(stage: &mut Stage) {
    let shown = stage.ann.runs(&stage.channel, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    let refused = stage.guild.owner().runs(&stage.channel, OFF).await;
    assert!(refused.text().contains(AWAY), "{}", refused.text());
    let message = stage.says(CLAIM).await;
    let heard = stage.heard(&message).await;
    assert!(
        matches!(heard, Heard::Failed { code: None } | Heard::Silent(Reason::NoSettings)),
        "{heard:?}"
    );
    assert!(message.replies().all().is_empty());
}

/// How long it takes until it answers again.
async fn goes_on(stage: &mut Stage, before: &loopback_discord::MessageHandle) -> Duration {
    let back = tokio::time::Instant::now();
    loop {
        let message = stage.says(CLAIM).await;
        if matches!(stage.heard(&message).await, Heard::Replied { .. }) {
            break;
        }
        assert!(back.elapsed() < Duration::from_secs(20), "it does not go on");
    }
    let took = back.elapsed();
    before.is_told_again().await;
    assert_eq!(stage.heard(before).await, Heard::Silent(Reason::AlreadyAnswered));
    let done = stage.guild.owner().runs(&stage.channel, OFF).await;
    assert!(!done.text().contains(AWAY), "{}", done.text());
    took
}

async fn answered(stage: &mut Stage) -> loopback_discord::MessageHandle {
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL"]
async fn a_server_that_is_gone_for_a_minute() {
    let server = Server::new();
    let mut stage = Stage::on_postgres(server.url.clone()).await;
    let before = answered(&mut stage).await;
    server.does("stop");
    let stopped = tokio::time::Instant::now();
    while stopped.elapsed() < Duration::from_mins(1) {
        copes(&mut stage).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    server.does("start");
    let took = goes_on(&mut stage, &before).await;
    println!("answers {took:?} after the server is back");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL"]
async fn a_server_that_restarts_in_the_middle() {
    let server = Server::new();
    let mut stage = Stage::on_postgres(server.url.clone()).await;
    let before = answered(&mut stage).await;
    for _ in 0..3 {
        let on_its_way = stage.says(CLAIM).await;
        server.does("stop");
        server.does("start");
        stage.heard(&on_its_way).await;
        on_its_way.is_told_again().await;
        stage.heard(&on_its_way).await;
        assert!(on_its_way.replies().all().len() <= 1);
    }
    goes_on(&mut stage, &before).await;
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn a_server_that_is_slow() {
    let database = Database::new().await;
    let mut stage = Stage::on_postgres(database.url.clone()).await;
    let before = answered(&mut stage).await;
    let mut lock = PgConnection::connect(&database.url).await.expect("it answers");
    let tables = "BEGIN; LOCK TABLE guilds, replies, pins, audit IN ACCESS EXCLUSIVE MODE";
    lock.execute(tables).await.expect("locked");
    copes(&mut stage).await;
    lock.execute("ROLLBACK").await.expect("unlocked");
    let took = goes_on(&mut stage, &before).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn a_server_that_may_not_be_written_to() {
    let mut database = Database::new().await;
    let mut stage = Stage::on_postgres(database.url.clone()).await;
    let before = answered(&mut stage).await;
    let name = database.name.clone();
    database.does(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    database.throws_everybody_out().await;
    copes(&mut stage).await;
    database.does(&format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    database.throws_everybody_out().await;
    goes_on(&mut stage, &before).await;
}

#[tokio::test]
#[ignore = "needs POSTGRES_URL"]
async fn a_server_whose_disk_is_full() {
    let database = Database::new().await;
    let mut stage = Stage::on_postgres(database.url.clone()).await;
    let before = answered(&mut stage).await;
    let mut admin = PgConnection::connect(&database.url).await.expect("it answers");
    // What PostgreSQL says then.
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$; \
                CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON replies \
                FOR EACH ROW EXECUTE FUNCTION full_disk(); \
                CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON guilds \
                FOR EACH ROW EXECUTE FUNCTION full_disk()";
    admin.execute(full).await.expect("made");
    copes(&mut stage).await;
    admin.execute("DROP FUNCTION full_disk CASCADE").await.expect("dropped");
    goes_on(&mut stage, &before).await;
}
