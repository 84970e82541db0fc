//! Explains a decision to someone who has never seen the inside of the bot.

mod change;
mod found;
mod near;
mod own;

pub use own::why_own;

use super::escape::quoted;
use super::page::Page;
use super::{Card, limits};
use crate::knowledge::{Knowledge, Thresholds};
use crate::matching::{
    self, Change, CueKind, Finding, Matcher, Near, Outcome, Reading, Stance, Tier,
};

/// Most characters of a phrase and of a message's words. With [`found::MOST`] so many that the card
/// fits Discord even when each of them has to be escaped.
const SHOWN: usize = 80;

/// Rejects a claim that follows. It is tried in front of messages that get a reply.
const REJECTION: &str = "It is a myth that";

/// What was decided about a message, on which words, how sure it is, and what would have changed
/// it: the changes are made and decided on. The words of the message are quoted so that they cannot
/// act.
#[must_use]
pub fn why(knowledge: &Knowledge, matcher: &Matcher, message: &str, outcome: &Outcome) -> Card {
    let nearest = if nothing_found(outcome) { matcher.nearest(message) } else { None };
    let tried = Tried {
        readings: &matcher.readings(message),
        changes: &matcher.changes(message, outcome, REJECTION),
        nearest: nearest.as_ref(),
    };
    card(knowledge, outcome, *knowledge.pack.thresholds.get_ref(), tried)
}

/// The same for a decision whose message was not kept, made with the thresholds `at`, as they may
/// have been long ago. Evidence without words is shown without them.
#[must_use]
pub fn why_with(knowledge: &Knowledge, outcome: &Outcome, at: Thresholds) -> Card {
    let changes = &matching::arithmetic(outcome, at);
    card(knowledge, outcome, at, Tried { readings: &[], changes, nearest: None })
}

/// What the engine told about a message besides the decision.
#[derive(Debug, Clone, Copy)]
struct Tried<'a> {
    /// The words that are read as others.
    readings: &'a [Reading],
    /// What would have changed the decision.
    changes: &'a [Change],
    /// What a message in which nothing was found came nearest to.
    nearest: Option<&'a Near>,
}

/// Draws a decision made with the thresholds `at`.
fn card(knowledge: &Knowledge, outcome: &Outcome, at: Thresholds, tried: Tried<'_>) -> Card {
    let title = match outcome.tier {
        Tier::Reply => "Why the bot replied",
        Tier::Suggest => "Why the bot asked moderators to look",
        Tier::Silent => "Why the bot kept silent",
    };
    let parts = [
        limits::fields("What was found", &found::lines(knowledge, outcome, tried.readings)),
        Vec::from_iter(limits::field("What the message does", &stance(outcome))),
        Vec::from_iter(limits::field("How sure", &score(knowledge, outcome, at))),
        limits::fields("What would have changed it", &change::lines(knowledge, outcome, at, tried)),
    ];
    limits::fit(Card {
        title: title.to_owned(),
        body: decision(knowledge, outcome),
        fields: parts.into_iter().flatten().collect(),
        ..Card::default()
    })
}

fn nothing_found(outcome: &Outcome) -> bool {
    outcome.findings.is_empty() && outcome.evidence.is_empty() && outcome.answer.is_none()
}

fn decision(knowledge: &Knowledge, outcome: &Outcome) -> String {
    if nothing_found(outcome) {
        return match knowledge.myths.len() {
            1 => "The only claim that the bot knows was not found in the message.".to_owned(),
            count => format!("None of the {count} claims was found in the message."),
        };
    }
    let answer = outcome.answer.as_deref().map(|id| named(knowledge, id)).unwrap_or_default();
    let does = if outcome.stance == Stance::Asks { "asks about" } else { "makes" };
    match outcome.tier {
        Tier::Reply => {
            format!("It replied with answer {answer}: the message {does} the claim of this answer.")
        }
        Tier::Suggest => format!(
            "It said nothing, but shows moderators the message with answer {answer}: the message \
             may well be about its claim, and that is not sure enough for a reply."
        ),
        Tier::Silent => match outcome.candidates.first() {
            Some(near) => format!(
                "It said nothing: there are only hints of the claim of answer {}.",
                named(knowledge, &near.answer)
            ),
            None => format!("It said nothing: a claim was found, but {}.", cancelled(outcome)),
        },
    }
}

/// Why the surest of what was found does not count.
fn cancelled(outcome: &Outcome) -> String {
    let surest = surest(outcome).and_then(|finding| finding.cancelled.as_deref());
    surest.map_or_else(|| "it does not count".to_owned(), |cause| quoted(cause, SHOWN))
}

/// The finding that weighs most.
fn surest(outcome: &Outcome) -> Option<&Finding> {
    outcome.findings.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// An answer by number, title and id.
fn named(knowledge: &Knowledge, id: &str) -> String {
    let Some(myth) = knowledge.myth(id) else {
        return format!("`{id}`");
    };
    let title = Page::new(knowledge, myth, knowledge.main_language()).title();
    format!("{}, **{title}** (`{id}`)", myth.number())
}

/// An answer by its number alone.
fn numbered(knowledge: &Knowledge, id: &str) -> String {
    knowledge.myth(id).map_or_else(|| format!("`{id}`"), |myth| myth.number().to_string())
}

fn stance(outcome: &Outcome) -> String {
    match outcome.stance {
        Stance::None => "It neither states nor asks any of the claims.".to_owned(),
        Stance::Asserts => "It states the claim.".to_owned(),
        Stance::Asks => {
            let cue = outcome.findings.iter().find_map(|finding| finding.asked.as_deref());
            let cue = cue.map_or_else(String::new, |cue| match cue {
                "?" => " (it ends with a question mark)".to_owned(),
                words => format!(" (“{}”)", quoted(words, SHOWN)),
            });
            format!("It asks whether the claim is true{cue}. Questions get a reply, too.")
        }
        Stance::Denies => {
            let kind = surest(outcome).and_then(|finding| finding.cue.as_ref()).map(|cue| cue.kind);
            match kind {
                Some(CueKind::Exception) => {
                    "It uses words of the claim for something else. Then there is nothing to answer."
                }
                _ => {
                    "It rejects the claim, quotes it to refute it, or makes fun of it. Then there \
                     is nothing to answer."
                }
            }
            .to_owned()
        }
    }
}

fn score(knowledge: &Knowledge, outcome: &Outcome, at: Thresholds) -> String {
    let next = match outcome.candidates.get(1) {
        Some(next) => format!(
            " The next best answer is {} with {:.2}.",
            numbered(knowledge, &next.answer),
            next.score
        ),
        None => String::new(),
    };
    let void = match surest(outcome) {
        Some(finding) if outcome.candidates.is_empty() => {
            format!(", because what was found (worth {:.2}) does not count", finding.weight)
        }
        _ => String::new(),
    };
    let alone = if outcome.is_alone() {
        ", because in a long message one phrase alone counts little more than half"
    } else {
        ""
    };
    format!(
        "{:.2} of 1{void}{alone}. From {:.2} on the bot replies, from {:.2} on it shows moderators the \
         message.{next}",
        outcome.score, at.reply, at.suggest
    )
}

#[cfg(test)]
mod tests;
