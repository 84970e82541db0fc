//! Nothing answers what somebody looked up.

use super::escape::{cut, quoted};
use super::{Card, limits};
use crate::knowledge::Myth;

/// Most characters of the question that are repeated.
const QUERY: usize = 100;

/// Says that nothing was found for `query`, and offers `closest`, best first, if there is any.
#[must_use]
pub fn not_found(query: &str, closest: &[&Myth]) -> Card {
    let query = quoted(query, QUERY);
    let asked = if query.is_empty() { String::new() } else { format!(" for “{query}”") };
    let offers: Vec<String> = closest.iter().map(|myth| offer(myth)).collect();
    let body = if offers.is_empty() {
        format!(
            "There is no answer{asked}, and nothing close to it either. `/myth list` shows all."
        )
    } else {
        format!("There is no answer{asked}.")
    };
    limits::fit(Card {
        title: "No answer found".to_owned(),
        body,
        fields: limits::fields("Did you mean", &offers),
        ..Card::default()
    })
}

fn offer(myth: &Myth) -> String {
    const TITLE: usize = 120;
    // These words are English, so the title is, too, where there is one.
    let title = myth.answer("en").map_or("", |answer| {
        let (title, claim) = (answer.title.get_ref(), answer.claim.get_ref());
        if title.trim().is_empty() { claim } else { title }
    });
    format!("**{}.** {} (`{}`)", myth.number(), cut(title, TITLE), myth.id())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn a_near_miss_offers_the_closest() {
        let knowledge = fixture::knowledge();
        let closest: Vec<&Myth> = knowledge.myths.iter().collect();
        let card = not_found("**bat** memory", &closest);
        assert!(card.body.contains(r"\*\*bat\*\*"), "{}", card.body);
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r#"
        │ No answer found
        │
        │ There is no answer for “**bat** memory”.
        │
        │ Did you mean
        │ 1. Bats can see (blind-bats)
        │ 2. Goldfish remember for months (goldfish-memory)
        "#);
    }

    #[test]
    fn nothing_close_says_so() {
        insta::assert_snapshot!(text(&not_found("cats", &[]), 80, Style::Plain), @r#"
        │ No answer found
        │
        │ There is no answer for “cats”, and nothing close to it either. /myth list
        │ shows all.
        "#);
        insta::assert_snapshot!(text(&not_found(" ", &[]), 80, Style::Plain), @r#"
        │ No answer found
        │
        │ There is no answer, and nothing close to it either. /myth list shows all.
        "#);
    }
}
