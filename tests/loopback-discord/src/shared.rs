//! What the layers share: the world behind a lock, and the means to wait for a change.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::requests::RequestLog;
use crate::wire::tell;
use crate::world::{Snowflake, World};

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) gateway: Gateway,
    pub(crate) log: RequestLog,
    pub(crate) faults: Faults,
    /// The last message that `next_bot_message` returned, by channel.
    pub(crate) seen: BTreeMap<Snowflake, Snowflake>,
    /// Requests that `OpenAPI` was asked about, by operation.
    pub(crate) validated: BTreeMap<String, u64>,
    /// What was wrong with answers of this crate itself.
    pub(crate) answer_faults: Vec<String>,
}

/// The state with its lock and its alarm.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    pub(crate) clock: Clock,
    pub(crate) patience: Duration,
    pub(crate) address: SocketAddr,
}

impl Shared {
    pub(crate) fn new(mut world: World, address: SocketAddr) -> Self {
        // Whatever was there before the start is told by READY and GUILD_CREATE.
        world.outbox.clear();
        world.address = Some(address);
        Self {
            clock: world.clock.clone(),
            patience: world.patience,
            address,
            changed: watch::Sender::new(0),
            state: Mutex::new(State {
                gateway: Gateway::new(&world),
                world,
                log: RequestLog::default(),
                faults: Faults::default(),
                validated: BTreeMap::new(),
                answer_faults: Vec::new(),
                seen: BTreeMap::new(),
            }),
        }
    }

    /// The state. A test that panicked with the lock does not make the others fail, too.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world, tells the gateway, wakes whoever waits.
    pub(crate) fn act<T>(&self, action: impl FnOnce(&mut World, Timestamp) -> T) -> T {
        self.change(|state, now| action(&mut state.world, now))
    }

    /// Changes any of the state.
    pub(crate) fn change<T>(&self, action: impl FnOnce(&mut State, Timestamp) -> T) -> T {
        let mut state = self.lock();
        let result = action(&mut state, self.clock.now());
        state.deliver();
        drop(state);
        self.wake();
        result
    }

    /// Reads the world.
    pub(crate) fn look<T>(&self, reader: impl FnOnce(&World) -> T) -> T {
        reader(&self.lock().world)
    }

    /// Lets everybody who waits look again.
    pub(crate) fn wake(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    /// Waits until `find` finds something. Fails the test if that takes too long.
    pub(crate) async fn wait<T>(&self, what: &str, find: impl FnMut(&State) -> Option<T>) -> T {
        let Some(found) = self.wait_at_most(self.patience, find).await else {
            let dump = self.dump();
            panic!("waited {:?} for {what}, in vain\n{dump}", self.patience);
        };
        found
    }

    /// Waits until `find` finds something, but not for ever.
    pub(crate) async fn wait_at_most<T>(
        &self,
        limit: Duration,
        mut find: impl FnMut(&State) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.changed.subscribe();
        let search = async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = find(&self.lock()) {
                    return Some(found);
                }
                changed.changed().await.ok()?;
            }
        };
        tokio::time::timeout(limit, search).await.ok().flatten()
    }

    /// Waits until every connected session has been sent what happened.
    pub(crate) async fn flushed(&self) {
        self.wait("the gateway to send its events", |state| {
            state.gateway.is_flushed().then_some(())
        })
        .await;
    }

    /// What a failing test prints.
    pub(crate) fn dump(&self) -> String {
        let state = self.lock();
        format!("{}\n{}", state.gateway.dump(), state.log.dump())
    }
}

impl State {
    /// Tells the gateway what happened.
    fn deliver(&mut self) {
        for event in std::mem::take(&mut self.world.outbox) {
            if let Some(told) = tell(&self.world, &event) {
                self.gateway.dispatch(&told, self.world.bot_id());
            }
        }
    }
}
