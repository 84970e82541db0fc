//! The machine's clock is wrong, and is set right: nothing lasts longer or shorter for it than it should.

use std::time::Duration;

use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_make_a_silence_longer() {
    let mut stage = Stage::with_cooldowns().await;
    let clock = stage.discord.clock().apart();
    clock.advance(HOUR);
    stage.restart_with_clock(&clock).await;
    let first = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&first).await, Heard::Replied { .. }));
    clock.set_back(HOUR);
    let soon = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&soon).await, Heard::Silent(Reason::AnswerCooldown));
    // The cooldown of an answer is half an hour.
    clock.advance(Duration::from_mins(31));
    let later = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&later).await, Heard::Replied { .. }));
}

#[tokio::test]
async fn a_clock_that_is_set_forward_ends_a_silence_once() {
    let mut stage = Stage::with_cooldowns().await;
    let clock = stage.discord.clock().apart();
    stage.restart_with_clock(&clock).await;
    let first = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&first).await, Heard::Replied { .. }));
    clock.advance(HOUR);
    let later = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&later).await, Heard::Replied { .. }));
    clock.set_back(HOUR);
    let again = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&again).await, Heard::Silent(Reason::AnswerCooldown));
}

#[tokio::test]
async fn a_clock_that_leaps_forgets_nothing_at_once() {
    const REPLIES: &str = "SELECT COUNT(*) FROM replies";
    let mut stage = Stage::new().await;
    stage.says(CLAIM).await.replies().await_one().await;
    let clock = stage.discord.clock().apart();
    for (leap, doubted) in [(HOUR, false), (400 * DAY, true)] {
        clock.advance(leap);
        stage.restart_with_clock(&clock).await;
        assert_eq!(stage.bot.forgot().await, (0, doubted));
        assert_eq!(stage.count(REPLIES).await, 1);
    }
    clock.set_back(400 * DAY);
    // What is old by a clock that is right goes.
    for _ in 0..3 {
        clock.advance(40 * DAY);
        stage.restart_with_clock(&clock).await;
        assert!(!stage.bot.forgot().await.1);
    }
    assert_eq!(stage.count(REPLIES).await, 0);
}

#[tokio::test]
async fn a_clock_that_stays_ahead_for_a_day_is_believed_also_by_the_next_life() {
    let mut stage = Stage::new().await;
    stage.says(CLAIM).await.replies().await_one().await;
    let clock = stage.discord.clock().apart();
    assert_eq!(stage.bot.forgot().await, (0, false));
    // In the end the reply goes, and the count of its day.
    for (leap, told) in [(400 * DAY, (0, true)), (HOUR, (0, true)), (DAY, (2, false))] {
        clock.advance(leap);
        stage.restart_with_clock(&clock).await;
        assert_eq!(stage.bot.forgot().await, told);
    }
}

#[tokio::test]
async fn how_late_an_edit_is_tells_discords_clock() {
    let mut stage = Stage::new().await;
    let clock = stage.discord.clock().apart();
    clock.advance(HOUR);
    stage.restart_with_clock(&clock).await;
    let message = stage.says("good morning").await;
    stage.heard(&message).await;
    stage.remembers(CLAIM);
    message.edit(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
}
