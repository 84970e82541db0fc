//! Who is behind the answers, what they cover, and what the bot does with messages.

use super::{Card, limits};
use crate::knowledge::{Knowledge, PartialDate};

/// The folder's scope, publisher, corrections and scale of verdicts, and the privacy of those who
/// write. `version` is the program's; `retention_days`, for how long it keeps what happened.
#[must_use]
pub fn about(knowledge: &Knowledge, version: &str, retention_days: u16) -> Card {
    limits::fit(draft(knowledge, version, retention_days))
}

/// The card before it is cut to Discord's limits.
pub(super) fn draft(knowledge: &Knowledge, version: &str, retention_days: u16) -> Card {
    let pack = &knowledge.pack;
    let labels = knowledge.labels(knowledge.main_language());
    let verdicts: Vec<String> = pack
        .verdicts
        .iter()
        .map(|(id, meaning)| {
            let words = labels.verdicts.get(id).unwrap_or(id);
            // Words for a verdict may hold a colon themselves.
            format!("- **{}** – {}", words.trim(), meaning.trim())
        })
        .collect();
    let date = pack.version.map(|day| PartialDate::from(day).spelled(&labels.months));
    let date = date.map_or_else(String::new, |date| format!(" of {date}"));
    let privacy = format!(
        "The bot reads messages only to compare them with the claims it knows. It stores no message \
         text. Of each message that it answers on Discord it keeps the ids, the answer and the score \
         for {}; there, `/myth privacy` says more.",
        limits::counted(retention_days.into(), "day")
    );
    let texts = [
        ("Publisher", pack.publisher.as_str()),
        ("Contact", &pack.contact),
        ("Corrections", &pack.corrections),
        ("Privacy", &privacy),
    ];
    let answers = knowledge.myths.len();
    Card {
        title: pack.name.clone(),
        body: pack.scope.trim().to_owned(),
        fields: texts
            .into_iter()
            .filter_map(|(name, value)| limits::field(name, value))
            .chain(limits::fields("Verdicts", &verdicts))
            .collect(),
        footer: format!("mythbot {version} · {}{date}", limits::counted(answers, "answer")),
        buttons: vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::knowledge::fixture;

    #[test]
    fn about_names_who_answers_for_it() {
        let card = about(&fixture::knowledge(), "1.2.3", 90);
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ Animal answers
        │
        │ Common claims about small animals. Not about pets.
        │
        │ Publisher
        │ Museum of Small Animals
        │
        │ Contact
        │ answers@museum.example
        │
        │ Corrections
        │ A wrong answer is corrected within a week, and the change is listed.
        │
        │ Privacy
        │ The bot reads messages only to compare them with the claims it knows. It
        │ stores no message text. Of each message that it answers on Discord it keeps
        │ the ids, the answer and the score for 90 days; there, /myth privacy says more.
        │
        │ Verdicts
        │ - False – The evidence is against it.
        │ - Partly true – A part of it holds.
        │
        │ mythbot 1.2.3 · 2 answers of 1 November 2026
        ");
    }
}
