//! What became of answers that were loaded anew, for the bot's owner.

use super::escape::quoted;
use super::{Card, limits};

/// What is different since the answers were loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replaced {
    /// How many answers there are.
    pub answers: usize,
    /// Ids of those that say something else now.
    pub changed: Vec<String>,
    /// Ids of those that were not there before.
    pub added: Vec<String>,
    /// Ids of those that are not there any more.
    pub removed: Vec<String>,
}

/// Most characters of a fault, escapes aside.
const FAULT: usize = 400;

/// New answers are in use.
#[must_use]
pub fn replaced(replaced: &Replaced) -> Card {
    let Replaced { answers, changed, added, removed } = replaced;
    let mut body = format!("{} in use.", limits::counted(*answers, "answer"));
    if changed.is_empty() && added.is_empty() && removed.is_empty() {
        body.push_str(" None of them says anything else than before.");
    }
    let footer = if changed.is_empty() {
        ""
    } else {
        "Replies of the last 30 days that say something else are being corrected"
    };
    let fields = [("Changed", changed), ("New", added), ("Gone", removed)];
    limits::fit(Card {
        title: "The answers are loaded".to_owned(),
        body,
        fields: fields.into_iter().filter_map(|(name, ids)| listed(name, ids)).collect(),
        footer: footer.to_owned(),
        ..Card::default()
    })
}

fn listed(name: &str, ids: &[String]) -> Option<super::Field> {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    limits::field(name, &ids.join(", "))
}

/// The answers of before stay, for these reasons.
#[must_use]
pub fn not_replaced(reasons: &[String]) -> Card {
    // Room for the last line, which counts what is left.
    const REST: usize = 40;
    let mut body = "Those of before stay in use.".to_owned();
    let mut listed = 0;
    for reason in reasons {
        let line = format!("\n- {}", quoted(reason, FAULT));
        if limits::length(&body) + limits::length(&line) + REST > limits::BODY {
            break;
        }
        body.push_str(&line);
        listed += 1;
    }
    if listed < reasons.len() {
        body = format!("{body}\n… and {} more", reasons.len() - listed);
    }
    let title = "The answers could not be loaded".to_owned();
    limits::fit(Card { title, body, ..Card::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn it_tells_what_is_different() {
        let card = replaced(&Replaced {
            answers: 5,
            changed: ids(&["blind-bats"]),
            added: ids(&["owls", "newts"]),
            removed: ids(&["goldfish-memory"]),
        });
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ The answers are loaded
        │
        │ 5 answers in use.
        │
        │ Changed
        │ blind-bats
        │
        │ New
        │ owls, newts
        │
        │ Gone
        │ goldfish-memory
        │
        │ Replies of the last 30 days that say something else are being corrected
        ");
        let same = replaced(&Replaced { answers: 1, ..Replaced::default() });
        insta::assert_snapshot!(text(&same, 80, Style::Plain), @r"
        │ The answers are loaded
        │
        │ 1 answer in use. None of them says anything else than before.
        ");
    }

    #[test]
    fn it_tells_what_is_wrong() {
        let fault = "moon/en.toml:3: `verdict` is `@here`; write one of those in pack.toml";
        let card = not_replaced(&ids(&[fault]));
        insta::assert_snapshot!(card.body.replace('\u{200b}', "(gap)"), @r"
        Those of before stay in use.
        - moon/en.toml\:3\: \`verdict\` is \`@(gap)here\`; write one of those in pack.toml
        ");
        let many = not_replaced(&vec!["x".repeat(1000); 50]);
        assert!(limits::length(&many.body) <= limits::BODY);
        insta::assert_snapshot!(many.body.lines().last().expect("a line"), @"… and 41 more");
    }
}
