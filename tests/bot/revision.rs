//! A message is edited or deleted, and what the bot said about it follows.

use std::time::Duration;

use loopback_discord::{Fault, MessageHandle};
use mythbot::discord::{Heard, Revision};
use mythbot::policy::Reason;
use mythbot::policy::settings::{Mode, ReplyPlace};
use serde_json::json;

use crate::review::Asked;
use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const OTHER: &str = "the moon landing was fake";
const DENIAL: &str = "the moon is not made of cheese";
const HINT: &str = "I had cheese under the moon";
const POST: &str = "POST /channels/{channel_id}/messages";

fn title(message: &MessageHandle) -> String {
    message.embed().title.unwrap_or_default()
}

impl Stage {
    /// Waits until the bot has begun to answer a message.
    async fn claimed(&self, message: &MessageHandle) {
        let store = self.store().await;
        let id = message.id().to_string().parse().expect("a number");
        while store.reply_to(id).await.expect("asked").is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        store.close().await;
    }

    /// An event about a message that comes late, as it was in the beginning.
    fn comes_late(&self, message: &MessageHandle, content: &str) {
        let author = json!({"id": self.ann.id(), "username": "Ann", "discriminator": "0"});
        let member = json!({"roles": [], "joined_at": null, "deaf": false, "mute": false});
        let event = json!({
            "id": message.id(), "channel_id": self.channel.id(), "guild_id": self.guild.id(),
            "author": author, "member": member, "content": content, "type": 0,
            "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": false,
        });
        self.discord.gateway().send_event("MESSAGE_CREATE", &event);
    }
}

#[tokio::test]
async fn the_message_is_deleted_and_the_reply_goes() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    message.delete().await;
    reply.until_deleted().await;
    // Not even an event that comes again brings it back.
    stage.comes_late(&message, CLAIM);
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::Outdated));
    stage.restart().await;
    stage.comes_late(&message, CLAIM);
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
    assert!(stage.channel.bot_messages().is_empty());
    assert_eq!(stage.counted().await, "moon-cheese replied 1\nmoon-cheese withdrawn 1");
}

#[tokio::test]
async fn many_are_deleted_at_once() {
    let stage = Stage::new().await;
    let (one, two) = (stage.says(CLAIM).await, stage.says(OTHER).await);
    let three = stage.says("good morning").await;
    let replies = [one.replies().await_one().await, two.replies().await_one().await];
    let mo = stage.moderator("Mo").await;
    mo.deletes_bulk(&stage.channel, &[one, two, three]).await;
    for reply in replies {
        reply.until_deleted().await;
    }
}

#[tokio::test]
async fn after_a_restart_too() {
    let mut stage = Stage::new().await;
    let (one, two) = (stage.says(CLAIM).await, stage.says(OTHER).await);
    let replies = [one.replies().await_one().await, two.replies().await_one().await];
    stage.restart().await;
    one.delete().await;
    replies[0].until_deleted().await;
    two.edit("never mind").await;
    assert_eq!(stage.bot.edited(&two).await, Revision::Withdrawn);
    assert!(!replies[1].exists());
}

#[tokio::test]
async fn an_edit_that_leaves_the_claim_leaves_the_reply() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    for text in ["the moon is made of cheesse!", HINT] {
        message.edit(text).await;
        assert_eq!(stage.bot.edited(&message).await, Revision::Left, "{text}");
    }
    assert!(!reply.is_edited());
}

#[tokio::test]
async fn an_edit_to_another_claim_edits_the_reply() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    message.edit(OTHER).await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Changed);
    assert_eq!(title(&message.replies().await_one().await), "People were on the moon");
    assert_eq!(reply.buttons(), ["Details", "Why this reply?", "Not relevant"]);
    assert!(reply.pings_nobody());
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    assert!(why.text().contains("moon-landing"), "{}", why.text());
    assert!(stage.counted().await.contains("moon-landing changed 1"));
}

