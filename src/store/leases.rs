//! What only one process may do at a time, whatever becomes of the one that does it.

use sqlx::Row as _;

use super::in_time::InTime as _;
use super::{Store, StoreError};

impl Store {
    /// Takes a task until a time, or keeps it until then. False when another holder has it, whose time
    /// is not over. A time that lies further ahead than twice what is asked for is not believed: a clock
    /// was wrong.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lease(
        &self,
        task: &str,
        holder: i64,
        (now_ms, until_ms): (i64, i64),
    ) -> Result<bool, StoreError> {
        let taken = sqlx::query(
            "INSERT INTO leases (task, holder, until_ms) VALUES ($1, $2, $3) \
             ON CONFLICT (task) DO UPDATE \
             SET holder = excluded.holder, until_ms = excluded.until_ms \
             WHERE leases.holder = excluded.holder OR leases.until_ms <= $4 \
             OR leases.until_ms > $5",
        )
        .bind(task)
        .bind(holder)
        .bind(until_ms)
        .bind(now_ms)
        .bind(until_ms.saturating_add(until_ms.saturating_sub(now_ms)))
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    /// What time it is for the database, in milliseconds since 1970: the same for all processes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn now_ms(&self) -> Result<i64, StoreError> {
        let row = sqlx::query(self.database.now_ms()).fetch_one(&self.pool).in_time().await?;
        Ok(row.try_get(0)?)
    }

    /// Leaves a task to others.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_lease(&self, task: &str, holder: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM leases WHERE task = $1 AND holder = $2")
            .bind(task)
            .bind(holder)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }
}
