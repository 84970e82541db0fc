//! What `mythbot doctor` asks Discord, and what it makes of the answers. It only reads.

mod ask;
mod finding;
mod permissions;
mod place;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use serenity::all::{ApplicationId, Http, HttpBuilder, Route};

use super::commands;
use super::registration;
use crate::clock::Clock;
use crate::config::Config;
use crate::knowledge::Knowledge;
use ask::Unanswered;
pub use finding::{Finding, Verdict, report};
pub use place::Place;

/// Cooldowns and "ten minutes ago" are about right with a clock that is off by as much.
const ACCURATE: SignedDuration = SignedDuration::from_secs(5);
/// Beyond this questions to moderators run out too early, and certificates may seem invalid.
const TOLERABLE: SignedDuration = SignedDuration::from_secs(60);

/// Bits of an application that may get what messages say: granted, and granted to one in fewer than
/// 100 servers (Discord's documentation, "Application Flags").
const READS_MESSAGES: u64 = 1 << 18 | 1 << 19;

/// Examines what Discord knows about the bot and, if a place is given, what the bot may do there.
/// `knowledge` is that of the commands; none when it cannot be used.
pub async fn examine(
    config: &Config,
    knowledge: Option<&Knowledge>,
    place: Place,
    clock: &Clock,
) -> Vec<Finding> {
    let http = http(config);
    let me = match ask::get(&http, Route::UserMe, None).await {
        Ok(me) => me,
        Err(error) => return vec![unreached(&http, &error), rest_unknown()],
    };
    let (id, name) = (ask::id(&me.body["id"]), me.body["username"].as_str().unwrap_or_default());
    let mut findings = vec![
        Finding::ok("token", format!("Discord knows it: the bot is {name} (id {id})")),
        self::clock(me.date, clock.now()),
    ];
    findings.push(gateway(&http).await);
    match ask::get(&http, Route::Oauth2ApplicationCurrent, None).await {
        Ok(application) => {
            findings.extend(self::application(&application.body));
            let application = ask::id(&application.body["id"]);
            findings.push(self::commands(&http, application, knowledge).await);
        }
        Err(error) => findings.push(failed("application", &error)),
    }
    findings.extend(place::examine(&http, id, place, clock.now()).await);
    findings
}

/// As the bot itself asks Discord.
fn http(config: &Config) -> Http {
    let builder = HttpBuilder::new(config.token.expose());
    match &config.api_url {
        // serenity's rate limiter sends to Discord itself, past any proxy.
        Some(url) => builder.proxy(url).ratelimiter_disabled(true),
        None => builder,
    }
    .build()
}

/// Discord did not say who the bot is.
fn unreached(http: &Http, error: &Unanswered) -> Finding {
    let address = http.proxy.as_deref().unwrap_or("https://discord.com");
    let setting = if http.proxy.is_some() { ", and DISCORD_API_URL" } else { "" };
    match error {
        Unanswered::Refused { status: 401 } => Finding::fault(
            "token",
            "Discord refuses it",
            "make a new one at https://discord.com/developers/applications, your application, Bot, \
             Reset Token, and put it into DISCORD_TOKEN",
        ),
        Unanswered::Refused { .. } => Finding::fault(
            "network",
            format!("{address} answers, but not as Discord does ({error})"),
            format!("try again in a few minutes, look at https://discordstatus.com{setting}"),
        ),
        Unanswered::Unreachable(_) => Finding::fault(
            "network",
            format!("{address} cannot be reached ({error})"),
            format!("check the network{setting}"),
        ),
    }
}

fn rest_unknown() -> Finding {
    Finding::warning(
        "Discord",
        "clock, gateway, intents, commands and permissions were not checked",
        "run this again once Discord answers",
    )
}

/// Discord did not answer a question.
fn failed(about: &'static str, error: &Unanswered) -> Finding {
    Finding::warning(about, format!("Discord did not tell ({error})"), "try again in a minute")
}

/// The bot's clock against that of Discord's answer, which has whole seconds.
fn clock(theirs: Option<Timestamp>, ours: Timestamp) -> Finding {
    const REMEDY: &str = "have the computer set its clock by itself (NTP): cooldowns, retention and \
                          what runs out go by it";
    let Some(theirs) = theirs else {
        let told = "Discord's answer has no date to compare it with";
        return Finding::warning("clock", told, "compare it with another clock");
    };
    let skew = ours.duration_since(theirs);
    let way = if skew.is_negative() { "behind" } else { "ahead of" };
    let size = SignedDuration::from_secs(skew.abs().as_secs());
    let told = format!("{size:#} {way} Discord's");
    match skew.abs() {
        skew if skew <= ACCURATE => Finding::ok("clock", "agrees with Discord's".to_owned()),
        skew if skew <= TOLERABLE => Finding::warning("clock", told, REMEDY),
        _ => Finding::fault("clock", told, REMEDY),
    }
}

async fn gateway(http: &Http) -> Finding {
    match ask::get(http, Route::GatewayBot, None).await {
        Ok(gateway) => starts(&gateway.body),
        Err(error) => failed("gateway", &error),
    }
}

