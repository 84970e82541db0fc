//! Where SQLite and PostgreSQL differ: how they are opened, locked and brought up to date.

use std::sync::Once;
use std::time::Duration;

use sqlx::AnyPool;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Connection as _, Executor as _, SqlSafeStr as _};

use super::StoreError;

/// Each file of `migrations/`, in order, and which database needs it. A file that was released is
/// never changed.
const MIGRATIONS: [(&str, &str, Option<Database>); 6] = [
    ("replies", include_str!("migrations/0001_replies.sql"), Some(Database::Sqlite)),
    ("one text", include_str!("migrations/0002_one_text.sql"), None),
    ("moderators", include_str!("migrations/0003_moderators.sql"), None),
    (
        "changes of SQLite",
        include_str!("migrations/0004_changes_sqlite.sql"),
        Some(Database::Sqlite),
    ),
    (
        "changes of PostgreSQL",
        include_str!("migrations/0005_changes_postgres.sql"),
        Some(Database::Postgres),
    ),
    ("orders", include_str!("migrations/0006_orders.sql"), None),
];

/// How many statements run at once. More would only wait: SQLite writes one after the other.
const CONNECTIONS: u32 = 4;

/// How long a statement waits for a connection. This and what follows are less than the limit of
/// [`in_time`](super::in_time), so that it is the database that says what is wrong.
const ACQUIRE: Duration = Duration::from_millis(1500);

/// What SQLite is told for each connection: wait up to 1.5 seconds for another process that writes; a
/// claim that a power cut forgets would be a second reply, so every commit reaches the disk.
const PRAGMAS: &str = "PRAGMA busy_timeout = 1500; PRAGMA journal_mode = WAL; \
                       PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

/// What PostgreSQL is told for each connection: a statement that takes longer than 1.5 seconds, a wait
/// for a lock included, is not carried out later, when nobody counts on it any more.
const LIMITS: &str =
    "SET statement_timeout = 1500; SET idle_in_transaction_session_timeout = 10000";

/// How long work that nobody waits for may wait for SQLite's lock.
const UNHURRIED: &str = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; \
                         PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";

/// How long a connection that is given back may take to say that it is sound. One to a machine that
/// has vanished never says anything; it is thrown away, so that another can take its place.
const SOUND: Duration = Duration::from_secs(3);

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Database {
    /// That of an address.
    #[must_use]
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres") { Self::Postgres } else { Self::Sqlite }
    }

    /// Connections for statements that somebody waits for.
    pub(super) async fn connect(self, url: &str) -> Result<AnyPool, StoreError> {
        let told = match self {
            Self::Sqlite => PRAGMAS,
            Self::Postgres => LIMITS,
        };
        let options = AnyPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(ACQUIRE);
        connect(url, &self.existing(url), options, Some(told)).await
    }

    /// A connection for work that takes its time; close it afterwards. Makes a missing file of SQLite
    /// if it `may_make` one.
    pub(super) async fn unhurried(self, url: &str, may_make: bool) -> Result<AnyPool, StoreError> {
        let address = self.in_mode(url, if may_make { "rwc" } else { "rw" });
        let told = (self == Self::Sqlite).then_some(UNHURRIED);
        connect(url, &address, AnyPoolOptions::new().max_connections(1), told).await
    }

    /// The address, with the wish that no missing file of SQLite is made.
    pub(super) fn existing(self, url: &str) -> String {
        self.in_mode(url, "rw")
    }

    fn in_mode(self, url: &str, mode: &str) -> String {
        match self {
            Self::Sqlite if !url.contains("mode=") => {
                let sign = if url.contains('?') { '&' } else { '?' };
                format!("{url}{sign}mode={mode}")
            }
            _ => url.to_owned(),
        }
    }

    /// Asks what time it is, in milliseconds since 1970.
    pub(super) fn now_ms(self) -> &'static str {
        match self {
            // Since noon of a day long ago, in days; 1970 began 2,440,587.5 days later.
            Self::Sqlite => {
                "SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
            }
            Self::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        }
    }

    /// Number of the last migration that it needs.
    pub(super) fn last_migration(self) -> i64 {
        let numbered = MIGRATIONS.iter().zip(1..);
        let own = numbered.filter(|((_, _, only), _)| only.is_none_or(|only| only == self));
        own.map(|(_, number)| number).last().unwrap_or_default()
    }

    /// Brings the tables up to date, alone.
    pub(super) async fn migrate(self, url: &str, pool: &AnyPool) -> Result<(), StoreError> {
        let migrations = MIGRATIONS.into_iter().zip(1..);
        let migrations =
            migrations.filter(|((_, _, only), _)| only.is_none_or(|only| only == self));
        let migrations = migrations.map(|((name, sql, _), version)| {
            Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
        });
        let migrator = Migrator::with_migrations(migrations.collect());
        let outdated = |source| match source {
            // Tables that cannot be written at the moment are not damaged.
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _)
                if may_pass(&source) =>
            {
                StoreError::Unopenable { url: without_password(url), source }
            }
            source => StoreError::Outdated { url: without_password(url), source },
        };
        let mut connection = pool.acquire().await?;
        // PostgreSQL has a lock for this, which the migrator takes; SQLite's is that of a writer.
        match self {
            Self::Sqlite => {
                let mut alone = connection.begin_with("BEGIN IMMEDIATE").await?;
                migrator.run(&mut *alone).await.map_err(outdated)?;
                alone.commit().await?;
            }
            Self::Postgres => migrator.run(&mut *connection).await.map_err(outdated)?,
        }
        Ok(())
    }
}

