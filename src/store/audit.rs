//! Who changed what.

use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// The interaction that did it.
    pub id: i64,
    /// The server.
    pub guild_id: i64,
    /// Who did it.
    pub actor_id: i64,
    /// What was done, in words.
    pub action: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Entry {
    /// The statement that notes it.
    pub(super) fn insert(&self) -> Query<'_, Any, AnyArguments> {
        sqlx::query(
            "INSERT INTO audit (id, guild_id, actor_id, action, at_ms) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(self.id)
        .bind(self.guild_id)
        .bind(self.actor_id)
        .bind(&self.action)
        .bind(self.at_ms)
    }
}

impl Store {
    /// Notes what somebody did; the same interaction once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, entry: &Entry) -> Result<(), StoreError> {
        entry.insert().execute(&self.pool).in_time().await?;
        Ok(())
    }

    /// What was done last in a server, the newest first, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_log(&self, guild_id: i64, most: i64) -> Result<Vec<Entry>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT id, guild_id, actor_id, action, at_ms FROM audit WHERE guild_id = $1 \
             ORDER BY at_ms DESC, id DESC LIMIT $2",
        )
        .bind(guild_id)
        .bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }
}
