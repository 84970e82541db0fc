//! Settings of servers, and which servers the bot has left.

use sqlx::Row as _;

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// The settings of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// As JSON.
    pub settings: String,
    /// Grows with every change; 0 when none were ever saved.
    pub version: i64,
}

impl Store {
    /// The settings of a server; none if it has never set any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settings(&self, guild_id: i64) -> Result<Option<Saved>, StoreError> {
        let row = sqlx::query("SELECT settings, version FROM guilds WHERE guild_id = $1")
            .bind(guild_id)
            .fetch_optional(&self.pool)
            .in_time()
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Saved { settings: row.try_get("settings")?, version: row.try_get("version")? }))
    }

    /// Saves the settings of a server over version `seen`. False when somebody else has saved others
    /// since: then they must be read again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_settings(
        &self,
        guild_id: i64,
        settings: &str,
        seen: i64,
    ) -> Result<bool, StoreError> {
        self.know_guild(guild_id).await?;
        let updated = sqlx::query(
            "UPDATE guilds SET settings = $1, version = version + 1 \
             WHERE guild_id = $2 AND version = $3",
        )
        .bind(settings)
        .bind(guild_id)
        .bind(seen)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Notes that the bot is in a server. True when it was not known, or had been left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn joined(&self, guild_id: i64) -> Result<bool, StoreError> {
        let new = self.know_guild(guild_id).await?;
        let back = sqlx::query(
            "UPDATE guilds SET left_ms = NULL WHERE guild_id = $1 AND left_ms IS NOT NULL",
        )
        .bind(guild_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(new || back.rows_affected() == 1)
    }

    /// Notes that the bot is no longer in a server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn left(&self, guild_id: i64, at_ms: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE guilds SET left_ms = $1 WHERE guild_id = $2 AND left_ms IS NULL")
            .bind(at_ms)
            .bind(guild_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// The servers of one shard, or all, that the bot knows and has not left: its number and how many
    /// there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn guilds(&self, shard: Option<(u32, u32)>) -> Result<Vec<i64>, StoreError> {
        let (number, total) = shard.unwrap_or((0, 1));
        let query = "SELECT guild_id FROM guilds \
                     WHERE left_ms IS NULL AND (guild_id >> 22) % $1 = $2";
        let rows = sqlx::query(query)
            .bind(i64::from(total))
            .bind(i64::from(number))
            .fetch_all(&self.pool)
            .in_time()
            .await?;
        Ok(rows.iter().map(|row| row.try_get("guild_id")).collect::<Result<_, _>>()?)
    }

    /// True when the server was not known.
    async fn know_guild(&self, guild_id: i64) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO guilds (guild_id) VALUES ($1) ON CONFLICT (guild_id) DO NOTHING",
        )
        .bind(guild_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(inserted.rows_affected() == 1)
    }
}
