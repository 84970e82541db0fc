//! What the engine replied to the sentences of one kind of perturbation, and the table of all.

use std::fmt::Write;

/// Counts of one kind.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Row {
    /// Sentences that are owed an answer.
    pub(crate) owed: u32,
    right: u32,
    wrong: u32,
    denied: u32,
    denied_answered: u32,
}

impl Row {
    /// Counts the answer `given` to a message that is owed any of `owed`.
    pub(crate) fn count(&mut self, owed: &[String], given: Option<&str>, denial: bool) {
        let right = given.is_some_and(|given| owed.iter().any(|id| id == given));
        self.owed += u32::from(!owed.is_empty());
        self.right += u32::from(right);
        self.wrong += u32::from(given.is_some() && !right);
        self.denied += u32::from(denial);
        self.denied_answered += u32::from(denial && given.is_some());
    }

    /// Per cent of the owed that were given.
    pub(crate) fn recall(self) -> f64 {
        percent(self.right, self.owed)
    }

    /// Per cent of the given that were owed.
    pub(crate) fn precision(self) -> f64 {
        percent(self.right, self.right + self.wrong)
    }

    /// Per cent of the denials that got a reply.
    pub(crate) fn denials(self) -> f64 {
        percent(self.denied_answered, self.denied)
    }
}

fn percent(count: u32, of: u32) -> f64 {
    100.0 * f64::from(count) / f64::from(of.max(1))
}

/// All rows for people.
pub(crate) fn table(rows: &[(&str, Row)]) -> String {
    let mut table = format!(
        "{:16}{:>8}{:>8}{:>11}{:>8}{:>10}\n",
        "kind", "recall", "", "precision", "", "denials"
    );
    let clean = rows.first().map(|(_, row)| *row).unwrap_or_default();
    for (name, row) in rows {
        let _ = writeln!(
            table,
            "{name:16}{:>8.1}{:>+8.1}{:>11.1}{:>+8.1}{:>10.1}",
            row.recall(),
            row.recall() - clean.recall(),
            row.precision(),
            row.precision() - clean.precision(),
            row.denials(),
        );
    }
    table
}
