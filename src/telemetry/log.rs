//! What is logged, and how it looks.
//!
//! No message text, user name or token gets into a log. Our own lines hold ids only. The libraries'
//! are let through by name: serenity, for one, prints a whole event when it cannot read it
//! (`serenity::gateway::ws`), and its request spans hold the bodies. A panic is logged by its place
//! only.

use std::io;
use std::panic::PanicHookInfo;

use anstream::{AutoStream, ColorChoice};
use tracing::{Level, Metadata};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Targets of libraries whose warnings are about connections and hold no content. Not among them is
/// `shard_runner`, whose errors quote what they could not read.
const LIBRARIES: [&str; 3] = [
    "serenity::gateway::bridge::shard_manager",
    "serenity::gateway::bridge::shard_queuer",
    "serenity::gateway::shard",
];

/// Starts logging to standard error, an object a line if `json`, else with colours where people read
/// it and have not set `NO_COLOR`. Later calls change nothing.
pub fn start(level: Level, json: bool) {
    let colours = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    let log = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let log = if json {
        // All events of ours are in one span at most.
        log.json().flatten_event(true).with_span_list(false).boxed()
    } else {
        log.with_ansi(colours).boxed()
    };
    // Asked once for each place in the code, not for each line.
    let harmless = filter_fn(is_harmless);
    // A subscriber that is already there, as in tests, stays.
    let _ = tracing_subscriber::registry()
        .with(log.with_filter(harmless).with_filter(LevelFilter::from(level)))
        .try_init();
    std::panic::set_hook(Box::new(panicked));
}

/// A panic says where, not what: its message may quote what somebody wrote.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, "panicked: an error in the bot");
}

fn is_harmless(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let within = |name: &str| {
        target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    within("mythbot")
        || (*metadata.level() <= Level::WARN && LIBRARIES.iter().any(|name| within(name)))
}
