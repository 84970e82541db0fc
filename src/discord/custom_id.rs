//! What a button carries: enough to know what was pressed, also weeks later.
//!
//! Anybody can send anything back: what does not parse, or names an answer that is not there, is
//! refused.

use std::fmt;
use std::str::FromStr;

use serenity::all::{ActionRowComponent, ButtonKind, GuildId, Message, MessageId};

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
    /// Takes the reply to this message back.
    Dismiss(MessageId),
    /// Decides about this message.
    Review(Verdict, MessageId),
    /// Sets all settings of this server back.
    Reset(GuildId),
}

/// What a moderator decides about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The answer is posted.
    Post,
    /// Not this message.
    Decline,
    /// Never for what was found in it.
    Mute,
}

/// What the buttons of a message carry, those that are none of ours left out.
pub(super) fn of(message: &Message) -> Vec<CustomId> {
    let parts = message.components.iter().flat_map(|row| &row.components);
    let ids = parts.filter_map(|part| {
        let ActionRowComponent::Button(button) = part else { return None };
        let ButtonKind::NonLink { custom_id, .. } = &button.data else { return None };
        custom_id.parse().ok()
    });
    ids.collect()
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
            Self::Dismiss(message) => write!(f, "dismiss:{message}"),
            Self::Review(Verdict::Post, message) => write!(f, "review-post:{message}"),
            Self::Review(Verdict::Decline, message) => write!(f, "review-decline:{message}"),
            Self::Review(Verdict::Mute, message) => write!(f, "review-mute:{message}"),
            Self::Reset(guild) => write!(f, "reset:{guild}"),
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
            "why" => Ok(Self::Why(message(about)?)),
            "dismiss" => Ok(Self::Dismiss(message(about)?)),
            "review-post" => Ok(Self::Review(Verdict::Post, message(about)?)),
            "review-decline" => Ok(Self::Review(Verdict::Decline, message(about)?)),
            "review-mute" => Ok(Self::Review(Verdict::Mute, message(about)?)),
            "reset" => Ok(Self::Reset(GuildId::new(id(about)?))),
            _ => Err(UnknownCustomId),
        }
    }
}

fn message(text: &str) -> Result<MessageId, UnknownCustomId> {
    id(text).map(MessageId::new)
}

/// An id that a database can hold, written as we write it.
fn id(text: &str) -> Result<u64, UnknownCustomId> {
    if !text.starts_with(|first: char| first.is_ascii_digit() && first != '0') {
        return Err(UnknownCustomId);
    }
    match text.parse::<i64>() {
        Ok(id @ 1..) => Ok(id.unsigned_abs()),
        _ => Err(UnknownCustomId),
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
            CustomId::Dismiss(MessageId::new(12)),
            CustomId::Review(Verdict::Post, MessageId::new(12)),
            CustomId::Review(Verdict::Decline, MessageId::new(12)),
            CustomId::Review(Verdict::Mute, MessageId::new(12)),
            CustomId::Reset(GuildId::new(12)),
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

    fn any_id() -> impl proptest::strategy::Strategy<Value = CustomId> {
        use proptest::prelude::*;
        let message = || (1..=i64::MAX.unsigned_abs()).prop_map(MessageId::new);
        // Ids of answers are folder names.
        let answer = || "[a-z0-9][a-z0-9-]{0,79}";
        prop_oneof![
            answer().prop_map(CustomId::Details),
            answer().prop_map(CustomId::Pick),
            answer().prop_map(CustomId::Post),
            message().prop_map(CustomId::Why),
            message().prop_map(CustomId::Dismiss),
            message().prop_map(|id| CustomId::Review(Verdict::Post, id)),
            message().prop_map(|id| CustomId::Review(Verdict::Decline, id)),
            message().prop_map(|id| CustomId::Review(Verdict::Mute, id)),
            (1..=i64::MAX.unsigned_abs()).prop_map(|id| CustomId::Reset(GuildId::new(id))),
        ]
    }

    proptest::proptest! {
        #[test]
        fn every_id_is_read_as_it_was_written(id in any_id()) {
            let written = id.to_string();
            proptest::prop_assert!(written.len() <= 100);
            proptest::prop_assert_eq!(written.parse(), Ok(id));
        }

        /// Whatever anybody sends is refused, or is what we would have written.
        #[test]
        fn nothing_else_is_read(text in "\\PC{0,120}") {
            if let Ok(id) = text.parse::<CustomId>() {
                proptest::prop_assert_eq!(id.to_string(), text);
            }
        }

        #[test]
        fn nor_what_comes_close(
            action in "(details|pick|post|why|dismiss|reset|review-(post|decline|mute|all))",
            id in "[+-]?0{0,2}[0-9]{0,22}[ a:]?",
        ) {
            let text = format!("{action}:{id}");
            if let Ok(id) = text.parse::<CustomId>() {
                proptest::prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
