//! A TOML file read so that every fault is found at once, each with its line.

use std::ops::{Deref, Range};

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Fault;

/// A value read from a TOML file, together with the file it came from.
///
/// It dereferences to the value.
#[derive(Debug, Clone)]
pub struct Document<T> {
    /// The file inside the knowledge folder.
    pub file: String,
    line_starts: Vec<usize>,
    value: T,
}

impl<T> Deref for Document<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Document<T> {
    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// A fault at the place that `spanned` was read from.
    pub fn fault_at<S>(
        &self,
        spanned: &Spanned<S>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        // A value that the file leaves out has an empty span at its start: that is no place.
        let span = spanned.span();
        let line = (!span.is_empty()).then(|| line_of(&self.line_starts, span.start));
        Fault { file: self.file.clone(), line, problem: problem.into(), remedy: remedy.into() }
    }

    /// A fault of the file as a whole.
    pub fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault {
            file: self.file.clone(),
            line: None,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

impl<T: DeserializeOwned> Document<T> {
    /// Reads `source`, the text of `file`, and adds every fault to `faults`.
    ///
    /// An entry that is unknown or has the wrong type is reported and left out, and reading goes
    /// on without it, so that one mistake does not hide the next. `None` when nothing could be
    /// read; a fault says why.
    pub fn read(file: &str, source: &str, faults: &mut Vec<Fault>) -> Option<Self> {
        let line_starts: Vec<usize> = std::iter::once(0)
            .chain(source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        let mut report = |span: Option<Range<usize>>, error: &toml::de::Error| {
            faults.push(Fault {
                file: file.to_owned(),
                line: span.map(|span| line_of(&line_starts, span.start)),
                problem: error.message().trim().replace('\n', ", "),
                remedy: "correct or remove this entry".to_owned(),
            });
        };

        let (table, errors) = DeTable::parse_recoverable(source);
        if !errors.is_empty() {
            for error in &errors {
                report(error.span(), error);
            }
            return None;
        }
        let span = table.span();
        let mut table = table.into_inner();
        loop {
            let whole = Spanned::new(span.clone(), DeValue::Table(table.clone()));
            match T::deserialize(whole.into_deserializer()) {
                Ok(value) => return Some(Self { file: file.to_owned(), line_starts, value }),
                Err(error) => {
                    report(error.span(), &error);
                    let at = error.span()?;
                    if !remove_innermost(&mut table, &at) {
                        return None;
                    }
                }
            }
        }
    }
}

/// Removes the innermost table entry or array element that covers `at`; `false` when none does.
fn remove_innermost(table: &mut DeTable<'_>, at: &Range<usize>) -> bool {
    let covers = |span: Range<usize>| span.start <= at.start && at.end <= span.end;
    let key = table
        .iter()
        .find(|(key, value)| covers(key.span()) || covers(value.span()))
        .map(|(key, _)| key.clone());
    if let Some(key) = key {
        let inside = table
            .get_mut(key.get_ref().as_ref())
            .is_some_and(|value| remove_inside(value.get_mut(), at));
        return inside || table.remove(key.get_ref().as_ref()).is_some();
    }
    // The span of a table made of several `[headers]` covers only one of them: look into all.
    table.iter_mut().any(|(_, value)| {
        matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_))
            && remove_inside(value.get_mut(), at)
    })
}

fn remove_inside(value: &mut DeValue<'_>, at: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove_innermost(table, at),
        DeValue::Array(items) => items.iter_mut().any(|item| remove_inside(item.get_mut(), at)),
        _ => false,
    }
}

fn line_of(line_starts: &[usize], offset: usize) -> usize {
    line_starts.partition_point(|start| *start <= offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[serde(default)]
        title: String,
        #[serde(default)]
        parts: Vec<Part>,
    }

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Part {
        #[serde(default)]
        size: u8,
    }

    #[test]
    fn every_fault_is_reported_with_its_line() {
        let mut faults = Vec::new();
        let source = "title = 5\ncolour = 1\n[[parts]]\nsize = 300\n[[parts]]\nsize = 3\nwide = 1\n";
        let read = Document::<Sample>::read("a.toml", source, &mut faults).expect("readable");
        assert_eq!(read.title, "");
        assert_eq!(read.parts.iter().map(|part| part.size).collect::<Vec<_>>(), [0, 3]);
        let mut lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        lines.sort();
        assert_eq!(lines, [Some(1), Some(2), Some(4), Some(7)]);
    }

    #[test]
    fn a_file_that_is_no_toml_says_where() {
        let mut faults = Vec::new();
        assert!(Document::<Sample>::read("a.toml", "title = \"x\"\nparts = [", &mut faults).is_none());
        assert_eq!(faults.first().and_then(|fault| fault.line), Some(2), "{faults:?}");
    }
}
