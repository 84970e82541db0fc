//! Notices shards that serenity has lost, and has them connected again.
//!
//! serenity 0.12.5 takes care of most faults by itself. It does not where it waits for something that
//! never comes: neither its attempts to connect nor the wait for READY have a time limit, and a shard
//! whose runner has ended without asking for a new start is simply gone. So somebody has to look from
//! outside, at what serenity tells of its shards: their stages, and how long the last heartbeat took,
//! which is another time with each answer.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ConnectionStage, OnlineStatus, ShardId, ShardManager, ShardRunnerInfo, ShardRunnerMessage,
};
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long the bot waits for its shards. serenity itself gives up on a connection after two heartbeats
/// without an answer, which is after some 82 seconds: each of these is longer.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long a shard may be on its way to being connected before it is started anew: 100 s.
    pub connecting: Duration,
    /// How long a connected shard may be without a new answer to a heartbeat, which Discord wants about
    /// every 41 seconds: 150 s.
    pub silent: Duration,
    /// How long shards may wait to be started, with no other making progress, before the bot begins from
    /// the beginning: 180 s. Ten times as long where other shards are well, for these are lost, too.
    pub waiting: Duration,
    /// How long it waits before it begins from the beginning; twice as long each time, up to
    /// 5 minutes: 5 s.
    pub pause: Duration,
}

/// The longest pause between two beginnings.
pub(in crate::discord) const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// How long a shard may be seen to spin: where serenity itself starts it anew, it does so within 5
/// seconds.
const SPINNING: Duration = Duration::from_secs(7);

impl Default for Patience {
    fn default() -> Self {
        Self {
            connecting: Duration::from_secs(100),
            silent: Duration::from_secs(150),
            waiting: Duration::from_mins(3),
            pause: Duration::from_secs(5),
        }
    }
}

impl Patience {
    /// How often it looks.
    fn pulse(&self) -> Duration {
        (self.connecting.min(self.silent).min(self.waiting) / 10).min(Duration::from_secs(1))
    }
}

/// Shards wait to be started, and nothing happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) struct Lost {
    /// Whether any shard was connected since the beginning.
    pub(in crate::discord) was_connected: bool,
}

/// Watches these shards until the bot should begin from the beginning.
pub(in crate::discord) async fn watch(
    manager: &ShardManager,
    own: Range<u32>,
    patience: Patience,
) -> Lost {
    let mut vigil = Vigil::new(own, patience, Instant::now());
    loop {
        tokio::time::sleep(patience.pulse()).await;
        let found = found(manager).await;
        match vigil.look(&found, Instant::now()) {
            None => {}
            Some(Action::Restart(shard)) => {
                tracing::warn!(shard = shard.0, "a shard is stuck: started anew");
                if let Some(runner) = manager.runners.lock().await.get(&shard) {
                    poke(runner);
                }
                manager.restart(shard).await;
                vigil.restarted(Instant::now());
            }
            Some(Action::Begin(lost)) => {
                tracing::error!("shards cannot be started: the bot connects from the beginning");
                return lost;
            }
        }
    }
}

/// What is told of a shard that has a runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    connected: bool,
    /// It wanted to resume its session and could not connect: see [`super::spinning`], which ends it.
    spins: bool,
    latency: Option<Duration>,
}

async fn found(manager: &ShardManager) -> HashMap<u32, Found> {
    let runners = manager.runners.lock().await;
    let found = runners.iter().map(|(shard, runner)| {
        let connected = runner.stage == ConnectionStage::Connected;
        let spins = runner.stage == ConnectionStage::Connecting;
        (shard.0, Found { connected, spins, latency: runner.latency })
    });
    found.collect()
}

/// What has to be done.
#[derive(Debug, PartialEq, Eq)]
enum Action {
    Restart(ShardId),
    Begin(Lost),
}

/// What was seen of the shards, and when.
#[derive(Debug)]
struct Vigil {
    own: Range<u32>,
    patience: Patience,
    seen: HashMap<u32, (Found, Instant)>,
    /// When a shard last was started or connected.
    progress: Instant,
    was_connected: bool,
}

impl Vigil {
    fn new(own: Range<u32>, patience: Patience, now: Instant) -> Self {
        Self { own, patience, seen: HashMap::new(), progress: now, was_connected: false }
    }

    fn restarted(&mut self, now: Instant) {
        self.progress = now;
    }

    fn look(&mut self, found: &HashMap<u32, Found>, now: Instant) -> Option<Action> {
        let Patience { connecting, silent, waiting, .. } = self.patience;
        let mut stuck = None;
        let (mut missing, mut connected) = (false, 0);
        for shard in self.own.clone() {
            let Some(new) = found.get(&shard) else {
                self.seen.remove(&shard);
                missing = true;
                continue;
            };
            let (old, since) = *self.seen.entry(shard).or_insert_with(|| {
                self.progress = now;
                (*new, now)
            });
            // A shard that connects goes through stages; one that is connected answers heartbeats.
            let is_news = (old.connected, old.spins) != (new.connected, new.spins)
                || (new.connected && old != *new);
            let since = if is_news { now } else { since };
            if new.connected && !old.connected {
                self.progress = now;
            }
            self.seen.insert(shard, (*new, since));
            connected += u32::from(new.connected);
            let limit = match *new {
                Found { connected: true, .. } => silent,
                Found { spins: true, .. } => SPINNING,
                Found { .. } => connecting,
            };
            if now - since > limit {
                self.seen.remove(&shard);
                stuck = Some(Action::Restart(ShardId(shard)));
            }
        }
        self.was_connected |= connected > 0;
        let waiting = if connected > 0 { waiting * 10 } else { waiting };
        if stuck.is_none() && missing && now - self.progress > waiting {
            return Some(Action::Begin(Lost { was_connected: self.was_connected }));
        }
        stuck
    }
}

