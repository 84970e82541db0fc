use super::*;
use crate::cards::{Style, text};
use crate::knowledge::fixture;
use crate::policy::settings::Id;
use crate::store::Mute;

/// What decides about a message of a person; the tests change it.
struct Case {
    answers: Answers,
    set: GuildSettings,
    at: Whereabouts,
    arrival: Arrival,
    opted_out: bool,
    lately: Option<(Reason, SignedDuration)>,
    missing: Vec<&'static str>,
    reply: Option<Reply>,
    review: Option<Review>,
    own: Own,
}

impl Case {
    fn new() -> Self {
        Self {
            answers: Answers::new(fixture::knowledge()),
            set: GuildSettings::default(),
            at: Whereabouts {
                channel: Some(Id(2)),
                author: Some(Id(4)),
                roles: vec![Id(6)],
                ..Whereabouts::default()
            },
            arrival: Arrival { author: Author::Person, is_system: false, has_text: true },
            opted_out: false,
            lately: None,
            missing: vec![],
            reply: None,
            review: None,
            own: Own::Nothing,
        }
    }

    fn card(&self, message: &str, decide: impl Fn(&Read) -> Decision) -> Card {
        let outcome = self.answers.matcher.find(message);
        let (knowledge, matcher) = (&self.answers.knowledge, &self.answers.matcher);
        let engine = cards::why(knowledge, matcher, message, &outcome);
        let read = Read { outcome, own: self.own.clone() };
        card(&Steps {
            answers: &self.answers,
            set: &self.set,
            at: &self.at,
            arrival: self.arrival,
            opted_out: self.opted_out,
            decision: &decide(&read),
            read: &read,
            lately: self.lately,
            missing: &self.missing,
            reply: self.reply.as_ref(),
            review: self.review.as_ref(),
            engine,
        })
    }

    /// Everything but what the engine says, which has tests of its own.
    fn told(&self, message: &str, decide: impl Fn(&Read) -> Decision) -> String {
        let mut card = self.card(message, decide);
        card.fields.truncate(6);
        text(&card, 100, Style::Plain)
    }
}

fn reply(read: &Read) -> Decision {
    Decision::Reply { answer: "blind-bats".to_owned(), outcome: read.outcome.clone() }
}

fn silent(reason: Reason) -> impl Fn(&Read) -> Decision {
    move |_| Decision::Silent(reason)
}

fn replied(state: ReplyState) -> Reply {
    Reply {
        message_id: 1,
        channel_id: 2,
        guild_id: Some(3),
        author_id: Some(4),
        reply_id: Some(9),
        reply_channel_id: 2,
        answer: "blind-bats".to_owned(),
        version: String::new(),
        grounds: String::new(),
        state,
        at_ms: 1_800_000_000_000,
    }
}

fn review(state: ReviewState, decided_by: Option<i64>) -> Review {
    Review {
        message_id: 1,
        channel_id: 2,
        guild_id: 3,
        author_id: 4,
        answer: "blind-bats".to_owned(),
        grounds: String::new(),
        card_channel_id: 5,
        card_id: Some(8),
        state,
        decided_by,
        at_ms: 1_800_000_000_000,
    }
}

