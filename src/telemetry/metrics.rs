//! The numbers that a bot keeps of itself, as Prometheus reads them.
//!
//! A value that is handed to whoever counts, not a global: two bots in a process, as in tests, keep
//! apart what they counted. Labels are of a fixed, small set; ids of people, servers and messages are
//! none, so the number of series does not grow with use.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Counters, gauges and histograms of one bot. Clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    messages: Family<MessageLabels, Counter>,
    reply: Histogram,
    matching: Histogram,
    rest: Family<RestLabels, Counter>,
    rest_waits: Histogram,
    store_errors: Counter,
    in_flight: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MessageLabels {
    outcome: &'static str,
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RestLabels {
    method: String,
    route: String,
    status: u16,
}

impl Metrics {
    /// All of them at zero.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("mythbot");
        let metrics = Self {
            messages: Family::default(),
            // 1 ms to 16 s.
            reply: Histogram::new(exponential_buckets(0.001, 2.0, 15)),
            // 1 µs to 16 ms.
            matching: Histogram::new(exponential_buckets(0.000_001, 2.0, 15)),
            rest: Family::default(),
            // 1 ms to 64 s.
            rest_waits: Histogram::new(exponential_buckets(0.001, 4.0, 9)),
            store_errors: Counter::default(),
            in_flight: Gauge::default(),
            registry: Arc::default(),
        };
        registry.register("messages", "Messages by what became of them", metrics.messages.clone());
        registry.register(
            "reply_seconds",
            "From the arrival of a message to its reply, in seconds",
            metrics.reply.clone(),
        );
        registry.register(
            "matcher_seconds",
            "What the engine took for a message, in seconds",
            metrics.matching.clone(),
        );
        registry.register(
            "rest_requests",
            "Requests to Discord, by route and status",
            metrics.rest.clone(),
        );
        registry.register(
            "rest_wait_seconds",
            "How long requests waited for a rate limit, in seconds",
            metrics.rest_waits.clone(),
        );
        registry.register("store_errors", "Failures of the database", metrics.store_errors.clone());
        registry.register(
            "messages_in_flight",
            "Messages that came in and are not done",
            metrics.in_flight.clone(),
        );
        Self { registry: Arc::new(registry), ..metrics }
    }

    /// Counts what became of a message: `replied`, `asked`, `silent`, `failed` or `shed`, and why.
    pub fn message(&self, outcome: &'static str, reason: &'static str) {
        self.messages.get_or_create(&MessageLabels { outcome, reason }).inc();
    }

    /// Notes how long a reply took from the arrival of its message.
    pub fn replied_after(&self, time: Duration) {
        self.reply.observe(time.as_secs_f64());
    }

    /// Notes how long the engine took for a message.
    pub fn matched_in(&self, time: Duration) {
        self.matching.observe(time.as_secs_f64());
    }

    /// Counts a request to Discord by its route, such as `/channels/{channel_id}/messages`, and the
    /// status of its answer; 0 if none came.
    pub fn rest(&self, method: &str, route: &str, status: u16) {
        let labels = RestLabels { method: method.to_owned(), route: route.to_owned(), status };
        self.rest.get_or_create(&labels).inc();
    }

    /// Notes how long a request had to wait for a rate limit.
    pub fn rest_waited(&self, time: Duration) {
        self.rest_waits.observe(time.as_secs_f64());
    }

    /// Counts a failure of the database.
    pub fn store_failed(&self) {
        self.store_errors.inc();
    }

    /// Says how many messages came in and are not done.
    pub fn in_flight(&self, messages: usize) {
        self.in_flight.set(i64::try_from(messages).unwrap_or(i64::MAX));
    }

    /// Says that one more message, edit or deletion came in.
    pub fn entered(&self) {
        self.in_flight.inc();
    }

    /// Says that one of them is done.
    pub fn left(&self) {
        self.in_flight.dec();
    }

    /// All of them in the text format of `OpenMetrics` 1.0, which Prometheus reads.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_in_the_text() {
        let metrics = Metrics::new();
        metrics.message("replied", "");
        metrics.clone().message("silent", "no-match");
        metrics.rest("POST", "/channels/{channel_id}/messages", 200);
        metrics.store_failed();
        metrics.in_flight(3);
        let text = metrics.text();
        let counted: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.contains("_seconds_"))
            .collect();
        insta::assert_snapshot!(counted.join("\n"), @r#"
        mythbot_messages_total{outcome="replied",reason=""} 1
        mythbot_messages_total{outcome="silent",reason="no-match"} 1
        mythbot_rest_requests_total{method="POST",route="/channels/{channel_id}/messages",status="200"} 1
        mythbot_store_errors_total 1
        mythbot_messages_in_flight 3
        "#);
    }
}
