//! What is forgotten.

use mythbot::store::{Claim, Entry, Purged};

use crate::contract::CLAIM;
use crate::decisions::{phrase, review};
use crate::place::Place;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub(crate) async fn what_is_old_goes(place: &Place) {
    let store = place.open().await;
    for message_id in [1, 2, 3] {
        let claim = Claim { message_id, at_ms: message_id * DAY_MS, ..CLAIM };
        store.claim(&claim).await.expect("claimed");
        store.count(3, message_id, "blind-bats", "replied").await.expect("counted");
    }
    store.open_review(&review()).await.expect("opened");
    let entry = Entry { id: 1, guild_id: 3, actor_id: 7, action: String::new(), at_ms: 1 };
    store.note(&entry).await.expect("noted");
    store.save_phrase(&phrase(1), 9).await.expect("saved");
    let purged = store.purge(3 * DAY_MS, 0).await.expect("purged");
    // Two replies, two counts, a review, an entry.
    assert_eq!(purged, Purged { old: 6, left: 0 });
    assert!(store.reply_to(3).await.expect("asked").is_some());
    assert!(store.reply_to(2).await.expect("asked").is_none());
    assert_eq!(store.phrases(3).await.expect("asked").len(), 1);
}

pub(crate) async fn a_server_that_was_left_is_forgotten_and_others_are_not(place: &Place) {
    let store = place.open().await;
    for (guild_id, message_id) in [(3, 1), (30, 2)] {
        store.joined(guild_id).await.expect("noted");
        store.save_settings(guild_id, "{}", 0).await.expect("saved");
        let claim = Claim { guild_id: Some(guild_id), message_id, ..CLAIM };
        store.claim(&claim).await.expect("claimed");
    }
    store.left(3, 1000).await.expect("noted");
    assert_eq!(store.purge(0, 1000).await.expect("purged"), Purged::default());
    assert_eq!(store.purge(0, 1001).await.expect("purged"), Purged { old: 0, left: 2 });
    assert_eq!(store.settings(3).await.expect("asked"), None);
    assert!(store.settings(30).await.expect("asked").is_some());
    assert!(store.reply_to(2).await.expect("asked").is_some());
}
