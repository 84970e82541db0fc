//! How often what happened: by server, day and answer, never by person.

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// How often something happened on one day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// Days since 1970.
    pub day: i64,
    /// Id of the answer; may be empty.
    pub answer: String,
    /// What happened, in one word.
    pub outcome: String,
    /// How often.
    pub count: i64,
}

impl Store {
    /// Counts something that happened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(
        &self,
        guild_id: i64,
        day: i64,
        answer: &str,
        outcome: &str,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO outcomes (guild_id, day, answer, outcome, count) VALUES ($1, $2, $3, $4, 1) \
             ON CONFLICT (guild_id, day, answer, outcome) DO UPDATE \
             SET count = outcomes.count + 1",
        )
        .bind(guild_id)
        .bind(day)
        .bind(answer)
        .bind(outcome)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(())
    }

    /// What happened in a server from a day on, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counted(&self, guild_id: i64, from_day: i64) -> Result<Vec<Counted>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT day, answer, outcome, count FROM outcomes WHERE guild_id = $1 AND day >= $2 \
             ORDER BY day, answer, outcome",
        )
        .bind(guild_id)
        .bind(from_day);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }
}
