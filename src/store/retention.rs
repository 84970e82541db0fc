//! What is forgotten, and when.

use sqlx::AnyPool;

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    /// Rows about messages, decisions and changes that were too old.
    pub old: u64,
    /// Rows about servers that the bot has left.
    pub left: u64,
}

/// Tables with rows about one event each, by age.
const BY_AGE: [&str; 4] = ["replies", "reviews", "audit", "orders"];

/// Tables with rows about one server each. The servers themselves come last: what is interrupted is
/// finished the next time.
const BY_GUILD: [&str; 9] =
    ["replies", "reviews", "audit", "orders", "outcomes", "pins", "phrases", "mutes", "guilds"];

/// A time that the bot notes for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// When something was last forgotten.
    Purged,
    /// Since when the clock is doubted.
    ClockDoubted,
}

impl Noted {
    /// How it is called among the tasks, where nobody holds it.
    fn task(self) -> &'static str {
        match self {
            Self::Purged => "purged",
            Self::ClockDoubted => "clock-doubted",
        }
    }
}

impl Store {
    /// Forgets what happened before `before_ms` (milliseconds since 1970), and all about servers
    /// that the bot left before `left_ms`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge(&self, before_ms: i64, left_ms: i64) -> Result<Purged, StoreError> {
        // Of a large table much may be old; nobody waits for that.
        let pool = self.database.unhurried(&self.address, false).await?;
        let purged = purge(&pool, before_ms, left_ms).await;
        pool.close().await;
        purged
    }

    /// A time that was noted, in milliseconds since 1970; none if never.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn noted_time(&self, what: Noted) -> Result<Option<i64>, StoreError> {
        let at =
            sqlx::query_scalar("SELECT until_ms FROM leases WHERE task = $1").bind(what.task());
        Ok(at.fetch_optional(&self.pool).in_time().await?)
    }

    /// Notes a time in milliseconds since 1970, instead of the one that was noted before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_time(&self, what: Noted, at_ms: i64) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO leases (task, holder, until_ms) VALUES ($1, 0, $2) \
             ON CONFLICT (task) DO UPDATE SET until_ms = excluded.until_ms",
        )
        .bind(what.task())
        .bind(at_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(())
    }
}

async fn purge(pool: &AnyPool, before_ms: i64, left_ms: i64) -> Result<Purged, StoreError> {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let mut purged = Purged::default();
    for table in BY_AGE {
        let query = format!("DELETE FROM {table} WHERE at_ms < $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(before_ms);
        purged.old += query.execute(pool).await?.rows_affected();
    }
    let query = sqlx::query("DELETE FROM outcomes WHERE day < $1");
    let query = query.bind(before_ms.div_euclid(DAY_MS));
    purged.old += query.execute(pool).await?.rows_affected();
    for table in BY_GUILD {
        let query = format!(
            "DELETE FROM {table} WHERE guild_id IN (SELECT guild_id FROM guilds WHERE left_ms < $1)"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(left_ms);
        purged.left += query.execute(pool).await?.rows_affected();
    }
    Ok(purged)
}
