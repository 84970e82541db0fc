//! What moderators decide: once, and for good.

use mythbot::store::{Mute, Phrase, Pin, Review, ReviewState};

use crate::place::Place;

fn pin(channel_id: i64, message_id: i64) -> Pin {
    Pin {
        channel_id,
        answer: "blind-bats".to_owned(),
        guild_id: 3,
        message_id,
        note: "Please read".to_owned(),
        version: "v1".to_owned(),
        pinned_by: 7,
        at_ms: message_id * 1000,
    }
}

pub(crate) fn review() -> Review {
    Review {
        message_id: 1,
        channel_id: 2,
        guild_id: 3,
        author_id: 4,
        answer: "blind-bats".to_owned(),
        grounds: "{}".to_owned(),
        card_channel_id: 5,
        card_id: None,
        state: ReviewState::Open,
        decided_by: None,
        at_ms: 1000,
    }
}

pub(crate) fn phrase(number: i64) -> Phrase {
    Phrase {
        guild_id: 3,
        phrase: format!("phrase {number:03}"),
        written: format!("Phrase {number:03}!"),
        answer: (number % 2 == 0).then(|| "blind-bats".to_owned()),
        set_by: 7,
        at_ms: number * 1000,
    }
}

pub(crate) async fn a_channel_holds_one_pin_per_answer(place: &Place) {
    let store = place.open().await;
    assert!(store.save_pin(&pin(2, 11), None).await.expect("saved"));
    assert!(!store.save_pin(&pin(2, 12), None).await.expect("asked"));
    assert!(!store.save_pin(&pin(2, 12), Some(10)).await.expect("asked"));
    let again = Pin { note: String::new(), ..pin(2, 12) };
    assert!(store.save_pin(&again, Some(11)).await.expect("saved"));
    let other = Pin { answer: "goldfish".to_owned(), ..pin(2, 13) };
    assert!(store.save_pin(&other, None).await.expect("saved"));
    assert_eq!(store.pin(2, "blind-bats").await.expect("asked"), Some(again.clone()));
    assert_eq!(store.pins_in(2).await.expect("asked"), [again.clone(), other.clone()]);
    assert_eq!(store.pins(3).await.expect("asked"), [again, other]);
    assert_eq!(store.pins(4).await.expect("asked"), []);
}

pub(crate) async fn of_two_who_pin_at_once_one_is_first(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    for channel in 0..20 {
        let (mine, yours) = (pin(channel, 1), pin(channel, 2));
        let (won, lost) = tokio::join!(one.save_pin(&mine, None), two.save_pin(&yours, None));
        let won = won.expect("asked");
        assert!(won ^ lost.expect("asked"));
        let first = if won { mine } else { yours };
        assert_eq!(one.pins_in(channel).await.expect("asked"), [first]);
    }
}

pub(crate) async fn outdated_pins_come_in_turn(place: &Place) {
    let store = place.open().await;
    for message in [13, 11, 12] {
        store.save_pin(&pin(message, message), None).await.expect("saved");
    }
    let outdated = async |version, after| {
        let pins = store.outdated_pins(("blind-bats", version), after, 2).await.expect("asked");
        pins.into_iter().map(|pin| pin.message_id).collect::<Vec<_>>()
    };
    assert_eq!(outdated("v1", 0).await, [0; 0]);
    assert_eq!(outdated("v2", 0).await, [11, 12]);
    assert_eq!(outdated("v2", 12).await, [13]);
    store.pin_shows(11, "v2").await.expect("noted");
    assert_eq!(outdated("v2", 0).await, [12, 13]);
}

pub(crate) async fn pins_are_forgotten_by_message_and_by_channel(place: &Place) {
    let store = place.open().await;
    for pin in [pin(2, 11), pin(20, 12)] {
        store.save_pin(&pin, None).await.expect("saved");
    }
    assert!(store.forget_pin(11).await.expect("forgotten"));
    assert!(!store.forget_pin(11).await.expect("asked"));
    assert_eq!(store.forget_pins_in(20).await.expect("forgotten"), 1);
    assert_eq!(store.pins(3).await.expect("asked"), []);
}

