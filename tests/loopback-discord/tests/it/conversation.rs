//! A real serenity bot connects, listens and answers.

use loopback_discord::{LoopbackDiscord, World};

use crate::bot::Bot;

#[tokio::test]
async fn a_bot_hears_and_replies() {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Riga chat");
    let anna = guild.member("anna");
    let general = guild.text_channel("general");
    let mut bot = Bot::ready(&discord).await;

    let message = anna.says(&general, "ping").await;

    let reply = message.replies().await_one().await;
    assert_eq!(reply.content(), "pong");
    assert_eq!(reply.author(), "mythbot");
    let heard = bot.next_message().await;
    assert_eq!(heard.content, "ping");
    assert_eq!(heard.guild_id.map(serenity::all::GuildId::get), Some(guild.id().get()));
    assert_eq!(discord.answer_faults(), Vec::<String>::new());
    discord.finish();
}