#[test]
fn every_step_is_told() {
    let case = Case { reply: Some(replied(ReplyState::Stands)), ..Case::new() };
    let card = case.card("I swear, @everyone, bats are blind", reply);
    insta::assert_snapshot!(text(&card, 100, Style::Plain), @r"
    │ The decision on this message, taken again
    │
    │ This message was answered already, and gets no second reply. Looked at afresh:
    │ The bot would reply with answer 1, Bats can see (blind-bats).
    │
    │ What became of it
    │ It got a reply <https://discord.com/channels/3/2/9> with answer blind-bats <t:1800000000:R>.
    │
    │ Who wrote it
    │ A person.
    │
    │ What is set there
    │ Mode reply: it speaks by itself. That is set for the whole server.
    │ Sensitivity normal: claims above the threshold get a reply.
    │
    │ Phrases of this server
    │ It says no words that moderators have set.
    │
    │ How often it spoke
    │ No cooldown holds it back.
    │
    │ What it may do there
    │ All that a reply needs.
    │
    │ What was found
    │ - bats are blind, in the words “bats … blind”. On its own this is enough for a reply (0.85)
    │
    │ What the message does
    │ It states the claim.
    │
    │ How sure
    │ 0.85 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    │
    │ What would have changed it
    │ - Without “bats”, the bot would have kept silent.
    │ - With 7 more letters misspelt in these words, as long as they can still be read, moderators would
    │   only have been shown the message.
    │ - If a reply needed 0.86 instead of 0.70, moderators would only have been shown the message.
    │
    │ Nothing was done: this only explains.
    ");
}

#[test]
fn what_stands_against_a_reply_is_told() {
    let mut case = Case::new();
    case.opted_out = true;
    case.set.settings.exempt_users = [Id(4)].into();
    case.set.settings.exempt_roles = [Id(6)].into();
    case.set.settings.rules = [(Scope::Role(Id(6)), Mode::Off)].into();
    case.set.settings.sensitivity = Sensitivity::Strict;
    case.missing = vec!["Send Messages", "Embed Links"];
    insta::assert_snapshot!(case.told("bats are blind", silent(Reason::OptedOut)), @r"
    │ The decision on this message, taken again
    │
    │ The bot would keep silent: its author does not want to be answered.
    │
    │ What became of it
    │ It has no reply, and moderators were not asked.
    │
    │ Who wrote it
    │ A person.
    │ They do not want to be answered (/myth optout).
    │ They are exempt (/mythconfig exempt).
    │ Their role <@&6> is exempt (/mythconfig exempt).
    │
    │ What is set there
    │ Mode off: it keeps silent. That is set for the role <@&6>.
    │ Sensitivity strict: only claims far above the threshold get a reply.
    │
    │ Phrases of this server
    │ It says no words that moderators have set.
    │
    │ How often it spoke
    │ No cooldown holds it back.
    │
    │ What it may do there
    │ Missing: Send Messages, Embed Links. Give it that in the channel.
    │
    │ Nothing was done: this only explains.
    ");
}

#[test]
fn a_cooldown_says_how_long_still() {
    let left = SignedDuration::from_secs(29 * 60 - 5);
    let case = Case { lately: Some((Reason::AnswerCooldown, left)), ..Case::new() };
    insta::assert_snapshot!(case.told("bats are blind", reply), @r"
    │ The decision on this message, taken again
    │
    │ The bot would keep silent for now: the same answer was given in this channel not long ago, 29
    │ minutes left. Then it would reply with answer 1, Bats can see (blind-bats).
    │
    │ What became of it
    │ It has no reply, and moderators were not asked.
    │
    │ Who wrote it
    │ A person.
    │
    │ What is set there
    │ Mode reply: it speaks by itself. That is set for the whole server.
    │ Sensitivity normal: claims above the threshold get a reply.
    │
    │ Phrases of this server
    │ It says no words that moderators have set.
    │
    │ How often it spoke
    │ For now it keeps silent: the same answer was given in this channel not long ago, 29 minutes left.
    │
    │ What it may do there
    │ All that a reply needs.
    │
    │ Nothing was done: this only explains.
    ");
}

#[test]
fn a_permission_that_is_missing_is_told() {
    let case = Case { missing: vec!["Send Messages"], ..Case::new() };
    insta::assert_snapshot!(case.card("bats are blind", reply).body, @"The bot would reply with answer 1, **Bats can see** (`blind-bats`), and cannot: it lacks a permission.");
}

#[test]
fn what_moderators_decided_is_told() {
    let mut case = Case::new();
    let ask = |read: &Read| Decision::Review {
        answer: "blind-bats".to_owned(),
        outcome: read.outcome.clone(),
        reason: Reason::ReviewMode,
    };
    let mut told = vec![case.card("bats are blind", ask).body];
    case.set.settings.review_channel = Some(Id(5));
    told.push(case.card("bats are blind", ask).body);
    for (state, by) in [
        (ReviewState::Open, None),
        (ReviewState::Posted, Some(7)),
        (ReviewState::Declined, Some(7)),
        (ReviewState::Muted, Some(7)),
        (ReviewState::Withdrawn, None),
    ] {
        case.review = Some(review(state, by));
        told.push(case.card("bats are blind", ask).fields[0].value.clone());
    }
    for state in [ReplyState::Dismissed, ReplyState::Withdrawn] {
        case.review = None;
        case.reply = Some(replied(state));
        told.push(case.card("bats are blind", ask).fields[0].value.clone());
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    The bot would keep silent: there, moderators decide first. There is no review channel (`/mythconfig review`) where it could ask about answer 1, **Bats can see** (`blind-bats`).
    The bot would ask moderators in <#5> about answer 1, **Bats can see** (`blind-bats`): there, moderators decide first.
    Moderators were [asked](https://discord.com/channels/3/5/8) about answer `blind-bats` <t:1800000000:R>. Nobody has decided yet.
    Moderators were [asked](https://discord.com/channels/3/5/8) about answer `blind-bats` <t:1800000000:R>. <@7> had it posted.
    Moderators were [asked](https://discord.com/channels/3/5/8) about answer `blind-bats` <t:1800000000:R>. <@7> chose *Not this one*.
    Moderators were [asked](https://discord.com/channels/3/5/8) about answer `blind-bats` <t:1800000000:R>. <@7> chose *Never for this phrase*.
    Moderators were [asked](https://discord.com/channels/3/5/8) about answer `blind-bats` <t:1800000000:R>. Nothing was left to decide: the message was deleted or said something else.
    It got a [reply](https://discord.com/channels/3/2/9) with answer `blind-bats` <t:1800000000:R>. Somebody took it back as not relevant.
    It got a [reply](https://discord.com/channels/3/2/9) with answer `blind-bats` <t:1800000000:R>. It was withdrawn, because the message was deleted or said something else.
    ");
}

#[test]
fn phrases_that_are_muted_are_named() {
    let mut case = Case { own: Own::Muted, ..Case::new() };
    let outcome = case.answers.matcher.find("bats are blind");
    case.set.mutes = vec![Mute {
        guild_id: 3,
        answer: "blind-bats".to_owned(),
        phrase: outcome.findings[0].evidence.phrase.clone(),
        set_by: 7,
        at_ms: 0,
    }];
    let card = case.card("bats are blind", silent(Reason::Muted));
    insta::assert_snapshot!(card.fields[3].value, @r"
    All that was found in it is muted.
    Muted: “bats are blind”.
    ");
}

#[test]
fn the_card_fits_discord_whatever_was_written() {
    let case = Case { reply: Some(replied(ReplyState::Stands)), ..Case::new() };
    let message = "bats are blind and **bats are blind** [x](y) ".repeat(80);
    let card = case.card(&message, reply);
    let fields =
        card.fields.iter().map(|field| field.name.chars().count() + field.value.chars().count());
    let all: usize = fields.sum::<usize>() + card.title.chars().count() + card.body.chars().count();
    assert!(all <= 6000, "{all}");
    assert!(card.fields.iter().all(|field| field.value.chars().count() <= 1024));
}

#[test]
fn times_are_told_in_the_next_larger_whole() {
    let told = [1, 119, 120, 121, 7199, 7200, 7201, 86_400].map(SignedDuration::from_secs);
    let told = told.map(duration).join(", ");
    insta::assert_snapshot!(told, @"1 second, 119 seconds, 2 minutes, 3 minutes, 120 minutes, 2 hours, 3 hours, 24 hours");
}
