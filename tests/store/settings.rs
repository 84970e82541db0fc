//! Settings, who changed them, and who does not want to be answered.

use mythbot::store::{Counted, Entry, Saved};

use crate::place::Place;

pub(crate) async fn nobody_overwrites_what_they_have_not_seen(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    assert_eq!(one.settings(3).await.expect("asked"), None);
    assert!(one.save_settings(3, "{\"a\":1}", 0).await.expect("saved"));
    let seen = two.settings(3).await.expect("asked");
    assert_eq!(seen, Some(Saved { settings: "{\"a\":1}".to_owned(), version: 1 }));
    assert!(!two.save_settings(3, "{\"b\":1}", 0).await.expect("asked"));
    assert!(two.save_settings(3, "{\"b\":1}", 1).await.expect("saved"));
    let now = one.settings(3).await.expect("asked").expect("there");
    assert_eq!((now.settings.as_str(), now.version), ("{\"b\":1}", 2));
}

pub(crate) async fn a_server_that_comes_back_is_new_once(place: &Place) {
    let store = place.open().await;
    assert!(store.joined(3).await.expect("noted"));
    assert!(!store.joined(3).await.expect("noted"));
    assert_eq!(store.guilds(None).await.expect("asked"), [3]);
    store.left(3, 1000).await.expect("noted");
    assert_eq!(store.guilds(None).await.expect("asked"), [0; 0]);
    assert!(store.joined(3).await.expect("noted"));
    assert!(!store.joined(3).await.expect("noted"));
}

pub(crate) async fn servers_are_known_by_shard(place: &Place) {
    let store = place.open().await;
    // Of Discord's own, and of so many shards: 41771983423143937 >> 22 is 9959216934.
    let (real, other) = (41_771_983_423_143_937, 5 << 22);
    for id in [real, other] {
        store.joined(id).await.expect("noted");
    }
    let of = async |shard| store.guilds(Some(shard)).await.expect("asked");
    assert_eq!([of((2, 4)).await, of((1, 4)).await], [[real], [other]]);
    assert_eq!(of((0, 4)).await, [0; 0]);
    assert_eq!(of((0, 1)).await.len(), 2);
}

pub(crate) async fn people_opt_out_and_in(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.opted_out().await.expect("asked"), [0; 0]);
    assert!(store.opt_out(4, 1000).await.expect("noted"));
    assert!(!store.opt_out(4, 2000).await.expect("noted"));
    assert_eq!(store.opted_out().await.expect("asked"), [4]);
    assert!(store.opt_in(4).await.expect("noted"));
    assert!(!store.opt_in(4).await.expect("noted"));
}

pub(crate) async fn the_log_shows_the_newest_first(place: &Place) {
    let store = place.open().await;
    let entry =
        |id, at_ms| Entry { id, guild_id: 3, actor_id: 7, action: format!("did {id}"), at_ms };
    for entry in [entry(1, 1000), entry(2, 3000), entry(3, 2000), entry(3, 9000)] {
        store.note(&entry).await.expect("noted");
    }
    store.note(&Entry { guild_id: 4, ..entry(9, 5000) }).await.expect("noted");
    let log = store.audit_log(3, 2).await.expect("asked");
    assert_eq!(log, [entry(2, 3000), entry(3, 2000)]);
}

pub(crate) async fn outcomes_add_up(place: &Place) {
    let store = place.open().await;
    for (guild, day, outcome) in
        [(3, 1, "replied"), (3, 1, "replied"), (3, 2, "denied"), (3, 0, "denied"), (4, 1, "denied")]
    {
        store.count(guild, day, "blind-bats", outcome).await.expect("counted");
    }
    let counted = |day, outcome: &str, count| Counted {
        day,
        answer: "blind-bats".to_owned(),
        outcome: outcome.to_owned(),
        count,
    };
    let expected = [counted(1, "replied", 2), counted(2, "denied", 1)];
    assert_eq!(store.counted(3, 1).await.expect("asked"), expected);
}
