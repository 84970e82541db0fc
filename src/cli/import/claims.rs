//! JSON Lines -> claims.

use std::io::{self, Read};

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, EXAMPLE};
use crate::cli::lines::{Lines, object};

/// A claim to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// Number of its line, from 1.
    pub(super) line: usize,
    /// As it was written.
    pub(super) id: String,
    /// One sentence, with single spaces.
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Entry {
    id: Value,
    claim: String,
}

/// Every claim of the input, and the lines that are none.
pub(super) fn read<R: Read>(lines: &mut Lines<R>) -> io::Result<(Vec<Claim>, Vec<Broken>)> {
    let (mut claims, mut broken) = (Vec::new(), Vec::new());
    while let Some(line) = lines.read()? {
        match line.text.map_err(|fault| fault.to_string()).and_then(parse) {
            Ok(Some((id, text))) => claims.push(Claim { line: line.number, id, text }),
            Ok(None) => {}
            Err(problem) => broken.push((line.number, problem)),
        }
    }
    Ok((claims, broken))
}

/// Id and claim of a line; `None` for an empty one.
fn parse(line: &str) -> Result<Option<(String, String)>, String> {
    let entry: Option<Entry> =
        object(line).map_err(|problem| format!("{problem}; write it like {EXAMPLE}"))?;
    let Some(entry) = entry else { return Ok(None) };
    let id = match entry.id {
        Value::String(id) => id,
        Value::Number(id) => id.to_string(),
        _ => return Err("`id` is neither a string nor a number; write `\"id\": \"...\"`".into()),
    };
    if id.trim().is_empty() {
        return Err("`id` is empty; give the claim a short name".into());
    }
    let text = entry.claim.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err("`claim` is empty; write it in one sentence, or remove the line".into());
    }
    Ok(Some((id, text)))
}
