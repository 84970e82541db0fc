//! What Discord takes at most (its documentation, "Embed limits"), in characters.

use super::escape::cut;
use super::{Card, Field};

pub(super) const TITLE: usize = 256;
pub(super) const BODY: usize = 4096;
pub(super) const FIELDS: usize = 25;
pub(super) const FIELD_NAME: usize = 256;
pub(super) const FIELD_VALUE: usize = 1024;
pub(super) const FOOTER: usize = 2048;
pub(super) const BUTTON: usize = 80;
/// Title, body, fields and footer together.
pub(super) const CARD: usize = 6000;

/// Characters of `text`.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// `1 character`, `2 characters`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Characters of all texts of an embed.
pub(super) fn card_length(card: &Card) -> usize {
    let fields = card.fields.iter().map(|field| length(&field.name) + length(&field.value));
    length(&card.title) + length(&card.body) + length(&card.footer) + fields.sum::<usize>()
}

/// `card` cut down to what Discord takes. `check` tells editors before it comes to that; this
/// keeps an answer that slipped through from being refused as a whole.
#[must_use]
pub fn fit(mut card: Card) -> Card {
    card.title = cut(&card.title, TITLE);
    card.body = cut(&card.body, BODY);
    card.footer = cut(&card.footer, FOOTER);
    card.fields.truncate(FIELDS);
    for field in &mut card.fields {
        field.name = cut(&field.name, FIELD_NAME);
        field.value = cut(&field.value, FIELD_VALUE);
    }
    card.buttons.retain(|button| !button.label.trim().is_empty());
    for button in &mut card.buttons {
        button.label = cut(&button.label, BUTTON);
    }
    let excess = card_length(&card).saturating_sub(CARD);
    card.body = cut(&card.body, length(&card.body).saturating_sub(excess));
    while card_length(&card) > CARD && card.fields.pop().is_some() {}
    card
}

/// A field, unless there is nothing to say in it.
pub(super) fn field(name: &str, value: &str) -> Option<Field> {
    // Discord wants a name. This one looks like none.
    let name = if name.trim().is_empty() { "\u{200b}" } else { name };
    let value = value.trim();
    (!value.is_empty()).then(|| Field { name: name.to_owned(), value: value.to_owned() })
}

/// `lines` in as few fields as hold them, none cut in two. Each but the first is numbered.
pub(super) fn fields(name: &str, lines: &[String]) -> Vec<Field> {
    let mut values: Vec<String> = Vec::new();
    for line in lines {
        match values.last_mut() {
            Some(value) if length(value) + 1 + length(line) <= FIELD_VALUE => {
                value.push('\n');
                value.push_str(line);
            }
            _ => values.push(line.clone()),
        }
    }
    let named = |(i, value): (usize, &String)| match i {
        0 => field(name, value),
        _ => field(&format!("{name} ({})", i + 1), value),
    };
    values.iter().enumerate().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_never_cut() {
        let lines: Vec<String> = (0..5).map(|i| format!("{i}").repeat(500)).collect();
        let fields = fields("Sources", &lines);
        let shape: Vec<_> =
            fields.iter().map(|field| (field.name.as_str(), length(&field.value))).collect();
        assert_eq!(shape, [("Sources", 1001), ("Sources (2)", 1001), ("Sources (3)", 500)]);
    }

    #[test]
    fn a_card_is_cut_to_what_discord_takes() {
        let long = |n: usize| "ä".repeat(n);
        let field = Field { name: long(300), value: long(2000) };
        let card = Card {
            title: long(300),
            body: long(5000),
            fields: vec![field; 30],
            footer: long(3000),
            buttons: vec![],
        };
        let card = fit(card);
        assert!(card_length(&card) <= CARD);
        assert_eq!(length(&card.title), TITLE);
        assert_eq!(card.fields.len(), 2);
        assert!(card.fields.iter().all(|field| length(&field.value) == FIELD_VALUE));
        let small = Card { title: long(256), body: long(4096), ..Card::default() };
        assert_eq!(fit(small.clone()), small);
    }
}
