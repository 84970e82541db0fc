//! The only SQL: what the bot must still know after a restart. Ids and outcomes, and what
//! moderators set themselves; no message text.
//!
//! One SQL text serves SQLite and PostgreSQL. Where the two differ stands in `database`.

mod audit;
mod backup;
mod changes;
mod database;
mod examine;
mod guilds;
mod import;
mod in_time;
mod leases;
mod opt_out;
mod orders;
mod outcomes;
mod phrases;
mod pins;
mod replies;
mod retention;
mod reviews;

pub use audit::Entry;
pub use changes::Changed;
pub use database::Database;
pub use examine::Condition;
pub use guilds::Saved;
pub use orders::{PinOrder, PinWhat};
pub use outcomes::Counted;
pub use phrases::{Mute, Phrase};
pub use pins::Pin;
pub use replies::{Claim, Reply, ReplyState, Spoken};
pub use retention::{Noted, Purged};
pub use reviews::{Review, ReviewState};

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::AnyPool;

use in_time::InTime as _;

/// State could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened or made.
    #[error(
        "the database {url} cannot be opened ({source}): check DATABASE_URL, and that its folder or server is there and can be written to"
    )]
    Unopenable {
        /// `DATABASE_URL`, without a password.
        url: String,
        /// Why not.
        source: sqlx::Error,
    },
    /// Its tables cannot be brought up to date.
    #[error(
        "the database {url} cannot be brought up to date ({source}): it may be damaged, or of a newer mythbot"
    )]
    Outdated {
        /// `DATABASE_URL`, without a password.
        url: String,
        /// Why not.
        source: sqlx::migrate::MigrateError,
    },
    /// A statement failed.
    #[error("the database failed")]
    Failed(#[source] sqlx::Error),
    /// The copy of the database cannot be written.
    #[error("{0}")]
    Backup(String),
}

/// How often a statement has failed.
static FAILURES: AtomicU64 = AtomicU64::new(0);

/// Every failure comes by here, once: that is where they are counted.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        count_failure();
        Self::Failed(error)
    }
}

fn count_failure() {
    FAILURES.fetch_add(1, Ordering::Relaxed);
}

/// How often the database has failed this process, whatever became of that.
#[must_use]
pub fn failures() -> u64 {
    FAILURES.load(Ordering::Relaxed)
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    database: Database,
    /// Where it is, to connect to it once more. A file of SQLite that is away for a while is not made
    /// anew.
    address: String,
}

impl Store {
    /// Opens the database of a `sqlite:` or `postgres:` address; makes the file of SQLite and brings
    /// the tables up to date. Of many processes that start at once, one does that and the others
    /// wait.
    ///
    /// # Errors
    /// When it cannot be opened, made or brought up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let database = Database::of(url);
        let alone = database.unhurried(url, true).await?;
        let migrated = database.migrate(url, &alone).await;
        alone.close().await;
        migrated?;
        let pool = database.connect(url).await?;
        Ok(Self { pool, database, address: database.existing(url) })
    }

    /// Opens a database that is there already, and changes nothing in it.
    ///
    /// # Errors
    /// When it is not there or cannot be opened.
    pub async fn open_as_it_is(url: &str) -> Result<Self, StoreError> {
        let database = Database::of(url);
        let pool = database.connect(url).await?;
        Ok(Self { pool, database, address: database.existing(url) })
    }

    /// Which database it is.
    #[must_use]
    pub fn database(&self) -> Database {
        self.database
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        // SQLite would not look into its file for less.
        let asked = sqlx::query("SELECT 1 FROM replies LIMIT 1");
        asked.fetch_optional(&self.pool).in_time().await?;
        Ok(())
    }

    /// Finishes what is being written and closes the database.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
