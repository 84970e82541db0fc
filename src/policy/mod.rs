//! May the bot speak? Pure: a message's marks, the server's settings, what the engine says and what
//! happened before go in, with the time, and a decision with its reason comes out.

pub mod cooldown;
mod own;
pub mod phrases;
mod reason;
pub mod retention;
pub mod settings;

pub use cooldown::Spoken;
pub use own::{Own, OwnPhrases};
pub use reason::Reason;
pub use settings::Settings;

use settings::{Mode, Sensitivity, Whereabouts};

use jiff::{SignedDuration, Timestamp};

use crate::matching::{Outcome, Stance, Tier};

/// How long a channel is left alone after Discord has refused to let the bot write there. 10,000
/// refusals in 10 minutes would ban the bot's address.
pub const LEFT_ALONE: SignedDuration = SignedDuration::from_mins(10);

/// What is known about a message before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Who wrote it.
    pub author: Author,
    /// Whether Discord wrote it: somebody joined, pinned, boosted.
    pub is_system: bool,
    /// Whether there is text; without the message-content intent there is none.
    pub has_text: bool,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// Somebody.
    Person,
    /// Another bot.
    Bot,
    /// A webhook.
    Webhook,
    /// This bot.
    Myself,
}

/// What holds where a message was written.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The settings of the server; the default in direct messages.
    pub settings: &'a Settings,
    /// Where, and by whom.
    pub at: &'a Whereabouts,
    /// Whether whoever wrote it does not want to be answered, anywhere.
    pub opted_out: bool,
    /// When Discord last refused to let the bot write in this channel.
    pub refused_at: Option<Timestamp>,
    /// From which score on the bot replies.
    pub threshold: f32,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What the engine found.
    pub outcome: Outcome,
    /// What the server's own phrases say.
    pub own: Own,
}

/// What to do about a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Reply, unless somebody else already has, or the bot has spoken too lately.
    Reply {
        /// Id of the answer.
        answer: String,
        /// What the engine said.
        outcome: Outcome,
    },
    /// Ask moderators, where there is a channel for that.
    Review {
        /// Id of the answer.
        answer: String,
        /// What the engine said.
        outcome: Outcome,
        /// Why the bot does not speak by itself.
        reason: Reason,
    },
    /// Say nothing.
    Silent(Reason),
}

/// How far above the threshold a claim must be for a strict server: half of the way to certainty.
const STRICT: f32 = 0.5;

/// Decides on a message. `read` asks the engine; it is only called when everything else allows a
/// reply. What the bot said before is looked at afterwards, see [`cooldown::left`].
pub fn decide(
    arrival: Arrival,
    circumstances: &Circumstances<'_>,
    now: Timestamp,
    read: impl FnOnce() -> Read,
) -> Decision {
    if let Some(reason) = guard(arrival, circumstances, now) {
        return Decision::Silent(reason);
    }
    let (mode, _) = circumstances.settings.mode_at(circumstances.at);
    if mode == Mode::Off {
        return Decision::Silent(Reason::ModeOff);
    }
    let Read { outcome, own } = read();
    let tied = matches!(own, Own::Answer(_));
    let answer = match own {
        Own::Never => return Decision::Silent(Reason::NeverPhrase),
        Own::Muted => return Decision::Silent(Reason::Muted),
        Own::Answer(answer) => answer,
        Own::Nothing => match (outcome.tier, &outcome.answer) {
            (Tier::Reply | Tier::Suggest, Some(answer)) => answer.clone(),
            _ if outcome.stance == Stance::Denies => return Decision::Silent(Reason::Denied),
            _ => return Decision::Silent(Reason::NoMatch),
        },
    };
    if !tied && !is_sure(circumstances, &outcome) {
        return Decision::Review { answer, outcome, reason: Reason::SuggestOnly };
    }
    match mode {
        Mode::Review => Decision::Review { answer, outcome, reason: Reason::ReviewMode },
        Mode::Reply | Mode::Off => Decision::Reply { answer, outcome },
    }
}

/// Whether the server wants the bot to speak about a claim that was found like this.
fn is_sure(circumstances: &Circumstances<'_>, outcome: &Outcome) -> bool {
    let threshold = circumstances.threshold;
    match circumstances.settings.sensitivity {
        Sensitivity::Open => true,
        Sensitivity::Normal => outcome.tier == Tier::Reply,
        Sensitivity::Strict => {
            outcome.tier == Tier::Reply && outcome.score >= threshold + (1.0 - threshold) * STRICT
        }
    }
}

/// What forbids a reply whatever the message says.
fn guard(arrival: Arrival, circumstances: &Circumstances<'_>, now: Timestamp) -> Option<Reason> {
    if let Some(reason) = passed_over(arrival) {
        return Some(reason);
    }
    if circumstances.opted_out {
        return Some(Reason::OptedOut);
    }
    if circumstances.settings.exempts(circumstances.at) {
        return Some(Reason::Exempt);
    }
    let refused = circumstances.refused_at?;
    (now.duration_since(refused) < LEFT_ALONE).then_some(Reason::ChannelLeftAlone)
}

/// What forbids a reply wherever the message was written: what can be told by its marks alone.
#[must_use]
pub fn passed_over(arrival: Arrival) -> Option<Reason> {
    match arrival.author {
        Author::Myself => return Some(Reason::OwnMessage),
        Author::Webhook => return Some(Reason::Webhook),
        Author::Bot => return Some(Reason::Bot),
        Author::Person => {}
    }
    if arrival.is_system {
        return Some(Reason::SystemMessage);
    }
    (!arrival.has_text).then_some(Reason::NoText)
}

#[cfg(test)]
mod tests;
