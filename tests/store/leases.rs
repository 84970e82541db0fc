//! One process at a time.

use mythbot::clock::Clock;

use crate::place::Place;

pub(crate) async fn a_task_has_one_holder_until_it_ends_or_its_time_is_over(place: &Place) {
    const TASK: &str = "correct";
    let (one, two) = (place.open().await, place.open().await);
    let (first, second) =
        tokio::join!(one.lease(TASK, 1, (0, 1000)), two.lease(TASK, 2, (0, 1000)));
    let (first, second) = (first.expect("asked"), second.expect("asked"));
    assert!(first ^ second, "one of them has it");
    let (holder, other) = if first { (1, 2) } else { (2, 1) };
    assert!(!two.lease(TASK, other, (999, 2000)).await.expect("asked"));
    assert!(one.lease("another", other, (0, 1000)).await.expect("asked"));
    // Kept, then given up; one that another has cannot be given up.
    assert!(one.lease(TASK, holder, (500, 1500)).await.expect("asked"));
    one.end_lease(TASK, other).await.expect("nothing to give up");
    assert!(!two.lease(TASK, other, (1499, 2500)).await.expect("asked"));
    one.end_lease(TASK, holder).await.expect("given up");
    assert!(two.lease(TASK, other, (600, 1600)).await.expect("asked"));
    // The other ended without a word.
    assert!(one.lease(TASK, holder, (1600, 2600)).await.expect("asked"));
}

pub(crate) async fn a_time_that_a_wrong_clock_has_set_does_not_hold(place: &Place) {
    const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;
    let store = place.open().await;
    assert!(store.lease("purge", 1, (YEAR, YEAR + 1000)).await.expect("asked"));
    // A little ahead is not wrong.
    assert!(!store.lease("purge", 2, (YEAR - 999, YEAR + 1)).await.expect("asked"));
    assert!(store.lease("purge", 2, (0, 1000)).await.expect("asked"));
}

pub(crate) async fn the_database_has_a_clock(place: &Place) {
    let store = place.open().await;
    let (before, now) = (Clock::system().now(), store.now_ms().await.expect("asked"));
    let apart = now - before.as_millisecond();
    assert!((-2..5000).contains(&apart), "{apart} ms apart, on one machine");
}
