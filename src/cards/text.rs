//! Draws a card for a terminal, about as it looks on Discord.

use anstyle::{AnsiColor, Style as Ansi};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_width::UnicodeWidthStr;

use super::escape::clean;
use super::markdown::{Piece, pieces};
use super::{Action, Card};

/// Whether a card is drawn with escape codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only, for files and pipes.
    Plain,
    /// Bold, dim and colours, for a terminal.
    Colour,
}

/// Narrower than this nothing can be read.
const NARROWEST: usize = 20;

/// `card` as lines of at most `width` columns, each ended by a line break. Only what cannot be
/// broken, such as an address, goes beyond. No control character of any text comes out.
#[must_use]
pub fn text(card: &Card, width: usize, style: Style) -> String {
    let mut canvas = Canvas { drawn: String::new(), width: width.max(NARROWEST), style };
    let bold = Ansi::new().bold();
    canvas.markdown(&card.title, bold);
    canvas.gap_before(&card.body);
    canvas.markdown(&card.body, Ansi::new());
    for field in &card.fields {
        canvas.gap_before(&field.name);
        canvas.markdown(&field.name, bold);
        canvas.markdown(&field.value, Ansi::new());
    }
    canvas.gap_before(&card.footer);
    canvas.plain(&card.footer, Ansi::new().dimmed());
    // In a terminal there is no reply to take back.
    let buttons = card.buttons.iter().filter(|button| button.action != Action::Dismiss);
    let labels: Vec<String> =
        buttons.map(|button| format!("[ {} ]", clean(&button.label))).collect();
    if !labels.is_empty() {
        let buttons = canvas.painted(&labels.join(" ").replace('\n', " "), bold);
        canvas.drawn.push_str(&buttons);
        canvas.drawn.push('\n');
    }
    canvas.drawn
}

struct Canvas {
    drawn: String,
    width: usize,
    style: Style,
}

impl Canvas {
    /// An empty line, when something is above and `text` follows.
    fn gap_before(&mut self, text: &str) {
        if !self.drawn.is_empty() && !text.is_empty() {
            self.line("", "");
        }
    }

    fn markdown(&mut self, text: &str, base: Ansi) {
        for line in clean(text).lines() {
            let (mark, rest) = list_mark(line);
            self.wrapped(mark, &words(&pieces(rest), base));
        }
    }

    /// Text in which Discord reads no Markdown.
    fn plain(&mut self, text: &str, base: Ansi) {
        for line in clean(text).lines() {
            let piece = Piece { text: line.to_owned(), look: super::markdown::Look::default() };
            self.wrapped("", &words(&[piece], base));
        }
    }

    /// `words` behind `mark`, the lines after the first indented as far.
    fn wrapped(&mut self, mark: &str, words: &[Word]) {
        const BAR: usize = 2;
        let indent = " ".repeat(mark.width());
        #[expect(clippy::cast_precision_loss, reason = "a terminal is not that wide")]
        let room = self.width.saturating_sub(BAR + indent.len()) as f64;
        for (i, words) in wrap_first_fit(words, &[room]).into_iter().enumerate() {
            let drawn: Vec<String> = words.iter().map(|word| self.word(word)).collect();
            self.line(if i == 0 { mark } else { &indent }, &drawn.join(" "));
        }
    }

    fn word(&self, word: &Word) -> String {
        word.parts.iter().map(|(text, ansi)| self.painted(text, *ansi)).collect()
    }

    fn line(&mut self, indent: &str, text: &str) {
        let bar = self.painted("│", AnsiColor::Blue.on_default());
        let line = format!("{bar} {indent}{text}");
        self.drawn.push_str(line.trim_end());
        self.drawn.push('\n');
    }

    fn painted(&self, text: &str, ansi: Ansi) -> String {
        match self.style {
            Style::Colour if ansi != Ansi::new() => format!("{ansi}{text}{ansi:#}"),
            _ => text.to_owned(),
        }
    }
}

/// What stands between two blanks, in parts that look the same.
#[derive(Debug, Default)]
struct Word {
    parts: Vec<(String, Ansi)>,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        let columns: usize = self.parts.iter().map(|(text, _)| text.width()).sum();
        #[expect(clippy::cast_precision_loss, reason = "no word is that long")]
        let columns = columns as f64;
        columns
    }

    fn whitespace_width(&self) -> f64 {
        1.0
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn words(pieces: &[Piece], base: Ansi) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for piece in pieces {
        let look = piece.look;
        let effects = [
            (look.bold, Ansi::new().bold()),
            (look.italic, Ansi::new().italic()),
            (look.address, Ansi::new().dimmed()),
        ];
        let ansi = effects
            .into_iter()
            .filter(|(on, _)| *on)
            .fold(base, |ansi, (_, more)| ansi.effects(ansi.get_effects() | more.get_effects()));
        for (i, text) in piece.text.split(' ').enumerate() {
            if i > 0 {
                words.push(Word::default());
            }
            if let Some(word) = words.last_mut()
                && !text.is_empty()
            {
                word.parts.push((text.to_owned(), ansi));
            }
        }
    }
    words.retain(|word| !word.parts.is_empty());
    if words.is_empty() { vec![Word::default()] } else { words }
}

