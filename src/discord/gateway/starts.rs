//! When a connection may begin a new session with Discord (IDENTIFY).
//!
//! Discord allows `max_concurrency` of them within 5 seconds, one for each number
//! `shard % max_concurrency`, and 1,000 a day for most bots
//! (<https://discord.com/developers/docs/events/gateway#session-start-limit-object>); whoever exceeds that
//! gets a new token to find out why. To resume a session is free.
//!
//! serenity leaves 5 seconds between the sessions of a process, which is enough where a process runs all
//! shards. Where several share them they ask the database for each. Every connection of serenity, new or
//! resumed, first reads the address of the gateway under a lock: that is the door at which new sessions
//! wait here.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serenity::all::{Http, ShardId, ShardManager};
use serenity::model::gateway::{BotGateway, SessionStartLimit};
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use crate::discord::error::chain;
use crate::discord::state::State;
use crate::shards::Share;
use crate::store::StoreError;

/// How much time Discord wants between two sessions with the same number.
const BETWEEN: Duration = Duration::from_secs(5);

/// How long a session may take to begin before another process may do the same. Its IDENTIFY is sent
/// soon after it came through the door, so that it is then at least [`BETWEEN`] ago.
const BEGINNING: Duration = Duration::from_secs(10);

/// How often the door is opened for those who only resume, and looked at for the others.
const PULSE: Duration = Duration::from_millis(50);

/// The same within [`BETWEEN`] after a turn: serenity may not have been at the door in time.
const SOON: Duration = Duration::from_millis(5);

/// How often the database is asked whether it is this process's turn.
const ASK: Duration = Duration::from_millis(200);

/// How long it is believed what Discord said about the sessions left today.
const BELIEVED: Duration = Duration::from_hours(1);

/// The door: who holds the lock keeps it shut.
pub(in crate::discord) struct Door {
    address: Arc<tokio::sync::Mutex<String>>,
    held: Option<OwnedMutexGuard<String>>,
}

impl Door {
    /// Shuts it, before anybody may stand at it.
    pub(in crate::discord) async fn shut(address: &Arc<tokio::sync::Mutex<String>>) -> Self {
        let held = Some(Arc::clone(address).lock_owned().await);
        Self { address: Arc::clone(address), held }
    }

    /// Lets everybody through who stands at it now: the lock is fair.
    async fn pass(&mut self) {
        self.held = None;
        self.held = Some(Arc::clone(&self.address).lock_owned().await);
    }
}

impl Drop for Door {
    /// The bot stops: nobody is to begin a session meanwhile.
    fn drop(&mut self) {
        if let Some(address) = &mut self.held {
            address.clear();
        }
    }
}

/// Sessions that are beginning, as they stand in the database.
#[derive(Debug, Default)]
pub(in crate::discord) struct Starts(Mutex<HashMap<ShardId, Turn>>);

/// The right to begin a session.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    /// How it is called in the database.
    task: String,
    /// Of this session, not of the process: its next one has to wait like those of others.
    holder: i64,
}

impl Starts {
    fn note(&self, shard: ShardId, turn: Turn) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(shard, turn);
    }

    fn take(&self, shard: ShardId) -> Option<Turn> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&shard)
    }
}

/// Discord has welcomed a new session: others may begin [`BETWEEN`] later.
pub(in crate::discord) async fn began(state: &State, shard: ShardId) {
    let Some(Turn { task, holder }) = state.starts.take(shard) else { return };
    if let Err(error) = lease(state, &task, holder, BETWEEN).await {
        // Others wait a little longer then.
        tracing::debug!(error = %chain(&error), "the end of a start is not noted");
    }
}

/// Takes or keeps the turn for some time from now, as the database counts it: the clocks of the machines
/// may differ.
async fn lease(state: &State, task: &str, holder: i64, time: Duration) -> Result<bool, StoreError> {
    let now = state.store.now_ms().await?;
    let time = i64::try_from(time.as_millis()).unwrap_or_default();
    state.store.lease(task, holder, (now, now + time)).await
}

/// What is needed to watch the door.
pub(in crate::discord) struct Doorkeeper<'a> {
    pub(in crate::discord) state: &'a State,
    pub(in crate::discord) http: &'a Http,
    pub(in crate::discord) shards: Arc<ShardManager>,
    pub(in crate::discord) share: Share,
    pub(in crate::discord) gateway: &'a BotGateway,
}

