//! The answers are loaded anew while the bot runs: when SIGHUP comes, when a file of their folder
//! changes, and when the bot's owner says so. Answers with faults are refused, and those of before
//! stay.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::{Mutex, Notify};

use super::answers::Answers;
use super::heard::BotEvent;
use super::state::State;
use crate::cards::Replaced;
use crate::knowledge::{self, Faults, Folder, FolderError};

/// How long a folder must not change before it is loaded: whoever copies or edits files is not
/// finished with the first of them.
const QUIET: Duration = Duration::from_secs(2);

/// Where the answers come from.
#[derive(Debug)]
pub(super) struct Source {
    /// None when they are compiled in.
    folder: Option<PathBuf>,
    /// One at a time.
    turn: Mutex<()>,
}

impl Source {
    /// A folder, or what is compiled in.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        // A watcher names files by their whole path.
        let folder = folder.map(|folder| std::path::absolute(&folder).unwrap_or(folder));
        Self { folder, turn: Mutex::default() }
    }
}

/// Why the answers of before stay.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// There is no folder.
    #[error(
        "the answers are compiled into the program, and there is no folder to load; to use one, set \
         KNOWLEDGE_DIR and restart the bot"
    )]
    BuiltIn,
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] FolderError),
    /// It has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The engine could not be built.
    #[error("the folder could not be loaded; the program's error output says more")]
    Failed,
}

impl Refused {
    /// What is wrong, each with where and what to do.
    pub(super) fn reasons(&self) -> Vec<String> {
        match self {
            Self::Faults(Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            other => vec![other.to_string()],
        }
    }
}

/// Loads the answers anew, and tells what is different. Replies that are outdated by it are corrected
/// afterwards.
pub(super) async fn reload(state: &State) -> Result<Replaced, Refused> {
    let _turn = state.source.turn.lock().await;
    let reloaded = match load(state.source.folder.clone()).await {
        Ok(new) => {
            let replaced = differences(&state.answers(), &new);
            let Replaced { answers, changed, added, removed } = &replaced;
            tracing::info!(answers, ?changed, ?added, ?removed, "answers loaded anew");
            state.answers.replace(new);
            state.corrections.are_due();
            Ok(replaced)
        }
        Err(refused) => {
            for reason in refused.reasons() {
                tracing::error!(reason, "answers not loaded, those of before stay");
            }
            Err(refused)
        }
    };
    state.tell(BotEvent::Reloaded { sound: reloaded.is_ok() });
    reloaded
}

async fn load(folder: Option<PathBuf>) -> Result<Answers, Refused> {
    let folder = folder.ok_or(Refused::BuiltIn)?;
    let load = move || {
        let knowledge = knowledge::load(&Folder::open(&folder)?)?;
        Ok(Answers::new(knowledge))
    };
    // Reads files and builds the engine: not where messages wait.
    tokio::task::spawn_blocking(load).await.unwrap_or(Err(Refused::Failed))
}

fn differences(old: &Answers, new: &Answers) -> Replaced {
    let (before, after) = (old.versions(), new.versions());
    let ids = |wanted: &dyn Fn(&str, &str) -> bool| {
        let ids = after.iter().filter(|(id, version)| wanted(id, version));
        ids.map(|(id, _)| id.clone()).collect()
    };
    Replaced {
        answers: after.len(),
        changed: ids(&|id, version| before.get(id).is_some_and(|before| before != version)),
        added: ids(&|id, _| !before.contains_key(id)),
        removed: before.keys().filter(|id| !after.contains_key(*id)).cloned().collect(),
    }
}

/// Loads the answers anew whenever SIGHUP comes.
pub(super) async fn on_hangup(state: &State) -> Infallible {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut hangups) = signal(SignalKind::hangup()) {
            while hangups.recv().await.is_some() {
                // It is logged.
                let _ = reload(state).await;
            }
        }
    }
    std::future::pending().await
}

/// Loads the answers anew whenever a file of their folder has changed.
pub(super) async fn on_change(state: &State) -> Infallible {
    let Some(folder) = &state.source.folder else {
        tracing::info!("the answers are compiled in: no folder is watched");
        return std::future::pending().await;
    };
    let changed = Arc::new(Notify::new());
    let mut watcher = match watcher(folder, &changed) {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::warn!(%error, "the knowledge folder is not watched: send SIGHUP after a change");
            return std::future::pending().await;
        }
    };
    loop {
        changed.notified().await;
        while tokio::time::timeout(QUIET, changed.notified()).await.is_ok() {}
        // Another folder may be in its place.
        let _ = watcher.unwatch(folder);
        if let Err(error) = watcher.watch(folder, RecursiveMode::Recursive) {
            tracing::warn!(%error, "the knowledge folder is not watched until it is back");
        }
        let _ = reload(state).await;
    }
}

/// Tells of every change inside `folder`, and of another one in its place.
fn watcher(folder: &Path, changed: &Arc<Notify>) -> notify::Result<RecommendedWatcher> {
    let (inside, changed) = (folder.to_owned(), Arc::clone(changed));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // To read a file is no change, and the bot reads them itself.
        let counts = |event: &notify::Event| {
            !event.kind.is_access() && event.paths.iter().any(|path| path.starts_with(&inside))
        };
        if event.as_ref().map_or(true, counts) {
            changed.notify_one();
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    if let Some(above) = folder.parent() {
        watcher.watch(above, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}
