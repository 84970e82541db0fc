//! The gateway breaks, lies, falls silent or goes away, and the bot goes on.

use std::time::Duration;

use loopback_discord::{MessageHandle, Permissions, World};
use mythbot::discord::{Heard, Limits, Patience};
use mythbot::policy::Reason;
use mythbot::policy::settings::{Id, Mode, Scope};
use serde_json::json;

use crate::stage::{Stage, moon, start_within};

const CLAIM: &str = "the moon is made of cheese";

/// A Discord in which everything about connections is quick, but which waits for serenity: it takes
/// five seconds to begin a new session.
pub(crate) fn quick() -> World {
    World::new().heartbeat_every(Duration::from_millis(300)).patience(Duration::from_secs(40))
}

/// Still there, and each message gets one reply.
pub(crate) async fn goes_on(stage: &Stage) -> MessageHandle {
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    message
}

impl Stage {
    /// The bot, started again with other patience.
    pub(crate) async fn with_patience(world: World, patience: Patience) -> Self {
        let mut stage = Self::with(world, moon()).await;
        stage.stops().await;
        let place = (&*stage.discord.api_url(), &*stage.discord.token());
        let clock = stage.discord.clock();
        let database = stage.database().to_owned();
        stage.bot =
            start_within((Limits::WHOLE, patience), place, clock, &database, (moon(), None)).await;
        stage.bot.ready().await;
        stage
    }
}

#[tokio::test]
async fn closed_in_the_middle_of_a_message() {
    let stage = Stage::new().await;
    stage.discord.gateway().tear_at_next_event();
    goes_on(&stage).await;
    assert_eq!((stage.discord.gateway().resumes(), stage.discord.gateway().identifies()), (1, 1));
}

#[tokio::test]
async fn reset_with_a_message_on_its_way() {
    let stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    stage.discord.gateway().reset_connections();
    message.replies().await_one().await;
    stage.discord.gateway().resumed(1).await;
    goes_on(&stage).await;
    assert_eq!(stage.discord.gateway().identifies(), 1);
}

#[tokio::test]
async fn what_is_told_again_on_resumption_is_neither_answered_nor_counted_again() {
    let mut stage = Stage::with_cooldowns().await;
    let first = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&first).await, Heard::Replied { .. }));
    let second = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&second).await, Heard::Silent(Reason::AnswerCooldown));
    let counted = stage.counted().await;
    insta::assert_snapshot!(counted, @r"
    moon-cheese answer-cooldown 1
    moon-cheese replied 1
    ");
    let gateway = stage.discord.gateway();
    gateway.replay_on_resume(5);
    gateway.drop_connections();
    gateway.resumed(1).await;
    // Both orders are possible: each is handled on its own.
    let (mut heard_first, mut heard_second) = (None, None);
    while heard_first.is_none() || heard_second.is_none() {
        let (id, heard) = stage.bot.next_message().await;
        if id == first.id().to_string() {
            heard_first = Some(heard);
        } else if id == second.id().to_string() {
            heard_second = Some(heard);
        }
    }
    assert!(matches!(heard_first, Some(Heard::Silent(_))), "{heard_first:?}");
    assert!(matches!(heard_second, Some(Heard::Silent(_))), "{heard_second:?}");
    assert_eq!(stage.counted().await, counted);
    assert_eq!(first.replies().all().len() + second.replies().all().len(), 1);
}

#[tokio::test]
async fn an_invalid_session_that_can_be_resumed() {
    let stage = Stage::new().await;
    stage.discord.gateway().invalidate_sessions(true);
    stage.discord.gateway().resumed(1).await;
    goes_on(&stage).await;
}

#[tokio::test]
async fn an_invalid_session_that_cannot_be_resumed() {
    let stage = Stage::with(quick(), moon()).await;
    stage.discord.gateway().invalidate_sessions(false);
    stage.discord.gateway().identified(2).await;
    goes_on(&stage).await;
}

#[tokio::test]
async fn a_session_that_timed_out() {
    let stage = Stage::with(quick(), moon()).await;
    stage.discord.gateway().close(4009);
    stage.discord.gateway().identified(2).await;
    goes_on(&stage).await;
    assert_eq!(stage.discord.gateway().resumes(), 0);
}

#[tokio::test]
async fn heartbeats_that_nobody_answers() {
    let stage = Stage::with(quick(), moon()).await;
    stage.discord.gateway().ack_heartbeats(false);
    stage.discord.gateway().identified(2).await;
    stage.discord.gateway().ack_heartbeats(true);
    goes_on(&stage).await;
}

