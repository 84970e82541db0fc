//! The files of a knowledge folder, from disk or compiled into the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// A knowledge folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The operating system refused a file or folder.
    #[error("cannot read {path}: {source}; check the path and its permissions")]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        source: std::io::Error,
    },
    /// The folder has no `pack.toml`, so it is not a knowledge folder.
    #[error("{0} has no pack.toml; name a folder made like the project's knowledge folder")]
    NotKnowledge(PathBuf),
}

/// The TOML files of a knowledge folder: path inside the folder, with `/` between its parts, to
/// text. Other files are left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Path to text.
    pub files: BTreeMap<String, String>,
}

impl Folder {
    /// The knowledge that is compiled into the program.
    #[must_use]
    pub fn built_in() -> Self {
        let mut folder = Self::default();
        folder.add_built_in(&BUILT_IN);
        folder
    }

    fn add_built_in(&mut self, dir: &Dir<'_>) {
        for file in dir.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8())
                && is_toml(file.path())
            {
                self.files.insert(path.replace('\\', "/"), text.to_owned());
            }
        }
        for sub in dir.dirs() {
            self.add_built_in(sub);
        }
    }

    /// The knowledge in `root`.
    ///
    /// # Errors
    /// When a file cannot be read, is not UTF-8, or `root` has no `pack.toml`.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let mut folder = Self::default();
        folder.add(root, root)?;
        if folder.files.contains_key("pack.toml") {
            Ok(folder)
        } else {
            Err(FolderError::NotKnowledge(root.to_owned()))
        }
    }

    fn add(&mut self, root: &Path, dir: &Path) -> Result<(), FolderError> {
        let unreadable =
            |path: &Path, source| FolderError::Unreadable { path: path.to_owned(), source };
        for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, error))? {
            let path = entry.map_err(|error| unreadable(dir, error))?.path();
            if path.is_dir() {
                self.add(root, &path)?;
            } else if is_toml(&path) {
                let text =
                    std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                let inside = path.strip_prefix(root).unwrap_or(&path);
                self.files.insert(inside.to_string_lossy().replace('\\', "/"), text);
            }
        }
        Ok(())
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}
