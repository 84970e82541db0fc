//! An answer was wrong: what was said is corrected.

use std::time::Duration;

use loopback_discord::{MessageHandle, Permissions};
use serde_json::json;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const CHEESE: &str = "moon-cheese/en.toml";
const OLD: &str = "All samples are rock.";
const NEW: &str = "All samples are basalt.";
const EDIT: &str = "PATCH /channels/{channel_id}/messages/{message_id}";
const DAY: Duration = Duration::from_hours(24);

/// A bot that has answered so many messages, with an owner who may correct it.
async fn with_replies(count: usize) -> (Stage, Vec<MessageHandle>) {
    let mut stage = Stage::with_a_folder().await;
    stage.discord.act(|world| world.application.owner_id = stage.ann.id());
    let moderators = stage.guild.role("moderators", Permissions::PIN_MESSAGES);
    stage.ann.gets(&moderators).await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
    let mut replies = Vec::new();
    for _ in 0..count {
        let message = stage.says(CLAIM).await;
        replies.push(message.replies().await_one().await);
        stage.heard(&message).await;
    }
    (stage, replies)
}

/// The owner corrects the answer about cheese, and has it loaded.
async fn corrects(stage: &Stage) {
    stage.edits(CHEESE, OLD, NEW);
    stage.ann.runs(&stage.channel, "/mythmod reload").await;
}

fn edits(stage: &Stage) -> usize {
    stage.discord.requests().iter().filter(|request| request.name() == EDIT).count()
}

#[tokio::test]
async fn replies_that_stand_are_corrected() {
    let (mut stage, replies) = with_replies(3).await;
    let landing = stage.says("the moon landings were staged").await;
    let other = landing.replies().await_one().await;
    stage.heard(&landing).await;
    corrects(&stage).await;
    assert_eq!(stage.bot.corrected().await, (3, 0));
    for reply in &replies {
        assert!(reply.is_edited() && reply.text().contains(NEW) && !reply.text().contains(OLD));
        assert!(reply.pings_nobody());
    }
    assert!(!other.is_edited());
    let shown = replies[0].shown();
    let footer = shown.lines().find(|line| line.starts_with("-- ")).expect("a last line");
    insta::assert_snapshot!(footer, @"-- Corrected on 24 November 2026 · As of 4 November 2026 · Moon Museum");
    assert_eq!(replies[0].buttons(), other.buttons());
    let why = stage.ann.clicks(&replies[0], "Why this reply?").await;
    assert_eq!(why.embed().title.as_deref(), Some("Why the bot replied"));
}

#[tokio::test]
async fn nothing_is_corrected_when_no_answer_says_anything_else() {
    let (mut stage, replies) = with_replies(1).await;
    // How a claim is found is none of what readers see.
    stage.edits(CHEESE, "one big cheddar", "one big gouda");
    stage.ann.runs(&stage.channel, "/mythmod reload").await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
    assert!(!replies[0].is_edited());
}

#[tokio::test]
async fn what_was_said_before_a_restart_is_corrected_after_it() {
    let (mut stage, replies) = with_replies(2).await;
    stage.edits(CHEESE, OLD, NEW);
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (2, 0));
    assert!(replies.iter().all(|reply| reply.text().contains(NEW)));
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
    assert_eq!(edits(&stage), 2);
}

#[tokio::test]
async fn corrections_go_on_after_a_restart_in_between() {
    let (mut stage, replies) = with_replies(3).await;
    // While it waits for Discord to recover, it is restarted.
    stage.discord.fail_next(EDIT, 503, json!({"message": "upstream", "code": 0}));
    let mark = stage.discord.mark();
    corrects(&stage).await;
    stage.discord.request_since(mark, "an edit", |request| request.name() == EDIT).await;
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (3, 0));
    assert!(replies.iter().all(|reply| reply.text().contains(NEW)));
    assert_eq!(edits(&stage), 4);
}

#[tokio::test]
async fn corrections_that_a_killed_process_began_are_gone_on_with() {
    let (mut stage, _) = with_replies(2).await;
    let store = stage.store().await;
    let now = stage.discord.clock().now().as_millisecond();
    assert!(store.lease("corrections", 1, (now, now + 120_000)).await.expect("asked"));
    stage.edits(CHEESE, OLD, NEW);
    stage.restart().await;
    stage.discord.advance(Duration::from_mins(2));
    assert_eq!(stage.bot.corrected().await, (2, 0));
    store.close().await;
}