#[tokio::test]
async fn a_connection_that_stays_open_and_is_dead() {
    let stage = Stage::with(quick(), moon()).await;
    stage.discord.gateway().mute_connections();
    stage.discord.gateway().identified(2).await;
    goes_on(&stage).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_passed_over() {
    let stage = Stage::new().await;
    let gateway = stage.discord.gateway();
    gateway.send_event("MESSAGE_CREATE", &json!({"id": 5, "content": ["not a text"]}));
    gateway.send_event("GUILD_CREATE", &json!(null));
    gateway.send_text(r#"{"op": 0, "s": 3, "t": "MESSAGE_CREATE", "d": {"id": "1", "con"#);
    gateway.send_text("");
    goes_on(&stage).await;
    assert_eq!((gateway.resumes(), gateway.identifies()), (0, 1));
}

#[tokio::test]
async fn intents_that_discord_does_not_know() {
    let stage = Stage::new().await;
    stage.discord.gateway().close(4013);
    let error = stage.bot.ends().await.expect_err("it cannot go on");
    insta::assert_snapshot!(error, @"Discord does not understand what the bot asks to be told (its intents): this version is too old or too new for it; take another version of mythbot");
}

#[tokio::test]
async fn the_intent_to_read_messages_is_withdrawn_while_it_runs() {
    let mut stage = Stage::with(quick(), moon()).await;
    stage.discord.act(|world| {
        let granted = world.application.privileged;
        world.application.privileged = granted.without(loopback_discord::Intents::MESSAGE_CONTENT);
    });
    stage.discord.gateway().close(4014);
    assert!(!stage.bot.ready().await, "it does not read messages");
    let shown = stage.ann.runs(&stage.channel, "/myth show 1").await;
    assert_eq!(shown.embed().title.as_deref(), Some("The moon is made of rock"));
    // Refused even what is left.
    stage.discord.gateway().close(4014);
    let error = stage.bot.ends().await.expect_err("it cannot go on");
    insta::assert_snapshot!(error, @"Discord refuses to tell the bot anything, even without what people write: look at https://discord.com/developers/applications, your application, for what is wrong with it");
}

#[tokio::test]
async fn a_refused_token_is_not_tried_again() {
    let stage = Stage::new().await;
    let mark = stage.discord.mark();
    stage.discord.gateway().close(4004);
    stage.bot.ends().await.expect_err("it cannot go on");
    assert_eq!(stage.discord.gateway().attempts(), 1);
    assert!(stage.discord.requests_since(mark).is_empty());
}

#[tokio::test]
async fn a_message_before_its_server_is_described() {
    let mut stage = Stage::new().await;
    let (quiet, category) =
        (stage.guild.text_channel("quiet"), stage.guild.category("quiet-places"));
    quiet.moves_into(&category).await;
    let start = stage.ann.says(&quiet, "hello").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    let category_id = category.id().to_string().parse().expect("a number");
    stage
        .set_up(|settings| {
            settings.rules.insert(Scope::Category(Id(category_id)), Mode::Off);
        })
        .await;
    stage.discord.gateway().hold_guilds(true);
    stage.restart().await;
    let message = stage.hears(&stage.ann, &thread, CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
    goes_on(&stage).await;
    stage.discord.gateway().release_guilds().await;
    let message = stage.hears(&stage.ann, &quiet, CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::ModeOff));
}

#[tokio::test]
async fn a_server_that_has_an_outage_keeps_everything() {
    let mut stage = Stage::new().await;
    stage.guild.sets_system_channel(&stage.channel);
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    let mo = stage.moderator("Mo").await;
    mo.runs(&stage.channel, "/mythmod pin 1").await;
    let pins = stage.count("SELECT COUNT(*) FROM pins").await;
    assert_eq!(pins, 1);
    let said = stage.channel.bot_messages().len();
    stage.guild.goes_down().await;
    // Also a bot that starts meanwhile is told that the server is there.
    stage.restart().await;
    stage.guild.comes_back().await;
    let message = goes_on(&stage).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    // Two replies within a second: the settings that want every message answered are still there.
    goes_on(&stage).await;
    assert_eq!(stage.count("SELECT COUNT(*) FROM pins").await, pins);
    assert_eq!(stage.count("SELECT COUNT(*) FROM guilds WHERE left_ms IS NOT NULL").await, 0);
    assert_eq!(stage.channel.bot_messages().len(), said + 2);
}
