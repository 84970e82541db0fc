//! The numbers that a bot keeps of itself, as Prometheus reads them.
//!
//! A value that is handed to whoever counts, not a global: two bots in a process, as in tests, keep
//! apart what they counted. Labels are of a fixed, small set; ids of people, servers and messages are
//! none, so the number of series does not grow with use.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
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
    corrections: Family<OutcomeLabel, Counter>,
    shards: Gauge,
    shards_connected: Gauge,
    latency: Family<ShardLabel, Seconds>,
    reconnects: Family<ReconnectLabels, Counter>,
    started: Seconds,
}

type Seconds = Gauge<f64, AtomicU64>;

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

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ShardLabel {
    shard: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReconnectLabels {
    shard: u32,
    how: &'static str,
}

impl Metrics {
    /// All of them at zero.
    #[must_use]
    pub fn new() -> Self {
        let metrics = Self {
            registry: Arc::default(),
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
            corrections: Family::default(),
            shards: Gauge::default(),
            shards_connected: Gauge::default(),
            latency: Family::default(),
            reconnects: Family::default(),
            started: Seconds::default(),
        };
        let mut registry = Registry::default();
        metrics.register_process(&mut registry);
        let own = registry.sub_registry_with_prefix("mythbot");
        metrics.register_messages(own);
        metrics.register_connections(own);
        Self { registry: Arc::new(registry), ..metrics }
    }

    /// The names under which every program that Prometheus watches tells the same.
    fn register_process(&self, registry: &mut Registry) {
        registry.register(
            "process_start_time_seconds",
            "When the bot was started, in seconds since 1970",
            self.started.clone(),
        );
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("mythbot_build", "Which version it is", version);
    }

    fn register_messages(&self, own: &mut Registry) {
        own.register("messages", "Messages by what became of them", self.messages.clone());
        own.register(
            "messages_in_flight",
            "Messages that came in and are not done",
            self.in_flight.clone(),
        );
        own.register(
            "reply_seconds",
            "From the arrival of a message to its reply, in seconds",
            self.reply.clone(),
        );
        own.register(
            "matcher_seconds",
            "What the engine took for a message, in seconds",
            self.matching.clone(),
        );
        own.register(
            "corrections",
            "Replies that gave an older version of an answer",
            self.corrections.clone(),
        );
        own.register("store_errors", "Failures of the database", self.store_errors.clone());
    }

    fn register_connections(&self, own: &mut Registry) {
        own.register(
            "rest_requests",
            "Requests to Discord, by route and status",
            self.rest.clone(),
        );
        own.register(
            "rest_wait_seconds",
            "How long requests waited for a rate limit, in seconds",
            self.rest_waits.clone(),
        );
        own.register(
            "shards",
            "Connections that this process has or wants to have",
            self.shards.clone(),
        );
        own.register(
            "shards_connected",
            "Connections that this process has",
            self.shards_connected.clone(),
        );
        own.register(
            "gateway_latency_seconds",
            "From a heartbeat to its answer, in seconds",
            self.latency.clone(),
        );
        own.register(
            "gateway_reconnects",
            "How often a connection was made again",
            self.reconnects.clone(),
        );
    }

    /// Notes when the bot was started, in seconds since 1970.
    pub fn started_at(&self, seconds: f64) {
        self.started.set(seconds);
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

    /// Says how often the database has failed.
    pub fn store_failures(&self, total: u64) {
        self.store_errors.inner().store(total, Ordering::Relaxed);
    }

    /// Counts a reply that gave an older version of an answer: it was `corrected`, or
    /// `passed-over` because that could not be done.
    pub fn correction(&self, outcome: &'static str) {
        self.corrections.get_or_create(&OutcomeLabel { outcome }).inc();
    }

    /// Says how many connections to Discord there are, of how many that there should be.
    pub fn shards(&self, connected: usize, of: u32) {
        self.shards_connected.set(i64::try_from(connected).unwrap_or(i64::MAX));
        self.shards.set(of.into());
    }

    /// Says how long the last heartbeat of a shard took; forgets it where that is not known.
    pub fn latency(&self, shard: u32, latency: Option<Duration>) {
        let label = ShardLabel { shard };
        match latency {
            Some(latency) => _ = self.latency.get_or_create(&label).set(latency.as_secs_f64()),
            None => _ = self.latency.remove(&label),
        }
    }

    /// Counts that a shard is connected again: `resumed`, or `identified` anew.
    pub fn reconnected(&self, shard: u32, how: &'static str) {
        self.reconnects.get_or_create(&ReconnectLabels { shard, how }).inc();
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

    /// Each with something counted: without, those with labels are not in the text.
    fn counted() -> Metrics {
        let metrics = Metrics::new();
        metrics.message("replied", "");
        metrics.clone().message("silent", "no-match");
        metrics.rest("POST", "/channels/{channel_id}/messages", 200);
        metrics.store_failures(1);
        for _ in 0..3 {
            metrics.entered();
        }
        metrics.correction("corrected");
        metrics.shards(1, 2);
        metrics.latency(0, Some(Duration::from_millis(40)));
        metrics.reconnected(1, "resumed");
        metrics
    }

    #[test]
    fn every_number_is_explained_to_operators() {
        let readme = include_str!("../../README.md");
        let text = counted().text();
        let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
        let names = types.map(|line| match line.split_once(' ') {
            Some((name, "counter")) => format!("{name}_total"),
            Some((name, "info")) => format!("{name}_info"),
            Some((name, _)) => name.to_owned(),
            None => line.to_owned(),
        });
        let missing: Vec<String> =
            names.filter(|name| !readme.contains(&format!("| `{name}` |"))).collect();
        assert!(missing.is_empty(), "not in the README: {missing:?}");
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let metrics = counted();
        assert!(metrics.text().contains("latency_seconds{shard=\"0\"} 0.04\n"));
        metrics.latency(0, None);
        assert!(!metrics.text().contains("latency_seconds{"));
    }

    #[test]
    fn what_is_counted_is_in_the_text() {
        let text = counted().text();
        let mut lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.contains("_seconds"))
            .collect();
        // Those with labels come in any order.
        lines.sort_unstable();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        mythbot_build_info{version="0.1.0"} 1
        mythbot_corrections_total{outcome="corrected"} 1
        mythbot_gateway_reconnects_total{shard="1",how="resumed"} 1
        mythbot_messages_in_flight 3
        mythbot_messages_total{outcome="replied",reason=""} 1
        mythbot_messages_total{outcome="silent",reason="no-match"} 1
        mythbot_rest_requests_total{method="POST",route="/channels/{channel_id}/messages",status="200"} 1
        mythbot_shards 2
        mythbot_shards_connected 1
        mythbot_store_errors_total 1
        "#);
    }
}
