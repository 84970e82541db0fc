//! A TOML file read so that every fault is found at once, each with its line.

use std::ops::{Deref, Range};

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::fault::Fault;

/// A value read from a TOML file, together with the file it came from.
///
/// It dereferences to the value.
#[derive(Debug, Clone)]
pub(super) struct Document<T> {
    /// The file inside the knowledge folder.
    pub(super) file: String,
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
    pub(super) fn into_value(self) -> T {
        self.value
    }

    /// A fault at the place that `spanned` was read from.
    pub(super) fn fault_at<S>(
        &self,
        spanned: &Spanned<S>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        // A value that the file leaves out has an empty span at its start: that is no place.
        let span = spanned.span();
        let line = (!span.is_empty()).then(|| line_of(&self.line_starts, span.start));
        Fault { line, ..self.fault(problem, remedy) }
    }

    /// A fault of the file as a whole.
    pub(super) fn fault(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault::new(self.file.as_str(), problem, remedy)
    }
}

impl<T: DeserializeOwned> Document<T> {
    /// Reads `source`, the text of `file`, and adds every fault to `faults`.
    ///
    /// An entry that is unknown or has the wrong type is reported and left out, and reading goes
    /// on without it, so that one mistake does not hide the next. `None` when nothing could be
    /// read; a fault says why.
    pub(super) fn read(file: &str, source: &str, faults: &mut Vec<Fault>) -> Option<Self> {
        let line_starts: Vec<usize> = std::iter::once(0)
            .chain(source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        let mut report = |span: Option<Range<usize>>, message: &str| {
            let problem = message.trim().replace('\n', ", ");
            let line = span.map(|span| line_of(&line_starts, span.start));
            let missing = message.starts_with("missing field");
            let remedy = if missing { "add it" } else { "correct or remove this entry" };
            let fault = Fault::new(file, problem, remedy);
            faults.push(Fault { line, ..fault });
        };

        let (table, errors) = DeTable::parse_recoverable(source);
        if !errors.is_empty() {
            for error in &errors {
                report(error.span(), error.message());
            }
            return None;
        }
        let span = table.span();
        let mut table = table.into_inner();
        let mut left_out = Vec::new();
        loop {
            let whole = Spanned::new(span.clone(), DeValue::Table(table.clone()));
            match T::deserialize(whole.into_deserializer()) {
                Ok(value) => {
                    return Some(Self { file: file.to_owned(), line_starts, value });
                }
                Err(error) => {
                    // A field that is missing only since it was left out has been reported.
                    let missing =
                        |key: &String| error.message() == format!("missing field `{key}`");
                    if !left_out.iter().any(missing) {
                        report(error.span(), error.message());
                    }
                    left_out.push(remove_innermost(&mut table, &error.span()?)?);
                }
            }
        }
    }
}

/// Removes the innermost table entry or array element that covers `at`. The key of the entry,
/// empty for an element; `None` when nothing covers `at`.
fn remove_innermost(table: &mut DeTable<'_>, at: &Range<usize>) -> Option<String> {
    let key = table
        .iter()
        .find(|(key, value)| covers(key.span(), at) || covers(value.span(), at))
        .map(|(key, _)| key.get_ref().clone());
    if let Some(key) = key {
        let inside =
            table.get_mut(key.as_ref()).and_then(|value| remove_inside(value.get_mut(), at));
        return inside.or_else(|| table.remove(key.as_ref()).map(|_| key.into_owned()));
    }
    // The span of a table made of several `[headers]` covers only one of them: look into all.
    table.iter_mut().find_map(|(_, value)| remove_inside(value.get_mut(), at))
}

fn remove_inside(value: &mut DeValue<'_>, at: &Range<usize>) -> Option<String> {
    match value {
        DeValue::Table(table) => remove_innermost(table, at),
        DeValue::Array(items) => {
            let inside = items.iter_mut().find_map(|item| remove_inside(item.get_mut(), at));
            inside.or_else(|| {
                let found = items.iter().position(|item| covers(item.span(), at))?;
                *items = std::mem::replace(items, DeArray::new())
                    .into_iter()
                    .enumerate()
                    .filter_map(|(i, item)| (i != found).then_some(item))
                    .collect();
                Some(String::new())
            })
        }
        _ => None,
    }
}

fn covers(span: Range<usize>, at: &Range<usize>) -> bool {
    span.start <= at.start && at.end <= span.end
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
        size: u8,
    }

    #[test]
    fn every_fault_is_reported_with_its_line() {
        let mut faults = Vec::new();
        let source =
            "title = 5\ncolour = 1\n[[parts]]\nsize = 300\n[[parts]]\nsize = 3\nwide = 1\n";
        let read = Document::<Sample>::read("a.toml", source, &mut faults).expect("readable");
        assert_eq!(read.title, "");
        assert_eq!(read.parts.iter().map(|part| part.size).collect::<Vec<_>>(), [3]);
        let mut lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        lines.sort();
        assert_eq!(lines, [Some(1), Some(2), Some(4), Some(7)]);
    }

    #[test]
    fn a_file_that_is_no_toml_says_where() {
        let mut faults = Vec::new();
        assert!(
            Document::<Sample>::read("a.toml", "title = \"x\"\nparts = [", &mut faults).is_none()
        );
        assert_eq!(faults.first().and_then(|fault| fault.line), Some(2), "{faults:?}");
    }
}
