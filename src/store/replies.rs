//! Which messages were answered, with what, why, and what became of the reply.

use super::in_time::InTime as _;
use super::{Store, StoreError};

/// A message that is about to be answered.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The message.
    pub message_id: i64,
    /// Its channel or thread.
    pub channel_id: i64,
    /// Its server; none in a direct message.
    pub guild_id: Option<i64>,
    /// Who wrote it.
    pub author_id: i64,
    /// Id of the answer.
    pub answer: &'a str,
    /// Fingerprint of what the answer says.
    pub version: &'a str,
    /// Why, as JSON.
    pub grounds: &'a str,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// A message that was answered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Reply {
    /// The message that was answered.
    pub message_id: i64,
    /// Its channel or thread.
    pub channel_id: i64,
    /// Its server; none in a direct message.
    pub guild_id: Option<i64>,
    /// Who wrote the message; none if that was before it was kept.
    pub author_id: Option<i64>,
    /// The reply; none while it is being posted.
    pub reply_id: Option<i64>,
    /// The channel or thread in which the reply stands.
    pub reply_channel_id: i64,
    /// Id of the answer.
    pub answer: String,
    /// Fingerprint of what the answer said.
    pub version: String,
    /// Why, as JSON.
    pub grounds: String,
    /// What became of it.
    #[sqlx(try_from = "String")]
    pub state: ReplyState,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// What became of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyState {
    /// It stands, or is being posted.
    Stands,
    /// Somebody said that it was not relevant.
    Dismissed,
    /// The message is gone, or says something else now.
    Withdrawn,
}

impl ReplyState {
    fn name(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Dismissed => "dismissed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl From<String> for ReplyState {
    fn from(name: String) -> Self {
        match name.as_str() {
            "dismissed" => Self::Dismissed,
            "withdrawn" => Self::Withdrawn,
            _ => Self::Stands,
        }
    }
}

/// When the bot last spoke where it would speak again, in milliseconds since 1970. Withdrawn replies
/// count, too: people have seen them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Spoken {
    /// In this channel.
    pub in_channel_ms: Option<i64>,
    /// In this channel with this answer.
    pub answer_ms: Option<i64>,
    /// To this person, anywhere in this server.
    pub to_author_ms: Option<i64>,
    /// When somebody last dismissed this answer in this channel.
    pub dismissed_ms: Option<i64>,
    /// How often in this server since the time that was asked for.
    pub in_guild: i64,
}

const COLUMNS: &str = "SELECT message_id, channel_id, guild_id, author_id, reply_id, \
                       COALESCE(reply_channel_id, channel_id) AS reply_channel_id, answer, \
                       version, grounds, state, at_ms FROM replies";

/// A reply that stands, gives another version of an answer, and can be corrected as far as is known.
const OUTDATED: &str = "answer = $1 AND version <> $2 AND refused <> $2 AND at_ms > $3 \
                        AND state = 'stands' AND reply_id IS NOT NULL";

impl Store {
    /// Takes a message to answer it. False when it was taken before, by whomever: then it must not
    /// be answered again.
    ///
    /// # Errors
    /// When the database fails; then it must not be answered, either.
    pub async fn claim(&self, claim: &Claim<'_>) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO replies \
             (message_id, channel_id, guild_id, author_id, answer, version, grounds, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (message_id) DO NOTHING",
        )
        .bind(claim.message_id)
        .bind(claim.channel_id)
        .bind(claim.guild_id)
        .bind(claim.author_id)
        .bind(claim.answer)
        .bind(claim.version)
        .bind(claim.grounds)
        .bind(claim.at_ms)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Notes that the reply to a message stands, and in which channel or thread.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sent(
        &self,
        message_id: i64,
        (channel_id, reply_id): (i64, i64),
    ) -> Result<(), StoreError> {
        let query = "UPDATE replies SET reply_id = $1, reply_channel_id = $2 WHERE message_id = $3";
        sqlx::query(query)
            .bind(reply_id)
            .bind(channel_id)
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// Gives a message back: the reply was refused and surely does not stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, message_id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM replies WHERE message_id = $1 AND reply_id IS NULL")
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// The reply to a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply_to(&self, message_id: i64) -> Result<Option<Reply>, StoreError> {
        let query = format!("{COLUMNS} WHERE message_id = $1");
        let row = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(message_id);
        Ok(row.fetch_optional(&self.pool).in_time().await?)
    }

