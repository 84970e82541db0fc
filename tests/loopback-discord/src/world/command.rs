//! Application commands as they are registered.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::message_form::null_is_default;
use super::{Permissions, Snowflake};

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "u8", into = "u8")]
        #[repr(u8)]
        pub enum $name { $($(#[$case_doc])* $case = $number,)* }

        impl From<$name> for u8 {
            fn from(kind: $name) -> Self {
                kind as Self
            }
        }

        impl TryFrom<u8> for $name {
            type Error = String;

            fn try_from(number: u8) -> Result<Self, String> {
                match number {
                    $($number => Ok(Self::$case),)*
                    other => Err(format!(
                        "Value must be one of {:?}, not {other}.", [$($number),*]
                    )),
                }
            }
        }
    };
}

numbered! {
    /// What a command hangs on.
    CommandType {
        /// `/name`.
        ChatInput = 1,
        /// The menu of a user.
        User = 2,
        /// The menu of a message.
        Message = 3,
    }
}

numbered! {
    /// What an option takes.
    OptionType {
        /// A subcommand with options of its own.
        SubCommand = 1,
        /// A group of subcommands.
        SubCommandGroup = 2,
        /// Text.
        String = 3,
        /// Whole number.
        Integer = 4,
        /// Yes or no.
        Boolean = 5,
        /// User.
        User = 6,
        /// Channel.
        Channel = 7,
        /// Role.
        Role = 8,
        /// User or role.
        Mentionable = 9,
        /// Number.
        Number = 10,
        /// File.
        Attachment = 11,
    }
}

numbered! {
    /// Where a command can be used.
    Context {
        /// In guilds.
        Guild = 0,
        /// In direct messages with the bot.
        BotDm = 1,
        /// In other direct messages.
        PrivateChannel = 2,
    }
}

numbered! {
    /// How an application is installed.
    IntegrationType {
        /// For everybody in a guild.
        GuildInstall = 0,
        /// By a user, for itself, everywhere.
        UserInstall = 1,
    }
}

/// A registered command.
#[derive(Clone, Debug, Serialize)]
pub struct Command {
    /// Id.
    pub id: Snowflake,
    /// Whose command it is.
    pub application_id: Snowflake,
    /// The only guild it is registered in, unless it is global.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<Snowflake>,
    /// Changes with every change.
    pub version: Snowflake,
    /// What was registered.
    #[serde(flatten)]
    pub form: CommandForm,
}

/// What an application says about a command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CommandForm {
    /// What it hangs on.
    #[serde(rename = "type", default = "chat_input")]
    pub kind: CommandType,
    /// Name.
    pub name: String,
    /// Names in other languages.
    #[serde(default)]
    pub name_localizations: Option<Value>,
    /// What it does.
    #[serde(default, deserialize_with = "null_is_default")]
    pub description: String,
    /// The same in other languages.
    #[serde(default)]
    pub description_localizations: Option<Value>,
    /// Options or subcommands.
    #[serde(default, deserialize_with = "null_is_default")]
    pub options: Vec<CommandOption>,
    /// Which permissions a member needs to see it.
    #[serde(default)]
    pub default_member_permissions: Option<Permissions>,
    /// Older way to keep a command out of direct messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dm_permission: Option<bool>,
    /// Where it can be used; everywhere unless told.
    #[serde(default)]
    pub contexts: Option<Vec<Context>>,
    /// For which kinds of installation; guilds unless told.
    #[serde(default)]
    pub integration_types: Option<Vec<IntegrationType>>,
    /// Only in age-restricted channels.
    #[serde(default, deserialize_with = "null_is_default")]
    pub nsfw: bool,
}

/// An option, a subcommand or a group of these.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CommandOption {
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// Name.
    pub name: String,
    /// Names in other languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<Value>,
    /// What it is for.
    pub description: String,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description_localizations: Option<Value>,
    /// Whether it must be given.
    #[serde(default, deserialize_with = "null_is_default")]
    pub required: bool,
    /// The only values it takes.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Options of a subcommand.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<CommandOption>,
    /// The bot suggests values while a person types.
    #[serde(default, deserialize_with = "null_is_default")]
    pub autocomplete: bool,
    /// Types of channels it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_types: Option<Vec<u8>>,
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_value: Option<serde_json::Number>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_value: Option<serde_json::Number>,
    /// Shortest text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u16>,
    /// Longest text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u16>,
}

/// A value that a person can choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What a person reads.
    pub name: String,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<Value>,
    /// What the bot gets.
    pub value: Value,
}

impl Command {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.form.name
    }
}

impl CommandForm {
    /// Where it can be used.
    pub fn usable_in(&self, context: Context) -> bool {
        match &self.contexts {
            Some(contexts) => contexts.contains(&context),
            None => context == Context::Guild || self.dm_permission != Some(false),
        }
    }

    /// Whether it is there for this kind of installation.
    pub fn installed_by(&self, kind: IntegrationType) -> bool {
        match &self.integration_types {
            Some(kinds) => kinds.contains(&kind),
            None => kind == IntegrationType::GuildInstall,
        }
    }
}

impl CommandOption {
    /// Whether it has options of its own instead of a value.
    pub fn is_subcommand(&self) -> bool {
        matches!(self.kind, OptionType::SubCommand | OptionType::SubCommandGroup)
    }
}

fn chat_input() -> CommandType {
    CommandType::ChatInput
}
