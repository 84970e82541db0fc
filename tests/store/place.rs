//! A database of a test's own.

use std::sync::atomic::{AtomicU32, Ordering};

use mythbot::store::Store;
use sqlx::Connection as _;
use tempfile::TempDir;

/// Where a story's database is.
pub(crate) struct Place {
    url: String,
    _dir: Option<TempDir>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        Self { url, _dir: Some(dir) }
    }

    /// A new database on the server of `POSTGRES_URL`, whose user may make some.
    pub(crate) async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("POSTGRES_URL").expect("POSTGRES_URL is set");
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("store_{}_{number}", std::process::id());
        let mut connection =
            sqlx::PgConnection::connect(&server).await.expect("PostgreSQL answers");
        let create = format!("CREATE DATABASE {name}");
        let created = sqlx::query(sqlx::AssertSqlSafe(create)).execute(&mut connection).await;
        created.expect("may make databases");
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        Self { url: format!("{base}/{name}"), _dir: None }
    }

    /// Ends the connections that listen to `PostgreSQL`.
    pub(crate) async fn cuts_listeners(&self) {
        let mut connection = sqlx::PgConnection::connect(&self.url).await.expect("it answers");
        let cut = sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND query LIKE 'LISTEN%'",
        );
        let cut = cut.execute(&mut connection).await.expect("cut");
        assert_eq!(cut.rows_affected(), 1);
    }

    /// Opens it, as a process does that starts.
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("opened")
    }
}
