//! The sentences of `tests/evaluation`.

use std::path::{Path, PathBuf};

/// Messages of everyday chat.
pub(crate) fn everyday() -> Vec<String> {
    match std::env::var_os("MYTHBOT_CHAT") {
        Some(path) => {
            let lines = std::fs::read_to_string(path).expect("MYTHBOT_CHAT names a text file");
            lines.lines().map(str::to_owned).collect()
        }
        None => texts(&folder().join("chatter.jsonl"), |_| true),
    }
}

/// Messages that are owed an answer.
pub(crate) fn owed() -> Vec<String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("our own sentences")
        .map(|entry| entry.expect("an entry").path())
        // Those are kept unread by the authors of the rules.
        .filter(|path| !path.ends_with("chat-style.jsonl"))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    files.iter().flat_map(|file| texts(file, |kind| kind == "owed")).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation")
}

fn texts(file: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let read = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
        let field = |name: &str| message[name].as_str().expect("a string").to_owned();
        (field("kind"), field("text"))
    };
    let lines = std::fs::read_to_string(file).expect("our own sentences");
    let messages = lines.lines().map(read).filter(|(kind, _)| wanted(kind));
    messages.map(|(_, text)| text).collect()
}
