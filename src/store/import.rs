//! All that moderators of a server have set, written as one.

use super::{Mute, Phrase, Store, StoreError};

impl Store {
    /// Puts settings (as JSON), phrases and muted phrases in place of all that a server has, over
    /// version `seen` of its settings: all of it, or nothing. False when somebody else has saved
    /// other settings since.
    ///
    /// # Errors
    /// When the database fails; then nothing is changed.
    pub async fn replace_all(
        &self,
        guild_id: i64,
        (settings, seen): (&str, i64),
        phrases: &[Phrase],
        mutes: &[Mute],
    ) -> Result<bool, StoreError> {
        let mut whole = self.pool.begin().await?;
        // A write comes first: SQLite then waits for its turn instead of failing halfway.
        sqlx::query("INSERT INTO guilds (guild_id) VALUES ($1) ON CONFLICT (guild_id) DO NOTHING")
            .bind(guild_id)
            .execute(&mut *whole)
            .await?;
        let updated = sqlx::query(
            "UPDATE guilds SET settings = $1, version = version + 1 \
             WHERE guild_id = $2 AND version = $3",
        )
        .bind(settings)
        .bind(guild_id)
        .bind(seen)
        .execute(&mut *whole)
        .await?;
        if updated.rows_affected() != 1 {
            whole.rollback().await?;
            return Ok(false);
        }
        for table in ["phrases", "mutes"] {
            let query = format!("DELETE FROM {table} WHERE guild_id = $1");
            let query = sqlx::query(sqlx::AssertSqlSafe(query)).bind(guild_id);
            query.execute(&mut *whole).await?;
        }
        for phrase in phrases {
            sqlx::query(
                "INSERT INTO phrases (guild_id, phrase, written, answer, set_by, at_ms) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(guild_id)
            .bind(&phrase.phrase)
            .bind(&phrase.written)
            .bind(&phrase.answer)
            .bind(phrase.set_by)
            .bind(phrase.at_ms)
            .execute(&mut *whole)
            .await?;
        }
        for mute in mutes {
            sqlx::query(
                "INSERT INTO mutes (guild_id, answer, phrase, set_by, at_ms) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(guild_id)
            .bind(&mute.answer)
            .bind(&mute.phrase)
            .bind(mute.set_by)
            .bind(mute.at_ms)
            .execute(&mut *whole)
            .await?;
        }
        whole.commit().await?;
        Ok(true)
    }
}
