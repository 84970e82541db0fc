//! A copy of the database, made while the bot runs.

use std::path::Path;

use super::{Database, Store, StoreError};

impl Store {
    /// Writes a consistent copy of a SQLite database to a new file.
    ///
    /// # Errors
    /// When the file is there already or cannot be written, and for PostgreSQL, which has a program
    /// of its own for that.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        if self.database == Database::Postgres {
            return Err(StoreError::Backup(POSTGRES.to_owned()));
        }
        let shown = file.display();
        if file.exists() {
            return Err(StoreError::Backup(format!(
                "{shown} is there already: name a new file, so that no older copy is lost"
            )));
        }
        let Some(name) = file.to_str() else {
            return Err(StoreError::Backup(format!("{shown} is not a name in UTF-8")));
        };
        // Consistent, whoever writes meanwhile: https://sqlite.org/lang_vacuum.html
        let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(&self.pool).await;
        copied.map(drop).map_err(|error| {
            StoreError::Backup(format!(
                "{shown} cannot be written ({error}): check that its folder is there, can be \
                 written to and has room"
            ))
        })
    }
}

const POSTGRES: &str = "PostgreSQL is backed up with its own program: pg_dump --format=custom \
                        --file=mythbot.dump \"$DATABASE_URL\"";
