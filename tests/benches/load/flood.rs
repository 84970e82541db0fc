//! More comes in than is usual: are queues bounded, is memory flat, is everybody answered who is owed
//! an answer and was not shed?

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::Options;
use crate::feed::Feed;
use crate::process::{Process, Role};

pub(crate) async fn measure(options: &Options) {
    let mut feed = Feed::new().await;
    let mut process = Process::start(Role::Watched, &feed.discord, &feed.dir);
    feed.discord.ready().await;
    feed.discord.command_registered("mythconfig").await;
    feed.settle().await;
    let mut resident = vec![process.resident()];
    let began = Instant::now();
    let flow = (options.rate, options.seconds);
    let claims = feed.flow(flow, Some(options.one_in), |_| resident.push(process.resident())).await;
    let taken = began.elapsed();
    feed.settle().await;
    resident.push(process.resident());
    let mut told = process.asked();
    while told["now"] != 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        told = process.asked();
    }
    let ids = |name: &str| -> HashSet<String> {
        let ids = told[name].as_array().expect("ids").iter();
        ids.map(|id| id.as_str().expect("an id").to_owned()).collect()
    };
    let (unread, failed) = (ids("unread"), ids("failed"));
    let posts = feed.posted();
    let posted: HashSet<&String> = posts.iter().map(|(id, _)| id).collect();
    let shed = claims.iter().filter(|(id, _)| unread.contains(id)).count();
    let lost = claims
        .iter()
        .filter(|(id, _)| !unread.contains(id) && !failed.contains(id))
        .filter(|(id, _)| !posted.contains(id))
        .count();
    println!(
        "flood: {} messages in {taken:.1?}, {} owed a reply; {} shed ({shed} of them owed one), {} \
         failed, {lost} lost, {} answered twice; at most {} at once",
        options.rate * options.seconds,
        claims.len(),
        unread.len(),
        failed.len(),
        posts.len() - posted.len(),
        told["deepest"]
    );
    println!(
        "flood: resident memory {} kB at its beginning, {} in the middle, {} at the end, {} at most",
        resident.first().expect("measured"),
        resident.get(resident.len() / 2).expect("measured"),
        resident.last().expect("measured"),
        process.resident_peak()
    );
}
