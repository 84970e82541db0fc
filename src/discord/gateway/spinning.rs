//! Keeps the program going beside a shard that spins.
//!
//! A shard that cannot resume its session reads from its broken connection, in serenity 0.12.5, without a
//! pause until the next heartbeat is due (`recv_event`, `gateway/bridge/shard_runner.rs`): for up to 41
//! seconds after each outage of the network. That takes a thread of the runtime, and often all of it: the
//! thread that was to look for timers and sockets is the one that spins, and no other takes its place
//! unless something comes from outside. So a thread of its own looks once a second.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use serenity::all::{ConnectionStage, ShardManager};
use tokio::runtime::Handle;

use super::watchdog::poke;

/// How often it looks.
const PULSE: Duration = Duration::from_secs(1);

/// The thread that looks; it ends with this.
#[derive(Debug)]
pub(in crate::discord) struct Lookout(
    #[expect(dead_code, reason = "its end ends the thread")] Option<Sender<()>>,
);

impl Lookout {
    /// Starts to look at these shards.
    pub(in crate::discord) fn over(manager: &Arc<ShardManager>) -> Self {
        let (sender, ended) = channel();
        let (manager, runtime) = (Arc::clone(manager), Handle::current());
        let look = move || look(&manager, &runtime, &ended);
        match std::thread::Builder::new().name("lookout".to_owned()).spawn(look) {
            Ok(_) => Self(Some(sender)),
            Err(error) => {
                tracing::warn!(%error, "no thread looks after stuck connections");
                Self(None)
            }
        }
    }
}

fn look(manager: &ShardManager, runtime: &Handle, ended: &Receiver<()>) {
    while ended.recv_timeout(PULSE) == Err(RecvTimeoutError::Timeout) {
        // Whoever takes this looks for timers and sockets afterwards.
        runtime.spawn(async {});
        if let Ok(runners) = manager.runners.try_lock() {
            // Nobody else is in this stage for long enough to be seen, but a runner that is about to end.
            let spinning =
                runners.values().filter(|runner| runner.stage == ConnectionStage::Connecting);
            spinning.for_each(poke);
        }
    }
}
