//! Sessions: intents, content, resumption, trouble.

use std::time::Duration;

use loopback_discord::{Intents, LoopbackDiscord, Permissions, World};
use serde_json::json;
use serenity::all::GatewayIntents;

use crate::bot::Bot;
use crate::raw_shard::RawShard;

fn messages_only() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES
}

#[tokio::test]
async fn content_needs_its_intent() {
    let discord = LoopbackDiscord::start(World::new().without_message_content()).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    let mut bot = Bot::start(&discord, messages_only()).await;
    discord.ready().await;

    anna.says(&general, "nato promised it").await;
    assert_eq!(bot.next_message().await.content, "");
    let content = format!("{} is it so?", discord.bot().mention());
    anna.says(&general, &content).await;
    assert_eq!(bot.next_message().await.content, content);
    anna.dms("and here?").await;
    assert_eq!(bot.next_message().await.content, "and here?");

    let id = general.messages()[0].id().get().into();
    let read = bot.http.get_message(general.id().get().into(), id).await.unwrap();
    assert_eq!(read.content, "");
    discord.finish();
}

#[tokio::test]
async fn intents_that_are_not_granted_end_the_connection() {
    let discord = LoopbackDiscord::start(World::new().without_message_content()).await;
    let mut bot = Bot::start(&discord, GatewayIntents::all()).await;
    discord.gateway().closed(4014).await;
    assert!(bot.ended().await.is_err());
    assert_eq!(discord.gateway().identifies(), 0);
    discord.finish();
}

#[tokio::test]
async fn a_wrong_token_ends_the_connection_and_refuses_requests() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let right = discord.token();
    discord.act(|world| world.application.token = "another".into());
    let builder = serenity::all::HttpBuilder::new(&right).proxy(discord.api_url());
    let http = builder.ratelimiter_disabled(true).build();
    discord.expect_refusal(0);
    assert_eq!(crate::bot::code(http.get_current_user().await), 0);
    assert_eq!(discord.requests()[0].status, 401);
    discord.finish();
}

#[tokio::test]
async fn without_the_intent_for_messages_there_are_none() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    let mut bot =
        Bot::start(&discord, GatewayIntents::GUILDS | GatewayIntents::DIRECT_MESSAGES).await;
    discord.ready().await;
    anna.says(&general, "unheard").await;
    anna.dms("heard").await;
    assert_eq!(bot.next_message().await.content, "heard");
    discord.finish();
}

#[tokio::test]
async fn a_bot_hears_nothing_of_channels_that_it_does_not_see() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Riga chat");
    let anna = guild.member("anna");
    let hidden = guild.text_channel("hidden");
    hidden.deny_bot(Permissions::VIEW_CHANNEL);
    let mut bot = Bot::ready(&discord).await;
    anna.says(&hidden, "unheard").await;
    anna.says(&guild.text_channel("open"), "heard").await;
    assert_eq!(bot.next_message().await.content, "heard");
    discord.finish();
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_what_was_missed_is_told() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    let mut bot = Bot::ready(&discord).await;
    discord.gateway().drop_connections();
    discord.gateway().disconnected().await;
    anna.says(&general, "while you were away").await;
    assert_eq!(bot.next_message().await.content, "while you were away");
    discord.gateway().resumed(1).await;
    assert_eq!(discord.gateway().identifies(), 1);

    discord.gateway().ask_to_reconnect();
    discord.gateway().resumed(2).await;
    anna.says(&general, "and again").await;
    assert_eq!(bot.next_message().await.content, "and again");
    discord.finish();
}

#[tokio::test]
async fn an_invalid_session_is_followed_by_a_new_one() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    let mut bot = Bot::ready(&discord).await;
    discord.gateway().invalidate_sessions(false);
    discord.gateway().identified(2).await;
    discord.ready().await;
    anna.says(&general, "hello again").await;
    assert_eq!(bot.next_message().await.content, "hello again");
    discord.finish();
}

#[tokio::test]
async fn heartbeats_that_are_not_answered_make_the_bot_reconnect() {
    let world = World::new().heartbeat_every(Duration::from_millis(300));
    let discord = LoopbackDiscord::start(world).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    let mut bot = Bot::ready(&discord).await;
    discord.gateway().ack_heartbeats(false);
    discord.gateway().disconnected().await;
    discord.gateway().ack_heartbeats(true);
    // serenity begins a new session here, others resume.
    discord.ready().await;
    anna.says(&general, "still here?").await;
    assert_eq!(bot.next_message().await.content, "still here?");
    assert!(discord.gateway().heartbeats() > 0);
    discord.finish();
}

#[tokio::test]
async fn what_no_library_knows_does_no_harm() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let anna = discord.guild("Riga chat").member("anna");
    let general = discord.guild("Riga chat").text_channel("general");
    discord.gateway().add_unknown_fields(true);
    let mut bot = Bot::ready(&discord).await;
    discord.gateway().send_event("SOMETHING_OF_TOMORROW", &json!({"new": true}));
    anna.says(&general, "still here?").await;
    assert_eq!(bot.next_message().await.content, "still here?");
    discord.finish();
}

#[tokio::test]
async fn a_bot_is_told_of_guilds_that_come_and_go() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let _bot = Bot::ready(&discord).await;
    let guild = discord.guild("Later");
    guild.goes_down().await;
    guild.comes_back().await;
    guild.kicks_bot().await;
    assert_eq!(discord.gateway().intents(), [Intents::from_bits(GatewayIntents::all().bits())]);
    discord.finish();
}

#[tokio::test]
async fn events_go_to_the_shard_of_their_guild() {
    let discord = LoopbackDiscord::start(World::new().shards(2)).await;
    let guild = discord.guild("Riga chat");
    let anna = guild.member("anna");
    let general = guild.text_channel("general");
    let mut shards =
        [RawShard::identify(&discord, 0, 2).await, RawShard::identify(&discord, 1, 2).await];
    discord.ready().await;
    anna.says(&general, "to one of you").await;
    anna.dms("to the first").await;
    let own = usize::try_from(guild.id().shard(2)).unwrap();
    assert_eq!(shards[own].next_content().await, "to one of you");
    assert_eq!(shards[0].next_content().await, "to the first");
    discord.finish();
}

#[tokio::test]
async fn a_payload_that_makes_no_sense_ends_the_connection() {
    let discord = LoopbackDiscord::start(World::new()).await;
    for (payload, code) in [
        ("not json".to_owned(), 4002),
        (json!({"op": 99}).to_string(), 4001),
        (json!({"op": 3, "d": {}}).to_string(), 4003),
        (json!({"op": 2, "d": {"token": "wrong", "intents": 1}}).to_string(), 4004),
        (
            json!({"op": 2, "d": {"token": discord.token(), "intents": 1_u64 << 40}}).to_string(),
            4013,
        ),
        (
            json!({"op": 2, "d": {"token": discord.token(), "intents": 1, "shard": [2, 2]}})
                .to_string(),
            4010,
        ),
    ] {
        let mut shard = RawShard::connect(&discord).await;
        shard.send(payload).await;
        assert_eq!(shard.close_code().await, code);
    }
    discord.finish();
}
