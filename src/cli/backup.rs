//! `mythbot backup`: a copy of the database.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use clap::Args;

use super::Ending;
use crate::config::Config;
use crate::store::Store;

/// Copy the bot's database to a new file, also while the bot runs
///
/// Copies the SQLite file that `DATABASE_URL` names, in the environment or in the file `.env`. The copy
/// is of one moment and whole. It is a database like the one it was made from: to go back to it, stop
/// the bot and put it in its place. PostgreSQL is backed up with `pg_dump`.
#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// New file to write; one that is there is not overwritten
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(args: &BackupArgs) -> anyhow::Result<Ending> {
    let url = Config::load_database_url()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("the program cannot start its threads")?;
    let copied = runtime.block_on(async {
        let store = Store::open_as_it_is(&url).await?;
        let copied = store.backup(&args.file).await;
        store.close().await;
        copied
    });
    // The sentence names its cause itself.
    copied.map_err(|error| anyhow!("{error}"))?;
    let file = args.file.display();
    let size = std::fs::metadata(&args.file)
        .map_err(|error| anyhow!("{file} was written, but is not there ({error}): try again"))?
        .len();
    writeln!(std::io::stdout(), "{file} written: {size} bytes")?;
    Ok(Ending::Clean)
}
