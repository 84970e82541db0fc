//! What happened to messages within the last minutes. Events come in any order and several at once: a
//! message may be deleted or edited while its reply is on its way, or before the bot has looked at it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use serenity::all::{MessageId, Timestamp};
use tokio::sync::OwnedMutexGuard;

use crate::clock::Clock;

/// How long it is remembered: longer than an event that was overtaken may take.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// How much is remembered at most, whatever floods in: some 20 MB.
const MOST: usize = 100_000;

/// What happened to messages, and whose turn it is with each.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    messages: HashMap<MessageId, Fate>,
    /// Each as often as something happened to it, the oldest first.
    order: VecDeque<(jiff::Timestamp, MessageId)>,
}

#[derive(Debug)]
struct Fate {
    gone: bool,
    /// When it was last edited, as Discord tells.
    edited: Option<Timestamp>,
    /// Whether it was counted, and how it was when that was done.
    counted: (bool, Option<Timestamp>),
    turn: Arc<tokio::sync::Mutex<()>>,
    at: jiff::Timestamp,
}

/// Held by whoever speaks or decides about a message.
pub(super) type Turn = OwnedMutexGuard<()>;

impl Recent {
    /// Notes that a message is gone.
    pub(super) fn gone(&self, message: MessageId, clock: &Clock) {
        self.with(message, clock, |fate| fate.gone = true);
    }

    /// Notes an edit. False when it was noted before, or a later one.
    pub(super) fn edited(&self, message: MessageId, when: Timestamp, clock: &Clock) -> bool {
        self.with(message, clock, |fate| {
            let is_new = fate.edited.is_none_or(|edited| edited < when);
            if is_new {
                fate.edited = Some(when);
            }
            is_new
        })
    }

    /// Whether this is the first time that a message, as it was edited last, is to be counted: Discord
    /// may tell of it again.
    pub(super) fn is_first(
        &self,
        message: MessageId,
        edited: Option<Timestamp>,
        clock: &Clock,
    ) -> bool {
        self.with(message, clock, |fate| {
            std::mem::replace(&mut fate.counted, (true, edited)) != (true, edited)
        })
    }

    /// Whether a message that was last edited at `edited` is gone, or says something else by now.
    pub(super) fn is_outdated(&self, message: MessageId, edited: Option<Timestamp>) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.messages.get(&message).is_some_and(|fate| fate.gone || fate.edited > edited)
    }

    /// Waits until nobody else has to do with a message.
    pub(super) async fn turn(&self, message: MessageId, clock: &Clock) -> Turn {
        let turn = self.with(message, clock, |fate| Arc::clone(&fate.turn));
        turn.lock_owned().await
    }

    /// The same at once, or not at all.
    pub(super) fn turn_now(&self, message: MessageId, clock: &Clock) -> Option<Turn> {
        let turn = self.with(message, clock, |fate| Arc::clone(&fate.turn));
        turn.try_lock_owned().ok()
    }

    fn with<T>(&self, message: MessageId, clock: &Clock, act: impl FnOnce(&mut Fate) -> T) -> T {
        let now = clock.now();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.not_after(now);
        known.forget_before(now - KEPT, MOST);
        known.order.push_back((now, message));
        let new = || Fate {
            gone: false,
            edited: None,
            counted: (false, None),
            turn: Arc::default(),
            at: now,
        };
        let fate = known.messages.entry(message).or_insert_with(new);
        fate.at = now;
        act(fate)
    }
}

impl Known {
    /// What is said to have happened later has happened by now: the clock was set back. Else nothing
    /// would be forgotten until it is there again.
    fn not_after(&mut self, now: jiff::Timestamp) {
        if self.order.back().is_none_or(|(at, _)| *at <= now) {
            return;
        }
        for (at, _) in &mut self.order {
            *at = now.min(*at);
        }
        for fate in self.messages.values_mut() {
            fate.at = now.min(fate.at);
        }
    }

