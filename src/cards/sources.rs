//! All sources of an answer.

use super::page::Page;
use super::{Card, limits};
use crate::knowledge::{Knowledge, Myth};

/// All sources of `myth` in a numbered list, with the claim that they are about.
///
/// When `language` is missing, the main language of the folder stands in.
#[must_use]
pub fn sources(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    let page = Page::new(knowledge, myth, language);
    limits::fit(Card {
        title: page.title().to_owned(),
        body: Page::labelled(&page.labels.claim, &page.text(|answer| answer.claim.get_ref())),
        fields: limits::fields(&page.labels.sources, &numbered(&page)),
        footer: page.footer(),
        buttons: vec![],
    })
}

/// A line for each source, numbered from 1.
pub(super) fn numbered(page: &Page<'_>) -> Vec<String> {
    let sources = page.myth.file.sources.iter().enumerate();
    sources
        .map(|(i, source)| format!("{}. {}", i + 1, page.source_line(source.get_ref())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn every_source_says_where_it_stands() {
        let knowledge = fixture::knowledge();
        let card = sources(&knowledge, &knowledge.myths[0], "en");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ Bats can see
        │
        │ The claim: Bats are blind.
        │
        │ Sources
        │ 1. Bats [and] eyes <https://club.example/eyes_%28bats%29>, Bat Club (primary
        │    source, party to the dispute)
        │ 2. Bat count <https://club.example/count>, Bat Club (primary source, party to
        │    the dispute)
        │ 3. Club news <https://club.example/news>, Bat Club (primary source, party to
        │    the dispute)
        │ 4. Club letter <https://club.example/letter>, Bat Club (primary source, party
        │    to the dispute)
        │ 5. The owl's view <https://owl.example/view>, Owl Review (critical)
        │
        │ As of 4 November 2026 · Museum of Small Animals
        "#);
    }
}
