//! What only SQLite does: files, and those of older versions.

use std::path::Path;

use mythbot::store::{Claim, Store};
use sqlx::Connection as _;

use crate::contract::CLAIM;

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The first version's only table, with a reply in it.
async fn of_the_first_version(file: &Path) {
    let first = include_str!("../../src/store/migrations/0001_replies.sql");
    let url = format!("{}?mode=rwc", url(file));
    let mut database = sqlx::SqliteConnection::connect(&url).await.expect("a file");
    let migration = sqlx::migrate::Migration::new(
        1,
        "replies".into(),
        sqlx::migrate::MigrationType::Simple,
        sqlx::SqlSafeStr::into_sql_str(first),
        false,
    );
    let migrator = sqlx::migrate::Migrator::with_migrations(vec![migration]);
    migrator.run(&mut database).await.expect("migrated");
    let reply = "INSERT INTO replies VALUES (1, 2, 3, 'blind-bats', '{\"a\":1}', 9, 1000)";
    sqlx::query(reply).execute(&mut database).await.expect("inserted");
    database.close().await.expect("closed");
}

#[tokio::test]
async fn a_database_of_the_first_version_keeps_its_replies() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("old.db");
    of_the_first_version(&file).await;
    let store = Store::open(&url(&file)).await.expect("brought up to date");
    let reply = store.reply_to(1).await.expect("asked").expect("kept");
    assert_eq!((reply.reply_id, reply.grounds.as_str()), (Some(9), "{\"a\":1}"));
    assert_eq!((reply.at_ms, reply.author_id), (1000, None));
    assert!(!store.claim(&CLAIM).await.expect("asked"));
}

#[tokio::test]
async fn a_database_that_cannot_be_made_says_what_to_do() {
    let error = Store::open("sqlite:///nowhere/at/all.db").await.expect_err("no folder");
    insta::assert_snapshot!(error, @"the database sqlite:///nowhere/at/all.db cannot be opened (error returned from database: (code: 14) unable to open database file): check DATABASE_URL, and that its folder or server is there and can be written to");
}

#[tokio::test]
async fn passwords_are_not_shown() {
    let error = Store::open("postgres://me:secret@127.0.0.1:9/mythbot").await;
    let error = error.expect_err("nobody listens there").to_string();
    assert!(error.contains("postgres://…@127.0.0.1:9/mythbot"), "{error}");
    assert!(!error.contains("secret"), "{error}");
}

#[tokio::test]
async fn a_copy_made_while_the_bot_writes_is_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(&url(&dir.path().join("bot.db"))).await.expect("opened");
    let writes = async {
        for message_id in 1..=200 {
            store.claim(&Claim { message_id, ..CLAIM }).await.expect("claimed");
        }
    };
    let copy = dir.path().join("copy.db");
    let ((), copied) = tokio::join!(writes, store.backup(&copy));
    copied.expect("copied");
    let copied = Store::open(&url(&copy)).await.expect("a sound copy");
    // What was there stands; what came later can be claimed.
    let mut missing = false;
    for message_id in 1..=200 {
        let there = copied.reply_to(message_id).await.expect("asked").is_some();
        assert!(!(missing && there), "a hole before {message_id}");
        missing |= !there;
    }
    let again = store.backup(&copy).await.expect_err("there already").to_string();
    assert!(again.ends_with("is there already: name a new file, so that no older copy is lost"));
    let nowhere = store.backup(Path::new("/nowhere/copy.db")).await.expect_err("no folder");
    assert!(nowhere.to_string().contains("check that its folder is there"), "{nowhere}");
}
