//! One process at a time.

use crate::place::Place;

pub(crate) async fn a_time_that_only_a_wrong_clock_can_have_set_is_over(place: &Place) {
    const TASK: &str = "correct";
    const HOUR: i64 = 60 * 60 * 1000;
    let store = place.open().await;
    assert!(store.lease(TASK, 1, (HOUR, HOUR + 1000)).await.expect("asked"));
    assert!(!store.lease(TASK, 2, (HOUR - 900, HOUR + 100)).await.expect("asked"));
    // The clock of the first was an hour ahead.
    assert!(store.lease(TASK, 2, (0, 1000)).await.expect("asked"));
}

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
