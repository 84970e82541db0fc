//! What a person types for an option, as the value that the bot gets.

use serde_json::{Value, json};

use crate::world::{CommandOption, OptionType, World};

/// Turns text into the value of an option, or says why it cannot be one.
pub(super) fn value_of(world: &World, option: &CommandOption, text: &str) -> Result<Value, String> {
    if !option.choices.is_empty() {
        let chosen = option.choices.iter().find(|choice| {
            let value = choice.value.to_string();
            choice.name == text || value == text || value.trim_matches('"') == text
        });
        // Or its beginning, as long as no other begins like that.
        let begun: Vec<_> = option.choices.iter().filter(|c| c.name.starts_with(text)).collect();
        let chosen = chosen.or(if let [only] = begun[..] { Some(only) } else { None });
        return chosen.map(|choice| choice.value.clone()).ok_or_else(|| {
            let names: Vec<&str> = option.choices.iter().map(|c| c.name.as_str()).collect();
            format!("\"{text}\" is none of the choices of {}: {}", option.name, names.join(", "))
        });
    }
    let wrong = |what: &str| format!("{} takes {what}, not \"{text}\"", option.name);
    match option.kind {
        OptionType::String => within_length(option, text).map(Value::from),
        OptionType::Integer => {
            let number: i64 = text.parse().map_err(|_| wrong("a whole number"))?;
            #[expect(clippy::cast_precision_loss, reason = "bounds of options are small")]
            within_bounds(option, number as f64)?;
            Ok(json!(number))
        }
        OptionType::Number => {
            let number: f64 = text.parse().map_err(|_| wrong("a number"))?;
            within_bounds(option, number)?;
            Ok(json!(number))
        }
        OptionType::Boolean => match text.to_lowercase().as_str() {
            "true" | "yes" => Ok(json!(true)),
            "false" | "no" => Ok(json!(false)),
            _ => Err(wrong("true or false")),
        },
        OptionType::Channel => {
            let name = text.trim_start_matches('#');
            let found =
                world.channels.values().find(|c| c.name == name || c.id.to_string() == name);
            found.map(|channel| json!(channel.id)).ok_or_else(|| wrong("a channel"))
        }
        OptionType::User | OptionType::Role | OptionType::Mentionable => {
            let name = text.trim_start_matches('@');
            let role = || {
                let mut roles = world.guilds.values().flat_map(|guild| &guild.roles);
                roles.find(|role| role.name == name || role.name == text).map(|role| role.id)
            };
            let user = || {
                let known =
                    |user: &&crate::world::User| user.name == name || user.id.to_string() == name;
                world.users.values().find(known).map(|user| user.id)
            };
            let id = match option.kind {
                OptionType::User => user(),
                OptionType::Role => role(),
                _ => user().or_else(role),
            };
            id.map(|id| json!(id)).ok_or_else(|| wrong("somebody who exists"))
        }
        OptionType::Attachment => {
            let file = world.files.keys().find(|id| id.to_string() == text);
            file.map(|id| json!(id)).ok_or_else(|| wrong("the id of a file: see Person::uploads"))
        }
        OptionType::SubCommand | OptionType::SubCommandGroup => {
            Err(format!("{} cannot be typed", option.name))
        }
    }
}

fn within_length<'a>(option: &CommandOption, text: &'a str) -> Result<&'a str, String> {
    let length = text.chars().count();
    let min = option.min_length.map_or(0, usize::from);
    let max = option.max_length.map_or(6000, usize::from);
    if (min..=max).contains(&length) {
        Ok(text)
    } else {
        Err(format!("{} takes {min} to {max} characters, not {length}", option.name))
    }
}

fn within_bounds(option: &CommandOption, number: f64) -> Result<(), String> {
    let bound =
        |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_f64);
    let min = bound(&option.min_value).unwrap_or(f64::MIN);
    let max = bound(&option.max_value).unwrap_or(f64::MAX);
    if (min..=max).contains(&number) {
        Ok(())
    } else {
        Err(format!("{} takes {min} to {max}, not {number}", option.name))
    }
}
