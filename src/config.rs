//! Every setting of `mythbot run` in one place: environment first, then the file `.env`.
//!
//! [`SETTINGS`] is the table that `.env.example` is compared with. An empty value counts as none, as
//! it stands in an `.env` that was not filled in.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr as _;

use crate::shards::Shards;

/// A setting, as `.env.example` shows it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Name of the variable.
    pub name: &'static str,
    /// What stands in `.env.example`: the default, or nothing.
    pub example: &'static str,
    /// What it does, in a line.
    pub does: &'static str,
}

/// Every setting.
#[rustfmt::skip]
pub const SETTINGS: [Setting; 9] = [
    setting(TOKEN, "", "The bot's token: https://discord.com/developers/applications, your application, Bot, Reset Token."),
    setting(API_URL, "", "Address of a proxy for Discord's API, instead of Discord's own address."),
    setting(DATABASE, "sqlite://mythbot.db", "Where the bot keeps its state: a file of SQLite, made on first start, or postgres://user:password@host/database."),
    setting(KNOWLEDGE, "", "Folder with answers, instead of those that are compiled in."),
    setting(RETENTION, "90", "For how many days the bot keeps which messages it answered, and why: 1 to 3650."),
    setting(SHARDS, "auto", "Which shards this process runs: auto, 16 (all of 16), 0..4/16 (0 to 3 of 16), or part 0 of 4/16 (the first of four parts)."),
    setting(METRICS, "127.0.0.1:9464", "Where the bot tells over HTTP how it is (/healthz, /readyz, /metrics): an address and a port, or off."),
    setting(LOG, "info", "How much is logged: error, warn, info or debug."),
    setting(LOG_FORMAT, "text", "How it is logged: text for people, json for programs."),
];

const TOKEN: &str = "DISCORD_TOKEN";
const API_URL: &str = "DISCORD_API_URL";
const DATABASE: &str = "DATABASE_URL";
const KNOWLEDGE: &str = "KNOWLEDGE_DIR";
const RETENTION: &str = "RETENTION_DAYS";
const SHARDS: &str = "SHARDS";
const METRICS: &str = "METRICS_ADDR";
const LOG: &str = "LOG";
const LOG_FORMAT: &str = "LOG_FORMAT";

const fn setting(name: &'static str, example: &'static str, does: &'static str) -> Setting {
    Setting { name, example, does }
}

/// For how many days the bot keeps what happened, where nothing else is set: the button *Why this
/// reply?* works on old replies, but not for ever.
pub const RETENTION_DAYS: u16 = 90;

/// Where the bot tells how it is, where nothing else is set: to this computer only, at the port that
/// `OpenTelemetry` has chosen for what Prometheus reads.
pub const METRICS_ADDR: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// What `mythbot run` is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// The bot's token.
    pub token: Secret,
    /// Another address for Discord's API, without a slash at the end.
    pub api_url: Option<String>,
    /// Where state is kept.
    pub database_url: String,
    /// Folder with answers instead of the compiled-in one.
    pub knowledge_dir: Option<PathBuf>,
    /// For how many days the bot keeps what happened: 1 to 3,650.
    pub retention_days: u16,
    /// Which shards this process runs.
    pub shards: Shards,
    /// Where it tells how it is; nowhere if none.
    pub metrics_addr: Option<SocketAddr>,
    /// How much is logged.
    pub log: tracing::Level,
    /// How it is logged.
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// An object a line.
    Json,
}

/// Something that must never be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `secret`.
    #[must_use]
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// The secret itself, for the one who needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A setting that cannot be used, with what to do about it. Never shows a value that may be secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// There is no token.
    #[error(
        "DISCORD_TOKEN is not set: copy .env.example to .env and put the bot's token there, from \
         https://discord.com/developers/applications, your application, Bot, Reset Token"
    )]
    NoToken,
    /// It is no token.
    #[error(
        "DISCORD_TOKEN is not a bot token ({0}): copy it again from \
         https://discord.com/developers/applications, your application, Bot, Reset Token"
    )]
    MalformedToken(&'static str),
    /// A value that is none of those that are possible.
    #[error("{name} is `{value}`: {expected}")]
    Unusable {
        /// Name of the variable.
        name: &'static str,
        /// What it holds.
        value: String,
        /// What it may hold.
        expected: &'static str,
    },
    /// The file `.env` is there and cannot be read.
    #[error("the file .env cannot be read: {0}")]
    DotEnv(String),
}

impl Config {
    /// Reads the environment and, for what is not there, the file `.env` of the working folder.
    ///
    /// # Errors
    /// When a setting cannot be used, or `.env` cannot be read.
    pub fn load() -> Result<Self, ConfigError> {
        let file = dot_env()?;
        Self::read(|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
    }

    /// Where state is kept, for what needs nothing else: no token.
    ///
    /// # Errors
    /// When the address cannot be used, or `.env` cannot be read.
    pub fn load_database_url() -> Result<String, ConfigError> {
        database_url(filled(one(DATABASE)?))
    }

    /// Where the bot tells how it is, for what needs nothing else: no token.
    ///
    /// # Errors
    /// When the address cannot be used, or `.env` cannot be read.
    pub fn load_metrics_addr() -> Result<Option<SocketAddr>, ConfigError> {
        metrics_addr(filled(one(METRICS)?))
    }

    /// Reads settings that `get` gives by name.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| filled(get(name));
        Ok(Self {
            token: token(get(TOKEN))?,
            api_url: get(API_URL).map(api_url).transpose()?,
            database_url: database_url(get(DATABASE))?,
            knowledge_dir: get(KNOWLEDGE).map(PathBuf::from),
            retention_days: get(RETENTION).map_or(Ok(RETENTION_DAYS), retention_days)?,
            shards: get(SHARDS).map_or(Ok(Shards::Auto), shards)?,
            metrics_addr: metrics_addr(get(METRICS))?,
            log: get(LOG).map_or(Ok(tracing::Level::INFO), level)?,
            log_format: get(LOG_FORMAT).map_or(Ok(LogFormat::Text), log_format)?,
        })
    }
}

