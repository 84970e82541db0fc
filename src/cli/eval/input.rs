//! Labelled messages and chat, read from files.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::cli::lines::{Lines, object};
use crate::cli::match_lines::complain;
use crate::evaluation::Message;

#[derive(Deserialize)]
struct Labelled {
    id: Value,
    text: String,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    borderline: Vec<String>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

/// The messages of all `files`, grouped by the field `by`, and how many lines were left out.
pub(in crate::cli) fn messages(
    files: &[PathBuf],
    by: Option<&str>,
) -> anyhow::Result<(Vec<Message>, usize)> {
    let mut messages = Vec::new();
    let mut broken = 0;
    for path in files {
        broken += read(path, |line| {
            messages.extend(message(line, by)?);
            Ok(())
        })?;
    }
    Ok((messages, broken))
}

/// The lines of a chat file, and how many were left out.
pub(super) fn chat(path: &Path) -> anyhow::Result<(Vec<String>, usize)> {
    let mut lines = Vec::new();
    let broken = read(path, |line| {
        lines.push(line.to_owned());
        Ok(())
    })?;
    Ok((lines, broken))
}

fn read(path: &Path, mut take: impl FnMut(&str) -> Result<(), String>) -> anyhow::Result<usize> {
    let mut broken = 0;
    let mut lines = Lines::open(path)?;
    while let Some(line) =
        lines.read().with_context(|| format!("cannot read {}", path.display()))?
    {
        let taken = line.text.map_err(|fault| fault.to_string()).and_then(&mut take);
        if let Err(fault) = taken {
            broken += 1;
            complain(&format!("{}:{} was left out: {fault}", path.display(), line.number));
        }
    }
    Ok(broken)
}

fn message(line: &str, by: Option<&str>) -> Result<Option<Message>, String> {
    let Some(labelled) = object::<Labelled>(line)? else {
        return Ok(None);
    };
    let Labelled { id, text, answers, borderline, more } = labelled;
    let group = by.map(|field| more.get(field).map_or("(none)".to_owned(), plain));
    Ok(Some(Message { id: plain(&id), text, answers, borderline, group }))
}

/// A string without its quotes, anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_may_be_missing_and_other_fields_are_left_alone() {
        let line = r#"{"id": 7, "text": "moon", "kind": "question", "lang": ["en"]}"#;
        let read = message(line, Some("kind")).unwrap().unwrap();
        assert_eq!((read.id.as_str(), read.text.as_str()), ("7", "moon"));
        assert_eq!((read.answers.len(), read.borderline.len()), (0, 0));
        assert_eq!(read.group.as_deref(), Some("question"));
        let group = |by| message(line, by).unwrap().unwrap().group;
        assert_eq!(group(Some("source")).as_deref(), Some("(none)"));
        assert_eq!(group(None), None);
    }

    #[test]
    fn a_list_of_the_wrong_kind_is_a_fault() {
        let line = r#"{"id": 7, "text": "moon", "answers": "cheese"}"#;
        assert!(message(line, None).is_err());
    }
}
