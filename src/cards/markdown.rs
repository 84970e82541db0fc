//! Reads the Markdown that cards use into words with a look, for a terminal.

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// The address of a link.
    pub(super) address: bool,
}

/// Words that look the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
}

/// The pieces of one line: `**bold**`, `*italic*`, `_italic_`, `` `code` ``, `\` before a sign, and
/// `[words](address)`, which becomes `words <address>`. Underlines, strikes and spoilers lose
/// their marks.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let mut reader = Reader::default();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        rest = reader.step(letter, rest);
    }
    reader.pieces
}

#[derive(Debug, Default)]
struct Reader {
    pieces: Vec<Piece>,
    look: Look,
}

impl Reader {
    /// Reads what `rest` begins with, and returns what follows.
    fn step<'a>(&mut self, letter: char, rest: &'a str) -> &'a str {
        if letter == '\\'
            && let Some(sign) = behind(rest, 1).chars().next().filter(char::is_ascii_punctuation)
        {
            self.push(&sign.to_string());
            return behind(rest, 2);
        }
        if letter == '`'
            && let Some((code, after)) = behind(rest, 1).split_once('`')
        {
            self.push(code);
            return after;
        }
        if letter == '['
            && let Some((words, address, after)) = link(behind(rest, 1))
        {
            for piece in pieces(words) {
                self.pieces.push(Piece { look: self.look, ..piece });
            }
            self.push(" ");
            let look = Look { address: true, ..self.look };
            self.pieces.push(Piece { text: format!("<{address}>"), look });
            return after;
        }
        let found = MARKS
            .iter()
            .find_map(|(mark, look)| rest.strip_prefix(mark).map(|after| (mark, look, after)));
        if let Some((mark, look, after)) = found {
            if self.is_mark(mark, after) {
                self.look.bold ^= look.bold;
                self.look.italic ^= look.italic;
            } else {
                self.push(mark);
            }
            return after;
        }
        self.push(&letter.to_string());
        behind(rest, 1)
    }

    /// Whether `mark` opens or closes something here. A lone one is a letter, as in `2 * 3` or
    /// `a_b`.
    fn is_mark(&self, mark: &str, after: &str) -> bool {
        let last = self.pieces.last().and_then(|piece| piece.text.chars().last());
        let in_word =
            last.is_some_and(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
        let open = match mark {
            "**" => self.look.bold,
            "*" | "_" => self.look.italic,
            _ => return true,
        };
        if mark == "_" && in_word {
            return false;
        }
        open || (after.contains(mark) && !after.starts_with(char::is_whitespace))
    }

    fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(piece) if piece.look == self.look => piece.text.push_str(text),
            _ => self.pieces.push(Piece { text: text.to_owned(), look: self.look }),
        }
    }
}

const PLAIN: Look = Look { bold: false, italic: false, address: false };
/// Longer marks first. Underlines, strikes and spoilers change nothing here.
const MARKS: [(&str, Look); 6] = [
    ("**", Look { bold: true, ..PLAIN }),
    ("__", PLAIN),
    ("~~", PLAIN),
    ("||", PLAIN),
    ("*", Look { italic: true, ..PLAIN }),
    ("_", Look { italic: true, ..PLAIN }),
];

/// Words, address and what follows, when `text`, which stood behind a `[`, is a link.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, letter)| {
        let found = *letter == ']' && !escaped;
        escaped = *letter == '\\' && !escaped;
        found
    })?;
    let (words, after) = text.split_at(end.0);
    let (address, after) = after.strip_prefix("](")?.split_once(')')?;
    let whole = !address.is_empty() && !address.contains(char::is_whitespace);
    whole.then_some((words, address, after))
}

/// `text` without its first `count` characters.
fn behind(text: &str, count: usize) -> &str {
    let mut letters = text.chars();
    letters.by_ref().take(count).for_each(drop);
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let shown = |piece: &Piece| match piece.look {
            Look { address: true, .. } => format!("{{a {}}}", piece.text),
            Look { bold: true, italic: true, .. } => format!("{{bi {}}}", piece.text),
            Look { bold: true, .. } => format!("{{b {}}}", piece.text),
            Look { italic: true, .. } => format!("{{i {}}}", piece.text),
            Look { .. } => piece.text.clone(),
        };
        pieces(line).iter().map(shown).collect()
    }

    #[test]
    fn marks_become_looks() {
        assert_eq!(read("a **b** *c* _d_ e"), "a {b b} {i c} {i d} e");
        assert_eq!(read("**a *b* c**"), "{b a }{bi b}{b  c}");
        assert_eq!(read("~~a~~ __b__ ||c|| `d*`"), "a b c d*");
        assert_eq!(read("2 * 3, a_b_c, 5* and ** x"), "2 * 3, a_b_c, 5* and ** x");
        assert_eq!(read(r"\*\*a\*\* \[b\]\(c\) \d"), r"**a** [b](c) \d");
    }

    #[test]
    fn links_show_their_address() {
        let line = r"See [a \[b\] **c**](https://a.example/_b_), d";
        assert_eq!(read(line), "See a [b] c {a <https://a.example/_b_>}, d");
        assert_eq!(read("[1][2] and [a] (b)"), "[1][2] and [a] (b)");
    }
}
