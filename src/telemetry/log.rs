//! What is logged, and how it looks.
//!
//! No message text, user name or token gets into a log. Our own lines hold ids only. The libraries'
//! are let through by name: serenity, for one, prints a whole event when it cannot read it
//! (`serenity::gateway::ws`), and its request spans hold the bodies. A panic is logged by its place
//! only.

use std::fmt::Debug;
use std::io;
use std::panic::PanicHookInfo;

use anstream::{AutoStream, ColorChoice};
use tracing::field::{Field, Visit};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, Filter, Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Targets of libraries whose warnings are about connections and hold no content. Not among them is
/// `shard_runner`, whose errors quote what they could not read.
const LIBRARIES: [&str; 2] =
    ["serenity::gateway::bridge::shard_manager", "serenity::gateway::bridge::shard_queuer"];

/// Another one, which quotes what it could not read in some lines.
const SHARD: &str = "serenity::gateway::shard";

/// How its lines begin that do not, behind the number of the shard.
const HARMLESS: [&str; 8] = [
    "Sent ",
    "Already authenticated",
    "Gateway ratelimited",
    "Shard has too many",
    "Invalid gateway intents",
    "Disallowed gateway intents",
    "Unknown unclean close",
    "Sequence off",
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
    // A subscriber that is already there, as in tests, stays.
    let _ = tracing_subscriber::registry()
        .with(log.with_filter(Harmless).with_filter(LevelFilter::from(level)))
        .try_init();
    std::panic::set_hook(Box::new(panicked));
}

/// A panic says where, not what: its message may quote what somebody wrote.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string);
    tracing::error!(place, "panicked: an error in the bot");
}

/// Lets through what quotes nobody.
struct Harmless;

impl<S> Filter<S> for Harmless {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        is_harmless(metadata)
    }

    /// Asked once for each place in the code, not for each line.
    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_harmless(metadata) { Interest::always() } else { Interest::never() }
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        event.metadata().target() != SHARD || {
            let mut message = Message(String::new());
            event.record(&mut message);
            message.is_harmless()
        }
    }
}

fn is_harmless(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let within = |name: &str| {
        target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    within("mythbot")
        || (*metadata.level() <= Level::WARN
            && (target == SHARD || LIBRARIES.iter().any(|name| within(name))))
}

/// What a line says.
struct Message(String);

impl Message {
    fn is_harmless(&self) -> bool {
        // "[ShardInfo { .. }] Sent invalid opcode."
        let said = self.0.split_once("] ").map_or(&*self.0, |(_, said)| said);
        HARMLESS.iter().any(|known| said.starts_with(known))
    }
}

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_could_not_read_is_not_logged() {
        let says = |text: &str| Message(text.to_owned()).is_harmless();
        assert!(says("[[0, 1]] Sent invalid opcode."));
        assert!(!says("[[0, 1]] Unhandled error: Json(Error(\"invalid type: string \"Ann\"\"))"));
        assert!(!says("Ann] Bob"));
    }
}