#[tokio::test]
async fn an_edit_that_drops_the_claim_withdraws_the_reply_for_good() {
    let mut stage = Stage::new().await;
    for text in ["never mind", DENIAL] {
        let message = stage.says(CLAIM).await;
        let reply = message.replies().await_one().await;
        message.edit(text).await;
        assert_eq!(stage.bot.edited(&message).await, Revision::Withdrawn, "{text}");
        assert!(!reply.exists());
        message.edit(CLAIM).await;
        assert_eq!(stage.bot.edited(&message).await, Revision::Left);
        assert!(message.replies().all().is_empty());
    }
}

#[tokio::test]
async fn what_was_dismissed_does_not_come_back() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.ann.clicks(&reply, "Not relevant").await;
    message.edit(OTHER).await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Left);
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn a_message_that_becomes_a_claim_is_answered() {
    let mut stage = Stage::new().await;
    let message = stage.says("good morning").await;
    stage.heard(&message).await;
    stage.discord.advance(Duration::from_mins(14));
    message.edit(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
}

#[tokio::test]
async fn but_not_when_people_talk_about_something_else_by_then() {
    let mut stage = Stage::new().await;
    let message = stage.says("good morning").await;
    stage.heard(&message).await;
    stage.discord.advance(Duration::from_mins(16));
    message.edit(CLAIM).await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Left);
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn a_preview_that_arrives_is_no_edit() {
    let mut stage = Stage::with_cooldowns().await;
    stage.says(CLAIM).await.replies().await_one().await;
    let message = stage.says(OTHER).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::PersonCooldown));
    // Now it would be answered, if it were looked at again.
    stage.discord.advance(Duration::from_mins(11));
    message.gets_preview().await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Ignored);
    // Also when it was edited before.
    message.edit("good morning").await;
    stage.heard(&message).await;
    message.gets_preview().await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Ignored);
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn an_edit_while_the_reply_is_on_its_way() {
    let mut stage = Stage::new().await;
    for (text, revision) in [("never mind", Revision::Withdrawn), (OTHER, Revision::Changed)] {
        stage.discord.fault_next(POST, Fault::Slow(Duration::from_millis(300)));
        let message = stage.says(CLAIM).await;
        stage.claimed(&message).await;
        message.edit(text).await;
        assert_eq!(stage.bot.edited(&message).await, revision);
        let replies = message.replies().all();
        assert_eq!(replies.len(), usize::from(revision == Revision::Changed));
        assert!(replies.iter().all(|reply| title(reply) == "People were on the moon"));
    }
}

#[tokio::test]
async fn a_deletion_while_the_reply_is_on_its_way() {
    let mut stage = Stage::new().await;
    stage.discord.fault_next(POST, Fault::Slow(Duration::from_millis(300)));
    let message = stage.says(CLAIM).await;
    stage.claimed(&message).await;
    message.delete().await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    for reply in stage.channel.bot_messages() {
        reply.until_deleted().await;
    }
    assert!(stage.channel.bot_messages().is_empty());
}

#[tokio::test]
async fn a_reply_that_another_process_has_withdrawn_meanwhile_goes() {
    let mut stage = Stage::new().await;
    stage.discord.fault_next(POST, Fault::Slow(Duration::from_millis(300)));
    let message = stage.says(CLAIM).await;
    stage.claimed(&message).await;
    stage.sql("UPDATE replies SET state = 'withdrawn'").await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::Outdated));
    assert!(stage.channel.bot_messages().is_empty());
}

#[tokio::test]
async fn an_edit_that_overtakes_the_message() {
    let mut stage = Stage::new().await;
    let message = stage.says("good morning").await;
    stage.heard(&message).await;
    message.edit("good evening").await;
    stage.heard(&message).await;
    // What it said before it was edited.
    stage.comes_late(&message, CLAIM);
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::Outdated));
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn two_processes_edit_and_withdraw_once() {
    let mut stage = Stage::new().await;
    let mut second = stage.second_bot().await;
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    second.heard(&message).await;
    message.edit("never mind").await;
    stage.bot.edited(&message).await;
    second.edited(&message).await;
    assert!(message.replies().all().is_empty());
    assert!(stage.counted().await.contains("moon-cheese withdrawn 1"));
}

