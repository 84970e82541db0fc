//! What only one process may do at a time, whatever becomes of the one that does it.

use super::in_time::InTime as _;
use super::{Store, StoreError};

impl Store {
    /// Takes a task until a time, or keeps it until then. False when another holder has it, whose time
    /// is not over. A time that is further away than twice as long as it is wanted now was set by a
    /// clock that was wrong, and counts as over.
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
             OR leases.until_ms > 2 * excluded.until_ms - $4",
        )
        .bind(task)
        .bind(holder)
        .bind(until_ms)
        .bind(now_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(taken.rows_affected() == 1)
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