pub(crate) async fn a_review_is_decided_once(place: &Place) {
    let (one, two) = (place.open().await, place.open().await);
    assert!(one.open_review(&review()).await.expect("opened"));
    assert!(!two.open_review(&review()).await.expect("asked"));
    one.review_shown(1, 50).await.expect("noted");
    let (won, lost) = tokio::join!(
        one.decide_review(1, ReviewState::Posted, 7, 2000),
        two.decide_review(1, ReviewState::Declined, 8, 2000)
    );
    let (won, lost) = (won.expect("asked"), lost.expect("asked"));
    assert!(won ^ lost);
    let stored = two.review(1).await.expect("asked").expect("there");
    let (state, by) = if won { (ReviewState::Posted, 7) } else { (ReviewState::Declined, 8) };
    let expected = Review { card_id: Some(50), state, decided_by: Some(by), ..review() };
    assert_eq!(stored, expected);
}

pub(crate) async fn a_decision_can_be_taken_back(place: &Place) {
    let store = place.open().await;
    store.open_review(&review()).await.expect("opened");
    assert!(store.decide_review(1, ReviewState::Muted, 7, 2000).await.expect("decided"));
    store.reopen_review(1).await.expect("reopened");
    assert_eq!(store.review(1).await.expect("asked"), Some(review()));
    store.drop_review(1).await.expect("dropped");
    assert_eq!(store.review(1).await.expect("asked"), None);
}

pub(crate) async fn a_message_that_waits_may_say_something_else(place: &Place) {
    let store = place.open().await;
    store.open_review(&review()).await.expect("opened");
    assert!(store.review_anew(1, ("goldfish", "[]")).await.expect("noted"));
    let stored = store.review(1).await.expect("asked").expect("there");
    assert_eq!((stored.answer.as_str(), stored.grounds.as_str()), ("goldfish", "[]"));
    // Then it is gone, and nothing is left to decide or to change.
    assert!(store.decide_review(1, ReviewState::Withdrawn, None, 2000).await.expect("noted"));
    assert!(!store.decide_review(1, ReviewState::Posted, 7, 3000).await.expect("asked"));
    assert!(!store.review_anew(1, ("blind-bats", "{}")).await.expect("asked"));
    let expected = Review { state: ReviewState::Withdrawn, ..stored };
    assert_eq!(store.review(1).await.expect("asked"), Some(expected));
}

pub(crate) async fn a_server_has_so_many_phrases_and_no_more(place: &Place) {
    let store = place.open().await;
    for number in 0..3 {
        assert!(store.save_phrase(&phrase(number), 3).await.expect("saved"));
    }
    assert!(!store.save_phrase(&phrase(3), 3).await.expect("asked"));
    let changed = Phrase { answer: None, at_ms: 0, ..phrase(2) };
    assert!(store.save_phrase(&changed, 3).await.expect("saved"));
    let elsewhere = Phrase { guild_id: 30, ..phrase(3) };
    assert!(store.save_phrase(&elsewhere, 3).await.expect("saved"));
    let phrases = store.phrases(3).await.expect("asked");
    assert_eq!(phrases, [phrase(0), changed, phrase(1)]);
    assert!(store.remove_phrase(3, "phrase 000").await.expect("removed"));
    assert!(!store.remove_phrase(3, "phrase 000").await.expect("asked"));
}

pub(crate) async fn mutes_are_set_once(place: &Place) {
    let store = place.open().await;
    let mute = Mute {
        guild_id: 3,
        answer: "blind-bats".to_owned(),
        phrase: "bats are blind".to_owned(),
        set_by: 7,
        at_ms: 1000,
    };
    assert!(store.mute(&mute).await.expect("muted"));
    assert!(!store.mute(&mute).await.expect("asked"));
    assert_eq!(store.mutes(3).await.expect("asked"), [mute]);
    assert!(store.unmute(3, "blind-bats", "bats are blind").await.expect("unmuted"));
    assert!(!store.unmute(3, "blind-bats", "bats are blind").await.expect("asked"));
}