/// Opens connections to `address`, which is `url` as people wrote it, each of them `told` something
/// first.
async fn connect(
    url: &str,
    address: &str,
    options: AnyPoolOptions,
    told: Option<&'static str>,
) -> Result<AnyPool, StoreError> {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
    let unopenable = |source| StoreError::Unopenable { url: without_password(url), source };
    let parsed: AnyConnectOptions = address.parse().map_err(unopenable)?;
    options
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if let Some(told) = told {
                    connection.execute(told).await?;
                }
                Ok(())
            })
        })
        .after_release(|connection, _| {
            Box::pin(async move {
                match tokio::time::timeout(SOUND, connection.ping()).await {
                    Ok(sound) => sound.map(|()| true),
                    Err(_) => Err(sqlx::Error::PoolTimedOut),
                }
            })
        })
        .connect_with(parsed)
        .await
        .map_err(unopenable)
}

/// An address that may be shown.
pub(super) fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    }
}

impl StoreError {
    /// Whether it may pass by itself: the database is busy or unreachable, or its disk is full. What
    /// was to be written is then worth another try.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Failed(error) => may_pass(error),
            // To a database that was open before: it does not answer.
            Self::Unopenable { .. } => true,
            _ => false,
        }
    }
}

fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed
        // A proxy answers for a server that is away, or nobody: a connection that is closed in the
        // middle of a greeting is such an error.
        | sqlx::Error::Protocol(_)
        | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(error) => passes(error.code().as_deref()),
        _ => false,
    }
}

/// Codes of SQLite are numbers whose last byte is the kind: 5 busy, 6 locked, 8 read-only, 10 I/O, 13
/// full, 14 cannot open. Those of PostgreSQL have five characters: classes 08 connection, 53
/// resources, 57 intervention of an operator, and 25006 read-only.
fn passes(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    let postgres = ["08", "53", "57", "25006"].iter().any(|class| code.starts_with(class));
    let sqlite = code.parse::<u32>().map(|code| code & 0xFF);
    code.len() == 5 && postgres || code.len() < 5 && matches!(sqlite, Ok(5 | 6 | 8 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;

    use super::*;

    #[test]
    fn what_may_pass_is_known_by_its_code() {
        for code in ["5", "13", "1032", "08006", "57P01", "53100", "25006"] {
            assert!(passes(Some(code)), "{code}");
        }
        for code in ["1", "19", "1555", "23505", "42P01"] {
            assert!(!passes(Some(code)), "{code}");
        }
        assert!(!passes(None));
    }

    /// What the real database says when its disk is full, and when its file is read-only.
    #[tokio::test]
    async fn a_full_disk_and_a_read_only_file_may_pass() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("small.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let mut database = sqlx::SqliteConnection::connect(&url).await.expect("a file");
        sqlx::raw_sql("CREATE TABLE t (x TEXT); PRAGMA max_page_count = 3")
            .execute(&mut database)
            .await
            .expect("a table");
        let much = "INSERT INTO t SELECT hex(randomblob(100000))";
        let full = sqlx::query(much).execute(&mut database).await.expect_err("full");
        assert!(full.to_string().contains("full"), "{full}");
        assert!(StoreError::from(full).is_transient());

        let url = format!("sqlite://{}?mode=ro", file.display());
        let mut database = sqlx::SqliteConnection::connect(&url).await.expect("a file");
        let refused = sqlx::query(much).execute(&mut database).await.expect_err("read-only");
        assert!(refused.to_string().contains("readonly"), "{refused}");
        assert!(StoreError::from(refused).is_transient());

        let wrong = sqlx::query("SELECT y FROM t").execute(&mut database).await;
        assert!(!StoreError::from(wrong.expect_err("no such column")).is_transient());
    }
}
