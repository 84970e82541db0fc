//! People who do not want to be answered.

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
            .await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Whether somebody does not want to be answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_opted_out(&self, user_id: i64) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT user_id FROM opted_out WHERE user_id = $1")
            .bind(user_id)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.is_some())
    }
}
