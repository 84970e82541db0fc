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

impl Fault {
    /// A fault of `file` as a whole.
    pub fn new(
        file: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), line: None, problem: problem.into(), remedy: remedy.into() }
    }
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

/// Why a folder was refused: every error in it at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.0))]
pub struct Faults(
    /// Never empty, sorted by file and line.
    pub Vec<Fault>,
);

/// The faults of a folder while it is read and checked.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// What is unreadable, contradicts the rest or cannot work: the folder is refused.
    pub(super) errors: Vec<Fault>,
    /// What is missing or badly written: the folder works, and its editor has work to do.
    warnings: Vec<Fault>,
}

impl Collected {
    pub(super) fn error(&mut self, fault: Fault) {
        self.errors.push(fault);
    }

    pub(super) fn warn(&mut self, fault: Fault) {
        self.warnings.push(fault);
    }

    /// `Ok` when there is no error.
    pub(super) fn refuse(self) -> Result<(), Faults> {
        if self.errors.is_empty() { Ok(()) } else { Err(Faults(in_order(self.errors))) }
    }

    /// Errors and warnings, sorted by file and line.
    pub(super) fn everything(self) -> Vec<Fault> {
        in_order([self.errors, self.warnings].concat())
    }
}

fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
