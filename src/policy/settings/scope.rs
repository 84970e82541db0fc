//! Where or for whom a rule is set.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An id of Discord's: of a channel, a role, a person. As text in JSON, because JSON's numbers lose
/// its last digits in many programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct Id(pub u64);

/// Where or for whom a rule is set; `channel:123` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub enum Scope {
    /// A thread or post of a forum.
    Thread(Id),
    /// A channel and the threads in it.
    Channel(Id),
    /// A category and the channels in it.
    Category(Id),
    /// People with this role.
    Role(Id),
}

/// A scope or id that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of thread:ID, channel:ID, category:ID, role:ID")]
pub struct NoScope(String);

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Thread(id) => write!(f, "thread:{id}"),
            Self::Channel(id) => write!(f, "channel:{id}"),
            Self::Category(id) => write!(f, "category:{id}"),
            Self::Role(id) => write!(f, "role:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = NoScope;

    fn from_str(text: &str) -> Result<Self, NoScope> {
        let wrong = || NoScope(text.chars().take(40).collect());
        let (kind, id) = text.split_once(':').ok_or_else(wrong)?;
        let id = id.parse().map_err(|_| wrong())?;
        match kind {
            "thread" => Ok(Self::Thread(id)),
            "channel" => Ok(Self::Channel(id)),
            "category" => Ok(Self::Category(id)),
            "role" => Ok(Self::Role(id)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// It is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is a number of up to 20 digits, in quotation marks")]
pub struct NoId;

impl FromStr for Id {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        match text.parse() {
            // Databases keep ids as signed numbers.
            Ok(id @ 1..=0x7FFF_FFFF_FFFF_FFFF) => Ok(Self(id)),
            _ => Err(NoId),
        }
    }
}

macro_rules! as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

as_text!(Id);
as_text!(Scope);
