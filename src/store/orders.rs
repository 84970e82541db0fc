//! What moderators have ordered about pinned answers, until it is done.

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// An order that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PinOrder {
    /// The interaction.
    pub number: i64,
    /// The server.
    pub guild_id: i64,
    /// Where the answer is pinned.
    pub channel_id: i64,
    /// Id of the answer.
    pub answer: String,
    /// What is to be done.
    #[sqlx(try_from = "String")]
    pub what: PinWhat,
    /// What the moderator adds; none to keep what stands there.
    pub note: Option<String>,
    /// The moderator.
    pub ordered_by: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// What is to be done with a pinned answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinWhat {
    /// It is posted and pinned, or edited where it is pinned.
    Pin,
    /// It is taken down.
    Unpin,
}

impl PinWhat {
    fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Unpin => "unpin",
        }
    }
}

impl From<String> for PinWhat {
    fn from(name: String) -> Self {
        if name == "unpin" { Self::Unpin } else { Self::Pin }
    }
}

impl Store {
    /// Notes an order before it is carried out.
    ///
    /// # Errors
    /// When the database fails; then it must not be carried out.
    pub async fn order(&self, order: &PinOrder) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO orders \
             (number, guild_id, channel_id, answer, what, note, ordered_by, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO NOTHING",
        )
        .bind(order.number)
        .bind(order.guild_id)
        .bind(order.channel_id)
        .bind(&order.answer)
        .bind(order.what.name())
        .bind(&order.note)
        .bind(order.ordered_by)
        .bind(order.at_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(())
    }

    /// Forgets an order that was carried out, or refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn order_done(&self, number: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM orders WHERE number = $1")
            .bind(number)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// Orders that are not done: the next ones behind number `after`, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn orders(&self, after: i64, most: i64) -> Result<Vec<PinOrder>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT number, guild_id, channel_id, answer, what, note, ordered_by, at_ms \
             FROM orders WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind(after)
        .bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }
}
