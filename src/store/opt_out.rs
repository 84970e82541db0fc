//! People who do not want to be answered.

use super::in_time::InTime as _;
use super::{Store, StoreError};

impl Store {
    /// Notes that somebody does not want to be answered. False when that was noted before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn opt_out(&self, user_id: i64, at_ms: i64) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO opted_out (user_id, at_ms) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING",
        )
        .bind(user_id)
        .bind(at_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Forgets that somebody did not want to be answered. False when nobody had said so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn opt_in(&self, user_id: i64) -> Result<bool, StoreError> {
        let deleted = sqlx::query("DELETE FROM opted_out WHERE user_id = $1")
            .bind(user_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Everybody who does not want to be answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn opted_out(&self) -> Result<Vec<i64>, StoreError> {
        let query = sqlx::query_scalar("SELECT user_id FROM opted_out ORDER BY user_id");
        Ok(query.fetch_all(&self.pool).in_time().await?)
    }
}
