//! The short answer in a sentence, for servers that want few words.

use super::page::Page;
use super::{Card, limits, reply};
use crate::knowledge::{Knowledge, Myth};

/// The answer to `myth` in a sentence or two: the verdict, or what stands in for it, and the buttons
/// of a full reply, one of which shows the rest.
///
/// When `language` is missing, the main language of the folder stands in.
#[must_use]
pub fn short(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    let page = Page::new(knowledge, myth, language);
    let texts = [
        reply::verdict(&page),
        page.text(|answer| answer.summary.get_ref()),
        Page::labelled(&page.labels.claim, &page.text(|answer| answer.claim.get_ref())),
    ];
    limits::fit(Card {
        title: page.title().to_owned(),
        body: texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        fields: vec![],
        footer: page.footer(),
        buttons: reply::draft(knowledge, myth, language).buttons,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::{Folder, fixture, load};

    #[test]
    fn few_words_and_a_button_for_the_rest() {
        let knowledge = fixture::knowledge();
        let card = short(&knowledge, &knowledge.myths[0], "en");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ Bats can see
        │
        │ Verdict: False. All known bats have working eyes.
        │
        │ As of 4 November 2026 · Museum of Small Animals
        [ Details ] [ Why this reply? ]
        ");
    }

    #[test]
    fn a_bare_claim_says_at_least_what_it_is_about() {
        let mut folder: Folder = fixture::folder();
        let bare = "claim = \"Goldfish forget everything.\"".to_owned();
        folder.files.insert("goldfish-memory/en.toml".to_owned(), bare);
        let knowledge = load(&folder).expect("sound");
        let card = short(&knowledge, &knowledge.myths[1], "xx");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ Goldfish forget everything.
        │
        │ The claim: Goldfish forget everything.
        │
        │ As of 1 October 2026 · Museum of Small Animals
        [ Details ] [ Why this reply? ]
        ");
    }
}
