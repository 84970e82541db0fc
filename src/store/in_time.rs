//! No statement is waited for longer than a command of Discord can wait.

use std::future::Future;
use std::time::Duration;

/// How long a statement may take, the wait for a connection included. Discord gives a command three
/// seconds for its first answer (its documentation, "Receiving and Responding"); somebody must still
/// be told that the database does not answer.
const LIMIT: Duration = Duration::from_secs(2);

/// A statement that is being run.
pub(super) trait InTime<T>: Future<Output = Result<T, sqlx::Error>> + Sized {
    /// The same, given up after two seconds as if no connection could be had. It may still be carried
    /// out: the database decides.
    fn in_time(self) -> impl Future<Output = Result<T, sqlx::Error>> {
        async {
            match tokio::time::timeout(LIMIT, self).await {
                Ok(done) => done,
                Err(_) => Err(sqlx::Error::PoolTimedOut),
            }
        }
    }
}

impl<T, F: Future<Output = Result<T, sqlx::Error>>> InTime<T> for F {}