/// How often the bot may still connect today.
fn starts(gateway: &Value) -> Finding {
    let limit = |name: &str| gateway["session_start_limit"][name].as_u64().unwrap_or_default();
    let (left, total) = (limit("remaining"), limit("total"));
    let minutes = limit("reset_after").div_ceil(60_000);
    let shards = gateway["shards"].as_u64().unwrap_or_default();
    let told = format!("{left} of {total} connections left today, {shards} needed at once");
    let remedy = format!(
        "look for what starts the bot over and over; the count is set back in {minutes} minutes"
    );
    match left {
        left if left < shards.max(1) => Finding::fault("gateway", told, remedy),
        left if left < total / 10 => Finding::warning("gateway", told, remedy),
        _ => Finding::ok("gateway", told),
    }
}

/// What is set in the developer portal.
fn application(application: &Value) -> Vec<Finding> {
    let flags = application["flags"].as_u64().unwrap_or_default();
    let mut findings = vec![if flags & READS_MESSAGES == 0 {
        Finding::warning(
            "intents",
            "Message Content is off: the bot runs with commands, mentions and direct messages only",
            "switch \"Message Content Intent\" on at https://discord.com/developers/applications, \
             your application, Bot",
        )
    } else {
        Finding::ok("intents", "Message Content is on".to_owned())
    }];
    let elsewhere = application["interactions_endpoint_url"].as_str();
    if elsewhere.is_some_and(|url| !url.is_empty()) {
        findings.push(Finding::fault(
            "commands",
            "Discord sends commands and buttons to a web address, so that the bot gets none",
            "empty \"Interactions Endpoint URL\" at https://discord.com/developers/applications, \
             your application, General Information",
        ));
    }
    findings
}

/// Whether Discord has the commands of this version.
async fn commands(http: &Http, application: u64, knowledge: Option<&Knowledge>) -> Finding {
    const REMEDY: &str = "`mythbot run` registers them when it connects";
    let Some(knowledge) = knowledge else {
        return Finding::warning("commands", "not checked: there are no answers", "see above");
    };
    let own = commands::told(&commands::all(knowledge));
    match registration::state(http, ApplicationId::new(application.max(1)), &own).await {
        Ok(registration::State::Same) => {
            Finding::ok("commands", format!("{} are registered", own.len()))
        }
        Ok(registration::State::None) => {
            Finding::warning("commands", "none are registered yet", REMEDY)
        }
        Ok(registration::State::Other) => {
            Finding::warning("commands", "those of another version are registered", REMEDY)
        }
        Err(error) => failed("commands", &error.into()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(findings: &[Finding]) -> String {
        report(findings)
    }

    #[test]
    fn a_clock_may_be_off_by_seconds() {
        let ours = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24);
        let off = |seconds| self::clock(Some(ours - SignedDuration::from_secs(seconds)), ours);
        let findings = [off(-5), off(5), off(6), off(-60), off(61), off(-3600), clock(None, ours)];
        insta::assert_snapshot!(told(&findings), @r"
        ok       clock        agrees with Discord's
        ok       clock        agrees with Discord's
        warning  clock        6s ahead of Discord's
                              -> have the computer set its clock by itself (NTP): cooldowns, retention and what runs out go by it
        warning  clock        1m behind Discord's
                              -> have the computer set its clock by itself (NTP): cooldowns, retention and what runs out go by it
        FAULT    clock        1m 1s ahead of Discord's
                              -> have the computer set its clock by itself (NTP): cooldowns, retention and what runs out go by it
        FAULT    clock        1h behind Discord's
                              -> have the computer set its clock by itself (NTP): cooldowns, retention and what runs out go by it
        warning  clock        Discord's answer has no date to compare it with
                              -> compare it with another clock

        2 faults, 3 warnings
        ");
    }

    #[test]
    fn connections_run_out() {
        let gateway = |left: u64, shards: u64| {
            let limit = json!({"total": 1000, "remaining": left, "reset_after": 3_600_000});
            starts(&json!({"shards": shards, "session_start_limit": limit}))
        };
        let findings = [gateway(100, 1), gateway(99, 1), gateway(15, 16), gateway(0, 1)];
        insta::assert_snapshot!(told(&findings), @r"
        ok       gateway      100 of 1000 connections left today, 1 needed at once
        warning  gateway      99 of 1000 connections left today, 1 needed at once
                              -> look for what starts the bot over and over; the count is set back in 60 minutes
        FAULT    gateway      15 of 1000 connections left today, 16 needed at once
                              -> look for what starts the bot over and over; the count is set back in 60 minutes
        FAULT    gateway      0 of 1000 connections left today, 1 needed at once
                              -> look for what starts the bot over and over; the count is set back in 60 minutes

        2 faults, 1 warning
        ");
    }

    #[test]
    fn what_the_portal_says() {
        let of = |flags: u64| application(&json!({"flags": flags}));
        assert_eq!(
            [of(1 << 18), of(1 << 19), of(0)]
                .concat()
                .iter()
                .filter(|f| f.verdict == Verdict::Ok)
                .count(),
            2
        );
        let elsewhere = json!({"flags": 1 << 19, "interactions_endpoint_url": "https://x.example"});
        insta::assert_snapshot!(told(&application(&elsewhere)), @r#"
        ok       intents      Message Content is on
        FAULT    commands     Discord sends commands and buttons to a web address, so that the bot gets none
                              -> empty "Interactions Endpoint URL" at https://discord.com/developers/applications, your application, General Information

        1 fault, no warnings
        "#);
        insta::assert_snapshot!(told(&of(1 << 15)), @r#"
        warning  intents      Message Content is off: the bot runs with commands, mentions and direct messages only
                              -> switch "Message Content Intent" on at https://discord.com/developers/applications, your application, Bot

        no faults, 1 warning
        "#);
    }
}
