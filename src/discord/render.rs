//! Cards as Discord shows them: embeds and buttons. Pure functions.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed,
    CreateEmbedFooter, MessageId,
};

use super::custom_id::CustomId;
use crate::cards::{self, Action, Card};
use crate::knowledge::{Knowledge, Myth};

/// The bar beside an embed: a quiet grey-blue, the same for every verdict.
const COLOUR: u32 = 0x005B_6E8C;

/// Most characters on a button.
const LABEL: usize = 80;

/// Nobody is mentioned or pinged, not even the one who is replied to.
pub(super) fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The texts of a card.
pub(super) fn embed(card: &Card) -> CreateEmbed {
    let mut embed = CreateEmbed::new().colour(COLOUR);
    if !card.title.is_empty() {
        embed = embed.title(&card.title);
    }
    if !card.body.is_empty() {
        embed = embed.description(&card.body);
    }
    if !card.footer.is_empty() {
        embed = embed.footer(CreateEmbedFooter::new(&card.footer));
    }
    let fields = card.fields.iter();
    embed.fields(fields.map(|field| (&field.name, &field.value, false)))
}

/// The buttons of a card. Those about a reply are left out where there is no message that it replies
/// to.
pub(super) fn buttons(card: &Card, explained: Option<MessageId>) -> Vec<CreateActionRow> {
    let buttons = card.buttons.iter().filter_map(|button| {
        let id = match &button.action {
            Action::Details(answer) => CustomId::Details(answer.clone()),
            Action::Why => CustomId::Why(explained?),
            Action::Dismiss => CustomId::Dismiss(explained?),
        };
        Some(pressable(&id, &button.label))
    });
    let buttons: Vec<CreateButton> = buttons.collect();
    if buttons.is_empty() {
        return vec![];
    }
    vec![CreateActionRow::Buttons(buttons)]
}

/// A button for each of these answers, one above the other, as many as a message holds.
pub(super) fn offers(
    knowledge: &Knowledge,
    myths: &[&Myth],
    id: impl Fn(String) -> CustomId,
) -> Vec<CreateActionRow> {
    /// Most rows of a message.
    const ROWS: usize = 5;
    let row = |myth: &&Myth| {
        let title = cards::title(knowledge, myth, knowledge.main_language());
        let label = format!("{}. {title}", myth.number());
        let button = pressable(&id(myth.id().to_owned()), &shortened(&label, LABEL));
        CreateActionRow::Buttons(vec![button])
    };
    myths.iter().take(ROWS).map(row).collect()
}

/// Buttons beside each other.
pub(super) fn row(buttons: &[(CustomId, &str)]) -> Vec<CreateActionRow> {
    let buttons = buttons.iter().map(|(id, label)| pressable(id, label));
    vec![CreateActionRow::Buttons(buttons.collect())]
}

fn pressable(id: &CustomId, label: &str) -> CreateButton {
    CreateButton::new(id.to_string()).style(ButtonStyle::Secondary).label(label)
}

/// `text`, or its beginning with an ellipsis, in at most `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    fn json(value: &impl serde::Serialize) -> String {
        serde_json::to_string_pretty(value).expect("JSON")
    }

    #[test]
    fn a_card_becomes_an_embed() {
        let knowledge = fixture::knowledge();
        let card = cards::sources(&knowledge, &knowledge.myths[1], "en");
        insta::assert_snapshot!(json(&embed(&card)), @r#"
    {
      "title": "Goldfish remember for months",
      "type": "rich",
      "description": "**The claim:** Goldfish forget everything within seconds.",
      "color": 5992076,
      "footer": {
        "text": "As of 1 October 2026 · Museum of Small Animals"
      },
      "fields": [
        {
          "name": "Sources",
          "value": "1. [Goldfish remember](https://pond.example/memory), Pond Letters (independent)",
          "inline": false
        }
      ]
    }
    "#);
    }

    #[test]
    fn buttons_carry_what_they_need() {
        let knowledge = fixture::knowledge();
        let card = cards::reply(&knowledge, &knowledge.myths[0], "en");
        let ids = |explained| {
            let rows: serde_json::Value =
                serde_json::to_value(buttons(&card, explained)).expect("JSON");
            let buttons = rows[0]["components"].as_array().expect("a row").clone();
            buttons
                .iter()
                .map(|button| format!("{} {}", button["custom_id"], button["label"]))
                .collect::<Vec<_>>()
                .join("\n")
        };
        insta::assert_snapshot!(ids(Some(MessageId::new(12))), @r#"
    "details:blind-bats" "Details"
    "why:12" "Why this reply?"
    "dismiss:12" "Not relevant"
    "#);
        insta::assert_snapshot!(ids(None), @r#""details:blind-bats" "Details""#);
        assert!(buttons(&Card::default(), None).is_empty());
    }

    #[test]
    fn offers_stand_one_above_the_other() {
        let mut knowledge = fixture::knowledge();
        let long = "Ä".repeat(200);
        *knowledge.myths[1].answers.get_mut("en").expect("there").title.as_mut() = long;
        let myths: Vec<&Myth> = knowledge.myths.iter().collect();
        let rows = serde_json::to_value(offers(&knowledge, &myths, CustomId::Pick)).expect("JSON");
        assert_eq!(rows.as_array().map(Vec::len), Some(2));
        assert_eq!(rows[0]["components"][0]["label"], "1. Bats can see");
        assert_eq!(rows[0]["components"][0]["custom_id"], "pick:blind-bats");
        let label = rows[1]["components"][0]["label"].as_str().expect("a label");
        assert_eq!(label.chars().count(), LABEL);
    }
}
