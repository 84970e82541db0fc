//! An answer as it is pinned in a channel, and the line that points to it.

use super::{Action, Card, Field, limits, quoted, reply};
use crate::knowledge::{Knowledge, Myth};

/// Most characters of what a moderator adds.
const NOTE: usize = 300;
const NOTE_NAME: &str = "Note from the moderators";

/// The answer to `myth` with what a moderator adds to it; the note may be empty. Nothing in the note
/// acts: no links, mentions or Markdown.
#[must_use]
pub fn pinned(knowledge: &Knowledge, myth: &Myth, language: &str, note: &str) -> Card {
    let mut card = reply::draft(knowledge, myth, language);
    card.buttons.retain(|button| matches!(button.action, Action::Details(_)));
    let note = limits::field(NOTE_NAME, &quoted(note, NOTE));
    // First, as the end of a card that is too long is cut off.
    let fields: Vec<Field> = note.into_iter().chain(card.fields).collect();
    limits::fit(Card { fields, ..card })
}

/// What is said instead of `answer`, a card, where it is pinned; `link` leads to it.
#[must_use]
pub fn pinned_here(answer: Card, link: &str) -> Card {
    let body = format!("What is known about this is pinned here: {link}");
    Card { body, buttons: answer.buttons, ..Card::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn the_note_stands_before_everything_that_may_be_cut() {
        let knowledge = fixture::knowledge();
        let note = "Please read this **first**, @everyone: https://owl.example";
        let card = pinned(&knowledge, &knowledge.myths[1], "en", note);
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ Goldfish remember for months
        │
        │ The claim: Goldfish forget everything within seconds.
        │
        │ Verdict: Partly true. They forget some things.
        │
        │ Goldfish can be trained. They know their feeder.
        │
        │ Note from the moderators
        │ Please read this **first**, @everyone: https://owl.example
        │
        │ What has changed
        │ Nothing of note.
        │
        │ What is disputed
        │ How long they remember is disputed.
        │
        │ Sources
        │ - Goldfish remember <https://pond.example/memory>, Pond Letters (independent)
        │
        │ As of 1 October 2026 · Museum of Small Animals
        [ Details ]
        ");
        let note = card.fields[0].value.replace('\u{200b}', "(gap)");
        insta::assert_snapshot!(note, @r"Please read this \*\*first\*\*, @(gap)everyone\: https\://owl.example");
    }

    #[test]
    fn without_a_note_it_is_the_answer() {
        let knowledge = fixture::knowledge();
        let card = pinned(&knowledge, &knowledge.myths[0], "en", " \n");
        let answer = crate::cards::reply(&knowledge, &knowledge.myths[0], "en");
        assert_eq!((&card.fields, &card.body), (&answer.fields, &answer.body));
        assert_eq!(card.buttons, answer.buttons[..1]);
    }

    #[test]
    fn the_longest_note_stays_whole() {
        let knowledge = fixture::knowledge();
        let card = pinned(&knowledge, &knowledge.myths[0], "en", &"*".repeat(301));
        assert_eq!(card.fields[0].value, format!("{}…", r"\*".repeat(299)));
    }

    #[test]
    fn where_it_is_pinned_one_line_points_to_it() {
        let knowledge = fixture::knowledge();
        let answer = crate::cards::reply(&knowledge, &knowledge.myths[0], "en");
        let card = pinned_here(answer, "https://discord.com/channels/1/2/3");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ What is known about this is pinned here: https://discord.com/channels/1/2/3
        [ Details ] [ Why this reply? ]
        ");
    }
}
