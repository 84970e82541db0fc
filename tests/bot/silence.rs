//! What must not get a reply.

use loopback_discord::world::MessageDraft;
use loopback_discord::{Embed, MessageHandle, World};
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::stage::{Stage, moon};

const CLAIM: &str = "the moon is made of cheese";

impl Stage {
    /// The bot keeps silent about a message for this reason, and asks Discord for nothing.
    async fn keeps_silent(&mut self, message: &MessageHandle, reason: Reason) {
        let heard = self.heard(message).await;
        assert_eq!(heard, Heard::Silent(reason), "{:?}", message.content());
        assert!(message.replies().all().is_empty());
        let channel = message.channel();
        assert!(channel.bot_messages().iter().all(|own| own.id() == message.id()));
    }
}

#[tokio::test]
async fn other_topics() {
    let mut stage = Stage::new().await;
    for text in [
        "good morning",
        "a full moon tonight",
        "cheese is great",
        "👍",
        "https://moon.example/cheese",
    ] {
        let message = stage.says(text).await;
        stage.keeps_silent(&message, Reason::NoMatch).await;
    }
}

#[tokio::test]
async fn those_who_say_that_it_is_not_so() {
    let mut stage = Stage::new().await;
    for text in ["the moon is not made of cheese", "that the moon is made of cheese is a myth"] {
        let message = stage.says(text).await;
        stage.keeps_silent(&message, Reason::Denied).await;
    }
}

#[tokio::test]
async fn somebody_elses_words() {
    let mut stage = Stage::new().await;
    let message = stage.says("> the moon is made of cheese\nwho says so?").await;
    stage.keeps_silent(&message, Reason::NoMatch).await;
    let message = stage.says("```\nthe moon is made of cheese\n```").await;
    stage.keeps_silent(&message, Reason::NoMatch).await;
}

#[tokio::test]
async fn what_is_not_sure_enough() {
    let mut stage = Stage::new().await;
    let message = stage.says("I had cheese under the moon").await;
    stage.keeps_silent(&message, Reason::SuggestOnly).await;
}

#[tokio::test]
async fn bots() {
    let mut stage = Stage::new().await;
    let other = stage.guild.other_bot("Otherbot");
    let message = other.says(&stage.channel, CLAIM).await;
    stage.keeps_silent(&message, Reason::Bot).await;
}

#[tokio::test]
async fn webhooks() {
    let mut stage = Stage::new().await;
    let webhook = stage.guild.webhook("News");
    let message = webhook.says(&stage.channel, CLAIM).await;
    stage.keeps_silent(&message, Reason::Webhook).await;
}

#[tokio::test]
async fn the_bot_itself() {
    let mut stage = Stage::new().await;
    let message = stage.discord.bot().says(&stage.channel, CLAIM).await;
    stage.keeps_silent(&message, Reason::OwnMessage).await;
}

#[tokio::test]
async fn its_own_replies() {
    let mut stage = Stage::new().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    assert_eq!(stage.heard(&reply).await, Heard::Silent(Reason::OwnMessage));
    assert_eq!(stage.channel.bot_messages().len(), 1);
}

#[tokio::test]
async fn system_messages() {
    let mut stage = Stage::new().await;
    let newcomer = stage.guild.member("the moon is made of cheese");
    let message = stage.channel.announces_join(&newcomer).await;
    stage.keeps_silent(&message, Reason::SystemMessage).await;
}

#[tokio::test]
async fn messages_without_text() {
    let mut stage = Stage::new().await;
    let embed = Embed { description: Some(CLAIM.to_owned()), ..Embed::default() };
    let draft = MessageDraft { embeds: vec![embed], ..MessageDraft::default() };
    let message = stage.ann.posts(&stage.channel, draft).await;
    stage.keeps_silent(&message, Reason::NoText).await;
}

#[tokio::test]
async fn what_the_bot_may_not_read() {
    let world = World::new().without_message_content();
    let mut stage = Stage::with(world, moon()).await;
    let message = stage.says(CLAIM).await;
    stage.keeps_silent(&message, Reason::NoText).await;
}
