//! Every answer in a line.

use super::escape::cut;
use super::page::Page;
use super::{Card, limits};
use crate::knowledge::Knowledge;

/// Most characters of a title in the list.
const TITLE: usize = 120;

/// All answers by number, as many as a card holds; the rest is counted.
#[must_use]
pub fn list(knowledge: &Knowledge, language: &str) -> Card {
    // Room for the last line, which counts what is left.
    const REST: usize = 40;
    let mut body = String::new();
    let mut listed = 0;
    for myth in &knowledge.myths {
        let title = cut(Page::new(knowledge, myth, language).title(), TITLE);
        let line = format!("**{}.** {title} (`{}`)\n", myth.number(), myth.id());
        if limits::length(&body) + limits::length(&line) + REST > limits::BODY {
            break;
        }
        body.push_str(&line);
        listed += 1;
    }
    let left = knowledge.myths.len() - listed;
    if left > 0 {
        body = format!("{body}… and {left} more");
    }
    limits::fit(Card {
        title: knowledge.pack.name.clone(),
        body: body.trim_end().to_owned(),
        footer: "Show one with /myth show and its number, name or title".to_owned(),
        ..Card::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn one_line_each() {
        let card = list(&fixture::knowledge(), "en");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ Animal answers
        │
        │ 1. Bats can see (blind-bats)
        │ 2. Goldfish remember for months (goldfish-memory)
        │
        │ Show one with /myth show and its number, name or title
        "#);
    }

    #[test]
    fn a_long_list_says_how_much_is_left() {
        let mut knowledge = fixture::knowledge();
        let myth = knowledge.myths[0].clone();
        knowledge.myths = vec![myth; 1000];
        let body = list(&knowledge, "en").body;
        assert!(limits::length(&body) <= limits::BODY);
        insta::assert_snapshot!(body.lines().last().expect("a line"), @"… and 885 more");
    }
}
