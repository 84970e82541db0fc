//! Which knowledge the program works with.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Args;

use crate::knowledge::{self, Folder, Knowledge};

/// The knowledge folder, for every subcommand.
#[derive(Debug, Args)]
pub(super) struct KnowledgeArgs {
    /// Knowledge folder to use instead of the one compiled into the program
    // An empty variable counts as none, as it stands in an `.env` file that was not filled in.
    #[arg(
        id = "knowledge",
        long = "knowledge",
        env = "KNOWLEDGE_DIR",
        value_name = "DIR",
        global = true
    )]
    dir: Option<OsString>,
}

impl KnowledgeArgs {
    /// The folder that was named, if any.
    pub(super) fn dir(&self) -> Option<PathBuf> {
        self.dir.as_ref().filter(|dir| !dir.is_empty()).map(PathBuf::from)
    }

    /// The same, with `dir` where no folder was named.
    pub(super) fn or(&self, dir: Option<&Path>) -> Self {
        let dir = self.dir().or_else(|| dir.map(Path::to_owned));
        Self { dir: dir.map(PathBuf::into_os_string) }
    }

    /// The knowledge itself.
    pub(super) fn load(&self) -> anyhow::Result<Knowledge> {
        let dir = self.dir();
        let folder = open(dir.as_deref())?;
        knowledge::load(&folder).map_err(|faults| {
            let named =
                dir.as_deref().map_or("the compiled-in knowledge".into(), Path::to_string_lossy);
            let count = match faults.0.len() {
                1 => "a fault".to_owned(),
                many => format!("{many} faults"),
            };
            anyhow!(
                "{named} has {count} and cannot be used; correct it until `mythbot check` finds \
                 none:\n{faults}"
            )
        })
    }
}

/// The files of `dir`, or those that are compiled in.
pub(super) fn open(dir: Option<&Path>) -> anyhow::Result<Folder> {
    match dir {
        Some(dir) => Folder::open(dir).context("the knowledge folder cannot be used"),
        None => Ok(Folder::built_in()),
    }
}