/// `- ` or `12. ` and the rest of a line of a list.
fn list_mark(line: &str) -> (&str, &str) {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mark = match digits {
        0 if line.starts_with("- ") => 2,
        1..=3 if line.chars().skip(digits).take(2).eq(['.', ' ']) => digits + 2,
        _ => 0,
    };
    // All of these signs are one byte long.
    line.split_at_checked(mark).unwrap_or(("", line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Action, Button, Field};

    fn card() -> Card {
        Card {
            title: "A **title**".to_owned(),
            body: "Some *words* that are long enough to go on in the next line.\n\nMore."
                .to_owned(),
            fields: vec![Field {
                name: "Sources".to_owned(),
                value: "- [A long title of a page](https://a.example/very/long/address), A\n\
                        10. [B](https://b.example), who writes much"
                    .to_owned(),
            }],
            footer: "As *of* today".to_owned(),
            buttons: vec![
                Button { action: Action::Why, label: "Why?".to_owned() },
                Button { action: Action::Why, label: "More".to_owned() },
            ],
        }
    }

    #[test]
    fn plain() {
        insta::assert_snapshot!(text(&card(), 30, Style::Plain), @r#"
        │ A title
        │
        │ Some words that are long
        │ enough to go on in the next
        │ line.
        │
        │ More.
        │
        │ Sources
        │ - A long title of a page
        │   <https://a.example/very/long/address>,
        │   A
        │ 10. B <https://b.example>,
        │     who writes much
        │
        │ As *of* today
        [ Why? ] [ More ]
        "#);
    }

    #[test]
    fn colours() {
        let drawn = text(&card(), 30, Style::Colour).replace('\u{1b}', "ESC");
        insta::assert_snapshot!(drawn, @r#"
        ESC[34m│ESC[0m ESC[1mAESC[0m ESC[1mtitleESC[0m
        ESC[34m│ESC[0m
        ESC[34m│ESC[0m Some ESC[3mwordsESC[0m that are long
        ESC[34m│ESC[0m enough to go on in the next
        ESC[34m│ESC[0m line.
        ESC[34m│ESC[0m
        ESC[34m│ESC[0m More.
        ESC[34m│ESC[0m
        ESC[34m│ESC[0m ESC[1mSourcesESC[0m
        ESC[34m│ESC[0m - A long title of a page
        ESC[34m│ESC[0m   ESC[2m<https://a.example/very/long/address>ESC[0m,
        ESC[34m│ESC[0m   A
        ESC[34m│ESC[0m 10. B ESC[2m<https://b.example>ESC[0m,
        ESC[34m│ESC[0m     who writes much
        ESC[34m│ESC[0m
        ESC[34m│ESC[0m ESC[2mAsESC[0m ESC[2m*of*ESC[0m ESC[2mtodayESC[0m
        ESC[1m[ Why? ] [ More ]ESC[0m
        "#);
    }

    #[test]
    fn colours_are_all_that_differs() {
        let colour = text(&card(), 30, Style::Colour);
        let stripped = anstream::adapter::strip_str(&colour).to_string();
        assert_eq!(stripped, text(&card(), 30, Style::Plain));
    }

    #[test]
    fn nothing_drives_the_terminal() {
        let evil = "a\u{1b}[2Jb\u{9b}c\u{202e}d\u{7}e\tf\r\u{200b}g".to_owned();
        let card = Card {
            title: evil.clone(),
            body: evil.clone(),
            fields: vec![Field { name: evil.clone(), value: evil.clone() }],
            footer: evil.clone(),
            buttons: vec![Button { action: Action::Why, label: evil }],
        };
        let drawn = text(&card, 0, Style::Plain);
        assert!(drawn.chars().all(|letter| letter == '\n' || !letter.is_control()), "{drawn:?}");
        assert!(drawn.contains("a[2Jbcde f g"), "{drawn}");
    }

    #[test]
    fn an_empty_card_is_nothing() {
        assert_eq!(text(&Card::default(), 80, Style::Plain), "");
    }
}
