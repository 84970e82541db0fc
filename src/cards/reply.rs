//! The short answer, as the bot gives it unasked.

use toml::Spanned;

use super::page::Page;
use super::{Action, Button, Card, limits};
use crate::knowledge::{Knowledge, Myth, Source};

/// Most sources that a reply links; the rest is under "details".
const SOURCES: usize = 4;

/// The short answer to `myth`: claim, verdict, summary, what has changed, what is disputed, the
/// first sources.
///
/// When `language` is missing, the main language of the folder stands in.
#[must_use]
pub fn reply(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    limits::fit(draft(knowledge, myth, language))
}

/// The reply before it is cut to Discord's limits.
pub(super) fn draft(knowledge: &Knowledge, myth: &Myth, language: &str) -> Card {
    let page = Page::new(knowledge, myth, language);
    let labels = page.labels;
    let body = [
        Page::labelled(&labels.claim, &page.text(|answer| answer.claim.get_ref())),
        verdict(&page),
        page.text(|answer| answer.summary.get_ref()),
    ];
    let changed = page.text(|answer| answer.changed.get_ref());
    let disputed = page.text(|answer| answer.disputed.get_ref());
    let sources: Vec<String> =
        shown(&page).into_iter().map(|source| format!("- {}", page.source_line(source))).collect();
    let button = |action, label: &str| Button { action, label: label.to_owned() };
    Card {
        title: page.title().to_owned(),
        body: body.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"),
        fields: [(&labels.changed, &changed), (&labels.disputed, &disputed)]
            .into_iter()
            .filter_map(|(name, value)| limits::field(name, value))
            .chain(limits::fields(&labels.sources, &sources))
            .collect(),
        footer: page.footer(),
        buttons: vec![
            button(Action::Details(myth.id().to_owned()), &labels.details_button),
            button(Action::Why, &labels.why_button),
            button(Action::Dismiss, or(&labels.dismiss_button, DISMISS)),
        ],
    }
}

/// What people take a reply back with, where the language has no words for it: that must always be
/// possible.
const DISMISS: &str = "Not relevant";

fn or<'a>(label: &'a str, otherwise: &'a str) -> &'a str {
    if label.trim().is_empty() { otherwise } else { label }
}

/// The verdict in bold and its note. A verdict without a label goes by its id.
pub(super) fn verdict(page: &Page<'_>) -> String {
    let id = page.raw(|answer| answer.verdict.get_ref());
    let note = page.text(|answer| answer.verdict_note.get_ref());
    let words = page.labels.verdicts.get(id).map_or(id, String::as_str);
    match (page.labels.verdict.trim(), words.trim()) {
        (_, "") => note,
        ("", words) => format!("**{words}.** {note}"),
        (label, words) => format!("**{label}: {words}.** {note}"),
    }
}

/// The first sources, one of them not by a party to the dispute if there is any.
fn shown<'a>(page: &Page<'a>) -> Vec<&'a Source> {
    let all = || page.myth.file.sources.iter().map(Spanned::get_ref);
    let mut shown: Vec<&Source> = all().take(SOURCES).collect();
    if shown.iter().all(|source| page.is_party(source))
        && let Some(other) = all().find(|source| !page.is_party(source))
    {
        shown.truncate(SOURCES - 1);
        shown.push(other);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::{Folder, fixture, load};

    #[test]
    fn the_reply_has_it_all() {
        let knowledge = fixture::knowledge();
        let card = reply(&knowledge, &knowledge.myths[0], "en");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ Bats can see
        │
        │ The claim: Bats are blind.
        │
        │ Verdict: False. All known bats have working eyes.
        │
        │ Bats hunt by sound, and they see as well. Of some 1,400 species counted in May
        │ 2024, none is blind.
        │
        │ What has changed
        │ Since 2024 the count covers caves.
        │
        │ What is disputed
        │ How sharp they see is disputed.
        │
        │ Sources
        │ - Bats [and] eyes <https://club.example/eyes_%28bats%29>, Bat Club (primary
        │   source, party to the dispute)
        │ - Bat count <https://club.example/count>, Bat Club (primary source, party to
        │   the dispute)
        │ - Club news <https://club.example/news>, Bat Club (primary source, party to
        │   the dispute)
        │ - The owl's view <https://owl.example/view>, Owl Review (critical)
        │
        │ As of 4 November 2026 · Museum of Small Animals
        [ Details ] [ Why this reply? ]
        "#);
        insta::assert_snapshot!(card.fields[2].value, @r#"
        - [Bats \[and\] eyes](https://club.example/eyes_%28bats%29), Bat Club (primary source, party to the dispute)
        - [Bat count](https://club.example/count), Bat Club (primary source, party to the dispute)
        - [Club news](https://club.example/news), Bat Club (primary source, party to the dispute)
        - [The owl's view](https://owl.example/view), Owl Review (critical)
        "#);
    }

    #[test]
    fn a_bare_claim_makes_a_short_reply() {
        let mut folder: Folder = fixture::folder();
        let bare = "claim = \"Goldfish forget everything.\"".to_owned();
        folder.files.insert("goldfish-memory/en.toml".to_owned(), bare);
        let knowledge = load(&folder).expect("sound");
        let card = reply(&knowledge, &knowledge.myths[1], "xx");
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ Goldfish forget everything.
        │
        │ The claim: Goldfish forget everything.
        │
        │ Sources
        │ - Goldfish remember <https://pond.example/memory>, Pond Letters (independent)
        │
        │ As of 1 October 2026 · Museum of Small Animals
        [ Details ] [ Why this reply? ]
        "#);
    }
}
