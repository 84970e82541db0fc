//! What is set, what applies somewhere, and why. Pure.

use super::super::words;
use crate::cards::{self, Card, Field};
use crate::policy::Settings;
use crate::policy::settings::{Cooldowns, Id, Mode, Scope, Source, Whereabouts};

/// Most rules and exemptions that are listed each; the rest is in an export. Mentions have 26
/// characters, and a field 1,024.
const LISTED: usize = 20;

/// All that is set, and what applies there. `counts` are the phrases of the server's own and those
/// that are muted.
pub(super) fn card(settings: &Settings, at: &Whereabouts, counts: (usize, usize)) -> Card {
    let field = |name: &str, value: String| Field { name: name.to_owned(), value };
    Card {
        title: "How the bot is set here".to_owned(),
        body: applies(settings, at),
        fields: vec![
            field("Why", why(settings, at)),
            field("All modes", rules(settings)),
            field("Asking moderators", asking(settings)),
            field("Cooldowns", cooldowns(settings.cooldowns)),
            field("Style", style(settings)),
            field("Exempt", exempt(settings)),
            field(
                "This server's own",
                format!(
                    "{}, {}: see `/mythmod phrases`",
                    cards::counted(counts.0, "phrase"),
                    cards::counted(counts.1, "muted phrase")
                ),
            ),
        ],
        ..Card::default()
    }
}

/// What the bot does there, in a sentence.
fn applies(settings: &Settings, at: &Whereabouts) -> String {
    let place = at.thread.or(at.channel).or(at.category);
    let place = place.map_or_else(|| "Here".to_owned(), |place| format!("In <#{place}>"));
    let to = at.author.map_or_else(String::new, |author| format!(" and to <@{author}>"));
    if settings.exempts(at) {
        return format!(
            "**{place}{to}, the bot says nothing:** they, or a role of theirs, are exempt."
        );
    }
    let (mode, source) = settings.mode_at(at);
    let because = match source {
        Source::Server => "that is the mode of the server".to_owned(),
        Source::Scope(scope) => format!("that is set for {}", words::mention(scope)),
    };
    format!("**{place}{to}, the bot {}:** {because}.", words::does(mode))
}

/// Each step, the most specific first, and which one counts.
fn why(settings: &Settings, at: &Whereabouts) -> String {
    let (_, source) = settings.mode_at(at);
    let mut roles: Vec<Scope> = if at.author.is_some() {
        at.roles.iter().map(|role| Scope::Role(*role)).collect()
    } else {
        vec![]
    };
    roles.retain(|role| settings.rules.contains_key(role));
    let place = |name: &str, scope: Option<Scope>| match scope {
        None => format!("{name}: not in one"),
        Some(scope) => step(name, scope, settings, source),
    };
    let mut steps = vec![
        place("Thread", at.thread.map(Scope::Thread)),
        place("Channel", at.channel.map(Scope::Channel)),
        place("Category", at.category.map(Scope::Category)),
    ];
    steps.push(match (at.author, &roles[..]) {
        (None, _) => "Role: choose a member to see".to_owned(),
        (Some(_), []) => "Role: none of theirs has a mode".to_owned(),
        (Some(_), some) => {
            let some = some.iter().take(LISTED / 2);
            let some: Vec<String> =
                some.map(|role| step("Role", *role, settings, source)).collect();
            some.join("; ")
        }
    });
    let counts = if source == Source::Server { COUNTS } else { "" };
    steps.push(format!("Server: {}{counts}", words::mode(settings.mode)));
    let numbered = steps.iter().zip(1..).map(|(step, number)| format!("{number}. {step}"));
    format!("{ORDER}\n{}", numbered.collect::<Vec<_>>().join("\n"))
}

const ORDER: &str =
    "The first of these that has a mode counts; of several roles the most silent one.";
const COUNTS: &str = " **(this counts)**";

fn step(name: &str, scope: Scope, settings: &Settings, source: Source) -> String {
    let counts = if source == Source::Scope(scope) { COUNTS } else { "" };
    let mode = settings.rules.get(&scope).map_or("no mode of its own", |mode| words::mode(*mode));
    format!("{name} {}: {mode}{counts}", words::mention(scope))
}

fn rules(settings: &Settings) -> String {
    let mut lines = vec![format!("- the server: {}", words::mode(settings.mode))];
    let rules = settings.rules.iter().take(LISTED);
    lines.extend(
        rules.map(|(scope, mode)| format!("- {}: {}", words::mention(*scope), words::mode(*mode))),
    );
    lines.extend(more(settings.rules.len()));
    lines.join("\n")
}

fn more(count: usize) -> Option<String> {
    let more = count.checked_sub(LISTED).filter(|more| *more > 0)?;
    Some(format!("… and {more} more: `/mythconfig export` has all"))
}

fn asking(settings: &Settings) -> String {
    let channel = if let Some(channel) = settings.review_channel {
        format!("In <#{channel}>.")
    } else {
        let silent = settings.rules.values().chain([&settings.mode]).any(|m| *m == Mode::Review);
        let so = if silent { ": where the mode is review, it keeps silent" } else { "" };
        format!("Nowhere{so}. `/mythconfig review` chooses a channel.")
    };
    format!("{channel} Sensitivity: {}.", words::sensitivity(settings.sensitivity))
}

