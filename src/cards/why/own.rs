//! Explains a reply that a phrase of the server's own brought about.

use super::{SHOWN, named};
use crate::cards::{Card, limits, quoted};
use crate::knowledge::Knowledge;

/// Why the bot replied with `answer` to a message that says `phrase`, which moderators have tied to
/// it.
#[must_use]
pub fn why_own(knowledge: &Knowledge, answer: &str, phrase: &str) -> Card {
    let body = format!(
        "It replied with answer {}: moderators of this server have tied the words “{}” to it, and \
         the message says them. They can change that with `/mythmod forget`.",
        named(knowledge, answer),
        quoted(phrase, SHOWN)
    );
    limits::fit(Card { title: "Why the bot replied".to_owned(), body, ..Card::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    #[test]
    fn the_phrase_is_named() {
        let card = why_own(&fixture::knowledge(), "blind-bats", "*night* flyers");
        insta::assert_snapshot!(card.body, @r"It replied with answer 1, **Bats can see** (`blind-bats`): moderators of this server have tied the words “\*night\* flyers” to it, and the message says them. They can change that with `/mythmod forget`.");
    }
}
