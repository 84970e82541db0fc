//! A folder is written beside its place and moved there when it is whole.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};

use crate::cli::STOPPED;
use crate::cli::progress::Progress;
use crate::knowledge::Folder;

/// How writing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// The folder is there, with all its files.
    Whole,
    /// Ctrl-C came first, and nothing is there.
    Stopped,
}

/// Ctrl-C: ends the program at once before anything is written, and then only asks it to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt {
    is_writing: Arc<AtomicBool>,
    came: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. Once in a program.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let heard = interrupt.clone();
        ctrlc::set_handler(move || {
            if !heard.is_writing.load(Ordering::SeqCst) {
                std::process::exit(STOPPED);
            }
            heard.came.store(true, Ordering::SeqCst);
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(interrupt)
    }
}

/// A folder that is removed with all that is in it, unless it was moved away before.
#[derive(Debug)]
struct Staging(PathBuf);

impl Drop for Staging {
    fn drop(&mut self) {
        // Moved away, most of the time; else there is nothing more to be done about it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Refuses a place where something is already.
pub(super) fn refuse_existing(out: &Path) -> anyhow::Result<()> {
    if fs::symlink_metadata(out).is_ok() {
        bail!("{} is already there; name another folder, or remove it first", out.display());
    }
    Ok(())
}

/// Makes the folder `out` with all files or not at all.
pub(super) fn write(folder: &Folder, out: &Path, interrupt: &Interrupt) -> anyhow::Result<Written> {
    let refused = || format!("cannot write {}; check the path and its permissions", out.display());
    let name = out.file_name().with_context(|| {
        format!("{} is no name of a folder; name one that does not exist yet", out.display())
    })?;
    let beside = format!(".{}.import-{}", name.to_string_lossy(), std::process::id());
    let beside = out.with_file_name(beside);
    interrupt.is_writing.store(true, Ordering::SeqCst);
    fs::create_dir(&beside).with_context(refused)?;
    let staging = Staging(beside);
    if write_files(folder, &staging.0, interrupt).with_context(refused)? == Written::Stopped {
        return Ok(Written::Stopped);
    }
    refuse_existing(out)?;
    fs::rename(&staging.0, out).with_context(refused)?;
    Ok(Written::Whole)
}

fn write_files(folder: &Folder, root: &Path, interrupt: &Interrupt) -> io::Result<Written> {
    let mut made: BTreeSet<&str> = BTreeSet::new();
    for (path, text) in Progress::over(folder.files.iter(), "files") {
        if interrupt.came.load(Ordering::SeqCst) {
            return Ok(Written::Stopped);
        }
        if let Some((sub, _)) = path.rsplit_once('/')
            && made.insert(sub)
        {
            fs::create_dir(root.join(sub))?;
        }
        fs::write(root.join(path), text)?;
    }
    Ok(Written::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> Folder {
        let files = ["pack.toml", "a/en.toml", "a/myth.toml"];
        Folder { files: files.map(|path| (path.to_owned(), path.to_owned())).into() }
    }

    fn left(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn all_files_are_there_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        assert_eq!(write(&folder(), &out, &Interrupt::default()).unwrap(), Written::Whole);
        assert_eq!(left(dir.path()), ["out"]);
        assert_eq!(fs::read_to_string(out.join("a/en.toml")).unwrap(), "a/en.toml");
    }

    #[test]
    fn an_interrupt_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let interrupt = Interrupt::default();
        interrupt.came.store(true, Ordering::SeqCst);
        let written = write(&folder(), &dir.path().join("out"), &interrupt).unwrap();
        assert_eq!((written, left(dir.path())), (Written::Stopped, vec![]));
    }

    #[test]
    fn an_error_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = folder();
        // A file where the folder of others should be.
        folder.files.insert("a".to_owned(), String::new());
        assert!(write(&folder, &dir.path().join("out"), &Interrupt::default()).is_err());
        assert_eq!(left(dir.path()), [""; 0]);
    }
}
