//! What a message costs in CPU time, beside a client that drops it.

use std::time::Duration;

use crate::Options;
use crate::feed::Feed;
use crate::process::{Process, Role};

/// How long each is fed in a round.
const SECONDS: u64 = 6;

pub(crate) async fn measure(options: &Options) {
    let mut ratios = Vec::new();
    for round in 0..options.rounds {
        // Each is the first every other time.
        let roles = [Role::Program, Role::Bare];
        let mut order = roles;
        order.rotate_left(round % 2);
        let mut costs = [Duration::ZERO; 2];
        for role in order {
            let place = usize::from(role == Role::Bare);
            costs[place] = cost(role, options).await;
        }
        let [bot, bare] = costs.map(|cost| cost.as_secs_f64() * 1e6);
        ratios.push(bot / bare);
        println!(
            "cost, round {}: {bot:.1} us for a message, bare client {bare:.1} us, ratio {:.2}",
            round + 1,
            bot / bare
        );
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    println!("CPU time for a message, bot to bare client, median of {}: {median:.2}", ratios.len());
}

/// CPU time for a message.
async fn cost(role: Role, options: &Options) -> Duration {
    let mut feed = Feed::new().await;
    let process = Process::start(role, &feed.discord, &feed.dir);
    feed.discord.ready().await;
    if role == Role::Program {
        feed.discord.command_registered("mythconfig").await;
    }
    // Once around, so that caches are warm.
    feed.flow((options.rate, 1), None, |_| {}).await;
    let before = process.cpu();
    feed.flow((options.rate, SECONDS), options.cost_one_in, |_| {}).await;
    feed.discord.gateway().feed("SOMETHING_NEW", "{}").await;
    rest(&process).await;
    let messages = u32::try_from(options.rate * SECONDS).expect("not so many");
    process.cpu().saturating_sub(before) / messages
}

/// Waits until it uses no more time.
async fn rest(process: &Process) {
    loop {
        let before = process.cpu();
        tokio::time::sleep(Duration::from_millis(200)).await;
        if process.cpu() == before {
            return;
        }
    }
}
