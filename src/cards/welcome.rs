//! What the bot says of itself where it is new.

use super::{Card, Field, limits};
use crate::knowledge::Knowledge;

/// What the bot does by default, how to ask it, and how to make it ask first or keep silent.
#[must_use]
pub fn welcome(knowledge: &Knowledge) -> Card {
    let name = knowledge.pack.name.trim();
    let about = if name.is_empty() { "claims".to_owned() } else { format!("**{name}**") };
    let claims = limits::counted(knowledge.myths.len(), "claim");
    let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned() };
    limits::fit(Card {
        title: "Hello".to_owned(),
        body: format!(
            "This bot knows {claims} ({about}). When somebody states or asks about one of them in a \
             channel that it can see, it replies with a short answer, its date and its sources. To \
             anything else it says nothing, it pings nobody, and it stores no message text."
        ),
        fields: vec![
            field(
                "Commands",
                "- `/myth`, for everybody: look an answer up, or ask\n\
                 - `/mythmod`, for moderators: pin answers, and see why the bot spoke\n\
                 - `/mythconfig`, for those who manage this server: where, when and how it speaks",
            ),
            field(
                "If it should not speak by itself",
                "- `/mythconfig review` chooses a channel in which moderators decide, and \
                 `/mythconfig mode review` makes the bot ask there first\n\
                 - `/mythconfig mode off` makes it keep silent, here or in some channels only\n\
                 - `/mythconfig show` tells what is set",
            ),
        ],
        footer: "This message is posted once".to_owned(),
        buttons: vec![],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn it_says_what_it_does_and_how_to_stop_it() {
        let card = welcome(&fixture::knowledge());
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ Hello
        │
        │ This bot knows 2 claims (Animal answers). When somebody states or asks about
        │ one of them in a channel that it can see, it replies with a short answer, its
        │ date and its sources. To anything else it says nothing, it pings nobody, and
        │ it stores no message text.
        │
        │ Commands
        │ - /myth, for everybody: look an answer up, or ask
        │ - /mythmod, for moderators: pin answers, and see why the bot spoke
        │ - /mythconfig, for those who manage this server: where, when and how it speaks
        │
        │ If it should not speak by itself
        │ - /mythconfig review chooses a channel in which moderators decide, and
        │   /mythconfig mode review makes the bot ask there first
        │ - /mythconfig mode off makes it keep silent, here or in some channels only
        │ - /mythconfig show tells what is set
        │
        │ This message is posted once
        ");
    }
}
