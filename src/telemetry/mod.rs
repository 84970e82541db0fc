//! What an operator sees: a log, and numbers.

mod ask;
mod log;
mod metrics;
mod serve;

pub use ask::{Unwell, ask};
pub use log::start;
pub use metrics::Metrics;
pub use serve::{HEALTHZ, Port, READYZ, Serving, Subject, Taken};
