//! Replies: one message, one reply, whatever happens.

use mythbot::store::{Claim, ReplyState, Spoken};

use crate::place::Place;

pub(crate) const CLAIM: Claim<'_> = Claim {
    message_id: 1,
    channel_id: 2,
    guild_id: Some(3),
    author_id: 4,
    answer: "blind-bats",
    version: "v1",
    grounds: "{}",
    at_ms: 1000,
};

pub(crate) async fn a_message_is_claimed_once_also_after_a_restart(place: &Place) {
    let first = place.open().await;
    assert!(first.claim(&CLAIM).await.expect("claimed"));
    assert!(!first.claim(&CLAIM).await.expect("asked"));
    first.sent(1, (2, 9)).await.expect("noted");
    first.close().await;
    let second = place.open().await;
    assert!(!second.claim(&CLAIM).await.expect("asked"));
    let reply = second.reply_to(1).await.expect("asked").expect("a reply");
    assert_eq!((reply.reply_id, reply.answer.as_str()), (Some(9), "blind-bats"));
    assert_eq!((reply.guild_id, reply.author_id, reply.at_ms), (Some(3), Some(4), 1000));
    assert_eq!(second.reply(9).await.expect("asked"), Some(reply));
    assert_eq!(second.reply_to(2).await.expect("asked"), None);
}

pub(crate) async fn of_many_processes_one_wins(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    for message_id in 0..50 {
        let claim = Claim { message_id, ..CLAIM };
        let (won, lost) = tokio::join!(one.claim(&claim), two.claim(&claim));
        assert!(won.expect("asked") ^ lost.expect("asked"));
    }
}

pub(crate) async fn a_refused_reply_is_given_back_a_posted_one_is_not(place: &Place) {
    let store = place.open().await;
    store.claim(&CLAIM).await.expect("claimed");
    store.release(1).await.expect("released");
    assert!(store.claim(&CLAIM).await.expect("claimed"));
    store.sent(1, (2, 9)).await.expect("noted");
    store.release(1).await.expect("nothing to release");
    assert!(!store.claim(&CLAIM).await.expect("asked"));
}

pub(crate) async fn a_reply_ends_once(place: &Place) {
    let store = place.open().await;
    assert!(!store.end_reply(1, ReplyState::Dismissed, 2000).await.expect("asked"));
    store.claim(&CLAIM).await.expect("claimed");
    let (one, two) = tokio::join!(
        store.end_reply(1, ReplyState::Dismissed, 2000),
        store.end_reply(1, ReplyState::Dismissed, 2000)
    );
    assert!(one.expect("asked") ^ two.expect("asked"));
    assert!(!store.end_reply(1, ReplyState::Withdrawn, 3000).await.expect("asked"));
    let reply = store.reply_to(1).await.expect("asked").expect("a reply");
    assert_eq!(reply.state, ReplyState::Dismissed);
    assert!(!store.claim(&CLAIM).await.expect("asked"));
}

pub(crate) async fn the_bot_knows_when_it_last_spoke(place: &Place) {
    let store = place.open().await;
    let spoken = |claim, since| {
        let store = store.clone();
        async move { store.spoken(&claim, since).await.expect("asked") }
    };
    assert_eq!(spoken(CLAIM, 0).await, Spoken::default());
    let later = |message_id| Claim { message_id, at_ms: message_id * 1000, ..CLAIM };
    for claim in [
        CLAIM,
        Claim { answer: "goldfish", ..later(2) },
        Claim { channel_id: 20, ..later(3) },
        Claim { guild_id: Some(30), channel_id: 30, ..later(4) },
        Claim { guild_id: None, channel_id: 40, ..later(5) },
    ] {
        store.claim(&claim).await.expect("claimed");
    }
    store.end_reply(1, ReplyState::Dismissed, 9000).await.expect("dismissed");
    let expected = Spoken {
        in_channel_ms: Some(2000),
        answer_ms: Some(1000),
        to_author_ms: Some(3000),
        dismissed_ms: Some(9000),
        in_guild: 2,
    };
    assert_eq!(spoken(later(99), 1000).await, expected);
    // What it said to a message does not stand against saying it to the same message.
    let own = Spoken { answer_ms: None, dismissed_ms: None, ..expected };
    assert_eq!(spoken(CLAIM, 1000).await, own);
    let private = spoken(Claim { guild_id: None, channel_id: 40, ..CLAIM }, 0).await;
    assert_eq!((private.in_channel_ms, private.in_guild), (Some(5000), 0));
}

pub(crate) async fn outdated_replies_are_found_until_they_are_corrected(place: &Place) {
    let store = place.open().await;
    for message_id in 1..=5 {
        let claim = Claim { message_id, at_ms: message_id * 1000, ..CLAIM };
        store.claim(&claim).await.expect("claimed");
        if message_id != 4 {
            store.sent(message_id, (2, message_id * 10)).await.expect("sent");
        }
    }
    store.end_reply(3, ReplyState::Withdrawn, 9000).await.expect("withdrawn");
    let outdated = || async {
        let found = store.outdated_replies(("blind-bats", "v2"), 1000, 2).await.expect("asked");
        found.iter().map(|reply| reply.message_id).collect::<Vec<_>>()
    };
    // Not the first, which is too old, the third, which is gone, the fourth, which was never posted.
    assert_eq!(outdated().await, [5, 2]);
    assert_eq!(store.outdated_count(("blind-bats", "v2"), 1000).await.expect("asked"), 2);
    assert!(store.note_version(5, ("blind-bats", "v2")).await.expect("noted"));
    assert!(!store.note_version(2, ("goldfish", "v2")).await.expect("asked"));
    assert_eq!(outdated().await, [2]);
    // Discord refuses this version; the next one may be let through.
    store.correction_refused(2, "v2").await.expect("noted");
    assert!(outdated().await.is_empty());
    assert_eq!(store.outdated_count(("blind-bats", "v2"), 1000).await.expect("asked"), 0);
    let next = store.outdated_count(("blind-bats", "v3"), 1000).await.expect("asked");
    assert_eq!(next, 2);
    store.correction_refused(2, "").await.expect("noted");
    assert_eq!(outdated().await, [2]);
    store.answer_anew(&Claim { message_id: 2, version: "v2", ..CLAIM }).await.expect("noted");
    assert!(outdated().await.is_empty());
}

pub(crate) async fn processes_that_start_at_once_do_not_disturb_each_other(place: &Place) {
    let stores = tokio::join!(place.open(), place.open(), place.open(), place.open());
    for store in [stores.0, stores.1, stores.2, stores.3] {
        store.ping().await.expect("it answers");
    }
}
