//! What other processes change is heard.

use std::time::Duration;

use mythbot::store::{Changed, Mute, Phrase, Store};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::decisions::phrase;
use crate::place::Place;

/// The next change.
async fn next(changes: &mut UnboundedReceiver<Changed>) -> Changed {
    let next = tokio::time::timeout(Duration::from_secs(20), changes.recv()).await;
    next.expect("something is heard").expect("somebody listens")
}

/// Changes from now on.
async fn listen(store: &Store) -> UnboundedReceiver<Changed> {
    let mut changes = store.changes();
    assert_eq!(next(&mut changes).await, Changed::Everything);
    changes
}

fn mute() -> Mute {
    Mute {
        guild_id: 6,
        answer: "blind-bats".to_owned(),
        phrase: "bats are blind".to_owned(),
        set_by: 7,
        at_ms: 1000,
    }
}

pub(crate) async fn one_process_hears_what_another_changes(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    let mut heard = listen(&two).await;
    assert!(one.save_settings(3, "{}", 0).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(3));
    let phrase = Phrase { guild_id: 5, ..phrase(1) };
    assert!(one.save_phrase(&phrase, 9).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(5));
    assert!(one.save_phrase(&Phrase { answer: None, ..phrase }, 9).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(5));
    assert!(one.remove_phrase(5, "phrase 001").await.expect("removed"));
    assert_eq!(next(&mut heard).await, Changed::Guild(5));
    assert!(one.mute(&mute()).await.expect("muted"));
    assert_eq!(next(&mut heard).await, Changed::Guild(6));
    assert!(one.unmute(6, "blind-bats", "bats are blind").await.expect("unmuted"));
    assert_eq!(next(&mut heard).await, Changed::Guild(6));
    assert!(one.opt_out(4, 1000).await.expect("noted"));
    assert_eq!(next(&mut heard).await, Changed::OptOuts);
    assert!(one.opt_in(4).await.expect("noted"));
    assert_eq!(next(&mut heard).await, Changed::OptOuts);
}

pub(crate) async fn what_is_no_setting_is_not_told(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    one.joined(3).await.expect("noted");
    let mut heard = listen(&two).await;
    assert!(one.claim(&crate::contract::CLAIM).await.expect("claimed"));
    one.joined(4).await.expect("noted");
    one.left(3, 1000).await.expect("noted");
    one.count(3, 1, "blind-bats", "replied").await.expect("counted");
    assert!(one.save_settings(9, "{}", 0).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(9));
}

pub(crate) async fn what_was_changed_before_is_not_told_again(place: &Place) {
    let store = place.open().await;
    assert!(store.save_settings(3, "{}", 0).await.expect("saved"));
    let mut heard = listen(&store).await;
    assert!(store.save_settings(5, "{}", 0).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(5));
}

pub(crate) async fn a_server_that_is_forgotten_leaves_no_trace_and_is_heard_again(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    assert!(one.save_settings(3, "{}", 0).await.expect("saved"));
    one.left(3, 1000).await.expect("noted");
    one.purge(0, 2000).await.expect("purged");
    assert_eq!(one.settings(3).await.expect("asked"), None);
    let mut heard = listen(&two).await;
    assert!(one.save_settings(3, "{}", 0).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(3));
}

pub(crate) async fn all_of_a_server_is_replaced_or_nothing(place: &Place) {
    let store = place.open().await;
    assert!(store.save_settings(3, "{\"a\":1}", 0).await.expect("saved"));
    assert!(store.save_phrase(&phrase(1), 9).await.expect("saved"));
    assert!(store.mute(&Mute { guild_id: 3, ..mute() }).await.expect("muted"));
    // Somebody has changed the settings since.
    let stale = store.replace_all(3, ("{\"b\":1}", 0), &[], &[]).await.expect("asked");
    assert!(!stale);
    assert_eq!(store.phrases(3).await.expect("asked"), [phrase(1)]);
    // One of two phrases cannot be saved: the same is there twice.
    let twice = [phrase(2), phrase(2)];
    assert!(store.replace_all(3, ("{\"b\":1}", 1), &twice, &[]).await.is_err());
    let saved = store.settings(3).await.expect("asked").expect("there");
    assert_eq!((saved.settings.as_str(), saved.version), ("{\"a\":1}", 1));
    assert_eq!(store.phrases(3).await.expect("asked"), [phrase(1)]);
    assert_eq!(store.mutes(3).await.expect("asked").len(), 1);
    let new = [Phrase { at_ms: 9, ..phrase(2) }, phrase(3)];
    assert!(store.replace_all(3, ("{\"b\":1}", 1), &new, &[]).await.expect("replaced"));
    assert_eq!(store.phrases(3).await.expect("asked"), new);
    assert_eq!(store.mutes(3).await.expect("asked"), []);
    // One that was never seen before.
    assert!(store.replace_all(4, ("{}", 0), &[], &[]).await.expect("replaced"));
}

/// `PostgreSQL` only: a connection that breaks.
pub(crate) async fn after_a_gap_anything_may_have_changed(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    let mut heard = listen(&two).await;
    place.cuts_listeners().await;
    assert_eq!(next(&mut heard).await, Changed::Everything);
    assert!(one.save_settings(3, "{}", 0).await.expect("saved"));
    assert_eq!(next(&mut heard).await, Changed::Guild(3));
}
