//! How a database is, without changing it.

use std::path::{Path, PathBuf};

use sqlx::Connection as _;

use super::{Database, Store, StoreError};

/// How a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// It can be written, and its tables are those of this version.
    Sound,
    /// It can be written, and its tables will be made or brought up to date when the bot starts.
    Behind,
    /// It can be written, but a newer mythbot has changed its tables.
    Ahead,
    /// There is no such file of SQLite yet; its folder can be written.
    Missing,
    /// There is no such file of SQLite, and none can be made.
    NoFolder {
        /// Where it should be.
        folder: PathBuf,
        /// Why not.
        cause: String,
    },
}

impl Condition {
    /// Looks at the database of an address. What is written to try that it can be is taken back.
    ///
    /// # Errors
    /// When it cannot be opened, read or written.
    pub async fn of(url: &str) -> Result<Self, StoreError> {
        if let Some(file) = file(url).filter(|file| !file.exists()) {
            return Ok(missing(&file));
        }
        let store = Store::open_as_it_is(url).await?;
        let found = store.condition().await;
        store.close().await;
        found
    }
}

impl Store {
    async fn condition(&self) -> Result<Condition, StoreError> {
        let mut connection = self.pool.acquire().await?;
        let mut trial = connection.begin().await?;
        sqlx::query("CREATE TABLE mythbot_doctor (x INTEGER)").execute(&mut *trial).await?;
        trial.rollback().await?;
        // A new database has no such table.
        let last = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations");
        let last: Result<Option<i64>, _> = last.fetch_one(&self.pool).await;
        let last = match last {
            Ok(last) => last.unwrap_or_default(),
            Err(sqlx::Error::Database(_)) => 0,
            Err(error) => return Err(error.into()),
        };
        Ok(match last.cmp(&self.database.last_migration()) {
            std::cmp::Ordering::Less => Condition::Behind,
            std::cmp::Ordering::Equal => Condition::Sound,
            std::cmp::Ordering::Greater => Condition::Ahead,
        })
    }
}

/// The file of SQLite that an address names; none for what is in memory and for PostgreSQL.
fn file(url: &str) -> Option<PathBuf> {
    if Database::of(url) == Database::Postgres {
        return None;
    }
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    let path = path.split('?').next().filter(|path| !path.is_empty() && *path != ":memory:")?;
    Some(PathBuf::from(path))
}

fn missing(file: &Path) -> Condition {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let trial = folder.join(format!(".mythbot-doctor-{}", std::process::id()));
    let tried = std::fs::File::create_new(&trial).and_then(|_| std::fs::remove_file(&trial));
    match tried {
        Ok(()) => Condition::Missing,
        Err(error) => Condition::NoFolder { folder: folder.to_owned(), cause: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(dir: &tempfile::TempDir, rest: &str) -> String {
        format!("sqlite://{}", dir.path().join(rest).display())
    }

    #[tokio::test]
    async fn a_new_a_sound_and_a_newer_database() {
        let dir = tempfile::tempdir().expect("a folder");
        let url = address(&dir, "mythbot.db");
        assert_eq!(Condition::of(&url).await.expect("looked"), Condition::Missing);
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 0, "nothing is left");
        let store = Store::open(&url).await.expect("made");
        assert_eq!(Condition::of(&url).await.expect("looked"), Condition::Sound);
        let newer = "INSERT INTO _sqlx_migrations VALUES (999, 'x', '2026-01-01', true, x'00', 0)";
        sqlx::query(newer).execute(&store.pool).await.expect("written");
        store.close().await;
        assert_eq!(Condition::of(&url).await.expect("looked"), Condition::Ahead);
    }

    #[tokio::test]
    async fn an_empty_file_is_behind() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("empty.db"), "").expect("written");
        let found = Condition::of(&address(&dir, "empty.db")).await;
        assert_eq!(found.expect("looked"), Condition::Behind);
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told() {
        let dir = tempfile::tempdir().expect("a folder");
        let nowhere = Condition::of(&address(&dir, "no/such/mythbot.db")).await.expect("looked");
        assert!(matches!(nowhere, Condition::NoFolder { .. }), "{nowhere:?}");
        std::fs::write(dir.path().join("text.db"), "no database ".repeat(99)).expect("written");
        Condition::of(&address(&dir, "text.db")).await.expect_err("no database");
        let store = Store::open(&address(&dir, "mythbot.db")).await.expect("made");
        store.close().await;
        let error = Condition::of(&address(&dir, "mythbot.db?mode=ro")).await;
        error.expect_err("read-only");
    }
}