/// An empty value counts as none.
fn filled(value: Option<String>) -> Option<String> {
    let value = value?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// One setting alone.
fn one(name: &str) -> Result<Option<String>, ConfigError> {
    std::env::var(name).map_or_else(|_| Ok(dot_env()?.get(name).cloned()), |value| Ok(Some(value)))
}

fn dot_env() -> Result<HashMap<String, String>, ConfigError> {
    // Not that of a folder above: whoever put it there meant another program.
    match dotenvy::from_path_iter(".env") {
        Ok(lines) => lines.collect::<Result<_, _>>().map_err(unreadable),
        Err(dotenvy::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(HashMap::new())
        }
        Err(error) => Err(unreadable(error)),
    }
}

fn unreadable(error: dotenvy::Error) -> ConfigError {
    ConfigError::DotEnv(match error {
        // The line itself may hold the token.
        dotenvy::Error::LineParse(..) => "a line is not NAME=value".to_owned(),
        other => other.to_string(),
    })
}

/// A token has three parts between full stops, of letters, digits, `_` and `-`.
fn token(value: Option<String>) -> Result<Secret, ConfigError> {
    let value = value.ok_or(ConfigError::NoToken)?;
    let value = value.strip_prefix("Bot ").unwrap_or(&value).trim();
    let parts: Vec<&str> = value.split('.').collect();
    let sound = |part: &&str| {
        !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '='))
    };
    if parts.len() != 3 {
        let hint = "a token has three parts between full stops; the client secret and the public \
                    key are something else";
        return Err(ConfigError::MalformedToken(hint));
    }
    if !parts.iter().all(sound) {
        let hint = "it has a sign that no token has, such as a blank or a quotation mark";
        return Err(ConfigError::MalformedToken(hint));
    }
    Ok(Secret::new(value.to_owned()))
}

fn api_url(value: String) -> Result<String, ConfigError> {
    let rest = value.strip_prefix("http://").or_else(|| value.strip_prefix("https://"));
    let host = rest.map(|rest| rest.trim_end_matches('/'));
    match host {
        Some(host) if !host.is_empty() && !host.contains([' ', '/', '?', '#', '@']) => {
            Ok(value.trim_end_matches('/').to_owned())
        }
        _ => Err(ConfigError::Unusable {
            name: API_URL,
            value,
            expected: "write an address such as http://127.0.0.1:3000, or leave it empty",
        }),
    }
}

fn database_url(value: Option<String>) -> Result<String, ConfigError> {
    let value = value.unwrap_or_else(|| "sqlite://mythbot.db".to_owned());
    if ["sqlite:", "postgres:", "postgresql:"].iter().any(|known| value.starts_with(known)) {
        return Ok(value);
    }
    // An address of another database may hold a password.
    let value = value.split(':').next().unwrap_or_default().to_owned() + ":…";
    Err(ConfigError::Unusable {
        name: DATABASE,
        value,
        expected: "write sqlite:// and the path of a file, or postgres://user:password@host/database, or leave it empty",
    })
}

fn retention_days(value: String) -> Result<u16, ConfigError> {
    match value.parse() {
        Ok(days @ 1..=3650) => Ok(days),
        _ => Err(ConfigError::Unusable {
            name: RETENTION,
            value,
            expected: "write a number of days from 1 to 3650, or leave it empty",
        }),
    }
}

fn shards(value: String) -> Result<Shards, ConfigError> {
    Shards::parse(&value).map_err(|expected| ConfigError::Unusable {
        name: SHARDS,
        value,
        expected,
    })
}

fn metrics_addr(value: Option<String>) -> Result<Option<SocketAddr>, ConfigError> {
    match value {
        None => Ok(Some(METRICS_ADDR)),
        Some(value) if value == "off" => Ok(None),
        Some(value) => value.parse().map(Some).map_err(|_| ConfigError::Unusable {
            name: METRICS,
            value,
            expected: "write an address and a port in numbers, such as 127.0.0.1:9464, or off",
        }),
    }
}

fn level(value: String) -> Result<tracing::Level, ConfigError> {
    match tracing::Level::from_str(&value) {
        // What would be traced is other people's.
        Ok(level) if level < tracing::Level::TRACE => Ok(level),
        _ => Err(ConfigError::Unusable {
            name: LOG,
            value,
            expected: "write error, warn, info or debug",
        }),
    }
}

fn log_format(value: String) -> Result<LogFormat, ConfigError> {
    match value.as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(ConfigError::Unusable { name: LOG_FORMAT, value, expected: "write text or json" }),
    }
}

#[cfg(test)]
mod tests;
