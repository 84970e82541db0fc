//! Faults that a test queues for requests to come.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

/// What goes wrong with one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It is answered with this status and body and does nothing.
    Answer {
        /// HTTP status.
        status: u16,
        /// JSON body.
        body: Value,
        /// Headers of the answer.
        headers: Vec<(String, String)>,
    },
    /// The connection is cut before it does anything.
    ResetBefore,
    /// It is acted upon, and then the connection is cut instead of an answer.
    ResetAfter,
    /// It is answered late.
    Slow(Duration),
    /// It is acted upon and answered when the test opens the gate.
    Held(Gate),
}

/// Holds requests back until it is opened. Clones are the same gate.
#[derive(Clone, Debug, Default)]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// A closed one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets everything through, now and later.
    pub fn open(&self) {
        self.0.send_replace(true);
    }

    /// How many requests it holds back.
    pub fn holds(&self) -> usize {
        self.0.receiver_count()
    }

    pub(crate) async fn passed(&self) {
        // It cannot be closed while there is a gate.
        let _ = self.0.subscribe().wait_for(|open| *open).await;
    }
}

impl Fault {
    /// An answer with this status and body, and no headers of its own.
    pub fn answer(status: u16, body: Value) -> Self {
        Self::Answer { status, body, headers: Vec::new() }
    }

    /// The answer of the rate limiter without any word about when to come back: none of its headers
    /// are there.
    pub fn rate_limit_untold() -> Self {
        Self::answer(429, json!({"message": "You are being rate limited.", "global": false}))
    }

    /// The answer of the rate limiter.
    pub fn rate_limit(retry_after: Duration, limit: RateLimit) -> Self {
        let global = limit == RateLimit::Global;
        let seconds = retry_after.as_secs_f64();
        let mut headers = vec![
            ("retry-after".to_owned(), format!("{}", seconds.ceil())),
            ("x-ratelimit-scope".to_owned(), limit.scope().to_owned()),
            ("via".to_owned(), "1.1 loopback".to_owned()),
            ("x-ratelimit-limit".to_owned(), "5".to_owned()),
            ("x-ratelimit-remaining".to_owned(), "0".to_owned()),
            ("x-ratelimit-reset-after".to_owned(), format!("{seconds:.3}")),
        ];
        if global {
            headers.push(("x-ratelimit-global".to_owned(), "true".to_owned()));
        }
        let body = json!({
            "message": "You are being rate limited.", "retry_after": seconds, "global": global,
        });
        Self::Answer { status: 429, body, headers }
    }
}

/// Whose limit it is that a request hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimit {
    /// The bot's own for this route.
    User,
    /// That of a resource which others use, too. It does not count towards a ban.
    Shared,
    /// The bot's own for everything.
    Global,
}

impl RateLimit {
    fn scope(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Shared => "shared",
            Self::Global => "global",
        }
    }
}

/// Something that a test does at one request that changes something, in place of an answer.
pub(crate) struct Trip {
    /// How many such requests are still to come, this one included.
    pub(crate) left: usize,
    /// Whether the request is acted upon first.
    pub(crate) when: When,
    pub(crate) act: Box<dyn FnOnce() + Send>,
}

impl std::fmt::Debug for Trip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trip({} more, {:?})", self.left, self.when)
    }
}

/// When something is done at a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Instead of it: the request does nothing.
    Before,
    /// Once it has been acted upon; the bot gets no answer.
    After,
}

/// The queue, by method and route.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    queue: Vec<(String, Fault)>,
    /// What goes wrong each time, when nothing is queued.
    every: Vec<(String, Fault)>,
    trip: Option<Trip>,
}

impl Faults {
    pub(crate) fn push(&mut self, route: &str, fault: Fault) {
        self.queue.push((route.to_owned(), fault));
    }

    pub(crate) fn set_trip(&mut self, trip: Option<Trip>) {
        self.trip = trip;
    }

    /// What is to be done at this request, if it is the one.
    pub(crate) fn trip(&mut self, method: &str) -> Option<Trip> {
        let trip = self.trip.as_mut().filter(|_| method != "GET")?;
        trip.left = trip.left.saturating_sub(1);
        if trip.left == 0 { self.trip.take() } else { None }
    }

    /// Takes the next fault for a request such as `POST /channels/{channel_id}/messages`.
    pub(crate) fn take(&mut self, request: &str) -> Option<Fault> {
        match self.queue.iter().position(|(route, _)| route == request) {
            Some(index) => Some(self.queue.remove(index).1),
            None => self.every.iter().find(|(route, _)| route == request).map(|one| one.1.clone()),
        }
    }

    /// The same goes wrong with every request of a route from now on.
    pub(crate) fn every(&mut self, route: &str, fault: Fault) {
        self.heal(route);
        self.every.push((route.to_owned(), fault));
    }

    /// Nothing goes wrong each time any more.
    pub(crate) fn heal(&mut self, route: &str) {
        self.every.retain(|(known, _)| known != route);
    }

    /// Forgets what was queued.
    pub(crate) fn clear(&mut self) {
        self.queue.clear();
        self.every.clear();
    }

    /// What was queued and never happened.
    pub(crate) fn left(&self) -> impl Iterator<Item = &str> {
        self.queue.iter().map(|(route, _)| route.as_str())
    }
}
