//! `/mythconfig`: those who manage a server decide where, when and to whom the bot speaks.

use std::time::Duration;

use loopback_discord::{ChannelHandle, Permissions, Person};
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const OTHER_CLAIM: &str = "the moon landing was staged";

impl Stage {
    /// The owner uses a command.
    pub(crate) async fn sets(&self, line: &str) -> String {
        let told = self.guild.owner().runs(&self.channel, line).await;
        assert!(told.is_ephemeral() && told.pings_nobody());
        told.shown()
    }

    /// What the bot does about a claim of somebody somewhere.
    async fn says_and_hears(&mut self, who: &Person, place: &ChannelHandle, text: &str) -> Heard {
        let message = who.says(place, text).await;
        self.heard(&message).await
    }

    async fn is_answered(&mut self, place: &ChannelHandle) {
        let ann = self.ann.clone();
        let heard = self.says_and_hears(&ann, place, CLAIM).await;
        assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
    }

    async fn is_silent(&mut self, place: &ChannelHandle, reason: Reason) {
        let ann = self.ann.clone();
        assert_eq!(self.says_and_hears(&ann, place, CLAIM).await, Heard::Silent(reason));
    }
}

#[tokio::test]
async fn the_bot_is_switched_off_and_on() {
    let mut stage = Stage::new().await;
    let channel = stage.channel.clone();
    insta::assert_snapshot!(stage.sets("/mythconfig mode off").await, @r"
    (for one person)
    In this server, the bot now keeps silent.
    ");
    stage.is_silent(&channel, Reason::ModeOff).await;
    stage.restart().await;
    stage.is_silent(&channel, Reason::ModeOff).await;
    insta::assert_snapshot!(stage.sets("/mythconfig mode default").await, @r"
    (for one person)
    In this server, the bot now speaks by itself.
    ");
    stage.is_answered(&channel).await;
}

#[tokio::test]
async fn in_mode_review_it_does_not_speak_by_itself() {
    let mut stage = Stage::new().await;
    let channel = stage.channel.clone();
    insta::assert_snapshot!(stage.sets("/mythconfig mode review").await, @r"
    (for one person)
    In this server, the bot now asks moderators before it speaks. There is no channel yet in which it can ask: choose one with `/mythconfig review`. Until then it keeps silent.
    ");
    // There is no review channel.
    stage.is_silent(&channel, Reason::ReviewMode).await;
}

#[tokio::test]
async fn the_most_specific_place_counts() {
    let mut stage = Stage::new().await;
    let (category, quiet, loud) = (
        stage.guild.category("quiet-places"),
        stage.guild.text_channel("quiet"),
        stage.guild.text_channel("loud"),
    );
    quiet.moves_into(&category).await;
    loud.moves_into(&category).await;
    let start = stage.ann.says(&quiet, "let us talk").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    stage.heard(&start).await;
    let (here, elsewhere) = (stage.channel.clone(), stage.guild.text_channel("elsewhere"));

    stage.sets("/mythconfig mode off where:quiet-places").await;
    for place in [&quiet, &loud, &thread] {
        stage.is_silent(place, Reason::ModeOff).await;
    }
    stage.is_answered(&elsewhere).await;
    stage.sets("/mythconfig mode reply where:loud").await;
    stage.is_answered(&loud).await;
    stage.sets("/mythconfig mode reply where:Talk").await;
    stage.is_answered(&thread).await;
    stage.is_silent(&quiet, Reason::ModeOff).await;
    let removed = stage.sets("/mythconfig mode default where:quiet-places").await;
    assert!(removed.contains("has no mode of its own any more"), "{removed}");
    stage.is_answered(&quiet).await;
    stage.is_answered(&here).await;
}

#[tokio::test]
async fn roles_have_modes_and_places_come_first() {
    let mut stage = Stage::new().await;
    let channel = stage.channel.clone();
    let ann = stage.ann.clone();
    let (newcomer, teacher) = (
        stage.guild.role("newcomer", Permissions::NONE),
        stage.guild.role("teacher", Permissions::NONE),
    );
    ann.gets(&newcomer).await;
    stage.sets("/mythconfig mode off").await;
    stage.sets("/mythconfig mode reply role:newcomer").await;
    stage.is_answered(&channel).await;
    let bob = stage.guild.member("Bob");
    assert_eq!(stage.says_and_hears(&bob, &channel, CLAIM).await, Heard::Silent(Reason::ModeOff));
    // Of several roles the most silent one counts.
    ann.gets(&teacher).await;
    stage.sets("/mythconfig mode off role:teacher").await;
    stage.is_silent(&channel, Reason::ModeOff).await;
    stage.sets("/mythconfig mode reply where:general").await;
    stage.is_answered(&channel).await;
    insta::assert_snapshot!(stage.sets("/mythconfig mode off where:general role:teacher").await, @r"
    (for one person)
    Please choose a place or a role, not both. A place with a mode of its own counts before every role.
    ");
    insta::assert_snapshot!(stage.sets("/mythconfig mode off role:@everyone").await, @r"
    (for one person)
    Everybody has that role. Leave `role` out to set the mode of the server.
    ");
}

#[tokio::test]
async fn exempt_are_people_and_roles() {
    let mut stage = Stage::new().await;
    let channel = stage.channel.clone();
    let (ann, bob) = (stage.ann.clone(), stage.guild.member("Bob"));
    stage.sets("/mythconfig exempt add user:Ann").await;
    stage.is_silent(&channel, Reason::Exempt).await;
    assert!(matches!(stage.says_and_hears(&bob, &channel, CLAIM).await, Heard::Replied { .. }));
    stage.sets("/mythconfig exempt remove user:Ann").await;
    stage.is_answered(&channel).await;
    let staff = stage.guild.role("staff", Permissions::NONE);
    ann.gets(&staff).await;
    stage.sets("/mythconfig exempt add role:staff").await;
    stage.is_silent(&channel, Reason::Exempt).await;
    insta::assert_snapshot!(stage.sets("/mythconfig exempt add").await, @r"
    (for one person)
    Please choose a `role` or a `user`.
    ");
    insta::assert_snapshot!(stage.sets("/mythconfig exempt add role:@everyone").await, @r"
    (for one person)
    Everybody has that role. `/mythconfig mode off` makes the bot keep silent in this server.
    ");
}

#[tokio::test]
async fn how_sure_it_must_be_is_a_setting() {
    let mut stage = Stage::new().await;
    let channel = stage.channel.clone();
    let ann = stage.ann.clone();
    let unsure = "I had cheese under the moon";
    let heard = stage.says_and_hears(&ann, &channel, unsure).await;
    assert_eq!(heard, Heard::Silent(Reason::SuggestOnly));
    let told = stage.sets("/mythconfig sensitivity open").await;
    insta::assert_snapshot!(told, @r"
    (for one person)
    The bot now also speaks by itself where it is not sure that a message makes a claim. Expect replies that are out of place.
    ");
    let heard = stage.says_and_hears(&ann, &channel, unsure).await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
}

#[tokio::test]
async fn cooldowns_survive_a_restart_and_can_be_changed() {
    let mut stage = Stage::with_cooldowns().await;
    let channel = stage.channel.clone();
    stage.is_answered(&channel).await;
    stage.restart().await;
    let (bob, eve) = (stage.guild.member("Bob"), stage.guild.member("Eve"));
    let heard = stage.says_and_hears(&bob, &channel, CLAIM).await;
    assert_eq!(heard, Heard::Silent(Reason::AnswerCooldown));
    let heard = stage.says_and_hears(&bob, &channel, OTHER_CLAIM).await;
    assert_eq!(heard, Heard::Silent(Reason::ChannelCooldown));
    let elsewhere = stage.guild.text_channel("elsewhere");
    stage.is_silent(&elsewhere, Reason::PersonCooldown).await;

    insta::assert_snapshot!(stage.sets("/mythconfig cooldown answer 10m").await, @r"
    (for one person)
    The bot now repeats an answer in a channel after 10 minutes at the earliest.
    ");
    stage.sets("/mythconfig cooldown channel 0").await;
    let heard = stage.says_and_hears(&bob, &channel, OTHER_CLAIM).await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
    stage.discord.advance(Duration::from_mins(10));
    assert!(matches!(stage.says_and_hears(&eve, &channel, CLAIM).await, Heard::Replied { .. }));

    stage.sets("/mythconfig cooldown person none").await;
    stage.sets("/mythconfig cooldown hourly 3").await;
    let heard = stage.says_and_hears(&eve, &elsewhere, CLAIM).await;
    assert_eq!(heard, Heard::Silent(Reason::HourlyLimit));
    insta::assert_snapshot!(stage.sets("/mythconfig cooldown channel 30").await, @r"
    (for one person)
    30 of what? Write `30s` for seconds, `30m` for minutes or `30h` for hours.
    ");
    insta::assert_snapshot!(stage.sets("/mythconfig cooldown channel 8d").await, @r"
    (for one person)
    A cooldown is a week at most: write `7d` or less.
    ");
    insta::assert_snapshot!(stage.sets("/mythconfig cooldown hourly often").await, @r"
    (for one person)
    Write how many replies there may be within an hour, such as `20`, or `0` for no limit.
    ");
}

#[tokio::test]
async fn the_review_channel_must_be_one_where_it_may_write() {
    let stage = Stage::new().await;
    let staff = stage.guild.text_channel("staff");
    staff.deny_bot(Permissions::SEND_MESSAGES);
    stage.discord.expect_refusal(50013);
    let told = stage.sets("/mythconfig review staff").await;
    insta::assert_snapshot!(told.replace(&staff.id().to_string(), "STAFF"), @r"
    (for one person)
    The bot may not write in <#STAFF>. Let it view the channel, send messages and embed links there, and try again. Nothing was changed.
    ");
    assert!(!stage.sets("/mythconfig show").await.contains(&staff.id().to_string()));
    staff.allow_bot(Permissions::SEND_MESSAGES);
    let told = stage.sets("/mythconfig review staff").await;
    insta::assert_snapshot!(told.replace(&staff.id().to_string(), "STAFF"), @r"
    (for one person)
    Messages that the bot is unsure about, and all of those that it answers in mode review, are now shown in <#STAFF> first. Whoever sees that channel reads an excerpt of them.
    ");
    insta::assert_snapshot!(staff.bot_messages()[0].shown(), @"From now on the bot shows messages here that it would answer, or may have to. Moderators decide with the buttons under them.");
    assert!(stage.sets("/mythconfig show").await.contains(&staff.id().to_string()));
    insta::assert_snapshot!(stage.sets("/mythconfig review").await, @r"
    (for one person)
    Moderators are not asked any more: the bot keeps silent about messages that it is unsure about, and about all in mode review.
    ");
    assert!(!stage.sets("/mythconfig show").await.contains(&staff.id().to_string()));
}

#[tokio::test]
async fn show_tells_what_applies_and_why() {
    let stage = Stage::with_cooldowns().await;
    let quiet = stage.guild.text_channel("quiet");
    let newcomer = stage.guild.role("newcomer", Permissions::NONE);
    stage.ann.gets(&newcomer).await;
    stage.sets("/mythconfig mode review where:quiet").await;
    stage.sets("/mythconfig mode off role:newcomer").await;
    let told = |text: String| {
        text.replace(&quiet.id().to_string(), "QUIET")
            .replace(&stage.channel.id().to_string(), "GENERAL")
            .replace(&newcomer.id().to_string(), "NEWCOMER")
            .replace(&stage.ann.id().to_string(), "ANN")
    };
    insta::assert_snapshot!(told(stage.sets("/mythconfig show quiet Ann").await), @r"
    (for one person)
    # How the bot is set here
    **In <#QUIET> and to <@ANN>, the bot asks moderators before it speaks:** that is set for <#QUIET>.
    ## Why
    The first of these that has a mode counts; of several roles the most silent one.
    1. Thread: not in one
    2. Channel <#QUIET>: review **(this counts)**
    3. Category: not in one
    4. Role <@&NEWCOMER>: off
    5. Server: reply
    ## All modes
    - the server: reply
    - <#QUIET>: review
    - <@&NEWCOMER>: off
    ## Asking moderators
    Nowhere: where the mode is review, it keeps silent. `/mythconfig review` chooses a channel. Sensitivity: normal.
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
    0 phrases, 0 muted phrases: see `/mythmod phrases`
    ");
    let here = told(stage.sets("/mythconfig show member:Ann").await);
    insta::assert_snapshot!(here.lines().take(10).collect::<Vec<_>>().join("\n"), @r"
    (for one person)
    # How the bot is set here
    **In <#GENERAL> and to <@ANN>, the bot keeps silent:** that is set for <@&NEWCOMER>.
    ## Why
    The first of these that has a mode counts; of several roles the most silent one.
    1. Thread: not in one
    2. Channel <#GENERAL>: no mode of its own
    3. Category: not in one
    4. Role <@&NEWCOMER>: off **(this counts)**
    5. Server: reply
    ");
}

#[tokio::test]
async fn every_change_is_in_the_log() {
    let stage = Stage::new().await;
    for line in [
        "/mythconfig mode off",
        "/mythconfig sensitivity strict",
        "/mythconfig cooldown person 1h",
        "/mythconfig style length:short",
        "/mythconfig exempt add user:Ann",
        "/mythconfig review",
        "/mythconfig export",
    ] {
        stage.sets(line).await;
    }
    // What fails is not there.
    stage.sets("/mythconfig cooldown person soon").await;
    let log = stage.sets("/mythmod log").await;
    let owner = stage.guild.owner().id().to_string();
    let log = log.replace(&owner, "OWNER").replace(&stage.ann.id().to_string(), "ANN");
    let log: Vec<&str> =
        log.lines().map(|line| line.split_once(":f> ").map_or(line, |l| l.1)).collect();
    insta::assert_snapshot!(log.join("\n"), @r"
    (for one person)
    # Who changed what
    <@OWNER> exported the settings
    <@OWNER> chose no review channel
    <@OWNER> exempted <@ANN>
    <@OWNER> changed the style: replies are given in a sentence
    <@OWNER> set the cooldown of a person to 1 hour
    <@OWNER> set the sensitivity to strict
    <@OWNER> set the mode to off
    ");
}

#[tokio::test]
async fn members_are_not_offered_it() {
    let stage = Stage::new().await;
    let refused = stage.ann.tries(&stage.channel, "/mythconfig mode off").await;
    let refused = refused.expect_err("not offered").to_string();
    insta::assert_snapshot!(refused, @"/mythconfig is not offered here: it needs MANAGE_GUILD");
    // Those who may pin messages moderate, and do not manage the server.
    let moderator = stage.guild.role("moderator", Permissions::PIN_MESSAGES);
    stage.ann.gets(&moderator).await;
    assert!(stage.ann.tries(&stage.channel, "/mythconfig mode off").await.is_err());
    stage.ann.runs(&stage.channel, "/mythmod log").await;
}

#[tokio::test]
async fn two_who_change_settings_at_once_both_succeed() {
    let stage = Stage::new().await;
    let owner = stage.guild.owner();
    let manager = stage.guild.role("manager", Permissions::MANAGE_GUILD);
    stage.ann.gets(&manager).await;
    for (one, two) in [("10m", "20m"), ("30m", "40m"), ("50m", "60m")] {
        let (one, two) = (
            format!("/mythconfig cooldown answer {one}"),
            format!("/mythconfig cooldown person {two}"),
        );
        tokio::join!(owner.runs(&stage.channel, &one), stage.ann.runs(&stage.channel, &two));
    }
    let shown = stage.sets("/mythconfig show").await;
    assert!(shown.contains("the same answer in a channel: 50 minutes"), "{shown}");
    assert!(shown.contains("to the same person: 1 hour"), "{shown}");
}

#[tokio::test]
async fn another_process_hears_of_a_change() {
    hears_of_a_change(Stage::new().await).await;
}

/// Two processes have the settings at hand, and somebody changes them in the database.
pub(crate) async fn hears_of_a_change(mut stage: Stage) {
    let mut second = stage.second_bot().await;
    stage.bot.listens().await;
    second.listens().await;
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    second.heard(&message).await;
    let store = stage.store().await;
    let guild: i64 = stage.guild.id().to_string().parse().expect("a number");
    let saved = store.settings(guild).await.expect("asked").expect("there");
    assert!(store.save_settings(guild, r#"{"mode": "off"}"#, saved.version).await.expect("saved"));
    stage.bot.hears_change(Some(&stage.guild)).await;
    second.hears_change(Some(&stage.guild)).await;
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
    assert_eq!(second.heard(&message).await, Heard::Silent(Reason::ModeOff));
}

#[tokio::test]
async fn it_hears_that_somebody_opted_out_elsewhere() {
    let mut stage = Stage::new().await;
    stage.bot.listens().await;
    let (channel, store) = (stage.channel.clone(), stage.store().await);
    let ann: i64 = stage.ann.id().to_string().parse().expect("a number");
    assert!(store.opt_out(ann, 1000).await.expect("noted"));
    stage.bot.hears_change(None).await;
    stage.is_silent(&channel, Reason::OptedOut).await;
    assert!(store.opt_in(ann).await.expect("noted"));
    stage.bot.hears_change(None).await;
    stage.is_answered(&channel).await;
}

#[tokio::test]
async fn rules_go_with_what_they_are_for() {
    let mut stage = Stage::new().await;
    let (staff, quiet) = (stage.guild.text_channel("staff"), stage.guild.text_channel("quiet"));
    stage.sets("/mythconfig review staff").await;
    stage.sets("/mythconfig mode off where:quiet").await;
    stage.sets("/mythconfig mode off where:general").await;
    for gone in [&staff, &quiet] {
        gone.delete().await;
        stage.bot.removes_rules().await;
        let shown = stage.sets("/mythconfig show").await;
        assert!(!shown.contains(&gone.id().to_string()), "{shown}");
    }
    let shown = stage.sets("/mythconfig show").await;
    assert!(shown.contains(&format!("- <#{}>: off", stage.channel.id())), "{shown}");
    let log = stage.sets("/mythmod log").await;
    assert_eq!(log.matches("removed what was set for a channel that is gone").count(), 2, "{log}");
}

#[tokio::test]
async fn settings_of_a_newer_version_are_not_overwritten() {
    let mut stage = Stage::new().await;
    stage.sql(r#"UPDATE guilds SET settings = '{"louder": true}'"#).await;
    stage.restart().await;
    let channel = stage.channel.clone();
    stage.is_silent(&channel, Reason::ModeOff).await;
    for line in ["/mythconfig mode reply", "/mythconfig show", "/mythconfig export"] {
        let told = stage.sets(line).await;
        insta::allow_duplicates! { insta::assert_snapshot!(told, @r"
        (for one person)
        The bot cannot read the settings of this server: another version of it may have written them. Until that is solved it keeps silent here. `/mythconfig reset` sets them back, and `/mythconfig import` reads a copy.
        "); }
    }
    let question = stage.guild.owner().runs(&channel, "/mythconfig reset").await;
    stage.guild.owner().clicks(&question, "Set everything back").await;
    stage.is_answered(&channel).await;
}
