//! What a button carries: enough to know what was pressed, also weeks later.
//!
//! Anybody can send anything back: what does not parse, or names an answer that is not there, is
//! refused.

use std::fmt;
use std::str::FromStr;

use serenity::all::MessageId;

/// What a button does. At most 100 characters when written: ids of answers are short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CustomId {
    /// Shows all about an answer, to the one who pressed.
    Details(String),
    /// Explains the reply to this message, to the one who pressed.
    Why(MessageId),
    /// Replaces an offer by this answer.
    Pick(String),
    /// Posts this answer for all to see.
    Post(String),
}

/// It is none of ours.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnknownCustomId;

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Details(answer) => write!(f, "details:{answer}"),
            Self::Why(message) => write!(f, "why:{message}"),
            Self::Pick(answer) => write!(f, "pick:{answer}"),
            Self::Post(answer) => write!(f, "post:{answer}"),
        }
    }
}

impl FromStr for CustomId {
    type Err = UnknownCustomId;

    fn from_str(text: &str) -> Result<Self, UnknownCustomId> {
        let (action, about) = text.split_once(':').ok_or(UnknownCustomId)?;
        match action {
            "details" => Ok(Self::Details(about.to_owned())),
            "pick" => Ok(Self::Pick(about.to_owned())),
            "post" => Ok(Self::Post(about.to_owned())),
            "why" => match about.parse::<i64>() {
                Ok(message @ 1..) => Ok(Self::Why(MessageId::new(message.unsigned_abs()))),
                _ => Err(UnknownCustomId),
            },
            _ => Err(UnknownCustomId),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        for id in [
            CustomId::Details("blind-bats".to_owned()),
            CustomId::Why(MessageId::new(1_234_567_890_123_456_789)),
            CustomId::Pick("blind-bats".to_owned()),
            CustomId::Post("blind-bats".to_owned()),
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", "why", "why:", "why:0", "why:-1", "why:x", "why:99999999999999999999", "drop:all"]
        {
            assert_eq!(text.parse::<CustomId>(), Err(UnknownCustomId), "{text:?}");
        }
    }
}
