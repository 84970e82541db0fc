//! Registering commands, globally or in a guild.

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome, form_from};
use crate::error::Refusal;
use crate::world::Snowflake;

/// The guild of the path, if it is a route of a guild; the application must be the bot's own.
fn scope(call: &Call<'_>) -> Result<Option<Snowflake>, Refusal> {
    if call.id("application_id")? != call.world.application.id {
        return Err(Refusal::unknown_application());
    }
    if !call.params.contains_key("guild_id") {
        return Ok(None);
    }
    let guild = call.id("guild_id")?;
    if call.world.bot_is_in(guild) { Ok(Some(guild)) } else { Err(Refusal::missing_access()) }
}

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    let commands = call.world.commands.values().filter(|command| command.guild_id == guild);
    let mut commands: Vec<Value> = commands.map(|command| json!(command)).collect();
    if !call.asks_for("with_localizations") {
        commands.iter_mut().for_each(delocalize);
    }
    Ok(Answer::Ok(commands.into()))
}

/// Without names and descriptions in other languages, which Discord lists only when asked.
fn delocalize(json: &mut Value) {
    match json {
        Value::Object(entries) => {
            entries.retain(|name, _| !name.ends_with("_localizations"));
            entries.values_mut().for_each(delocalize);
        }
        Value::Array(values) => values.iter_mut().for_each(delocalize),
        _ => {}
    }
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    Ok(Answer::Ok(json!(call.world.command_in(guild, call.id("command_id")?)?)))
}

pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    let form = call.form()?;
    let now = call.now;
    let (id, new) = call.world.register(guild, form, now)?;
    let json = json!(call.world.command_in(guild, id)?);
    Ok(if new { Answer::Created(json) } else { Answer::Ok(json) })
}

pub(super) fn replace_all(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    let forms = call.form()?;
    let now = call.now;
    let ids = call.world.register_all(guild, forms, now)?;
    let commands = ids.iter().filter_map(|id| call.world.commands.get(id));
    Ok(Answer::Ok(commands.map(|command| json!(command)).collect::<Vec<Value>>().into()))
}

pub(super) fn edit(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    let id = call.id("command_id")?;
    // What the edit does not mention stays.
    let mut json = json!(call.world.command_in(guild, id)?.form);
    for (name, value) in call.body.as_object().into_iter().flatten() {
        json[name] = value.clone();
    }
    let form = form_from("", &json)?;
    let now = call.now;
    call.world.change_command(id, form, now)?;
    Ok(Answer::Ok(json!(call.world.command_in(guild, id)?)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let guild = scope(call)?;
    let id = call.world.command_in(guild, call.id("command_id")?)?.id;
    call.world.commands.remove(&id);
    Ok(Answer::Empty)
}
