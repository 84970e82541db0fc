//! What an operator sees: a log, and numbers.

mod log;
mod metrics;

pub use log::start;
pub use metrics::Metrics;