fn cooldowns(cooldowns: Cooldowns) -> String {
    let limit = match cooldowns.per_hour {
        0 => "none".to_owned(),
        most => format!("{most} replies"),
    };
    format!(
        "- the same answer in a channel: {}\n- any answer in a channel: {}\n- to the same person: \
         {}\n- an answer that was dismissed, in that channel: {}\n- limit in this server within an \
         hour: {limit}",
        words::time(cooldowns.answer_s),
        words::time(cooldowns.channel_s),
        words::time(cooldowns.person_s),
        words::time(cooldowns.dismissed_s),
    )
}

fn style(settings: &Settings) -> String {
    let style = settings.style;
    format!(
        "- replies are given {}\n- they stand {}\n- {}",
        words::length(style.length),
        words::place(style.place),
        words::audience(style.commands)
    )
}

fn exempt(settings: &Settings) -> String {
    let roles = settings.exempt_roles.iter().map(|Id(role)| format!("<@&{role}>"));
    let users = settings.exempt_users.iter().map(|Id(user)| format!("<@{user}>"));
    let all: Vec<String> = roles.chain(users).collect();
    if all.is_empty() {
        return "Nobody".to_owned();
    }
    let shown: Vec<String> = all.iter().take(LISTED).cloned().chain(more(all.len())).collect();
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Whereabouts {
        Whereabouts {
            thread: Some(Id(1)),
            channel: Some(Id(2)),
            category: Some(Id(3)),
            author: Some(Id(4)),
            roles: vec![Id(5), Id(6)],
        }
    }

    fn shown(settings: &Settings, at: &Whereabouts) -> String {
        let card = card(settings, at, (2, 1));
        let fields = card.fields.iter().map(|field| format!("## {}\n{}", field.name, field.value));
        [card.body].into_iter().chain(fields).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn all_is_told_that_is_set() {
        let here = Whereabouts { channel: Some(Id(2)), ..Whereabouts::default() };
        insta::assert_snapshot!(shown(&Settings::default(), &here), @r"
        **In <#2>, the bot speaks by itself:** that is the mode of the server.
        ## Why
        The first of these that has a mode counts; of several roles the most silent one.
        1. Thread: not in one
        2. Channel <#2>: no mode of its own
        3. Category: not in one
        4. Role: choose a member to see
        5. Server: reply **(this counts)**
        ## All modes
        - the server: reply
        ## Asking moderators
        Nowhere. `/mythconfig review` chooses a channel. Sensitivity: normal.
        ## Cooldowns
        - the same answer in a channel: 30 minutes
        - any answer in a channel: 5 minutes
        - to the same person: 10 minutes
        - an answer that was dismissed, in that channel: 1 day
        - limit in this server within an hour: 20 replies
        ## Style
        - replies are given in full
        - they stand in the channel
        - everybody sees `/myth show`, only the one who asks sees `/myth ask`
        ## Exempt
        Nobody
        ## This server's own
        2 phrases, 1 muted phrase: see `/mythmod phrases`
        ");
    }

    #[test]
    fn which_setting_counts_is_told() {
        let mut settings = Settings { mode: Mode::Review, ..Settings::default() };
        let told = |settings: &Settings, at: &Whereabouts| {
            format!("{}\n{}", applies(settings, at), why(settings, at))
        };
        settings.rules.insert(Scope::Role(Id(5)), Mode::Reply);
        settings.rules.insert(Scope::Role(Id(6)), Mode::Off);
        insta::assert_snapshot!(told(&settings, &at()), @r"
        **In <#1> and to <@4>, the bot keeps silent:** that is set for <@&6>.
        The first of these that has a mode counts; of several roles the most silent one.
        1. Thread <#1>: no mode of its own
        2. Channel <#2>: no mode of its own
        3. Category <#3>: no mode of its own
        4. Role <@&5>: reply; Role <@&6>: off **(this counts)**
        5. Server: review
        ");
        settings.rules.insert(Scope::Category(Id(3)), Mode::Reply);
        let anybody = Whereabouts { author: None, roles: vec![], thread: None, ..at() };
        insta::assert_snapshot!(told(&settings, &anybody), @r"
        **In <#2>, the bot speaks by itself:** that is set for <#3>.
        The first of these that has a mode counts; of several roles the most silent one.
        1. Thread: not in one
        2. Channel <#2>: no mode of its own
        3. Category <#3>: reply **(this counts)**
        4. Role: choose a member to see
        5. Server: review
        ");
        settings.exempt_users.insert(Id(4));
        insta::assert_snapshot!(applies(&settings, &at()), @"**In <#1> and to <@4>, the bot says nothing:** they, or a role of theirs, are exempt.");
    }

    #[test]
    fn it_fits_whatever_is_set() {
        let id = |n: u64| Id(1_234_567_890_123_456_000 + n);
        let settings = Settings {
            rules: (0..200).map(|n| (Scope::Role(id(n)), Mode::Review)).collect(),
            exempt_roles: (0..100).map(id).collect(),
            exempt_users: (100..200).map(id).collect(),
            ..Settings::default()
        };
        let at = Whereabouts {
            thread: Some(id(1)),
            channel: Some(id(2)),
            category: Some(id(3)),
            author: Some(id(4)),
            roles: (0..200).map(id).collect(),
        };
        let card = card(&settings, &at, (200, 500));
        assert!(card.fields.iter().all(|field| field.value.chars().count() <= 1024));
        let all: usize = card.fields.iter().map(|field| field.value.chars().count()).sum();
        assert!(all + card.body.chars().count() < 5500);
    }
}
