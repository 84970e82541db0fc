//! Tells Discord the bot's commands, when they are not those that it already has.

use serde_json::{Map, Value};
use serenity::all::{ApplicationId, CreateCommand, Http, LightMethod, Request, Route};

/// Registers the commands for all servers and direct messages. False when Discord has them.
pub(super) async fn register(
    http: &Http,
    application_id: ApplicationId,
    commands: &[CreateCommand],
) -> Result<bool, serenity::Error> {
    if state(http, application_id, commands).await? == State::Same {
        return Ok(false);
    }
    http.create_global_commands(&commands).await?;
    Ok(true)
}

/// What Discord has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The same commands.
    Same,
    /// Others, or some of them with other texts or options.
    Other,
    /// No commands at all.
    None,
}

/// Compares the commands with those that Discord has.
pub(super) async fn state(
    http: &Http,
    application_id: ApplicationId,
    commands: &[CreateCommand],
) -> Result<State, serenity::Error> {
    let ours = serde_json::to_value(commands)?;
    // Not as serenity's own type, which leaves out what it does not know. Without being asked,
    // Discord leaves texts in other languages out.
    let request = Request::new(Route::Commands { application_id }, LightMethod::Get)
        .params(Some(vec![("with_localizations", "true".to_owned())]));
    let theirs: Value = http.fire(request).await?;
    Ok(match theirs.as_array() {
        _ if is_same(&ours, &theirs) => State::Same,
        Some(none) if none.is_empty() => State::None,
        _ => State::Other,
    })
}

/// Whether two lists of commands mean the same, defaults and Discord's own entries aside.
fn is_same(ours: &Value, theirs: &Value) -> bool {
    sorted(ours) == sorted(theirs)
}

fn sorted(commands: &Value) -> Vec<String> {
    let commands = commands.as_array().into_iter().flatten();
    let mut commands: Vec<String> = commands.map(|one| command(one).to_string()).collect();
    commands.sort();
    commands
}

/// A command without what Discord adds, with its type.
fn command(command: &Value) -> Value {
    /// What Discord adds, or still answers though it is out of use.
    const THEIRS: [&str; 8] = [
        "id",
        "application_id",
        "version",
        "guild_id",
        "default_permission",
        "dm_permission",
        "name_localized",
        "description_localized",
    ];
    let mut meant = pruned(command);
    if let Value::Object(entries) = &mut meant {
        entries.retain(|name, _| !THEIRS.contains(&name.as_str()));
        entries.entry("type").or_insert_with(|| 1.into());
    }
    meant
}

/// Without what is empty, false or null, which is the same as not there; lists of numbers sorted, and
/// whole numbers written as such.
fn pruned(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| (name, pruned(value)));
            let kept = entries.filter(|(_, value)| !is_nothing(value));
            Value::Object(kept.map(|(name, value)| (name.clone(), value)).collect::<Map<_, _>>())
        }
        Value::Array(values) => {
            let mut values: Vec<Value> = values.iter().map(pruned).collect();
            if values.iter().all(Value::is_number) {
                values.sort_by_key(Value::as_i64);
            }
            Value::Array(values)
        }
        Value::Number(number) => match number.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => (whole as i64).into(),
            _ => value.clone(),
        },
        other => other.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_discord_adds_makes_no_difference() {
        let ours = json!([
            {"name": "myth", "description": "d", "options": [
                {"type": 1, "name": "list", "description": "l", "options": [], "required": false}
            ], "contexts": [0, 1, 2], "integration_types": [0, 1]},
            {"name": "Check", "type": 3, "description": ""},
        ]);
        let theirs = json!([
            {"id": "2", "application_id": "9", "version": "3", "name": "Check", "type": 3,
             "description": "", "nsfw": false, "default_member_permissions": null},
            {"id": "1", "application_id": "9", "version": "4", "name": "myth", "type": 1,
             "description": "d", "dm_permission": true, "nsfw": false, "contexts": [2, 1, 0],
             "integration_types": [1, 0],
             "options": [{"type": 1, "name": "list", "description": "l"}]},
        ]);
        assert!(is_same(&ours, &theirs));
    }

    #[test]
    fn every_change_of_ours_counts() {
        let ours = json!([{"name": "myth", "description": "d", "contexts": [0, 1]}]);
        for theirs in [
            json!([]),
            json!([{"name": "myth", "description": "other", "contexts": [0, 1]}]),
            json!([{"name": "myth", "description": "d", "contexts": [0]}]),
            json!([{"name": "myth", "description": "d", "contexts": [0, 1], "type": 3}]),
            json!([{"name": "myth", "description": "d", "contexts": [0, 1]}, {"name": "old"}]),
        ] {
            assert!(!is_same(&ours, &theirs), "{theirs}");
        }
    }
}
