//! What other processes change, told while they do.
//!
//! Triggers of the database take note of every change, whoever makes it. PostgreSQL tells by
//! `NOTIFY`; `SQLite` is asked every second whether anything was written.

use std::time::Duration;

use sqlx::postgres::PgListener;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Database, Store};

/// The name by which PostgreSQL tells.
const CHANNEL: &str = "mythbot_changes";

/// How often `SQLite` is asked.
const POLL: Duration = Duration::from_secs(1);

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
    let mut reported = false;
    while !tell.is_closed() {
        let ended = match database {
            Database::Sqlite => poll(address, tell).await,
            Database::Postgres => be_notified(address, tell).await,
        };
        if let Err(error) = ended
            && !std::mem::replace(&mut reported, true)
        {
            // Every statement fails now and says so; this one goes on by itself.
            tracing::warn!(%error, "changes of other processes are not heard for now");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn be_notified(address: &str, tell: &UnboundedSender<Changed>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(address).await?;
    listener.listen(CHANNEL).await?;
    let mut heard = Ok(Changed::Everything);
    while let Ok(changed) = heard {
        if tell.send(changed).is_err() {
            return Ok(());
        }
        heard = listener.try_recv().await.map(|notification| match notification {
            Some(notification) => {
                notification.payload().parse().map_or(Changed::Everything, Changed::of)
            }
            // The connection was lost, and there is another one.
            None => Changed::Everything,
        });
    }
    heard.map(drop)
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