    /// Forgets what is older than `then`, and of the rest the oldest, so that there is room for one
    /// of `most`.
    fn forget_before(&mut self, then: jiff::Timestamp, most: usize) {
        for _ in 0..self.order.len() {
            let full = self.order.len() >= most;
            let Some((at, message)) = self.order.pop_front_if(|(at, _)| *at < then || full) else {
                return;
            };
            // What happened to it later has a place of its own in the order.
            let Some(fate) = self.messages.get(&message).filter(|fate| fate.at <= at) else {
                continue;
            };
            if Arc::strong_count(&fate.turn) == 1 {
                self.messages.remove(&message);
            } else {
                // Whoever has the turn keeps others out until then.
                self.order.push_back((at, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    const MESSAGE: MessageId = MessageId::new(7);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix_timestamp(second).expect("a time")
    }

    fn clock() -> (Clock, Arc<AtomicI64>) {
        let seconds = Arc::new(AtomicI64::new(0));
        let read = Arc::clone(&seconds);
        let now = move || jiff::Timestamp::from_second(read.load(Ordering::Relaxed));
        (Clock::of(move || now().expect("a time")), seconds)
    }

    #[test]
    fn an_edit_is_news_once_and_outdates_what_was_before() {
        let (recent, (clock, _)) = (Recent::default(), clock());
        assert!(!recent.is_outdated(MESSAGE, None));
        assert!(recent.edited(MESSAGE, at(5), &clock));
        assert!(!recent.edited(MESSAGE, at(5), &clock));
        assert!(!recent.edited(MESSAGE, at(4), &clock));
        assert!(recent.is_outdated(MESSAGE, None));
        assert!(recent.is_outdated(MESSAGE, Some(at(4))));
        assert!(!recent.is_outdated(MESSAGE, Some(at(5))));
        recent.gone(MESSAGE, &clock);
        assert!(recent.is_outdated(MESSAGE, Some(at(5))));
        assert!(!recent.is_outdated(MessageId::new(8), None));
    }

    #[test]
    fn a_message_is_dealt_with_by_one_at_a_time() {
        let (recent, (clock, _)) = (Recent::default(), clock());
        let turn = recent.turn_now(MESSAGE, &clock);
        assert!(turn.is_some());
        assert!(recent.turn_now(MESSAGE, &clock).is_none());
        assert!(recent.turn_now(MessageId::new(8), &clock).is_some());
        drop(turn);
        assert!(recent.turn_now(MESSAGE, &clock).is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nothing_for_longer() {
        let (recent, (clock, seconds)) = (Recent::default(), clock());
        seconds.store(3600, Ordering::Relaxed);
        recent.gone(MESSAGE, &clock);
        seconds.store(0, Ordering::Relaxed);
        recent.gone(MessageId::new(8), &clock);
        assert!(recent.is_outdated(MESSAGE, None));
        seconds.store(15 * 60 + 1, Ordering::Relaxed);
        recent.gone(MessageId::new(9), &clock);
        assert!(!recent.is_outdated(MESSAGE, None));
    }

    #[test]
    fn what_is_old_is_forgotten_but_not_what_is_going_on() {
        let (recent, (clock, seconds)) = (Recent::default(), clock());
        let other = MessageId::new(8);
        recent.gone(MESSAGE, &clock);
        let turn = recent.turn_now(other, &clock);
        seconds.store(15 * 60 + 1, Ordering::Relaxed);
        recent.gone(MessageId::new(9), &clock);
        assert!(!recent.is_outdated(MESSAGE, None));
        assert!(recent.turn_now(other, &clock).is_none());
        drop(turn);
    }

    #[test]
    fn a_flood_makes_it_forget_the_oldest_but_not_what_is_going_on() {
        let mut known = Known::default();
        let now = jiff::Timestamp::UNIX_EPOCH;
        let mut held = Vec::new();
        for number in 1..=10 {
            known.forget_before(now, 4);
            let message = MessageId::new(number);
            known.order.push_back((now, message));
            let turn = Arc::default();
            if number == 1 {
                held.push(Arc::clone(&turn));
            }
            known.messages.insert(
                message,
                Fate { gone: true, edited: None, counted: (false, None), turn, at: now },
            );
        }
        let mut left: Vec<u64> = known.messages.keys().map(|id| id.get()).collect();
        left.sort_unstable();
        assert_eq!(left, [1, 8, 9, 10]);
        assert_eq!(known.order.len(), 4);
        drop(held);
        known.forget_before(now, 1);
        assert!(known.messages.is_empty() && known.order.is_empty());
    }
}