#[tokio::test]
async fn replies_of_the_first_version_of_the_database_count_as_outdated() {
    let (mut stage, replies) = with_replies(1).await;
    stage.sql("UPDATE replies SET version = ''").await;
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (1, 0));
    assert!(replies[0].is_edited());
}

#[tokio::test]
async fn old_replies_and_those_to_answers_that_are_gone_stay_as_they_are() {
    let (mut stage, old) = with_replies(1).await;
    stage.discord.advance(31 * DAY);
    let young = stage.says(CLAIM).await;
    let young = young.replies().await_one().await;
    let landing = stage.says("the moon landings were staged").await;
    let gone = landing.replies().await_one().await;
    stage.heard(&landing).await;
    stage.edits(CHEESE, OLD, NEW);
    let mut knowledge = crate::stage::moon();
    knowledge.myths.retain(|myth| myth.id() == "moon-cheese");
    let answer = knowledge.myths[0].answers.get_mut("en").expect("there");
    answer.verdict_note.as_mut().push_str(" And dust.");
    stage.restart_with(knowledge).await;
    assert_eq!(stage.bot.corrected().await, (1, 0));
    assert!(young.text().contains("And dust."));
    assert!(!old[0].is_edited() && !gone.is_edited());
}

#[tokio::test]
async fn a_reply_that_was_deleted_is_passed_over_once() {
    let (mut stage, replies) = with_replies(2).await;
    stage.guild.owner().deletes(&replies[1]).await;
    stage.discord.expect_refusal(10008);
    corrects(&stage).await;
    assert_eq!(stage.bot.corrected().await, (1, 1));
    assert!(replies[0].text().contains(NEW));
    let before = edits(&stage);
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
    assert_eq!(edits(&stage), before);
}

#[tokio::test]
async fn a_channel_that_refuses_is_passed_over_until_there_is_something_new() {
    let (mut stage, replies) = with_replies(2).await;
    stage.channel.deny_bot(Permissions::VIEW_CHANNEL);
    stage.discord.tolerate(50001);
    stage.edits(CHEESE, OLD, NEW);
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (0, 2));
    stage.channel.allow_bot(Permissions::VIEW_CHANNEL);
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
    assert!(!replies[0].is_edited());
    stage.edits(CHEESE, NEW, "All samples are dust.");
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (2, 0));
    assert!(replies[0].text().contains("All samples are dust."));
}

#[tokio::test]
async fn an_archived_thread_and_a_channel_that_is_gone_are_passed_over() {
    let (mut stage, _) = with_replies(0).await;
    let opener = stage.says("hello").await;
    let thread = stage.ann.opens_thread(&opener, "cheese").await;
    let doomed = stage.guild.text_channel("doomed");
    for channel in [&thread, &doomed] {
        let message = stage.hears(&stage.ann, channel, CLAIM).await;
        message.replies().await_one().await;
        stage.heard(&message).await;
    }
    thread.archive().await;
    doomed.delete().await;
    stage.discord.tolerate(50083);
    stage.discord.tolerate(10003);
    corrects(&stage).await;
    let (corrected, passed_over) = stage.bot.corrected().await;
    assert_eq!(corrected + passed_over, 2);
    assert!(passed_over >= 1);
    stage.restart().await;
    assert_eq!(stage.bot.corrected().await, (0, 0));
}

#[tokio::test]
async fn trouble_at_discord_is_waited_for() {
    let (mut stage, replies) = with_replies(2).await;
    for _ in 0..3 {
        stage.discord.fail_next(EDIT, 503, json!({"message": "upstream", "code": 0}));
    }
    corrects(&stage).await;
    assert_eq!(stage.bot.corrected().await, (2, 0));
    assert!(replies.iter().all(|reply| reply.text().contains(NEW)));
}

#[tokio::test]
async fn of_two_processes_one_corrects() {
    let (mut stage, replies) = with_replies(20).await;
    let mut second = stage.second_bot().await;
    assert_eq!(second.corrected().await, (0, 0));
    // Both see the change.
    stage.edits(CHEESE, OLD, NEW);
    let (one, two) = tokio::join!(stage.bot.corrected(), second.corrected());
    assert!(matches!((one, two), ((20, 0), (0, 0)) | ((0, 0), (20, 0))), "{one:?} {two:?}");
    assert_eq!(edits(&stage), 20);
    assert!(replies.iter().all(|reply| reply.text().contains(NEW)));
}
