//! What the bot requested, and which of it a test must complain about.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value;

/// One request of the bot and how it was answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it came.
    pub at: Instant,
    /// HTTP method.
    pub method: String,
    /// The route with its placeholders, such as `/channels/{channel_id}/messages`; the path itself
    /// if there is no such route.
    pub route: String,
    /// The path, without `/api/v10`.
    pub path: String,
    /// The query, decoded.
    pub query: BTreeMap<String, String>,
    /// The JSON body, `null` if there was none.
    pub body: Value,
    /// HTTP status of the answer; 0 if the connection was cut instead.
    pub status: u16,
    /// Discord's error code, if it was refused.
    pub code: Option<u32>,
    /// The answer's JSON body, `null` if it had none.
    pub answer: Value,
}

impl Request {
    /// Method and route, as `fail_next` and others take them: `POST /channels/{channel_id}/messages`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.route)
    }

    /// Whether Discord's limit for all requests together does not count it: it answers an
    /// interaction.
    pub fn is_exempt(&self) -> bool {
        self.route.starts_with("/interactions") || self.route.starts_with("/webhooks")
    }
}

/// Most requests that came within any second, those that are exempt aside.
pub(crate) fn busiest_second(requests: &[Request]) -> usize {
    let at: Vec<Instant> =
        requests.iter().filter(|request| !request.is_exempt()).map(|request| request.at).collect();
    let within = |from: &Instant| {
        at.iter().filter(|at| *at >= from && **at < *from + Duration::from_secs(1)).count()
    };
    at.iter().map(within).max().unwrap_or_default()
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> {}", self.method, self.path, self.status)?;
        if let Some(code) = self.code {
            write!(f, " ({code})")?;
        }
        if !self.body.is_null() {
            write!(f, " {}", shortened(&self.body))?;
        }
        if self.code.is_some() {
            write!(f, " answered {}", shortened(&self.answer))?;
        }
        Ok(())
    }
}

fn shortened(json: &Value) -> String {
    const MOST: usize = 400;
    let text = json.to_string();
    if text.chars().count() <= MOST {
        return text;
    }
    text.chars().take(MOST).chain("...".chars()).collect()
}

/// A place in the record of requests; see `requests_since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(pub(crate) usize);

/// Everything requested so far, and what the test said about it beforehand.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    pub(crate) requests: Vec<Request>,
    /// Refusals that must happen, by code.
    expected: Vec<u32>,
    /// Refusals that may happen.
    tolerated: Vec<u32>,
    complaints: Vec<String>,
    /// The first request that counts for how many there are in a second.
    paced_from: usize,
    /// Whether there was a complaint about too many requests in a second.
    too_fast: bool,
}

impl RequestLog {
    pub(crate) fn expect(&mut self, code: u32) {
        self.expected.push(code);
    }

    pub(crate) fn tolerate(&mut self, code: u32) {
        self.tolerated.push(code);
    }

    /// Notes a request. One that a test itself made fail is `announced`.
    pub(crate) fn record(&mut self, request: Request, announced: bool) {
        if let Some(code) = request.code.filter(|_| !announced) {
            if let Some(index) = self.expected.iter().position(|expected| *expected == code) {
                self.expected.remove(index);
            } else if !self.tolerated.contains(&code) {
                self.complaints.push(format!("refused: {request}"));
            }
        }
        self.requests.push(request);
        self.keep_pace();
    }

    /// Complains, once, about more requests in a second than Discord takes of a bot.
    fn keep_pace(&mut self) {
        const MOST: usize = 50;
        let Some(last) = self.requests.last().filter(|request| !request.is_exempt()) else {
            return;
        };
        let lately = self.requests.iter().skip(self.paced_from).rev();
        let lately = lately.take_while(|one| last.at - one.at < Duration::from_secs(1));
        let within = lately.filter(|request| !request.is_exempt()).count();
        if within > MOST && !self.too_fast {
            self.too_fast = true;
            self.complaints.push(format!("{within} requests within a second, the last: {last}"));
        }
    }

    /// What came so far does not count any more for how many requests there are in a second.
    pub(crate) fn pace_anew(&mut self) {
        self.paced_from = self.requests.len();
    }

    pub(crate) fn complain(&mut self, about: String) {
        self.complaints.push(about);
    }

    /// What the test must fail for, if anything.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let missing = self
            .expected
            .iter()
            .map(|code| format!("expected a request to be refused with {code}, but none was"));
        self.complaints.iter().cloned().chain(missing).collect()
    }

    /// Forgets what the test would fail for.
    pub(crate) fn forgive(&mut self) {
        self.complaints.clear();
        self.expected.clear();
    }

    /// The last requests, a line each.
    pub(crate) fn dump(&self) -> String {
        const LAST: usize = 30;
        if self.requests.is_empty() {
            return "nothing was requested".into();
        }
        let skipped = self.requests.len().saturating_sub(LAST);
        let lines = self.requests.iter().skip(skipped).map(|request| format!("  {request}"));
        let lines = lines.collect::<Vec<_>>().join("\n");
        format!("{} requests, the last of them:\n{lines}", self.requests.len())
    }
}