    /// The reply that is this message of the bot.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply(&self, reply_id: i64) -> Result<Option<Reply>, StoreError> {
        let query = format!("{COLUMNS} WHERE reply_id = $1");
        let row = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(reply_id);
        Ok(row.fetch_optional(&self.pool).in_time().await?)
    }

    /// When the bot last spoke where it would speak again, to other messages. `since_ms` is from when on replies in the
    /// server are counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spoken(&self, claim: &Claim<'_>, since_ms: i64) -> Result<Spoken, StoreError> {
        let row = sqlx::query_as(
            "SELECT \
             (SELECT MAX(at_ms) FROM replies WHERE channel_id = $1 AND message_id <> $6) \
                AS in_channel_ms, \
             (SELECT MAX(at_ms) FROM replies \
                WHERE channel_id = $1 AND answer = $2 AND message_id <> $6) AS answer_ms, \
             (SELECT MAX(at_ms) FROM replies \
                WHERE author_id = $3 AND guild_id = $4 AND message_id <> $6) AS to_author_ms, \
             (SELECT MAX(state_ms) FROM replies \
                WHERE channel_id = $1 AND answer = $2 AND state = 'dismissed' \
                AND message_id <> $6) AS dismissed_ms, \
             (SELECT COUNT(*) FROM replies \
                WHERE guild_id = $4 AND at_ms > $5 AND message_id <> $6) AS in_guild",
        )
        .bind(claim.channel_id)
        .bind(claim.answer)
        .bind(claim.author_id)
        .bind(claim.guild_id)
        .bind(since_ms)
        .bind(claim.message_id);
        Ok(row.fetch_one(&self.pool).in_time().await?)
    }

    /// Notes what became of a reply. False when that was noted before, or there is no such reply:
    /// then somebody else takes care of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_reply(
        &self,
        message_id: i64,
        state: ReplyState,
        at_ms: i64,
    ) -> Result<bool, StoreError> {
        let updated = sqlx::query(
            "UPDATE replies SET state = $1, state_ms = $2 WHERE message_id = $3 AND state = 'stands'",
        )
        .bind(state.name())
        .bind(at_ms)
        .bind(message_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Gives a reply another answer: its message was edited.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer_anew(&self, claim: &Claim<'_>) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE replies SET answer = $1, version = $2, grounds = $3 WHERE message_id = $4",
        )
        .bind(claim.answer)
        .bind(claim.version)
        .bind(claim.grounds)
        .bind(claim.message_id)
        .execute(&self.pool)
        .in_time()
        .await?;
        Ok(())
    }

    /// Replies that stand and give another version of an answer than `version`, the newest first; at
    /// most `most` of them, and none from before `since_ms`. Those for which Discord has refused this
    /// version are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outdated_replies(
        &self,
        (answer, version): (&str, &str),
        since_ms: i64,
        most: i64,
    ) -> Result<Vec<Reply>, StoreError> {
        let query = format!("{COLUMNS} WHERE {OUTDATED} ORDER BY at_ms DESC LIMIT $4");
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(answer)
            .bind(version)
            .bind(since_ms)
            .bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outdated_count(
        &self,
        (answer, version): (&str, &str),
        since_ms: i64,
    ) -> Result<i64, StoreError> {
        let query = format!("SELECT COUNT(*) FROM replies WHERE {OUTDATED}");
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query));
        let query = query.bind(answer).bind(version).bind(since_ms);
        Ok(query.fetch_one(&self.pool).in_time().await?)
    }

    /// Notes which version of this answer a reply gives now. False when it gives another answer since:
    /// then that must be shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_version(
        &self,
        message_id: i64,
        (answer, version): (&str, &str),
    ) -> Result<bool, StoreError> {
        let updated =
            sqlx::query("UPDATE replies SET version = $1 WHERE message_id = $2 AND answer = $3")
                .bind(version)
                .bind(message_id)
                .bind(answer)
                .execute(&self.pool)
                .in_time()
                .await?;
        Ok(updated.rows_affected() == 1)
    }

    /// Notes that Discord refuses to let a reply be corrected to this version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn correction_refused(
        &self,
        message_id: i64,
        version: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE replies SET refused = $1 WHERE message_id = $2")
            .bind(version)
            .bind(message_id)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(())
    }

    /// Messages that were taken to answer them after `since_ms`, and no reply is known: the next ones
    /// behind message `after`, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unsent_replies(
        &self,
        since_ms: i64,
        after: i64,
        most: i64,
    ) -> Result<Vec<Reply>, StoreError> {
        let query = format!(
            "{COLUMNS} WHERE reply_id IS NULL AND state = 'stands' AND at_ms > $1 \
             AND message_id > $2 ORDER BY message_id LIMIT $3"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(since_ms).bind(after).bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Replies that were taken back after `since_ms`: the next ones behind message `after`, at most
    /// `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ended_replies(
        &self,
        since_ms: i64,
        after: i64,
        most: i64,
    ) -> Result<Vec<Reply>, StoreError> {
        let query = format!(
            "{COLUMNS} WHERE state <> 'stands' AND state_ms > $1 AND message_id > $2 \
             ORDER BY message_id LIMIT $3"
        );
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(query)).bind(since_ms).bind(after).bind(most);
        Ok(rows.fetch_all(&self.pool).in_time().await?)
    }

    /// Brings times after `latest_ms`, where the clock was set back, to now: what is said to happen then
    /// has happened. Returns how many that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bring_back(&self, now_ms: i64, latest_ms: i64) -> Result<u64, StoreError> {
        let replied = sqlx::query("UPDATE replies SET at_ms = $1 WHERE at_ms > $2")
            .bind(now_ms)
            .bind(latest_ms)
            .execute(&self.pool)
            .in_time()
            .await?;
        let ended = sqlx::query("UPDATE replies SET state_ms = $1 WHERE state_ms > $2")
            .bind(now_ms)
            .bind(latest_ms)
            .execute(&self.pool)
            .in_time()
            .await?;
        Ok(replied.rows_affected() + ended.rows_affected())
    }
}
