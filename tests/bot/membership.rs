//! The bot comes to a server, says hello once, and goes.

use std::time::Duration;

use loopback_discord::{GuildHandle, Permissions};

use crate::shown::Shown as _;
use crate::stage::Stage;

impl Stage {
    /// A server in which the bot is not yet.
    fn other_guild(&self) -> GuildHandle {
        self.discord.guild_without_bot("Observer")
    }

    async fn known(&self) -> Vec<String> {
        let guilds = self.store().await.guilds(None).await.expect("asked");
        guilds.iter().map(ToString::to_string).collect()
    }
}

#[tokio::test]
async fn it_says_hello_where_the_server_wants_news() {
    let mut stage = Stage::new().await;
    let guild = stage.other_guild();
    let (news, lobby) = (guild.text_channel("moderators"), guild.text_channel("lobby"));
    guild.sets_updates_channel(&news);
    guild.sets_system_channel(&lobby);
    guild.invites_bot().await;
    assert!(stage.bot.joined(&guild).await);
    let hello = news.next_bot_message().await;
    insta::assert_snapshot!(hello.shown(), @r"
    # Hello
    This bot knows 2 claims (**Claims about the moon**). When somebody states or asks about one of them in a channel that it can see, it replies with a short answer, its date and its sources. To anything else it says nothing, it pings nobody, and it stores no message text.
    ## Commands
    - `/myth`, for everybody: look an answer up, or ask
    - `/mythmod`, for moderators: pin answers, and see why the bot spoke
    - `/mythconfig`, for those who manage this server: where, when and how it speaks
    ## If it should not speak by itself
    - `/mythconfig review` chooses a channel in which moderators decide, and `/mythconfig mode review` makes the bot ask there first
    - `/mythconfig mode off` makes it keep silent, here or in some channels only
    - `/mythconfig show` tells what is set
    -- This message is posted once
    ");
    assert!(hello.pings_nobody());
    assert!(lobby.bot_messages().is_empty());
    assert!(guild.owner().dm().bot_messages().is_empty());
    // An outage, a restart: once is enough.
    guild.goes_down().await;
    guild.comes_back().await;
    stage.restart().await;
    let told = guild.member("Ann").says(&lobby, "the moon is made of cheese").await;
    stage.heard(&told).await;
    assert_eq!(news.bot_messages().len(), 1);
}

#[tokio::test]
async fn without_a_channel_for_news_it_takes_the_one_that_welcomes_people() {
    let mut stage = Stage::new().await;
    let guild = stage.other_guild();
    let lobby = guild.text_channel("lobby");
    guild.sets_system_channel(&lobby);
    guild.invites_bot().await;
    assert!(stage.bot.joined(&guild).await);
    assert_eq!(lobby.bot_messages().len(), 1);
}

#[tokio::test]
async fn where_no_channel_was_chosen_it_says_nothing() {
    let mut stage = Stage::new().await;
    let guild = stage.other_guild();
    let lobby = guild.text_channel("lobby");
    guild.invites_bot().await;
    assert!(!stage.bot.joined(&guild).await);
    assert!(lobby.bot_messages().is_empty());
}

#[tokio::test]
async fn where_it_may_not_write_it_says_nothing() {
    for needed in [Permissions::SEND_MESSAGES, Permissions::VIEW_CHANNEL, Permissions::EMBED_LINKS]
    {
        let mut stage = Stage::new().await;
        let guild = stage.other_guild();
        let (news, lobby) = (guild.text_channel("moderators"), guild.text_channel("lobby"));
        guild.sets_updates_channel(&news);
        guild.sets_system_channel(&lobby);
        news.deny_bot(needed);
        let mark = stage.discord.mark();
        guild.invites_bot().await;
        assert!(!stage.bot.joined(&guild).await);
        assert!(stage.discord.requests_since(mark).is_empty());
    }
}

#[tokio::test]
async fn a_server_that_it_has_been_in_for_long_is_not_greeted() {
    let mut stage = Stage::new().await;
    let guild = stage.other_guild();
    guild.sets_system_channel(&guild.text_channel("lobby"));
    stage.stops().await;
    guild.invites_bot().await;
    stage.discord.advance(Duration::from_hours(8 * 24));
    // With a database that does not know it.
    stage.starts().await;
    assert!(!stage.bot.joined(&guild).await);
}

#[tokio::test]
async fn a_server_that_it_came_to_while_it_was_off_is_greeted() {
    let mut stage = Stage::new().await;
    let guild = stage.other_guild();
    guild.sets_system_channel(&guild.text_channel("lobby"));
    stage.stops().await;
    guild.invites_bot().await;
    stage.starts().await;
    assert!(stage.bot.joined(&guild).await);
}

#[tokio::test]
async fn a_server_that_it_was_removed_from_is_noted_and_may_come_back() {
    let mut stage = Stage::new().await;
    let id = stage.guild.id().to_string();
    assert_eq!(stage.known().await, std::slice::from_ref(&id));
    stage.guild.kicks_bot().await;
    stage.bot.left(&stage.guild).await;
    assert!(stage.known().await.is_empty());
    stage.guild.invites_bot().await;
    stage.bot.joined(&stage.guild).await;
    assert_eq!(stage.known().await, [id]);
}

#[tokio::test]
async fn a_server_that_it_was_removed_from_while_it_was_off_is_noted() {
    let mut stage = Stage::new().await;
    stage.stops().await;
    stage.guild.kicks_bot().await;
    stage.starts().await;
    assert!(stage.known().await.is_empty());
}

#[tokio::test]
async fn an_outage_is_no_farewell() {
    let mut stage = Stage::new().await;
    stage.guild.goes_down().await;
    stage.restart().await;
    assert_eq!(stage.known().await, [stage.guild.id().to_string()]);
}
