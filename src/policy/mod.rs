//! May the bot speak? Pure: a message's marks, what the engine says and what happened before go
//! in, with the time, and a decision with its reason comes out.

mod reason;

pub use reason::Reason;

use jiff::{SignedDuration, Timestamp};

use crate::matching::{Outcome, Stance, Tier};

/// How long a channel is left alone after Discord has refused to let the bot write there. 10,000
/// refusals in 10 minutes would ban the bot's address.
pub const LEFT_ALONE: SignedDuration = SignedDuration::from_mins(10);

/// How long the bot keeps which messages it answered, and why: the button *Why this reply?* works on
/// old replies, but not for ever.
pub const KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);

/// How long what a server has set is kept after the bot was removed from it.
pub const LEFT: SignedDuration = SignedDuration::from_hours(30 * 24);

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

/// What happened before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// When Discord last refused to let the bot write in this channel.
    pub refused_at: Option<Timestamp>,
}

/// What to do about a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// Reply, unless somebody else already has.
    Reply {
        /// Id of the answer.
        answer: String,
        /// What the engine said.
        outcome: Outcome,
    },
    /// Say nothing.
    Silent(Reason),
}

/// Decides on a message. `read` asks the engine; it is only called when everything else allows a
/// reply.
pub fn decide(
    arrival: Arrival,
    history: History,
    now: Timestamp,
    read: impl FnOnce() -> Outcome,
) -> Decision {
    if let Some(reason) = guard(arrival, history, now) {
        return Decision::Silent(reason);
    }
    let outcome = read();
    match (outcome.tier, &outcome.answer) {
        (Tier::Reply, Some(answer)) => Decision::Reply { answer: answer.clone(), outcome },
        (Tier::Reply | Tier::Suggest, _) => Decision::Silent(Reason::SuggestOnly),
        (Tier::Silent, _) => Decision::Silent(match outcome.stance {
            Stance::Denies => Reason::Denied,
            _ => Reason::NoMatch,
        }),
    }
}

/// What forbids a reply whatever the message says.
fn guard(arrival: Arrival, history: History, now: Timestamp) -> Option<Reason> {
    match arrival.author {
        Author::Myself => return Some(Reason::OwnMessage),
        Author::Webhook => return Some(Reason::Webhook),
        Author::Bot => return Some(Reason::Bot),
        Author::Person => {}
    }
    if arrival.is_system {
        return Some(Reason::SystemMessage);
    }
    if !arrival.has_text {
        return Some(Reason::NoText);
    }
    let refused = history.refused_at?;
    (now.duration_since(refused) < LEFT_ALONE).then_some(Reason::ChannelLeftAlone)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: Arrival = Arrival { author: Author::Person, is_system: false, has_text: true };

    fn outcome(tier: Tier, stance: Stance) -> Outcome {
        Outcome {
            tier,
            answer: (tier > Tier::Silent).then(|| "blind-bats".to_owned()),
            score: 0.9,
            stance,
            reason: String::new(),
            evidence: vec![],
            candidates: vec![],
            findings: vec![],
            words: 0,
        }
    }

    /// The reason for silence, or the answer.
    fn decided(arrival: Arrival, tier: Tier, stance: Stance) -> String {
        let now = Timestamp::UNIX_EPOCH;
        match decide(arrival, History::default(), now, || outcome(tier, stance)) {
            Decision::Reply { answer, .. } => answer,
            Decision::Silent(reason) => reason.to_string(),
        }
    }

    #[test]
    fn only_people_are_answered() {
        let by = |author| Arrival { author, ..PERSON };
        let decided = |arrival| decided(arrival, Tier::Reply, Stance::Asserts);
        assert_eq!(decided(PERSON), "blind-bats");
        assert_eq!(decided(by(Author::Bot)), "a bot wrote it");
        assert_eq!(decided(by(Author::Webhook)), "a webhook wrote it");
        assert_eq!(decided(by(Author::Myself)), "this bot wrote it");
        let system = Arrival { is_system: true, ..PERSON };
        assert_eq!(decided(system), "Discord wrote it");
        let empty = Arrival { has_text: false, ..PERSON };
        assert_eq!(decided(empty), "it has no text that the bot may read");
    }

    #[test]
    fn only_sure_claims_are_answered() {
        let decided = |tier, stance| decided(PERSON, tier, stance);
        assert_eq!(decided(Tier::Reply, Stance::Asks), "blind-bats");
        assert_eq!(
            decided(Tier::Suggest, Stance::Asserts),
            "a claim was found, but not surely enough"
        );
        assert_eq!(decided(Tier::Silent, Stance::Denies), "it rejects the claim");
        assert_eq!(decided(Tier::Silent, Stance::None), "no claim was found in it");
    }

    #[test]
    fn what_nobody_may_answer_is_not_read() {
        let arrival = Arrival { author: Author::Bot, ..PERSON };
        let read = || panic!("the engine was asked");
        let decision = decide(arrival, History::default(), Timestamp::UNIX_EPOCH, read);
        assert_eq!(decision, Decision::Silent(Reason::Bot));
    }

    #[test]
    fn a_channel_that_refused_is_left_alone_for_ten_minutes() {
        let refused = Timestamp::UNIX_EPOCH;
        let history = History { refused_at: Some(refused) };
        let after = |seconds| {
            let now = refused + SignedDuration::from_secs(seconds);
            let read = || outcome(Tier::Reply, Stance::Asserts);
            matches!(decide(PERSON, history, now, read), Decision::Silent(Reason::ChannelLeftAlone))
        };
        assert!(after(0) && after(599));
        assert!(!after(600));
    }
}
