//! A server's own phrases, and phrases of the knowledge that it does not want to be answered.

use sqlx::Any;
use sqlx::any::AnyArguments;
use sqlx::query::Query;

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// Words that moderators of a server have tied to an answer, or to silence.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Phrase {
    /// The server.
    pub guild_id: i64,
    /// The words, in the form in which messages are compared with them.
    pub phrase: String,
    /// As the moderator wrote them.
    pub written: String,
    /// Id of the answer; none when messages that say this are never answered.
    pub answer: Option<String>,
    /// The moderator.
    pub set_by: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// A phrase or pattern of the knowledge that a server does not want to be answered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Mute {
    /// The server.
    pub guild_id: i64,
    /// Id of the answer.
    pub answer: String,
    /// Name of the phrase or pattern.
    pub phrase: String,
    /// The moderator.
    pub set_by: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Mute {
    /// The statement that mutes it.
    pub(super) fn insert(&self) -> Query<'_, Any, AnyArguments> {
        sqlx::query(
            "INSERT INTO mutes (guild_id, answer, phrase, set_by, at_ms) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (guild_id, answer, phrase) DO NOTHING",
        )
        .bind(self.guild_id)
        .bind(&self.answer)
        .bind(&self.phrase)
        .bind(self.set_by)
        .bind(self.at_ms)
    }
}

impl Store {
    /// Saves a phrase, in place of the same one from before. False when the server has `most` others
    /// already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_phrase(&self, phrase: &Phrase, most: i64) -> Result<bool, StoreError> {
        let saved = sqlx::query(
            "INSERT INTO phrases (guild_id, phrase, written, answer, set_by, at_ms) \
             SELECT $1, $2, $3, $4, $5, $6 \
             WHERE (SELECT COUNT(*) FROM phrases WHERE guild_id = $1 AND phrase <> $2) < $7 \
             ON CONFLICT (guild_id, phrase) DO UPDATE SET written = excluded.written, \
             answer = excluded.answer, set_by = excluded.set_by, at_ms = excluded.at_ms",
        )
        .bind(phrase.guild_id)
        .bind(&phrase.phrase)
        .bind(&phrase.written)
        .bind(&phrase.answer)
        .bind(phrase.set_by)
        .bind(phrase.at_ms)
        .bind(most)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(saved.rows_affected() == 1)
    }

    /// The phrases of a server, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn phrases(&self, guild_id: i64) -> Result<Vec<Phrase>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT guild_id, phrase, written, answer, set_by, at_ms FROM phrases \
             WHERE guild_id = $1 ORDER BY at_ms, phrase",
        )
        .bind(guild_id);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Removes a phrase. False when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_phrase(&self, guild_id: i64, phrase: &str) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM phrases WHERE guild_id = $1 AND phrase = $2")
            .bind(guild_id)
            .bind(phrase)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Mutes a phrase of the knowledge in a server. False when it was muted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mute(&self, mute: &Mute) -> Result<bool, StoreError> {
        let inserted = mute.insert().execute(&self.pool).in_time().await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Lets a muted phrase count again. False when it was not muted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unmute(
        &self,
        guild_id: i64,
        answer: &str,
        phrase: &str,
    ) -> Result<bool, StoreError> {
        let deleted =
            sqlx::query("DELETE FROM mutes WHERE guild_id = $1 AND answer = $2 AND phrase = $3")
                .bind(guild_id)
                .bind(answer)
                .bind(phrase)
                .execute(&self.pool)
                .in_time()
                .await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// The muted phrases of a server, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mutes(&self, guild_id: i64) -> Result<Vec<Mute>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT guild_id, answer, phrase, set_by, at_ms FROM mutes \
             WHERE guild_id = $1 ORDER BY at_ms, answer, phrase",
        )
        .bind(guild_id);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }
}
