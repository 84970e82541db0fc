//! Pinned answers.

use super::{Store, StoreError};

/// A pinned answer. A channel holds at most one per answer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Pin {
    /// Where it hangs.
    pub channel_id: i64,
    /// Id of the answer.
    pub answer: String,
    /// The server.
    pub guild_id: i64,
    /// The pinned message.
    pub message_id: i64,
    /// What the moderator adds; may be empty.
    pub note: String,
    /// Fingerprint of what the answer said.
    pub version: String,
    /// The moderator.
    pub pinned_by: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

const COLUMNS: &str = "SELECT channel_id, answer, guild_id, message_id, note, version, pinned_by, \
                       at_ms FROM pins";

impl Store {
    /// Notes a pinned answer, in place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_pin(&self, pin: &Pin) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pins \
             (channel_id, answer, guild_id, message_id, note, version, pinned_by, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (channel_id, answer) DO UPDATE SET \
             message_id = excluded.message_id, note = excluded.note, version = excluded.version, \
             pinned_by = excluded.pinned_by, at_ms = excluded.at_ms",
        )
        .bind(pin.channel_id)
        .bind(&pin.answer)
        .bind(pin.guild_id)
        .bind(pin.message_id)
        .bind(&pin.note)
        .bind(&pin.version)
        .bind(pin.pinned_by)
        .bind(pin.at_ms)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The pinned answer of a channel.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pin(&self, channel_id: i64, answer: &str) -> Result<Option<Pin>, StoreError> {
        let query = format!("{COLUMNS} WHERE channel_id = $1 AND answer = $2");
        let row = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel_id).bind(answer);
        Ok(row.fetch_optional(&self.pool).await?)
    }

    /// The pinned answers of a channel.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pins_in(&self, channel_id: i64) -> Result<Vec<Pin>, StoreError> {
        let query = format!("{COLUMNS} WHERE channel_id = $1 ORDER BY at_ms, answer");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel_id);
        Ok(rows.fetch_all(&self.pool).await?)
    }

    /// The pinned answers of a server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pins(&self, guild_id: i64) -> Result<Vec<Pin>, StoreError> {
        let query = format!("{COLUMNS} WHERE guild_id = $1 ORDER BY at_ms, channel_id, answer");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(guild_id);
        Ok(rows.fetch_all(&self.pool).await?)
    }

    /// Pinned answers that say something else than `version` of this answer, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outdated_pins(
        &self,
        (answer, version): (&str, &str),
        most: i64,
    ) -> Result<Vec<Pin>, StoreError> {
        let query =
            format!("{COLUMNS} WHERE answer = $1 AND version <> $2 ORDER BY at_ms LIMIT $3");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(answer).bind(version).bind(most);
        Ok(rows.fetch_all(&self.pool).await?)
    }

    /// Forgets that this message is a pinned answer. False when it was none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pin(&self, message_id: i64) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM pins WHERE message_id = $1")
            .bind(message_id)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected() > 0)
    }

    /// Forgets all pinned answers of a channel that is gone, and returns how many that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pins_in(&self, channel_id: i64) -> Result<u64, StoreError> {
        let deleted = sqlx::query("DELETE FROM pins WHERE channel_id = $1")
            .bind(channel_id)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected())
    }
}
