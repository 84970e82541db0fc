//! What the bot keeps on disk, and what it must not.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Mutex;

use tempfile::TempDir;

/// The folder of a bot's database. At the end of a story no text that people wrote may stand in it.
#[derive(Debug)]
pub(crate) struct Memory {
    dir: TempDir,
    said: Mutex<Vec<String>>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder"), said: Mutex::default() }
    }

    /// Somebody writes this.
    pub(crate) fn remember(&self, text: &str) {
        self.said.lock().expect("no panic").push(text.to_owned());
    }

    /// The database and the files beside it.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.dir.path()).expect("the folder");
        files.map(|file| file.expect("a file").path()).collect()
    }

    /// What people wrote that stands in a file, in whatever case.
    pub(crate) fn kept(&self) -> Vec<String> {
        let read = |file: &PathBuf| std::fs::read(file).expect("a file").to_ascii_lowercase();
        let files: Vec<Vec<u8>> = self.files().iter().map(read).collect();
        let stands = |text: &String| {
            let text = text.to_ascii_lowercase();
            !text.is_empty() && files.iter().any(|file| contains(file, text.as_bytes()))
        };
        let mut kept = self.said.lock().expect("no panic").clone();
        kept.retain(stands);
        kept
    }
}

fn contains(file: &[u8], text: &[u8]) -> bool {
    file.windows(text.len()).any(|window| window == text)
}

impl Deref for Memory {
    type Target = TempDir;

    fn deref(&self) -> &TempDir {
        &self.dir
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let kept = self.kept();
            assert!(kept.is_empty(), "the bot has kept what people wrote: {kept:?}");
        }
    }
}
