//! What is wrong with a knowledge folder, where, and what to do about it.

use std::fmt;

use serde::Serialize;

/// One fault in a knowledge folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// File inside the folder, with `/` between its parts; the folder itself is `.`.
    pub file: String,
    /// Line in that file, from 1; `None` when the fault is about the whole file.
    pub line: Option<usize>,
    /// What is wrong, one sentence without a full stop.
    pub problem: String,
    /// What to do about it, one sentence without a full stop.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.problem, self.remedy)
    }
}

/// Every fault of a folder at once: a folder with one is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.0))]
pub struct Faults(
    /// Never empty, sorted by file and line.
    pub Vec<Fault>,
);

impl Faults {
    /// `Ok` when `faults` is empty, else all of them, sorted by file and line, without repeats.
    ///
    /// # Errors
    /// The faults themselves.
    pub fn none_in(mut faults: Vec<Fault>) -> Result<(), Self> {
        faults.sort();
        faults.dedup();
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
