//! How long it takes from a message to the request that posts its reply.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::Options;
use crate::feed::Feed;
use crate::process::{Process, Role};

/// Messages a second.
const RATE: u64 = 1000;

pub(crate) async fn measure(options: &Options) {
    let mut feed = Feed::new().await;
    let _process = Process::start(Role::Program, &feed.discord, &feed.dir);
    feed.discord.ready().await;
    feed.discord.command_registered("mythconfig").await;
    feed.settle().await;
    let claims = feed.flow((RATE, options.seconds), Some(options.one_in), |_| {}).await;
    feed.settle().await;
    let posted: HashMap<String, Instant> = feed.posted().into_iter().collect();
    let mut times: Vec<Duration> = claims
        .iter()
        .filter_map(|(id, at)| Some(posted.get(id)?.saturating_duration_since(*at)))
        .collect();
    times.sort();
    let percentile =
        |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    println!(
        "message to POST at {RATE} messages a second, {} of {} replies: p50 {:.1?}, p99 {:.1?}, \
         longest {:.1?}",
        times.len(),
        claims.len(),
        percentile(50),
        percentile(99),
        times.last().copied().unwrap_or_default()
    );
}
