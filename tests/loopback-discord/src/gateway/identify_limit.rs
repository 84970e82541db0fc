//! How often sessions may begin.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::world::World;

/// When the last session began, by `shard % max_concurrency`.
#[derive(Debug, Default)]
pub(crate) struct IdentifyLimit(BTreeMap<u64, Instant>);

/// Why a session may not begin.
#[derive(Debug)]
pub(crate) enum TooOften {
    /// Another one has just begun.
    Now(String),
    /// Too many have begun today.
    Today,
}

impl IdentifyLimit {
    /// Counts one that wants to begin, also when it may not.
    pub(crate) fn begin(&mut self, world: &mut World, shard: u64) -> Result<(), TooOften> {
        let Some(left) = world.session_starts.checked_sub(1) else { return Err(TooOften::Today) };
        world.session_starts = left;
        if world.identify_within.is_zero() {
            return Ok(());
        }
        let now = Instant::now();
        let last = self.0.insert(shard % world.max_concurrency.max(1), now);
        match last.map(|last| now.duration_since(last)) {
            Some(since) if since < world.identify_within => Err(TooOften::Now(format!(
                "shard {shard} identified {since:?} after another one with the same number modulo {}",
                world.max_concurrency
            ))),
            _ => Ok(()),
        }
    }
}
