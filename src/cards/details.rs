//! The whole answer, as people see it when they ask for more.

use toml::Spanned;

use super::page::Page;
use super::{Card, limits, sources};
use crate::knowledge::{Fact, Knowledge, Myth, PartialDate, replace_citations};

/// Everything that is known about `myth`: the long text, whose citations are numbers of the list
/// of all sources, and the dated facts if there is room.
///
/// When `language` is missing, the main language of the folder stands in.
#[must_use]
pub fn details(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    limits::fit(draft(knowledge, myth, language))
}

/// The details before they are cut to Discord's limits.
pub(super) fn draft(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    let page = Page::new(knowledge, myth, language);
    let story = [
        page.raw(|answer| answer.details.get_ref()),
        page.raw(|answer| answer.summary.get_ref()),
        page.raw(|answer| answer.claim.get_ref()),
    ];
    let story = story.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let mut card = Card {
        title: page.title().to_owned(),
        body: replace_citations(story, |id| marks_of_fact(&page, id)),
        fields: limits::fields(&page.labels.sources, &sources::numbered(&page)),
        footer: page.footer(),
        buttons: vec![],
    };
    let facts: Vec<String> =
        myth.file.facts.iter().map(|fact| fact_line(&page, fact.get_ref())).collect();
    let mut with_facts = card.clone();
    with_facts.fields.splice(0..0, limits::fields(&page.labels.facts, &facts));
    // The sources are what the numbers in the text point to: the facts must not crowd them out.
    let room = limits::card_length(&with_facts) <= limits::CARD
        && with_facts.fields.len() <= limits::FIELDS;
    if room {
        card = with_facts;
    }
    card
}

fn marks_of_fact(page: &Page<'_>, id: &str) -> String {
    let fact = page.myth.file.facts.iter().map(Spanned::get_ref).find(|fact| fact.id == id);
    fact.map(|fact| marks(page, fact)).unwrap_or_default()
}

/// The numbers of the sources of `fact`, as in `[1][3]`.
fn marks(page: &Page<'_>, fact: &Fact) -> String {
    let sources = page.myth.file.sources.iter().enumerate();
    let cited = sources.filter(|(_, source)| fact.sources.contains(&source.get_ref().id));
    cited.map(|(i, _)| format!("[{}]", i + 1)).collect::<Vec<_>>().concat()
}

fn fact_line(page: &Page<'_>, fact: &Fact) -> String {
    let date = fact.as_of.parse::<PartialDate>();
    let date = date.map_or_else(|_| fact.as_of.clone(), |date| date.spelled(&page.labels.months));
    format!("- {} ({date}) {}", fact.value.trim(), marks(page, fact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn citations_point_to_the_numbered_sources() {
        let knowledge = fixture::knowledge();
        let card = details(&knowledge, &knowledge.myths[0], "en");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ Bats can see
        │
        │ Bats see at dusk, too. See the page <https://owl.example/view>.
        │
        │ The count of 2024 found 1,400 species.[2][5]
        │
        │ Dated facts
        │ - 1,400 species, none blind (May 2024) [2][5]
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

    #[test]
    fn facts_give_way_to_sources() {
        let mut knowledge = fixture::knowledge();
        let long = fixture::with("blind-bats/en.toml", "Bats see", &"Bats see. ".repeat(405));
        let long = crate::knowledge::load(&long).expect("sound");
        let names = |knowledge: &Knowledge| -> Vec<String> {
            let card = details(knowledge, &knowledge.myths[0], "en");
            card.fields.into_iter().map(|field| field.name).collect()
        };
        assert_eq!(names(&long), ["Dated facts", "Sources"]);
        let fact = knowledge.myths[0].file.facts[0].clone();
        knowledge.myths[0].file.facts = vec![fact; 200];
        assert_eq!(names(&knowledge), ["Sources"]);
    }
}
