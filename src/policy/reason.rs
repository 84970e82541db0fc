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
}

impl Reason {
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
        })
    }
}
