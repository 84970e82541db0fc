//! Commands in other languages: `[commands]` of the knowledge's `labels/<language>.toml`.

use serenity::all::CreateCommand;

use super::{Error, State};
use crate::discord::render;
use crate::knowledge::{CommandLabels, Knowledge};

/// Most characters of a description (Discord's documentation, "Application Commands").
const DESCRIPTION: usize = 100;

/// Codes of languages whose locale Discord writes differently (its documentation, "Locales"). Others
/// are the same, or Discord does not have them.
const LOCALES: [(&str, &[&str]); 6] = [
    ("en", &["en-US", "en-GB"]),
    ("es", &["es-ES", "es-419"]),
    ("pt", &["pt-BR"]),
    ("sv", &["sv-SE"]),
    ("zh", &["zh-CN", "zh-TW"]),
    ("nb", &["no"]),
];
const SAME: [&str; 25] = [
    "id", "da", "de", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "ro", "fi", "vi", "tr", "cs",
    "el", "bg", "ru", "uk", "hi", "th", "ja", "ko", "es-419",
];

/// How Discord calls a language; nothing where it does not have it.
fn locales(language: &str) -> &[&'static str] {
    let other = LOCALES.iter().find(|(code, _)| *code == language);
    let same = || SAME.iter().position(|code| *code == language);
    match (other, same()) {
        (Some((_, locales)), _) => locales,
        (None, Some(at)) => SAME.get(at..=at).unwrap_or_default(),
        (None, None) => &[],
    }
}

/// Gives the commands the names and descriptions that the knowledge has for them.
pub(super) fn localize(commands: &mut [poise::Command<State, Error>], knowledge: &Knowledge) {
    for (language, texts) in &knowledge.languages {
        for locale in locales(language) {
            for command in &mut *commands {
                command_in(command, "", (locale, &|path| texts.labels.commands.get(path)));
            }
        }
    }
}

type Texts<'a> = &'a dyn Fn(&str) -> Option<&'a CommandLabels>;

fn command_in(
    command: &mut poise::Command<State, Error>,
    above: &str,
    (locale, texts): (&'static str, Texts<'_>),
) {
    let menu = command.context_menu_name.as_deref();
    let path = format!("{above}{}", menu.unwrap_or(&command.name));
    if let Some(labels) = texts(&path) {
        let in_menu = menu.is_some();
        if let Some(name) = name(labels, !in_menu) {
            command.name_localizations.to_mut().push((locale.into(), name.into()));
        }
        // Discord takes none in menus.
        if let Some(description) = description(labels).filter(|_| !in_menu) {
            command.description_localizations.to_mut().push((locale.into(), description.into()));
        }
    }
    let below = format!("{path} ");
    for option in &mut command.parameters {
        let Some(labels) = texts(&format!("{below}{}", option.name)) else { continue };
        if let Some(name) = name(labels, true) {
            option.name_localizations.to_mut().push((locale.into(), name.into()));
        }
        if let Some(description) = description(labels) {
            option.description_localizations.to_mut().push((locale.into(), description.into()));
        }
    }
    for subcommand in &mut command.subcommands {
        command_in(subcommand, &below, (locale, texts));
    }
}

/// A name that Discord takes: it would refuse all commands for one that it does not. `mythbot check`
/// names it.
fn name(labels: &CommandLabels, slash: bool) -> Option<String> {
    Some(labels.name.clone()).filter(|name| CommandLabels::is_name(name, slash))
}

fn description(labels: &CommandLabels) -> Option<String> {
    let text = labels.description.trim();
    (!text.is_empty()).then(|| render::shortened(text, DESCRIPTION))
}

/// The commands as Discord is told of them. poise 0.7.1 by itself leaves out how a menu is called in
/// other languages.
pub(in crate::discord) fn told(commands: &[poise::Command<State, Error>]) -> Vec<CreateCommand> {
    let menu = |command: &poise::Command<State, Error>| {
        let menu = command.create_as_context_menu_command()?;
        let names = command.name_localizations.iter();
        Some(names.fold(menu, |menu, (locale, name)| menu.name_localized(&**locale, &**name)))
    };
    let both = |command| [poise::Command::create_as_slash_command(command), menu(command)];
    commands.iter().flat_map(both).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    #[test]
    fn discord_writes_some_languages_differently() {
        assert_eq!(locales("en"), ["en-US", "en-GB"]);
        assert_eq!(locales("de"), ["de"]);
        assert!(locales("tlh").is_empty());
    }

    #[test]
    fn every_text_finds_its_command_and_what_discord_would_refuse_is_left_out() {
        let mut knowledge = fixture::knowledge();
        let labels = |name: &str, description: &str| CommandLabels {
            name: name.to_owned(),
            description: description.to_owned(),
        };
        let german = [
            ("myth", labels("mythos", &"Wort ".repeat(30))),
            ("myth show", labels("zeige", "Zeigt eine Antwort")),
            ("myth show myth", labels("Nicht Klein", "Nummer oder Name")),
            ("Check this message", labels("Nachricht prüfen", "Nicht im Menü")),
        ];
        let mut texts = knowledge.languages["en"].clone();
        texts.labels.commands =
            german.into_iter().map(|(path, labels)| (path.to_owned(), labels)).collect();
        knowledge.languages.insert("de".to_owned(), texts);
        let told = super::super::all(&knowledge);
        let told = serde_json::to_value(super::told(&told));
        let told = told.expect("JSON");
        let mut found = Vec::new();
        collect(&told, &mut found);
        insta::assert_snapshot!(found.join("\n"), @r#"
        "myth" description_localizations {"de":"Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort Wort…"}
        "myth" name_localizations {"de":"mythos"}
        "show" description_localizations {"de":"Zeigt eine Antwort"}
        "show" name_localizations {"de":"zeige"}
        "myth" description_localizations {"de":"Nummer oder Name"}
        "Check this message" name_localizations {"de":"Nachricht prüfen"}
        "#);
    }

    /// Every text in another language, with the name of what it is for.
    fn collect(json: &serde_json::Value, found: &mut Vec<String>) {
        for (key, value) in json.as_object().into_iter().flatten() {
            if key.ends_with("_localizations") && value.as_object().is_some_and(|v| !v.is_empty()) {
                found.push(format!("{} {key} {value}", json["name"]));
            }
        }
        let options = json.as_array().or_else(|| json["options"].as_array());
        options.into_iter().flatten().for_each(|option| collect(option, found));
    }
}
