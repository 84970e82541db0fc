//! The only SQL: what the bot must still know after a restart. Ids and outcomes, no message text.

mod replies;

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

pub use replies::{Claim, Reply};

/// Each file of `migrations/`, in order. A file that was released is never changed.
const MIGRATIONS: [(&str, &str); 1] = [("replies", include_str!("migrations/0001_replies.sql"))];

/// How long a statement waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);

/// State could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened or made.
    #[error(
        "the database {url} cannot be opened ({source}): check DATABASE_URL, and that its folder is there and can be written to"
    )]
    Unopenable {
        /// `DATABASE_URL`.
        url: String,
        /// Why not.
        source: sqlx::Error,
    },
    /// Its tables cannot be brought up to date.
    #[error(
        "the database {url} cannot be brought up to date ({source}): it may be damaged, or of a newer mythbot"
    )]
    Outdated {
        /// `DATABASE_URL`.
        url: String,
        /// Why not.
        source: sqlx::migrate::MigrateError,
    },
    /// A statement failed.
    #[error("the database failed")]
    Failed(#[from] sqlx::Error),
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the database of a `sqlite:` address; makes the file and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened, made or brought up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let unopenable = |source| StoreError::Unopenable { url: url.to_owned(), source };
        let options = SqliteConnectOptions::from_str(url)
            .map_err(unopenable)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A claim that a power cut forgets would be a second reply.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(unopenable)?;
        let migrations = MIGRATIONS.into_iter().zip(1..).map(|((name, sql), version)| {
            Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
        });
        let migrator = Migrator::with_migrations(migrations.collect());
        let outdated = |source| StoreError::Outdated { url: url.to_owned(), source };
        migrator.run(&pool).await.map_err(outdated)?;
        Ok(Self { pool })
    }

    /// Finishes what is being written and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