/// Has a shard send something. A runner whose connection is gone ends by that. Else it
/// would wait for an answer to its farewell in a loop that never pauses (`checked_shutdown` of serenity
/// 0.12.5, `gateway/bridge/shard_runner.rs`), and take a thread with it for good.
pub(in crate::discord) fn poke(runner: &ShardRunnerInfo) {
    runner.runner_tx.set_presence(None, OnlineStatus::Online);
}

/// The close code that ends a session, too.
const NORMAL: u16 = 1000;

/// Disconnects all shards, each within 5 seconds.
pub(in crate::discord) async fn disconnect(manager: &ShardManager) {
    for (shard, runner) in &*manager.runners.lock().await {
        poke(runner);
        // serenity's own message waits in a queue until others have been started.
        runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(*shard, NORMAL));
    }
    // Waits for them.
    manager.shutdown_all().await;
}

/// Of the bot's connections to Discord, once there should be no more of them: whatever way they are left,
/// none is begun afterwards.
pub(in crate::discord) struct Connecting(pub(in crate::discord) Arc<Mutex<String>>);

impl Drop for Connecting {
    fn drop(&mut self) {
        let address = Arc::clone(&self.0);
        // Others hold it for a moment only. Nobody can connect to an address that is empty.
        tokio::spawn(async move { address.lock().await.clear() });
    }
}

/// Sees to it that shards that another manager has taken over do not come back: none connects while the
/// address of the gateway is locked, and one that was just connecting is disconnected.
pub(in crate::discord) async fn retire(manager: Arc<ShardManager>, address: Arc<Mutex<String>>) {
    /// How long somebody who connects may be under way.
    const AT_MOST: Duration = Duration::from_mins(15);
    const PULSE: Duration = Duration::from_millis(100);
    let mut address = address.lock_owned().await;
    let began = Instant::now();
    while began.elapsed() < AT_MOST {
        if !manager.runners.lock().await.is_empty() {
            // That ends serenity's queue, too, once it gets there.
            disconnect(&manager).await;
            address.clear();
            return;
        }
        tokio::time::sleep(PULSE).await;
    }
    // The queue never ends by itself: it waits for the address as long as the program runs.
    std::mem::forget(address);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience() -> Patience {
        let second = Duration::from_secs(1);
        Patience {
            connecting: 10 * second,
            silent: 15 * second,
            waiting: 20 * second,
            pause: second,
        }
    }

    fn well(latency: u64) -> Found {
        Found { connected: true, spins: false, latency: Some(Duration::from_millis(latency)) }
    }

    const CONNECTING: Found = Found { connected: false, spins: false, latency: None };
    const SPINS: Found = Found { spins: true, ..CONNECTING };

    /// What is done about shards that are seen like this for so many seconds, one look each.
    fn watched(own: u32, seen: &[Vec<(u32, Found)>]) -> Vec<(usize, Action)> {
        let begin = Instant::now();
        let mut vigil = Vigil::new(0..own, patience(), begin);
        let mut done = Vec::new();
        for (second, found) in seen.iter().enumerate() {
            let now = begin + Duration::from_secs(second as u64);
            let found = found.iter().copied().collect();
            done.extend(vigil.look(&found, now).map(|action| (second, action)));
        }
        done
    }

    #[test]
    fn a_shard_that_answers_heartbeats_is_left_alone() {
        let seen: Vec<_> = (0..60).map(|second| vec![(0, well(second / 10))]).collect();
        assert_eq!(watched(1, &seen), []);
    }

    #[test]
    fn a_shard_that_falls_silent_or_does_not_get_connected_is_started_anew() {
        let restart = |shard| Action::Restart(ShardId(shard));
        assert_eq!(watched(1, &vec![vec![(0, well(5))]; 17]), [(16, restart(0))]);
        assert_eq!(watched(1, &vec![vec![(0, CONNECTING)]; 12]), [(11, restart(0))]);
        let two = vec![vec![(0, CONNECTING), (1, well(1))]; 12];
        assert_eq!(watched(2, &two), [(11, restart(0))]);
    }

    #[test]
    fn a_shard_that_spins_is_started_anew_soon() {
        let mut seen = vec![vec![(0, SPINS)]; 10];
        seen[0] = vec![(0, well(1))];
        assert_eq!(watched(1, &seen), [(9, Action::Restart(ShardId(0)))]);
    }

    #[test]
    fn where_none_can_be_started_it_begins_from_the_beginning() {
        let begin = |was_connected| Action::Begin(Lost { was_connected });
        assert_eq!(watched(2, &vec![vec![]; 22]), [(21, begin(false))]);
        let mut seen = vec![vec![]; 25];
        seen[3] = vec![(0, well(1))];
        assert_eq!(watched(2, &seen), [(24, begin(true))]);
    }

    #[test]
    fn where_others_are_well_it_takes_longer() {
        let seen: Vec<_> = (0..202).map(|second| vec![(0, well(second))]).collect();
        assert_eq!(watched(2, &seen), [(201, Action::Begin(Lost { was_connected: true }))]);
    }
}
