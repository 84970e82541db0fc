//! What a person types after `/`, read by the commands that are registered.

use super::option_value::value_of;
use crate::world::{
    Command, CommandOption, CommandType, OptionType, OptionValue, Snowflake, World,
};

/// A command line that fits a registered command.
#[derive(Debug)]
pub(super) struct CommandLine {
    pub(super) command: Snowflake,
    pub(super) options: Vec<OptionValue>,
}

/// Reads `/name subcommand option:value ...`.
///
/// Options may be given as `name:value`, where the value goes on until the next one, or in their
/// order: text takes everything that is left (unless it is in "quotes"), anything else one word.
/// With `typing`, the last option is not finished yet, and required ones may be missing.
pub(super) fn read(
    world: &World,
    user: Snowflake,
    channel: Snowflake,
    line: &str,
    typing: bool,
) -> Result<CommandLine, String> {
    let text = line.strip_prefix('/').ok_or("a command begins with /")?;
    let (name, mut rest) = first_word(text);
    let command = find_command(world, user, channel, name)?;
    let mut path = vec![];
    let mut options = &command.form.options;
    while options.iter().any(CommandOption::is_subcommand) {
        let (next, after) = first_word(rest);
        let sub = options.iter().find(|option| option.name == next).ok_or_else(|| {
            let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
            format!("/{name} has no subcommand \"{next}\"; it has {}", names.join(", "))
        })?;
        path.push(sub);
        options = &sub.options;
        rest = after;
    }
    let mut given = read_options(world, options, rest, typing)?;
    for sub in path.into_iter().rev() {
        given = vec![OptionValue {
            name: sub.name.clone(),
            kind: sub.kind,
            value: None,
            focused: false,
            options: given,
        }];
    }
    Ok(CommandLine { command: command.id, options: given })
}

fn find_command<'a>(
    world: &'a World,
    user: Snowflake,
    channel: Snowflake,
    name: &str,
) -> Result<&'a Command, String> {
    let fits = |c: &&Command| c.form.kind == CommandType::ChatInput && c.name() == name;
    let mut reasons = Vec::new();
    for command in world.commands.values().filter(fits) {
        match world.installations_for(command, user, channel) {
            Ok(_) => return Ok(command),
            Err(reason) => reasons.push(reason),
        }
    }
    if reasons.is_empty() {
        let names: Vec<String> =
            world.commands.values().map(|command| describe(&command.form.name, command)).collect();
        return Err(format!("no command /{name} is registered; there are {}", names.join(", ")));
    }
    Err(format!("/{name} is not offered here: {}", reasons.join("; ")))
}

fn describe(name: &str, command: &Command) -> String {
    match command.form.kind {
        CommandType::ChatInput => format!("/{name}"),
        CommandType::User | CommandType::Message => format!("\"{name}\" (menu)"),
    }
}

/// Options by name and in order, as they are typed.
fn read_options(
    world: &World,
    options: &[CommandOption],
    text: &str,
    typing: bool,
) -> Result<Vec<OptionValue>, String> {
    let (in_order, by_name) = split_by_name(options, text);
    let mut typed: Vec<(&CommandOption, String)> = Vec::new();
    let named =
        |option: &&CommandOption| by_name.iter().any(|(other, _)| other.name == option.name);
    let left: Vec<&CommandOption> = options.iter().filter(|option| !named(option)).collect();
    let mut left = left.into_iter();
    let mut rest = in_order.trim();
    while !rest.is_empty() {
        let Some(option) = left.next() else {
            return Err(format!("there is no option for \"{rest}\"; {}", list(options)));
        };
        let (value, after) = take_value(option.kind, rest);
        typed.push((option, value));
        rest = after;
    }
    typed.extend(by_name);
    if typing && typed.is_empty() {
        typed.extend(left.next().map(|option| (option, String::new())));
    }
    let mut given = Vec::new();
    let last = typed.len().saturating_sub(1);
    for (index, (option, value)) in typed.iter().enumerate() {
        let focused = typing && index == last;
        if focused && !option.autocomplete {
            return Err(format!("{} has no autocomplete", option.name));
        }
        let value = if focused { value.clone().into() } else { value_of(world, option, value)? };
        let (name, kind) = (option.name.clone(), option.kind);
        given.push(OptionValue { name, kind, value: Some(value), focused, options: Vec::new() });
    }
    let missing = options.iter().find(|option| {
        option.required && !typing && given.iter().all(|value| value.name != option.name)
    });
    match missing {
        Some(option) => Err(format!("the option {} is missing; {}", option.name, list(options))),
        None => Ok(given),
    }
}

/// Splits `in order name:value name:value` at the names of options.
fn split_by_name<'a>(
    options: &'a [CommandOption],
    text: &str,
) -> (String, Vec<(&'a CommandOption, String)>) {
    let mut in_order = Vec::new();
    let mut by_name: Vec<(&CommandOption, String)> = Vec::new();
    for word in text.split(' ') {
        let option = word.split_once(':').and_then(|(name, value)| {
            options.iter().find(|option| option.name == name).map(|option| (option, value))
        });
        match (option, by_name.last_mut()) {
            (Some((option, value)), _) => by_name.push((option, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => in_order.push(word),
        }
    }
    for (_, value) in &mut by_name {
        *value = value.trim().to_owned();
    }
    (in_order.join(" "), by_name)
}

fn take_value(kind: OptionType, text: &str) -> (String, &str) {
    if let Some((quoted, after)) = text.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        return (quoted.to_owned(), after.trim_start());
    }
    if kind == OptionType::String {
        return (text.to_owned(), "");
    }
    let (word, after) = first_word(text);
    (word.to_owned(), after)
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(' ').map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

fn list(options: &[CommandOption]) -> String {
    let names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
    if names.is_empty() {
        return "there are none".into();
    }
    format!("the options are {}", names.join(", "))
}
