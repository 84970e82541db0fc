//! What people do, and what the gateway tells of it.

use jiff::Timestamp;
use loopback_discord::{Clock, GuildHandle, LoopbackDiscord, Permissions, World};
use serde_json::Value;

use crate::raw_shard::RawShard;

async fn scene() -> (LoopbackDiscord, GuildHandle, RawShard) {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Riga chat");
    let shard = RawShard::identify(&discord, 0, 1).await;
    (discord, guild, shard)
}

#[tokio::test]
async fn messages_are_told_with_who_wrote_them() {
    let (discord, guild, mut shard) = scene().await;
    let general = guild.text_channel("general");
    let anna = guild.member("anna");

    let message = anna.says(&general, "hello").await;
    let (told, _) = shard.event("MESSAGE_CREATE").await;
    assert_eq!(told["id"], message.id().to_string());
    assert_eq!(told["author"]["username"], "anna");
    assert!(told["author"]["bot"].is_null());
    assert!(told["member"]["roles"].is_array());
    message.edit("hello, all").await;
    let (told, _) = shard.event("MESSAGE_UPDATE").await;
    assert_eq!(told["content"], "hello, all");
    assert!(told["edited_timestamp"].is_string());

    guild.other_bot("counter").says(&general, "beep").await;
    assert_eq!(shard.event("MESSAGE_CREATE").await.0["author"]["bot"], true);
    guild.webhook("news").says(&general, "extra").await;
    assert!(shard.event("MESSAGE_CREATE").await.0["webhook_id"].is_string());
    general.announces_join(&anna).await;
    assert_eq!(shard.event("MESSAGE_CREATE").await.0["type"], 7);
    let reply = anna.replies(&message, "to myself").await;
    let (told, _) = shard.event("MESSAGE_CREATE").await;
    assert_eq!(told["type"], 19);
    assert_eq!(told["referenced_message"]["id"], message.id().to_string());
    reply.is_told_again().await;
    assert_eq!(shard.event("MESSAGE_CREATE").await.0["id"], reply.id().to_string());

    message.delete().await;
    assert_eq!(shard.event("MESSAGE_DELETE").await.0["id"], message.id().to_string());
    let rest: Vec<_> = general.messages();
    guild.owner().deletes_bulk(&general, &rest).await;
    assert_eq!(shard.event("MESSAGE_DELETE_BULK").await.0["ids"].as_array().unwrap().len(), 4);
    discord.finish();
}

#[tokio::test]
async fn threads_pins_and_reactions_are_told() {
    let (discord, guild, mut shard) = scene().await;
    let general = guild.text_channel("general");
    let anna = guild.member("anna");
    let message = anna.says(&general, "hello").await;

    let thread = anna.opens_thread(&message, "more").await;
    assert_eq!(thread.id(), message.id());
    assert_eq!(shard.event("THREAD_CREATE").await.0["parent_id"], general.id().to_string());
    anna.says(&thread, "in the thread").await;
    thread.archive().await;
    let (told, _) = shard.event("THREAD_UPDATE").await;
    assert_eq!(told["thread_metadata"]["archived"], true);
    thread.delete().await;
    assert_eq!(shard.event("THREAD_DELETE").await.0["id"], thread.id().to_string());

    let forum = guild.forum("questions");
    anna.posts_in_forum(&forum, "Is it so?", "I read it").await;
    assert_eq!(shard.event("THREAD_CREATE").await.0["parent_id"], forum.id().to_string());
    assert_eq!(shard.next_content().await, "I read it");

    let keeper = guild.member("keeper");
    keeper.gets(&guild.role("keepers", Permissions::PIN_MESSAGES)).await;
    shard.event("GUILD_MEMBER_UPDATE").await;
    keeper.pins(&message).await;
    assert!(shard.event("CHANNEL_PINS_UPDATE").await.0["last_pin_timestamp"].is_string());
    assert_eq!(general.pins().len(), 1);
    keeper.unpins(&message).await;
    assert!(!message.is_pinned());
    anna.reacts(&message, "👍").await;
    assert_eq!(shard.event("MESSAGE_REACTION_ADD").await.0["emoji"]["name"], "👍");
    anna.unreacts(&message, "👍").await;
    shard.event("MESSAGE_REACTION_REMOVE").await;
    anna.starts_typing(&general).await;
    shard.event("TYPING_START").await;
    discord.finish();
}

#[tokio::test]
async fn guilds_channels_and_members_come_and_go() {
    let (discord, guild, mut shard) = scene().await;
    let zoe = discord.user("zoe");
    zoe.joins(&guild).await;
    assert_eq!(shard.event("GUILD_MEMBER_ADD").await.0["user"]["username"], "zoe");
    zoe.leaves(&guild).await;
    shard.event("GUILD_MEMBER_REMOVE").await;
    let channel = guild.announcement_channel("news");
    assert_eq!(shard.event("CHANNEL_CREATE").await.0["type"], 5);
    channel.deny_bot(Permissions::SEND_MESSAGES);
    let (told, _) = shard.event("CHANNEL_UPDATE").await;
    let denied = &told["permission_overwrites"][0]["deny"];
    assert_eq!(*denied, Permissions::SEND_MESSAGES.bits().to_string());
    channel.delete().await;
    shard.event("CHANNEL_DELETE").await;
    guild.goes_down().await;
    assert_eq!(shard.event("GUILD_DELETE").await.0["unavailable"], true);
    guild.comes_back().await;
    shard.event("GUILD_CREATE").await;
    guild.kicks_bot().await;
    assert_eq!(shard.event("GUILD_DELETE").await.0["unavailable"], Value::Null);
    guild.invites_bot().await;
    let (told, _) = shard.event("GUILD_CREATE").await;
    assert_eq!(told["name"], "Riga chat");
    discord.finish();
}

#[tokio::test]
async fn a_stopped_clock_stands_in_the_ids() {
    let noon: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    let discord = LoopbackDiscord::start(World::new().clock(Clock::stopped_at(noon))).await;
    let guild = discord.guild("Riga chat");
    let general = guild.text_channel("general");
    let first = guild.member("anna").says(&general, "one").await;
    discord.advance(std::time::Duration::from_hours(1));
    let second = guild.member("anna").says(&general, "two").await;
    assert_eq!(first.id().made_at(), noon);
    assert_eq!(second.id().made_at().duration_since(noon).as_hours(), 1);
    discord.finish();
}

#[tokio::test]
#[should_panic(expected = "anna may not write there: 403 50013: Missing Permissions")]
async fn people_have_permissions_too() {
    let (_discord, guild, _shard) = scene().await;
    let general = guild.text_channel("general");
    let anna = guild.member("anna");
    general.deny(&anna, Permissions::SEND_MESSAGES);
    anna.says(&general, "let me in").await;
}

#[tokio::test]
#[should_panic(expected = "for a reply, in vain\ngateway: 1 connected")]
async fn waiting_ends_with_a_dump() {
    let patience = std::time::Duration::from_millis(30);
    let discord = LoopbackDiscord::start(World::new().patience(patience)).await;
    let guild = discord.guild("Riga chat");
    let _shard = RawShard::identify(&discord, 0, 1).await;
    let message = guild.member("anna").says(&guild.text_channel("general"), "anybody?").await;
    message.replies().await_one().await;
}
