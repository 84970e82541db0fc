//! `mythbot backup`.

use std::path::Path;

use assert_cmd::Command;
use mythbot::store::{Claim, Store};
use tempfile::TempDir;

use crate::{mythbot, run};

const CLAIM: Claim<'_> = Claim {
    message_id: 1,
    channel_id: 2,
    guild_id: Some(3),
    author_id: 4,
    answer: "blind-bats",
    version: "v1",
    grounds: "{}",
    at_ms: 1000,
};

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// A folder with a database that is in use: what was written last is not in its main file.
async fn in_use() -> (TempDir, Store) {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(&url(&dir.path().join("mythbot.db"))).await.expect("opened");
    store.claim(&CLAIM).await.expect("claimed");
    (dir, store)
}

fn backup(dir: &TempDir) -> Command {
    let mut command = mythbot();
    command.env_remove("DATABASE_URL").env_remove("DISCORD_TOKEN").current_dir(dir).arg("backup");
    command
}

#[tokio::test]
async fn a_copy_of_a_database_in_use_is_whole_and_needs_no_token() {
    let (dir, store) = in_use().await;
    let ran = run(backup(&dir).arg("copy.db"));
    let size = std::fs::metadata(dir.path().join("copy.db")).expect("written").len();
    assert_eq!(ran.out, format!("copy.db written: {size} bytes\n"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let copy = Store::open(&url(&dir.path().join("copy.db"))).await.expect("a database");
    assert!(copy.reply_to(1).await.expect("asked").is_some());
    store.close().await;
}

#[tokio::test]
async fn the_database_is_the_one_of_the_settings() {
    let (dir, store) = in_use().await;
    store.close().await;
    std::fs::rename(dir.path().join("mythbot.db"), dir.path().join("other.db")).expect("moved");
    std::fs::write(dir.path().join(".env"), "DATABASE_URL=sqlite://other.db\n").expect("written");
    assert_eq!(run(backup(&dir).arg("one.db")).code, 0);
    let ran = run(backup(&dir).arg("two.db").env("DATABASE_URL", "sqlite://none.db"));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err, @"mythbot: the database sqlite://none.db cannot be opened (error returned from database: (code: 14) unable to open database file): check DATABASE_URL, and that its folder or server is there and can be written to");
    // Nothing is made by asking for a copy of it.
    assert!(!dir.path().join("none.db").exists() && !dir.path().join("two.db").exists());
}

#[tokio::test]
async fn what_cannot_be_done_is_said_with_what_to_do() {
    let (dir, store) = in_use().await;
    std::fs::write(dir.path().join("older.db"), "precious").expect("written");
    let ran = run(backup(&dir).arg("older.db"));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err, @"mythbot: older.db is there already: name a new file, so that no older copy is lost");
    let kept = std::fs::read_to_string(dir.path().join("older.db")).expect("there");
    assert_eq!(kept, "precious");
    let ran = run(backup(&dir).arg("nowhere/copy.db"));
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err, @"mythbot: nowhere/copy.db cannot be written (error returned from database: (code: 14) unable to open database: nowhere/copy.db): check that its folder is there, can be written to and has room");
    let ran = run(backup(&dir).arg("copy.db").env("DATABASE_URL", "mysql://me:secret@host/db"));
    assert!(ran.code == 2 && ran.err.contains("DATABASE_URL"), "{}", ran.err);
    assert!(!ran.err.contains("secret"), "{}", ran.err);
    store.close().await;
}

#[test]
fn help_says_what_it_does() {
    let ran = run(mythbot().args(["backup", "--help"]));
    assert!(ran.code == 0 && ran.out.contains("DATABASE_URL"), "{}", ran.out);
}
