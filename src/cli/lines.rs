//! Lines of input as bytes, so that one bad line does not spoil the rest.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

/// Large enough that reading costs little, small enough that nobody misses the memory.
const BUFFER: usize = 64 * 1024;

/// Reads line after line.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    number: usize,
}

/// A line of the input.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: usize,
    /// Without its line ending, and without a byte order mark before the first line.
    pub(super) text: Result<&'a str, NotUtf8>,
}

/// A line that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not UTF-8 (byte {byte}); save the input as UTF-8")]
pub(super) struct NotUtf8 {
    /// Where it stops being UTF-8, from 1.
    byte: usize,
}

impl Lines<File> {
    /// The lines of a file.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let named =
            || format!("cannot read {}; check the path and its permissions", path.display());
        let file = File::open(path).with_context(named)?;
        // Opening a folder works on Unix and only reading fails: say so before any work is done.
        if file.metadata().with_context(named)?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory)).with_context(named);
        }
        Ok(Self::new(file))
    }
}

impl<R: Read> Lines<R> {
    /// The lines of `reader`.
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(BUFFER, reader), line: Vec::new(), number: 0 }
    }

    /// Whether the next line is here already, so that reading it will not wait for anybody.
    pub(super) fn is_next_here(&self) -> bool {
        self.reader.buffer().contains(&b'\n')
    }

    /// The next line; `None` at the end.
    pub(super) fn read(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        if self.reader.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let mut line = self.line.as_slice();
        if let Some(rest) = line.strip_suffix(b"\n") {
            line = rest.strip_suffix(b"\r").unwrap_or(rest);
        }
        let text = std::str::from_utf8(line)
            .map(|text| if self.number == 1 { without_mark(text) } else { text })
            .map_err(|error| NotUtf8 { byte: error.valid_up_to() + 1 });
        Ok(Some(Line { number: self.number, text }))
    }
}

/// `text` without the byte order mark that some editors put at the start of a file.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A line of JSON Lines; `None` for an empty one, which is no object but what editors leave at the
/// end of a file. The error says what is wrong with the line.
pub(super) fn object<'a, T: Deserialize<'a>>(line: &'a str) -> Result<Option<T>, String> {
    // Files that were put together from several have marks in their middle, too.
    let line = without_mark(line).trim();
    match line.chars().next() {
        None => Ok(None),
        Some('{') => serde_json::from_str(line).map(Some).map_err(|error| fault(&error)),
        Some(_) => Err("not a JSON object".to_owned()),
    }
}

/// What serde says, without the line number, which counts from the line itself.
fn fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let problem = said.split(" at line ").next().unwrap_or(&said);
    format!("{problem} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> Vec<Result<String, usize>> {
        let mut lines = Lines::new(input);
        let mut read = Vec::new();
        while let Some(line) = lines.read().unwrap() {
            read.push(line.text.map(str::to_owned).map_err(|bad| bad.byte));
        }
        read
    }

    #[test]
    fn marks_and_line_endings_are_taken_off_and_bad_lines_stay_alone() {
        let input = b"\xef\xbb\xbfone\r\n\ntw\xffo\nthree\r\n\xef\xbb\xbffour";
        let expected = [
            Ok("one".to_owned()),
            Ok(String::new()),
            Err(3),
            Ok("three".to_owned()),
            Ok("\u{feff}four".to_owned()),
        ];
        assert_eq!(read(input), expected);
    }

    #[test]
    fn nothing_holds_no_line() {
        assert_eq!(read(b""), []);
    }
}
