//! What is forgotten, and when.

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
const BY_AGE: [&str; 3] = ["replies", "reviews", "audit"];

/// Tables with rows about one server each. The servers themselves come last: what is interrupted is
/// finished the next time.
const BY_GUILD: [&str; 8] =
    ["replies", "reviews", "audit", "outcomes", "pins", "phrases", "mutes", "guilds"];

impl Store {
    /// Forgets what happened before `before_ms` (milliseconds since 1970), and all about servers
    /// that the bot left before `left_ms`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge(&self, before_ms: i64, left_ms: i64) -> Result<Purged, StoreError> {
        const DAY_MS: i64 = 24 * 60 * 60 * 1000;
        let mut purged = Purged::default();
        for table in BY_AGE {
            let query = format!("DELETE FROM {table} WHERE at_ms < $1");
            let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(before_ms);
            purged.old += query.execute(&self.pool).await?.rows_affected();
        }
        let query = sqlx::query("DELETE FROM outcomes WHERE day < $1");
        let query = query.bind(before_ms.div_euclid(DAY_MS));
        purged.old += query.execute(&self.pool).await?.rows_affected();
        for table in BY_GUILD {
            let query = format!(
                "DELETE FROM {table} WHERE guild_id IN \
                 (SELECT guild_id FROM guilds WHERE left_ms < $1)"
            );
            let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(left_ms);
            purged.left += query.execute(&self.pool).await?.rows_affected();
        }
        Ok(purged)
    }
}
