//! Registering commands, and the limits on them.

use std::collections::HashSet;

use jiff::Timestamp;

use super::command::{CommandForm, CommandOption};
use super::{Choice, Command, CommandType, IntegrationType, OptionType, Snowflake, World};
use crate::error::{FormErrors, Refusal};

impl World {
    /// Registers one command; one of the same name, type and scope is replaced. Says whether it is
    /// new.
    pub fn register(
        &mut self,
        guild: Option<Snowflake>,
        mut form: CommandForm,
        now: Timestamp,
    ) -> Result<(Snowflake, bool), Refusal> {
        self.check_scope(guild)?;
        form.check("")?;
        form.integration_types.get_or_insert_with(|| vec![IntegrationType::GuildInstall]);
        let same = |c: &&Command| {
            c.guild_id == guild && c.form.kind == form.kind && c.form.name == form.name
        };
        let known = self.commands.values().find(same).map(|command| command.id);
        let version = self.new_id(now);
        let id = known.unwrap_or(version);
        let application_id = self.application.id;
        self.commands.insert(id, Command { id, application_id, guild_id: guild, version, form });
        Ok((id, known.is_none()))
    }

    /// Replaces all commands of a scope.
    pub fn register_all(
        &mut self,
        guild: Option<Snowflake>,
        forms: Vec<CommandForm>,
        now: Timestamp,
    ) -> Result<Vec<Snowflake>, Refusal> {
        self.check_scope(guild)?;
        let mut names = HashSet::new();
        for (index, form) in forms.iter().enumerate() {
            form.check(&format!("{index}."))?;
            if !names.insert((u8::from(form.kind), &form.name)) {
                let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
                let message = "Application command names must be unique";
                return Err(FormErrors::one(&index.to_string(), code, message));
            }
        }
        for (kind, most) in
            [(CommandType::ChatInput, 100), (CommandType::User, 15), (CommandType::Message, 15)]
        {
            if forms.iter().filter(|form| form.kind == kind).count() > most {
                let message = format!("Maximum number of application commands reached ({most})");
                return Err(Refusal::new(400, 30032, message));
            }
        }
        let mut ids = Vec::new();
        for form in forms {
            ids.push(self.register(guild, form, now)?.0);
        }
        self.commands.retain(|id, command| command.guild_id != guild || ids.contains(id));
        Ok(ids)
    }

    /// Changes a registered command.
    pub fn change_command(
        &mut self,
        id: Snowflake,
        form: CommandForm,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        form.check("")?;
        let version = self.new_id(now);
        let command = self.commands.get_mut(&id).ok_or_else(Refusal::unknown_command)?;
        command.form = form;
        command.version = version;
        Ok(())
    }

    /// The command of that id in that scope.
    pub fn command_in(&self, guild: Option<Snowflake>, id: Snowflake) -> Result<&Command, Refusal> {
        self.commands
            .get(&id)
            .filter(|command| command.guild_id == guild)
            .ok_or_else(Refusal::unknown_command)
    }

    fn check_scope(&self, guild: Option<Snowflake>) -> Result<(), Refusal> {
        match guild {
            Some(guild) if !self.bot_is_in(guild) => Err(Refusal::missing_access()),
            _ => Ok(()),
        }
    }
}

impl CommandForm {
    /// Refuses what Discord refuses. `path` is empty or ends in a point.
    pub(crate) fn check(&self, path: &str) -> Result<(), Refusal> {
        let mut errors = FormErrors::default();
        if self.kind == CommandType::ChatInput {
            check_name(&format!("{path}name"), &self.name, &mut errors);
            errors.length(&format!("{path}description"), &self.description, 1, 100);
            check_options(&self.options, path, &mut errors);
            if self.size() > 8000 {
                let message = "Command exceeds maximum size (8000)";
                errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", message);
            }
        } else {
            errors.length(&format!("{path}name"), &self.name, 1, 32);
            if !self.description.is_empty() {
                let message = "Context menu commands cannot have description";
                let code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_EXIST";
                errors.add(&format!("{path}description"), code, message);
            }
            if !self.options.is_empty() {
                let message = "Context menu commands cannot have options";
                let code = "APPLICATION_COMMAND_CONTEXT_MENU_CANNOT_HAVE_OPTIONS";
                errors.add(&format!("{path}options"), code, message);
            }
        }
        errors.into_result()
    }

    fn size(&self) -> usize {
        let own = self.name.chars().count() + self.description.chars().count();
        own + self.options.iter().map(CommandOption::size).sum::<usize>()
    }
}

impl CommandOption {
    fn size(&self) -> usize {
        let choice = |choice: &Choice| {
            choice.name.chars().count() + choice.value.as_str().map_or(0, |v| v.chars().count())
        };
        self.name.chars().count()
            + self.description.chars().count()
            + self.choices.iter().map(choice).sum::<usize>()
            + self.options.iter().map(Self::size).sum::<usize>()
    }
}

fn check_options(options: &[CommandOption], path: &str, errors: &mut FormErrors) {
    errors.count(&format!("{path}options"), options.len(), 0, 25);
    let mut names = HashSet::new();
    let mut optional_before = false;
    let mixed = options.iter().any(CommandOption::is_subcommand)
        && !options.iter().all(CommandOption::is_subcommand);
    if mixed {
        let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
        errors.add(&format!("{path}options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}options.{index}.");
        check_name(&format!("{path}name"), &option.name, errors);
        errors.length(&format!("{path}description"), &option.description, 1, 100);
        if !names.insert(&option.name) {
            let message = "Option names must be unique";
            errors.add(&format!("{path}name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message);
        }
        if option.required && optional_before {
            let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
            let message = "Required options must be placed before non-required options";
            errors.add(path.trim_end_matches('.'), code, message);
        }
        optional_before |= !option.required;
        check_choices(option, &path, errors);
        check_options(&option.options, &path, errors);
    }
}

fn check_choices(option: &CommandOption, path: &str, errors: &mut FormErrors) {
    errors.count(&format!("{path}choices"), option.choices.len(), 0, 25);
    let takes =
        matches!(option.kind, OptionType::String | OptionType::Integer | OptionType::Number);
    if option.autocomplete && (!option.choices.is_empty() || !takes) {
        let code = "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE_MUTUALLY_EXCLUSIVE";
        let message = "Options cannot have both choices and autocomplete";
        errors.add(path.trim_end_matches('.'), code, message);
    }
    check_choice_list(&option.choices, &format!("{path}choices"), errors);
}

/// Checks choices, also those of an autocompletion.
pub(crate) fn check_choice_list(choices: &[Choice], path: &str, errors: &mut FormErrors) {
    errors.count(path, choices.len(), 0, 25);
    for (index, choice) in choices.iter().enumerate() {
        errors.length(&format!("{path}.{index}.name"), &choice.name, 1, 100);
        if let Some(value) = choice.value.as_str() {
            errors.length(&format!("{path}.{index}.value"), value, 1, 100);
        }
    }
}

/// Names of slash commands and options: 1 to 32 small letters, digits, `-`, `_` and `'`.
fn check_name(path: &str, name: &str, errors: &mut FormErrors) {
    let fits = (1..=32).contains(&name.chars().count());
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    if !fits || !name.chars().all(allowed) || name.to_lowercase() != name {
        let message = "Command name is invalid";
        errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}
