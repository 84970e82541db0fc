//! Which messages were answered, with what, and why.

use sqlx::Row as _;

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
    /// Id of the answer.
    pub answer: &'a str,
    /// Why, as JSON.
    pub grounds: &'a str,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// A message that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The message that was answered.
    pub message_id: i64,
    /// The reply; none while it is being posted.
    pub reply_id: Option<i64>,
    /// Id of the answer.
    pub answer: String,
    /// Why, as JSON.
    pub grounds: String,
}

impl Store {
    /// Takes a message to answer it. False when it was taken before, by whomever: then it must not
    /// be answered again.
    ///
    /// # Errors
    /// When the database fails; then it must not be answered, either.
    pub async fn claim(&self, claim: &Claim<'_>) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO replies (message_id, channel_id, guild_id, answer, grounds, at_ms) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING",
        )
        .bind(claim.message_id)
        .bind(claim.channel_id)
        .bind(claim.guild_id)
        .bind(claim.answer)
        .bind(claim.grounds)
        .bind(claim.at_ms)
        .execute(&self.pool)
        .await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Notes that the reply to a message stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sent(&self, message_id: i64, reply_id: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE replies SET reply_id = ? WHERE message_id = ?")
            .bind(reply_id)
            .bind(message_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Gives a message back: the reply was refused and surely does not stand.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, message_id: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM replies WHERE message_id = ? AND reply_id IS NULL")
            .bind(message_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The reply to a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply_to(&self, message_id: i64) -> Result<Option<Reply>, StoreError> {
        let row = sqlx::query(
            "SELECT message_id, reply_id, answer, grounds FROM replies WHERE message_id = ?",
        )
        .bind(message_id)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Reply {
            message_id: row.try_get("message_id")?,
            reply_id: row.try_get("reply_id")?,
            answer: row.try_get("answer")?,
            grounds: row.try_get("grounds")?,
        }))
    }

    /// Forgets every reply older than `before_ms`, and returns how many that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_before(&self, before_ms: i64) -> Result<u64, StoreError> {
        let deleted = sqlx::query("DELETE FROM replies WHERE at_ms < ?")
            .bind(before_ms)
            .execute(&self.pool)
            .await?;
        Ok(deleted.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: Claim<'_> = Claim {
        message_id: 1,
        channel_id: 2,
        guild_id: Some(3),
        answer: "blind-bats",
        grounds: "{}",
        at_ms: 1000,
    };

    async fn store(dir: &tempfile::TempDir) -> Store {
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        Store::open(&url).await.expect("opened")
    }

    fn dir() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    #[tokio::test]
    async fn a_message_is_claimed_once_also_after_a_restart() {
        let dir = dir();
        let first = store(&dir).await;
        assert!(first.claim(&CLAIM).await.expect("claimed"));
        assert!(!first.claim(&CLAIM).await.expect("asked"));
        first.sent(1, 9).await.expect("noted");
        first.close().await;
        let second = store(&dir).await;
        assert!(!second.claim(&CLAIM).await.expect("asked"));
        let reply = second.reply_to(1).await.expect("asked").expect("a reply");
        assert_eq!((reply.reply_id, reply.answer.as_str()), (Some(9), "blind-bats"));
        assert_eq!(second.reply_to(2).await.expect("asked"), None);
    }

    #[tokio::test]
    async fn of_many_processes_one_wins() {
        let dir = dir();
        let (one, two) = (store(&dir).await, store(&dir).await);
        for message_id in 0..50 {
            let claim = Claim { message_id, ..CLAIM };
            let (won, lost) = tokio::join!(one.claim(&claim), two.claim(&claim));
            assert!(won.expect("asked") ^ lost.expect("asked"));
        }
    }

    #[tokio::test]
    async fn a_refused_reply_is_given_back_a_posted_one_is_not() {
        let dir = dir();
        let store = store(&dir).await;
        store.claim(&CLAIM).await.expect("claimed");
        store.release(1).await.expect("released");
        assert!(store.claim(&CLAIM).await.expect("claimed"));
        store.sent(1, 9).await.expect("noted");
        store.release(1).await.expect("nothing to release");
        assert!(!store.claim(&CLAIM).await.expect("asked"));
    }

    #[tokio::test]
    async fn old_replies_are_forgotten() {
        let dir = dir();
        let store = store(&dir).await;
        for message_id in [1, 2, 3] {
            let at_ms = message_id * 1000;
            store.claim(&Claim { message_id, at_ms, ..CLAIM }).await.expect("claimed");
        }
        assert_eq!(store.forget_before(3000).await.expect("forgotten"), 2);
        assert!(store.reply_to(3).await.expect("asked").is_some());
    }

    #[tokio::test]
    async fn a_database_that_cannot_be_made_says_what_to_do() {
        let error = Store::open("sqlite:///nowhere/at/all.db").await.expect_err("no folder");
        insta::assert_snapshot!(error, @"the database sqlite:///nowhere/at/all.db cannot be opened (error returned from database: (code: 14) unable to open database file): check DATABASE_URL, and that its folder is there and can be written to");
    }
}
