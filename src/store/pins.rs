//! Pinned answers.

use super::in_time::InTime as _;
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
    /// Notes a pinned answer: where none is noted, or in place of the message `seen`. False when
    /// somebody else was first, so that it must be looked at again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_pin(&self, pin: &Pin, seen: Option<i64>) -> Result<bool, StoreError> {
        let insert = "INSERT INTO pins \
             (channel_id, answer, guild_id, message_id, note, version, pinned_by, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (channel_id, answer) DO NOTHING";
        let update = "UPDATE pins SET guild_id = $3, message_id = $4, note = $5, version = $6, \
             pinned_by = $7, at_ms = $8 WHERE channel_id = $1 AND answer = $2 AND message_id = $9";
        let saving = sqlx::query(if seen.is_some() { update } else { insert })
            .bind(pin.channel_id)
            .bind(&pin.answer)
            .bind(pin.guild_id)
            .bind(pin.message_id)
            .bind(&pin.note)
            .bind(&pin.version)
            .bind(pin.pinned_by)
            .bind(pin.at_ms);
        let saving = match seen {
            Some(seen) => saving.bind(seen),
            None => saving,
        };
        Ok(saving.execute(&self.pool).in_time().await?.rows_affected() == 1)
    }

    /// Notes which version of its answer a pinned message shows now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pin_shows(&self, message_id: i64, version: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE pins SET version = $1 WHERE message_id = $2")
            .bind(version)
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
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
        Ok(row.fetch_optional(&self.pool).in_time().await?)
    }

    /// The pinned answers of a channel.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pins_in(&self, channel_id: i64) -> Result<Vec<Pin>, StoreError> {
        let query = format!("{COLUMNS} WHERE channel_id = $1 ORDER BY at_ms, answer");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(channel_id);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// The pinned answers of a server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pins(&self, guild_id: i64) -> Result<Vec<Pin>, StoreError> {
        let query = format!("{COLUMNS} WHERE guild_id = $1 ORDER BY at_ms, channel_id, answer");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(guild_id);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Pinned answers that say something else than `version` of this answer: the next ones behind
    /// message `after`, by message, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outdated_pins(
        &self,
        (answer, version): (&str, &str),
        after: i64,
        most: i64,
    ) -> Result<Vec<Pin>, StoreError> {
        let query = format!(
            "{COLUMNS} WHERE answer = $1 AND version <> $2 AND message_id > $3 \
             ORDER BY message_id LIMIT $4"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(answer)
            .bind(version)
            .bind(after)
            .bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Forgets that this message is a pinned answer. False when it was none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pin(&self, message_id: i64) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM pins WHERE message_id = $1")
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
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
            .in_time()
            .await?;
        Ok(deleted.rows_affected())
    }
}
