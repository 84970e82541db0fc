//! What other processes change, told while they do.
//!
//! Triggers of the database take note of every change, whoever makes it. PostgreSQL tells by
//! `NOTIFY`; SQLite is asked every second whether anything was written.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgNotification};
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Database, Store};

/// The name by which PostgreSQL tells.
const CHANNEL: &str = "mythbot_changes";

/// How often SQLite is asked.
const POLL: Duration = Duration::from_secs(1);

/// After how long without news PostgreSQL is asked whether it is there, and how long it may take to
/// answer.
const QUIET: Duration = Duration::from_mins(1);
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before a lost database is called again.
const PAUSE: Duration = Duration::from_secs(1);

/// What was changed, by whatever process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Settings, phrases or muted phrases of this server.
    Guild(i64),
    /// Who does not want to be answered.
    OptOuts,
    /// Anything: nobody listened for a while. Told first, once changes can be heard.
    Everything,
}

impl Changed {
    fn of(guild_id: i64) -> Self {
        if guild_id == 0 { Self::OptOuts } else { Self::Guild(guild_id) }
    }
}

impl Store {
    /// Changes from now on, also those of this process. Ends when the receiver is dropped.
    #[must_use]
    pub fn changes(&self) -> UnboundedReceiver<Changed> {
        let (tell, told) = unbounded_channel();
        let (database, address) = (self.database, self.address.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = listen(database, &address, &tell) => {}
                () = tell.closed() => {}
            }
        });
        told
    }
}

/// Listens until nobody wants to hear any more, also over times when the database is gone.
async fn listen(database: Database, address: &str, tell: &UnboundedSender<Changed>) {
    let mut was_reported = false;
    while !tell.is_closed() {
        let ended = match database {
            Database::Sqlite => poll(address, tell).await,
            Database::Postgres => be_notified(address, tell).await,
        };
        // As long as it cannot connect, once is enough.
        let failed = ended.is_err();
        if let Err(error) = ended {
            super::count_failure();
            if !was_reported {
                tracing::warn!(%error, "changes of other processes are not heard for now");
            }
        }
        was_reported = failed;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Listens until the connection is lost.
async fn be_notified(address: &str, tell: &UnboundedSender<Changed>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(address).await?;
    // Whatever is told between two connections is missed: `listen` begins anew and says so.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    let mut changed = Changed::Everything;
    while tell.send(changed).is_ok() {
        let Some(told) = next(&mut listener).await? else { break };
        changed = told.payload().parse().map_or(Changed::Everything, Changed::of);
    }
    Ok(())
}

/// Waits for what is told, and asks from time to time whether the database is still there: a
/// connection that is only listened to does not notice its own end. None when it is lost.
async fn next(listener: &mut PgListener) -> Result<Option<PgNotification>, sqlx::Error> {
    loop {
        if let Ok(told) = tokio::time::timeout(QUIET, listener.try_recv()).await {
            return told;
        }
        let asked = sqlx::query("SELECT 1").execute(&mut *listener);
        if tokio::time::timeout(PATIENCE, asked).await.map_or(true, |answer| answer.is_err()) {
            return Ok(None);
        }
    }
}

async fn poll(address: &str, tell: &UnboundedSender<Changed>) -> Result<(), sqlx::Error> {
    let mut database = SqliteConnection::connect(address).await?;
    let mut version = data_version(&mut database).await?;
    let (mut seen, _) = since(&mut database, i64::MAX).await?;
    if tell.send(Changed::Everything).is_err() {
        return Ok(());
    }
    loop {
        tokio::time::sleep(POLL).await;
        let now = data_version(&mut database).await?;
        if now == std::mem::replace(&mut version, now) {
            continue;
        }
        let (last, guilds) = since(&mut database, seen).await?;
        seen = last;
        for guild in guilds {
            if tell.send(Changed::of(guild)).is_err() {
                return Ok(());
            }
        }
    }
}

/// Another number whenever another connection has written anything.
async fn data_version(database: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("PRAGMA data_version").fetch_one(database).await
}

/// The number of the last change, and which servers changed after `seen`.
async fn since(database: &mut SqliteConnection, seen: i64) -> Result<(i64, Vec<i64>), sqlx::Error> {
    let last: i64 = sqlx::query_scalar(
        "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'changes'",
    )
    .fetch_one(&mut *database)
    .await?;
    let guilds =
        sqlx::query_scalar("SELECT guild_id FROM changes WHERE number > $1 AND number <= $2")
            .bind(seen)
            .bind(last)
            .fetch_all(database)
            .await?;
    Ok((last, guilds))
}
