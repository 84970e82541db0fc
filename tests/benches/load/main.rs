//! What the bot can bear and what it costs: floods, CPU time beside a client that drops everything,
//! the time to a reply, memory, start and stop. The bot runs in a process of its own; this one is its
//! Discord.
//!
//! `cargo bench --bench load` measures all of it in a few minutes, a line a figure;
//! `cargo bench --bench load -- --help` names the options. Both processes share the computer, so
//! figures in seconds are for comparison only; ratios come from the same run.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]
#![expect(clippy::disallowed_methods, reason = "it is about time")]

mod cost;
mod feed;
mod flood;
mod latency;
mod memory;
mod process;
mod roles;
mod stop;

use clap::{Parser, ValueEnum};

use process::Role;

/// What the bot can bear and what it costs.
#[derive(Debug, Clone, Parser)]
pub(crate) struct Options {
    /// What is measured; all of it if nothing is named.
    what: Vec<Figure>,
    /// Messages a second in the flood and for the cost.
    #[arg(long, default_value_t = 5000)]
    rate: u64,
    /// How long the flood and the measuring of the latency take.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How many messages there are to one that is owed an answer, in the flood and for the latency.
    #[arg(long, default_value_t = 100)]
    one_in: u64,
    /// The same for the cost, where nobody is owed one unless this is given.
    #[arg(long)]
    cost_one_in: Option<u64>,
    /// How often the cost is measured, for both clients in turn.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How many messages are read between two measurements of memory, of which there are ten.
    #[arg(long, default_value_t = 20_000)]
    messages: u64,
    /// How many servers there are when memory is measured.
    #[arg(long, default_value_t = 2500)]
    guilds: u64,
    /// Plays a part instead: used by the bench itself.
    #[arg(long, hide = true)]
    role: Option<Role>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// Queues, what is shed, and memory while more comes in than is usual.
    Flood,
    /// CPU time for a message, beside a client that drops it.
    Cost,
    /// Time from a message to the request that posts its reply.
    Latency,
    /// Resident memory: idle, in many servers, after many messages.
    Memory,
    /// Time to start, and to stop with replies in flight.
    Stop,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    if let Some(role) = options.role {
        return roles::play(role).await;
    }
    let wanted = |figure| options.what.is_empty() || options.what.contains(&figure);
    if wanted(Figure::Stop) {
        stop::measure().await;
    }
    if wanted(Figure::Cost) {
        cost::measure(&options).await;
    }
    if wanted(Figure::Latency) {
        latency::measure(&options).await;
    }
    if wanted(Figure::Flood) {
        flood::measure(&options).await;
    }
    if wanted(Figure::Memory) {
        memory::measure(&options).await;
    }
}