impl Doorkeeper<'_> {
    /// Watches the door for ever.
    ///
    /// A shard without a runner is about to begin a session; while there is one, only its turn opens the
    /// door. Those that resume a session then wait for that, too, except within [`BETWEEN`] after the last
    /// turn, when serenity itself lets no other come. Nothing is lost meanwhile: Discord tells it later.
    pub(in crate::discord) async fn watch(self, mut door: Door) -> Infallible {
        let mut queue = Queue::default();
        let mut daily = Daily::new(&self.gateway.session_start_limit, self.share);
        let mut last: Option<Instant> = None;
        loop {
            let runners = self.shards.runners.lock().await;
            queue.update(
                self.share.numbers().filter(|number| !runners.contains_key(&ShardId(*number))),
            );
            let next = queue.next();
            let open = next.is_none() || last.is_some_and(|last| last.elapsed() < BETWEEN);
            if open {
                // With the map locked, no runner can leave it and come to the door.
                door.pass().await;
            }
            drop(runners);
            if let (Some(number), false) = (next, open) {
                if self.may_begin(ShardId(number), &mut daily).await {
                    last = Some(Instant::now());
                    door.pass().await;
                    queue.turn();
                } else {
                    tokio::time::sleep(ASK).await;
                    continue;
                }
            }
            let soon = last.is_some_and(|last| last.elapsed() < BETWEEN);
            tokio::time::sleep(if soon { SOON } else { PULSE }).await;
        }
    }

    /// Whether it is the turn of a shard.
    async fn may_begin(&self, shard: ShardId, daily: &mut Daily) -> bool {
        if !daily.allows(self.http).await {
            return false;
        }
        if self.share.is_all() {
            daily.begin();
            return true;
        }
        let bucket = u64::from(shard.0) % self.gateway.session_start_limit.max_concurrency.max(1);
        let turn =
            Turn { task: format!("identify {bucket}"), holder: crate::discord::state::random() };
        match lease(self.state, &turn.task, turn.holder, BEGINNING).await {
            Ok(false) => return false,
            Ok(true) => self.state.starts.note(shard, turn),
            // Better one attempt too many, which Discord refuses, than no bot.
            Err(error) => {
                tracing::warn!(
                    shard = shard.0,
                    error = %chain(&error),
                    "the database does not say whether a session may begin: it does"
                );
            }
        }
        daily.begin();
        true
    }
}

/// Shards that wait to begin a session, in the order in which serenity takes them: one that it could not
/// connect comes after the others.
#[derive(Debug, Default)]
struct Queue(VecDeque<u32>);

impl Queue {
    fn update(&mut self, waiting: impl Iterator<Item = u32>) {
        let waiting: Vec<u32> = waiting.collect();
        self.0.retain(|number| waiting.contains(number));
        let new: Vec<u32> = waiting.into_iter().filter(|number| !self.0.contains(number)).collect();
        self.0.extend(new);
    }

    fn next(&self) -> Option<u32> {
        self.0.front().copied()
    }

    /// The first one has had its turn.
    fn turn(&mut self) {
        if let Some(first) = self.0.pop_front() {
            self.0.push_back(first);
        }
    }
}

/// How many sessions may begin today.
#[derive(Debug)]
struct Daily {
    /// Those that were there when the process started, one for each of its shards.
    promised: u32,
    left: u64,
    asked: Instant,
    /// As many are left to the others and to somebody who restarts the bot.
    reserve: u64,
    /// Not asked again before then.
    until: Option<Instant>,
}

impl Daily {
    fn new(limit: &SessionStartLimit, share: Share) -> Self {
        let reserve = u64::from(share.total());
        let promised = share.count();
        Self { promised, left: limit.remaining, asked: Instant::now(), reserve, until: None }
    }

    fn begin(&mut self) {
        self.promised = self.promised.saturating_sub(1);
        self.left = self.left.saturating_sub(1);
    }

    /// Whether one more may begin. Asks Discord when that is not sure.
    async fn allows(&mut self, http: &Http) -> bool {
        if self.promised > 0 {
            return true;
        }
        if self.until.is_some_and(|until| Instant::now() < until) {
            return false;
        }
        if self.left <= self.reserve || self.asked.elapsed() > BELIEVED {
            match http.get_bot_gateway().await {
                Ok(gateway) => self.learn(&gateway.session_start_limit),
                // Then the gateway is hardly there, either.
                Err(error) => tracing::debug!(%error, "the sessions left today are not known"),
            }
        }
        self.left > self.reserve
    }

    fn learn(&mut self, limit: &SessionStartLimit) {
        /// Others may give sessions back by a larger limit.
        const AT_LEAST: Duration = Duration::from_mins(1);
        (self.left, self.asked) = (limit.remaining, Instant::now());
        let spent = self.left <= self.reserve;
        if spent {
            tracing::error!(
                left = self.left,
                minutes = limit.reset_after.div_ceil(60_000),
                "the bot has connected too often today: it waits before it begins another session"
            );
        }
        let wait = Duration::from_millis(limit.reset_after).clamp(AT_LEAST, BELIEVED);
        self.until = spent.then(|| Instant::now() + wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_could_not_connect_comes_after_the_others() {
        let mut queue = Queue::default();
        queue.update([4, 5, 6].into_iter());
        assert_eq!(queue.next(), Some(4));
        queue.turn();
        // It is still not there: the connection failed.
        queue.update([4, 5, 6].into_iter());
        assert_eq!(queue.next(), Some(5));
        queue.turn();
        queue.update([4, 6].into_iter());
        assert_eq!(queue.next(), Some(6));
        queue.update([4].into_iter());
        assert_eq!(queue.next(), Some(4));
        queue.update(std::iter::empty());
        assert_eq!(queue.next(), None);
    }

    fn limit(remaining: u64) -> SessionStartLimit {
        let limit = serde_json::json!({
            "total": 1000, "remaining": remaining, "reset_after": 1000, "max_concurrency": 1
        });
        serde_json::from_value(limit).expect("a limit")
    }

    #[tokio::test]
    async fn what_was_there_at_the_start_is_enough_for_it_and_some_are_left_to_others() {
        let http = Http::new("");
        let mut daily = Daily::new(&limit(3), Share::range(0..2, 4).expect("a range"));
        for _ in 0..2 {
            assert!(daily.allows(&http).await);
            daily.begin();
        }
        daily.learn(&limit(4));
        assert!(!daily.allows(&http).await);
        daily.until = None;
        daily.learn(&limit(5));
        assert!(daily.allows(&http).await);
    }
}
