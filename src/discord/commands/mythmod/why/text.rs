//! What `/mythmod why` prints. Pure functions; the words of the message are quoted and never kept.

use jiff::SignedDuration;

use crate::cards::{self, Card, Field};
use crate::discord::answers::Answers;
use crate::discord::guild_settings::GuildSettings;
use crate::discord::standing;
use crate::matching::{Finding, Tier};
use crate::policy::settings::{Mode, Scope, Sensitivity, Settings, Source, Whereabouts};
use crate::policy::{Arrival, Author, Decision, Own, Read, Reason};
use crate::store::{Reply, ReplyState, Review, ReviewState};

/// Most characters of a phrase.
const PHRASE: usize = 80;

const ONCE: &str = "This message was answered already, and gets no second reply. Looked at afresh:";

/// All that decides about a message.
pub(super) struct Steps<'a> {
    pub(super) answers: &'a Answers,
    pub(super) set: &'a GuildSettings,
    pub(super) at: &'a Whereabouts,
    pub(super) arrival: Arrival,
    pub(super) opted_out: bool,
    pub(super) decision: &'a Decision,
    pub(super) read: &'a Read,
    /// Which cooldown holds, and how long still.
    pub(super) lately: Option<(Reason, SignedDuration)>,
    /// Permissions that the bot lacks there.
    pub(super) missing: &'a [&'static str],
    pub(super) reply: Option<&'a Reply>,
    pub(super) review: Option<&'a Review>,
    /// What the engine found.
    pub(super) engine: Card,
}

/// Every step, the outcome first.
pub(super) fn card(steps: &Steps<'_>) -> Card {
    let own = [
        ("What became of it", became(steps)),
        ("Who wrote it", author(steps)),
        ("What is set there", set(steps)),
        ("Phrases of this server", phrases(steps)),
        ("How often it spoke", often(steps)),
        ("What it may do there", may(steps)),
    ];
    // Its decision stands above already, unless that is why there is nothing to say.
    let silent = steps.read.outcome.tier == Tier::Silent;
    let engine = silent.then(|| ("What was read", steps.engine.body.clone()));
    let own =
        own.into_iter().chain(engine).map(|(name, value)| Field { name: name.to_owned(), value });
    cards::fit(Card {
        title: "The decision on this message, taken again".to_owned(),
        body: match steps.reply {
            Some(_) => format!("{ONCE}\n{}", outcome(steps)),
            None => outcome(steps),
        },
        fields: own.chain(steps.engine.fields.iter().cloned()).collect(),
        footer: "Nothing was done: this only explains.".to_owned(),
        ..Card::default()
    })
}

fn outcome(steps: &Steps<'_>) -> String {
    let named = |answer: &str| named(steps.answers, answer);
    match steps.decision {
        Decision::Silent(reason) => format!("The bot would keep silent: {reason}."),
        Decision::Review { answer, reason, .. } => match steps.set.settings.review_channel {
            Some(channel) => format!(
                "The bot would ask moderators in <#{channel}> about answer {}: {reason}.",
                named(answer)
            ),
            None => format!(
                "The bot would keep silent: {reason}. There is no review channel \
                 (`/mythconfig review`) where it could ask about answer {}.",
                named(answer)
            ),
        },
        Decision::Reply { answer, .. } => match steps.lately {
            Some((reason, left)) => format!(
                "The bot would keep silent for now: {reason}, {} left. Then it would reply with \
                 answer {}.",
                duration(left),
                named(answer)
            ),
            None if !steps.missing.is_empty() => format!(
                "The bot would reply with answer {}, and cannot: it lacks a permission.",
                named(answer)
            ),
            None => format!("The bot would reply with answer {}.", named(answer)),
        },
    }
}

fn became(steps: &Steps<'_>) -> String {
    let mut lines = Vec::new();
    if let Some(reply) = steps.reply {
        lines.push(replied(reply));
    }
    if let Some(review) = steps.review {
        lines.push(reviewed(review));
    }
    if lines.is_empty() {
        lines.push("It has no reply, and moderators were not asked.".to_owned());
    }
    lines.join("\n")
}

fn replied(reply: &Reply) -> String {
    let what = match standing::place(reply) {
        Some((channel, message)) => {
            let guild = reply.guild_id.unwrap_or_default();
            format!("[reply](https://discord.com/channels/{guild}/{channel}/{message})")
        }
        None => "reply, which may not have reached Discord".to_owned(),
    };
    let when = reply.at_ms.div_euclid(1000);
    let then = match reply.state {
        ReplyState::Stands => "",
        ReplyState::Dismissed => " Somebody took it back as not relevant.",
        ReplyState::Withdrawn => {
            " It was withdrawn, because the message was deleted or said something else."
        }
    };
    format!("It got a {what} with answer `{}` <t:{when}:R>.{then}", reply.answer)
}