#[tokio::test]
async fn a_reply_that_a_moderator_has_deleted_is_not_missed() {
    let mut stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    stage.moderator("Mo").await.deletes(&reply).await;
    for _ in 0..2 {
        stage.discord.expect_refusal(10008);
    }
    message.edit(OTHER).await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Withdrawn);
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn direct_messages_too() {
    let mut stage = Stage::new().await;
    let message = stage.ann.dms(CLAIM).await;
    let reply = message.replies().await_one().await;
    message.edit(OTHER).await;
    assert_eq!(stage.bot.edited(&message).await, Revision::Changed);
    assert_eq!(title(&reply), "People were on the moon");
    message.delete().await;
    reply.until_deleted().await;
}

#[tokio::test]
async fn replies_in_threads_follow_too() {
    let mut stage = Stage::new().await;
    stage.set_up(|settings| settings.style.place = ReplyPlace::Thread).await;
    let one = &stage.says(CLAIM).await;
    assert!(matches!(stage.heard(one).await, Heard::Replied { .. }));
    let two = &stage.says(CLAIM).await;
    assert!(matches!(stage.heard(two).await, Heard::Replied { .. }));
    assert!(stage.channel.bot_messages().is_empty(), "they stand in threads");
    one.edit(OTHER).await;
    assert_eq!(stage.bot.edited(one).await, Revision::Changed);
    two.edit("never mind").await;
    assert_eq!(stage.bot.edited(two).await, Revision::Withdrawn);
    let left = stage.discord.look(|world| {
        let mine = world.messages.values().filter(|message| message.author_id == world.bot_id());
        mine.filter_map(|message| message.embeds.first()?.title.clone()).collect::<Vec<_>>()
    });
    assert_eq!(left, ["People were on the moon"]);
}

#[tokio::test]
async fn a_card_whose_message_is_gone_says_so() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    message.delete().await;
    card.until("nothing left to decide", |card| card.controls().is_empty()).await;
    insta::assert_snapshot!(card.shown(), @r"
    # Nothing left to decide
    The message was deleted: there is nothing left to answer.
    ## The bot would have posted
    1. **The moon is made of rock**
    ");
}

#[tokio::test]
async fn a_card_follows_the_message() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    message.edit(OTHER).await;
    assert_eq!(asked.stage.bot.edited(&message).await, Revision::Changed);
    insta::assert_snapshot!(asked.read(&card.shown(), &message), @r"
    # Shall the bot answer this message?
    > the moon landing was fake
    [Go to the message](https://discord.com/channels/GUILD/CHANNEL/MESSAGE)
    ## The bot would post
    2. **People were on the moon**
    ## Why it asks
    Moderators decide first there (`/mythconfig mode`).
    ## How sure
    0.85 of 1, a reply needs 0.70. Found: “the landings were staged”
    [ Post it ]
    [ Not this one ]
    [ Never for this phrase ]
    ");
    asked.mo.clicks(&card, "Post it").await;
    assert_eq!(title(&message.replies().await_one().await), "People were on the moon");
    let (message, card) = asked.card(CLAIM).await;
    message.edit("never mind").await;
    assert_eq!(asked.stage.bot.edited(&message).await, Revision::Withdrawn);
    insta::assert_snapshot!(card.shown(), @r"
    # Nothing left to decide
    The message was edited, and no longer makes a claim that the bot knows.
    ## The bot would have posted
    1. **The moon is made of rock**
    ");
    assert_eq!(asked.room.bot_messages().len(), 2);
}

#[tokio::test]
async fn a_card_that_is_decided_stays_as_it_is() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    asked.mo.clicks(&card, "Not this one").await;
    let before = card.shown();
    message.edit(OTHER).await;
    assert_eq!(asked.stage.bot.edited(&message).await, Revision::Left);
    assert_eq!(card.shown(), before);
    assert!(message.replies().all().is_empty());
}
