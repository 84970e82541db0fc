//! What an answer 429 says, and what the headers of every answer say about its bucket.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::Deserialize;
use tokio::time::Instant;
use twilight_http_ratelimiting::RateLimitHeaders;

/// How long to wait where an answer does not say; doubled with each repeat.
const UNTOLD: Duration = Duration::from_secs(1);
/// How long to wait where the address itself is banned and the answer does not say.
const BANNED: Duration = Duration::from_mins(1);
/// Never shorter: an answer that says 0 must not be a reason to hammer.
const SHORTEST: Duration = Duration::from_millis(50);
/// Never longer.
const LONGEST: Duration = Duration::from_hours(24);

/// Whose limit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The bot's own for this route.
    Route,
    /// That of a channel or server which others use, too. It does not count as invalid.
    Shared,
    /// The bot's for everything, or the address's.
    Global,
}

/// An answer 429.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Throttled {
    pub(super) scope: Scope,
    told: Option<Duration>,
}

/// Its body (Discord's documentation, "Rate Limits", "Exceeding A Rate Limit").
#[derive(Debug, Deserialize)]
struct Told {
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

impl Throttled {
    /// Reads an answer whose status is 429.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let told = serde_json::from_slice::<Told>(body).ok();
        let number = |name| text(headers, name).and_then(|text| text.parse().ok());
        let seconds = told
            .as_ref()
            .and_then(|told| told.retry_after)
            .or_else(|| number("retry-after"))
            .or_else(|| number(RateLimitHeaders::RESET_AFTER));
        let wait = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        // Cloudflare, in front of Discord, answers with a page and nothing of Discord's.
        let banned = told.is_none() && text(headers, RateLimitHeaders::SCOPE).is_none();
        let scope = match text(headers, RateLimitHeaders::SCOPE) {
            Some("shared") => Scope::Shared,
            Some("global") => Scope::Global,
            _ if banned || told.is_some_and(|told| told.global) => Scope::Global,
            _ if headers.contains_key("x-ratelimit-global") => Scope::Global,
            _ => Scope::Route,
        };
        Self { scope, told: wait.or(banned.then_some(BANNED)) }
    }

    /// How long to wait, after so many repeats.
    pub(super) fn wait(self, repeats: u32) -> Duration {
        let untold = UNTOLD * 2_u32.saturating_pow(repeats.min(10));
        self.told.unwrap_or(untold).clamp(SHORTEST, LONGEST)
    }
}

/// What is known about the bucket of an answer; nothing if it names none.
pub(super) fn bucket(
    headers: &HeaderMap,
    throttled: Option<Throttled>,
) -> Option<RateLimitHeaders> {
    let bucket = headers.get(RateLimitHeaders::BUCKET)?.as_bytes().to_vec();
    let reset = |after: Duration| (Instant::now() + after.min(LONGEST)).into_std();
    if let Some(throttled) = throttled {
        let reset_at = reset(throttled.wait(0));
        return Some(RateLimitHeaders { bucket, limit: 0, remaining: 0, reset_at });
    }
    let after: f64 = text(headers, RateLimitHeaders::RESET_AFTER)?.parse().ok()?;
    Some(RateLimitHeaders {
        bucket,
        limit: text(headers, RateLimitHeaders::LIMIT)?.parse().ok()?,
        remaining: text(headers, RateLimitHeaders::REMAINING)?.parse().ok()?,
        reset_at: reset(Duration::try_from_secs_f64(after).ok()?),
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")))
            .collect()
    }

    #[test]
    fn the_body_is_more_exact_than_the_header() {
        let body = br#"{"message": "", "retry_after": 0.25, "global": false}"#;
        let given = headers(&[("retry-after", "1"), ("x-ratelimit-scope", "user")]);
        let throttled = Throttled::read(&given, body);
        assert_eq!(
            (throttled.scope, throttled.wait(3)),
            (Scope::Route, Duration::from_millis(250))
        );
        let throttled = Throttled::read(&given, b"");
        assert_eq!((throttled.scope, throttled.wait(3)), (Scope::Route, Duration::from_secs(1)));
    }

    #[test]
    fn where_nothing_is_said_the_waits_grow() {
        let throttled = Throttled::read(&headers(&[]), br#"{"message": ""}"#);
        let waits = [0, 1, 2, 30].map(|repeats| throttled.wait(repeats).as_secs());
        assert_eq!(waits, [1, 2, 4, 1024]);
        let hostile = Throttled::read(&headers(&[]), br#"{"retry_after": 1e300}"#);
        assert_eq!(hostile.wait(0), UNTOLD);
        let nothing = Throttled::read(&headers(&[]), br#"{"retry_after": 0.0}"#);
        assert_eq!(nothing.wait(0), SHORTEST);
    }

    #[test]
    fn whose_limit_it_is() {
        let scope =
            |pairs: &[_], body: &str| Throttled::read(&headers(pairs), body.as_bytes()).scope;
        assert_eq!(scope(&[("x-ratelimit-scope", "shared")], "{}"), Scope::Shared);
        assert_eq!(scope(&[("x-ratelimit-scope", "global")], "{}"), Scope::Global);
        assert_eq!(scope(&[], r#"{"global": true}"#), Scope::Global);
        assert_eq!(scope(&[("x-ratelimit-global", "true")], "{}"), Scope::Global);
        assert_eq!(scope(&[], "{}"), Scope::Route);
        let banned = Throttled::read(&headers(&[]), b"error code: 1015");
        assert_eq!((banned.scope, banned.wait(0)), (Scope::Global, BANNED));
    }
}