fn reviewed(review: &Review) -> String {
    let what = match review.card_id {
        Some(card) => {
            let (guild, channel) = (review.guild_id, review.card_channel_id);
            format!("[asked](https://discord.com/channels/{guild}/{channel}/{card})")
        }
        None => "asked".to_owned(),
    };
    let by = review.decided_by.map_or_else(|| "Somebody".to_owned(), |by| format!("<@{by}>"));
    let then = match review.state {
        ReviewState::Open => "Nobody has decided yet.".to_owned(),
        ReviewState::Posted => format!("{by} had it posted."),
        ReviewState::Declined => format!("{by} chose *Not this one*."),
        ReviewState::Muted => format!("{by} chose *Never for this phrase*."),
        ReviewState::Withdrawn => {
            "Nothing was left to decide: the message was deleted or said something else.".to_owned()
        }
    };
    let when = review.at_ms.div_euclid(1000);
    format!("Moderators were {what} about answer `{}` <t:{when}:R>. {then}", review.answer)
}

fn author(steps: &Steps<'_>) -> String {
    let who = match steps.arrival.author {
        Author::Person => "A person.",
        Author::Bot => "Another bot: those get no answer.",
        Author::Webhook => "A webhook: those get no answer.",
        Author::Myself => "This bot: it does not answer itself.",
    };
    let mut lines = vec![who.to_owned()];
    if steps.arrival.is_system {
        lines.push("It is one of Discord's own messages: those get no answer.".to_owned());
    }
    if !steps.arrival.has_text {
        lines.push("It has no text, or Discord does not show it to the bot.".to_owned());
    }
    if steps.opted_out {
        lines.push("They do not want to be answered (`/myth optout`).".to_owned());
    }
    let settings = &steps.set.settings;
    if steps.at.author.is_some_and(|author| settings.exempt_users.contains(&author)) {
        lines.push("They are exempt (`/mythconfig exempt`).".to_owned());
    }
    let roles = steps.at.roles.iter().filter(|role| settings.exempt_roles.contains(role));
    lines.extend(
        roles.map(|role| format!("Their role <@&{role}> is exempt (`/mythconfig exempt`).")),
    );
    lines.join("\n")
}

fn set(steps: &Steps<'_>) -> String {
    let settings: &Settings = &steps.set.settings;
    let (mode, source) = settings.mode_at(steps.at);
    let mode = match mode {
        Mode::Reply => "**reply**: it speaks by itself",
        Mode::Review => "**review**: moderators decide first",
        Mode::Off => "**off**: it keeps silent",
    };
    let source = match source {
        Source::Server => "for the whole server".to_owned(),
        Source::Scope(Scope::Thread(id)) => format!("for the thread <#{id}>"),
        Source::Scope(Scope::Channel(id)) => format!("for the channel <#{id}>"),
        Source::Scope(Scope::Category(id)) => format!("for the category <#{id}>"),
        Source::Scope(Scope::Role(id)) => format!("for the role <@&{id}>"),
    };
    let sensitivity = match settings.sensitivity {
        Sensitivity::Strict => "**strict**: only claims far above the threshold get a reply",
        Sensitivity::Normal => "**normal**: claims above the threshold get a reply",
        Sensitivity::Open => "**open**: claims that are only suggested elsewhere get one, too",
    };
    format!("Mode {mode}. That is set {source}.\nSensitivity {sensitivity}.")
}

fn phrases(steps: &Steps<'_>) -> String {
    let own = match &steps.read.own {
        Own::Nothing => "It says no words that moderators have set.".to_owned(),
        Own::Answer(answer) => format!("It says words that are tied to the answer `{answer}`."),
        Own::Never => "It says words that are never answered.".to_owned(),
        Own::Muted => "All that was found in it is muted.".to_owned(),
    };
    let muted = |finding: &&Finding| {
        let mut mutes = steps.set.mutes.iter();
        mutes.any(|mute| mute.answer == finding.answer && mute.phrase == finding.evidence.phrase)
    };
    let found = steps.read.outcome.findings.iter().filter(muted);
    let mut lines = vec![own];
    lines.extend(
        found.map(|finding| {
            format!("Muted: “{}”.", cards::quoted(&finding.evidence.phrase, PHRASE))
        }),
    );
    lines.dedup();
    lines.join("\n")
}

fn often(steps: &Steps<'_>) -> String {
    match steps.lately {
        Some((reason, left)) => {
            format!("For now it keeps silent: {reason}, {} left.", duration(left))
        }
        None => "No cooldown holds it back.".to_owned(),
    }
}

fn may(steps: &Steps<'_>) -> String {
    if steps.missing.is_empty() {
        return "All that a reply needs.".to_owned();
    }
    let missing: Vec<String> = steps.missing.iter().map(|name| format!("*{name}*")).collect();
    format!("Missing: {}. Give it that in the channel.", missing.join(", "))
}

/// "29 minutes", "2 hours", "20 seconds": the next larger whole.
fn duration(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(1);
    let (count, unit) = match seconds {
        7200.. => (seconds.div_euclid(3600) + i64::from(seconds % 3600 > 0), "hour"),
        120.. => (seconds.div_euclid(60) + i64::from(seconds % 60 > 0), "minute"),
        _ => (seconds, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn named(answers: &Answers, answer: &str) -> String {
    match answers.knowledge.myth(answer) {
        Some(myth) => {
            let title = cards::title(&answers.knowledge, myth, answers.language());
            format!("{}, **{title}** (`{answer}`)", myth.number())
        }
        None => format!("`{answer}`"),
    }
}

#[cfg(test)]
mod tests;
