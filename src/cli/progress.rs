//! How far a long run has come, on standard error when somebody watches.

use std::io::{self, IsTerminal as _, Write as _};

/// An iterator that says now and then how far it is.
#[derive(Debug)]
pub(super) struct Progress<I> {
    items: I,
    name: String,
    total: usize,
    done: usize,
    shown: bool,
}

/// Often enough to move, seldom enough to cost nothing.
const EVERY: usize = 250;

impl<I: ExactSizeIterator> Progress<I> {
    /// Wraps `items`, which are called `name`.
    pub(super) fn over(items: I, name: &str) -> Self {
        let total = items.len();
        Self { items, name: name.to_owned(), total, done: 0, shown: io::stderr().is_terminal() }
    }
}

impl<I: Iterator> Iterator for Progress<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.next();
        if self.shown {
            if item.is_none() {
                // Away with the line: what follows is the report.
                let _ = write!(io::stderr(), "\r\x1b[K");
                self.shown = false;
            } else if self.done.is_multiple_of(EVERY) {
                let _ = write!(io::stderr(), "\r{}: {} of {}", self.name, self.done, self.total);
            }
        }
        self.done += 1;
        item
    }
}
