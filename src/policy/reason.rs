//! Every reason to keep silent.

use std::fmt;

/// Why the bot says nothing about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The bot wrote it.
    OwnMessage,
    /// Another bot wrote it.
    Bot,
    /// A webhook wrote it.
    Webhook,
    /// Discord wrote it.
    SystemMessage,
    /// There is no text, or Discord does not show it to the bot.
    NoText,
    /// Discord does not let the bot write in the channel, as it said a few minutes ago.
    ChannelLeftAlone,
    /// None of the claims is in it.
    NoMatch,
    /// A claim is in it, but is rejected, refuted or made fun of.
    Denied,
    /// A claim may be in it: something for moderators, not for a reply.
    SuggestOnly,
    /// The message has its reply.
    AlreadyAnswered,
    /// Whoever wrote it does not want to be answered.
    OptedOut,
    /// The server's settings exempt whoever wrote it, or one of their roles.
    Exempt,
    /// The server's settings switch the bot off there.
    ModeOff,
    /// The server's settings let moderators decide there.
    ReviewMode,
    /// It says words that moderators want never to be answered.
    NeverPhrase,
    /// Moderators have muted the phrases that were found.
    Muted,
    /// The bot gave this answer in this channel not long ago.
    AnswerCooldown,
    /// The bot spoke in this channel not long ago.
    ChannelCooldown,
    /// The bot replied to the same person not long ago.
    PersonCooldown,
    /// Somebody dismissed this answer in this channel not long ago.
    Dismissed,
    /// The bot has spoken as often as it may within an hour in this server.
    HourlyLimit,
    /// The settings of the server could not be read.
    NoSettings,
    /// Moderators were asked about it before.
    AlreadyAsked,
    /// It was edited or deleted before the bot got to it.
    Outdated,
    /// More came in at once than the bot takes on.
    Overloaded,
}

impl Reason {
    /// Every reason.
    const ALL: [Self; 25] = [
        Self::OwnMessage,
        Self::Bot,
        Self::Webhook,
        Self::SystemMessage,
        Self::NoText,
        Self::ChannelLeftAlone,
        Self::NoMatch,
        Self::Denied,
        Self::SuggestOnly,
        Self::AlreadyAnswered,
        Self::AlreadyAsked,
        Self::Outdated,
        Self::OptedOut,
        Self::Exempt,
        Self::ModeOff,
        Self::ReviewMode,
        Self::NeverPhrase,
        Self::Muted,
        Self::AnswerCooldown,
        Self::ChannelCooldown,
        Self::PersonCooldown,
        Self::Dismissed,
        Self::HourlyLimit,
        Self::NoSettings,
        Self::Overloaded,
    ];

    /// The reason with this code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// One word, to search logs for.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnMessage => "own-message",
            Self::Bot => "bot",
            Self::Webhook => "webhook",
            Self::SystemMessage => "system-message",
            Self::NoText => "no-text",
            Self::ChannelLeftAlone => "channel-left-alone",
            Self::NoMatch => "no-match",
            Self::Denied => "denied",
            Self::SuggestOnly => "suggest-only",
            Self::AlreadyAnswered => "already-answered",
            Self::OptedOut => "opted-out",
            Self::Exempt => "exempt",
            Self::ModeOff => "mode-off",
            Self::ReviewMode => "review-mode",
            Self::NeverPhrase => "never-phrase",
            Self::Muted => "muted",
            Self::AnswerCooldown => "answer-cooldown",
            Self::ChannelCooldown => "channel-cooldown",
            Self::PersonCooldown => "person-cooldown",
            Self::Dismissed => "dismissal-cooldown",
            Self::HourlyLimit => "hourly-limit",
            Self::NoSettings => "no-settings",
            Self::AlreadyAsked => "already-asked",
            Self::Outdated => "outdated",
            Self::Overloaded => "overloaded",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OwnMessage => "this bot wrote it",
            Self::Bot => "a bot wrote it",
            Self::Webhook => "a webhook wrote it",
            Self::SystemMessage => "Discord wrote it",
            Self::NoText => "it has no text that the bot may read",
            Self::ChannelLeftAlone => "the bot may not write in its channel",
            Self::NoMatch => "no claim was found in it",
            Self::Denied => "it rejects the claim",
            Self::SuggestOnly => "a claim was found, but not surely enough",
            Self::AlreadyAnswered => "it has its reply",
            Self::OptedOut => "its author does not want to be answered",
            Self::Exempt => "its author, or a role of theirs, is exempt in this server",
            Self::ModeOff => "the bot is switched off there",
            Self::ReviewMode => "there, moderators decide first",
            Self::NeverPhrase => "it says words that moderators want never to be answered",
            Self::Muted => "moderators have muted the phrases that were found in it",
            Self::AnswerCooldown => "the same answer was given in this channel not long ago",
            Self::ChannelCooldown => "the bot spoke in this channel not long ago",
            Self::PersonCooldown => "the bot replied to the same person not long ago",
            Self::Dismissed => "somebody dismissed this answer in this channel not long ago",
            Self::HourlyLimit => "the bot has spoken as often as it may within an hour",
            Self::NoSettings => "the settings of the server could not be read",
            Self::AlreadyAsked => "moderators were asked about it before",
            Self::Outdated => "it was edited or deleted before the bot got to it",
            Self::Overloaded => "more came in at once than the bot takes on",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_found_by_its_code() {
        for reason in Reason::ALL {
            assert_eq!(Reason::of(reason.code()), Some(reason));
        }
        assert_eq!(Reason::of("replied"), None);
    }
}
