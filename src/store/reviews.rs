//! Messages that wait for a moderator's decision.

use super::in_time::InTime as _;
use super::{Entry, Mute, Store, StoreError};

/// A message that moderators were shown.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Review {
    /// The message.
    pub message_id: i64,
    /// Its channel or thread.
    pub channel_id: i64,
    /// Its server.
    pub guild_id: i64,
    /// Who wrote it.
    pub author_id: i64,
    /// Id of the answer that it may be owed.
    pub answer: String,
    /// Why, as JSON.
    pub grounds: String,
    /// Where moderators are asked.
    pub card_channel_id: i64,
    /// The card; none while it is being posted.
    pub card_id: Option<i64>,
    /// What was decided.
    #[sqlx(try_from = "String")]
    pub state: ReviewState,
    /// Who decided.
    pub decided_by: Option<i64>,
    /// When the message came, in milliseconds since 1970.
    pub at_ms: i64,
}

/// What moderators decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// Nothing yet.
    Open,
    /// Post the answer.
    Posted,
    /// Not this message.
    Declined,
    /// Never for this phrase.
    Muted,
    /// Nothing, and nothing is left to decide: the message is gone or says something else.
    Withdrawn,
}

impl ReviewState {
    fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Posted => "posted",
            Self::Declined => "declined",
            Self::Muted => "muted",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl From<String> for ReviewState {
    fn from(name: String) -> Self {
        match name.as_str() {
            "posted" => Self::Posted,
            "declined" => Self::Declined,
            "muted" => Self::Muted,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Open,
        }
    }
}

const COLUMNS: &str = "SELECT message_id, channel_id, guild_id, author_id, answer, grounds, \
                       card_channel_id, card_id, state, decided_by, at_ms FROM reviews";

const DECIDE: &str = "UPDATE reviews SET state = $1, decided_by = $2, decided_ms = $3 \
                      WHERE message_id = $4 AND state = 'open'";

impl Store {
    /// Takes a message to show it to moderators. False when it was shown before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_review(&self, review: &Review) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO reviews (message_id, channel_id, guild_id, author_id, answer, grounds, \
             card_channel_id, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (message_id) DO NOTHING",
        )
        .bind(review.message_id)
        .bind(review.channel_id)
        .bind(review.guild_id)
        .bind(review.author_id)
        .bind(&review.answer)
        .bind(&review.grounds)
        .bind(review.card_channel_id)
        .bind(review.at_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Notes which message of the bot asks the moderators.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn review_shown(&self, message_id: i64, card_id: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE reviews SET card_id = $1 WHERE message_id = $2")
            .bind(card_id)
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// Gives a message back: the card was refused and surely does not stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_review(&self, message_id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM reviews WHERE message_id = $1 AND card_id IS NULL")
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// The review of a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn review(&self, message_id: i64) -> Result<Option<Review>, StoreError> {
        let query = format!("{COLUMNS} WHERE message_id = $1");
        let row = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(message_id);
        Ok(row.fetch_optional(&self.pool).in_time().await?)
    }

    /// Gives a message that waits for a decision another answer, or other grounds: it was edited. False
    /// when it no longer waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn review_anew(
        &self,
        message_id: i64,
        (answer, grounds): (&str, &str),
    ) -> Result<bool, StoreError> {
        let updated = sqlx::query(
            "UPDATE reviews SET answer = $1, grounds = $2 WHERE message_id = $3 AND state = 'open'",
        )
        .bind(answer)
        .bind(grounds)
        .bind(message_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Takes a decision, once; nobody decides when nothing is left to decide. False when somebody has
    /// decided before.
    ///
    /// # Errors
    /// When the database fails; then nothing is decided.
    pub async fn decide_review(
        &self,
        message_id: i64,
        state: ReviewState,
        decided_by: impl Into<Option<i64>>,
        at_ms: i64,
    ) -> Result<bool, StoreError> {
        let updated = sqlx::query(DECIDE)
            .bind(state.name())
            .bind(decided_by.into())
            .bind(at_ms)
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Takes the decision to mute `mutes`, mutes them, and notes in the audit log who decided that: all
    /// or nothing. False when somebody has decided before.
    ///
    /// # Errors
    /// When the database fails; then nothing is decided.
    pub async fn decide_mute(
        &self,
        message_id: i64,
        entry: &Entry,
        mutes: &[Mute],
    ) -> Result<bool, StoreError> {
        let both = async {
            let mut both = self.pool.begin().await?;
            let updated = sqlx::query(DECIDE)
                .bind(ReviewState::Muted.name())
                .bind(entry.actor_id)
                .bind(entry.at_ms)
                .bind(message_id)
                .execute(&mut *both)
                .await?;
            if updated.rows_affected() != 1 {
                both.rollback().await?;
                return Ok(false);
            }
            for mute in mutes {
                mute.insert().execute(&mut *both).await?;
            }
            entry.insert().execute(&mut *both).await?;
            both.commit().await?;
            Ok(true)
        };
        Ok(both.in_time().await?)
    }

    /// Reviews that wait for a decision without a card, as far as is known: the next ones behind
    /// message `after`, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unshown_reviews(&self, after: i64, most: i64) -> Result<Vec<Review>, StoreError> {
        let query = format!(
            "{COLUMNS} WHERE state = 'open' AND card_id IS NULL AND message_id > $1 \
             ORDER BY message_id LIMIT $2"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(after).bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// What was decided after `since_ms`, and decisions to post of any time whose message has no reply:
    /// the next ones behind message `after`, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decided_reviews(
        &self,
        since_ms: i64,
        after: i64,
        most: i64,
    ) -> Result<Vec<Review>, StoreError> {
        let query = format!(
            "{COLUMNS} WHERE message_id > $2 AND state <> 'open' AND (decided_ms > $1 \
             OR (state = 'posted' AND NOT EXISTS \
             (SELECT 1 FROM replies WHERE replies.message_id = reviews.message_id))) \
             ORDER BY message_id LIMIT $3"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(since_ms).bind(after).bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Takes a decision back that could not be carried out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reopen_review(&self, message_id: i64) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE reviews SET state = 'open', decided_by = NULL, decided_ms = NULL \
             WHERE message_id = $1",
        )
        .bind(message_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(())
    }
}
