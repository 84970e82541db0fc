//! What serenity gets: Discord's answer, or the relay's own where there is none.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use reqwest::header::HeaderMap;
use serde_json::json;
use tokio::time::Duration;
use twilight_http_ratelimiting::RateLimitHeaders;

use super::throttled::Throttled;

/// The error code of an answer that says that Discord could not be reached, with the cause as its
/// message. Discord's own codes are never negative.
pub(in crate::discord) const UNREACHABLE: isize = -502;

/// An answer, and what the relay learns from it.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    content_type: Option<HeaderValue>,
    body: axum::body::Bytes,
    /// What its headers say about the bucket.
    pub(super) bucket: Option<RateLimitHeaders>,
    /// Whether Discord wants to be asked later.
    pub(super) throttled: Option<Throttled>,
}

impl Answer {
    /// Discord's.
    pub(super) fn new(status: StatusCode, headers: &HeaderMap, body: axum::body::Bytes) -> Self {
        let throttled =
            (status == StatusCode::TOO_MANY_REQUESTS).then(|| Throttled::read(headers, &body));
        Self {
            status,
            content_type: headers.get(CONTENT_TYPE).cloned(),
            bucket: super::throttled::bucket(headers, throttled),
            throttled,
            body,
        }
    }

    /// The relay's own, in the form of Discord's errors.
    fn own(status: StatusCode, code: isize, message: &str) -> Self {
        let body = json!({"code": code, "message": message}).to_string().into();
        let content_type = Some(HeaderValue::from_static("application/json"));
        Self { status, content_type, body, bucket: None, throttled: None }
    }

    /// Discord could not be reached, or broke off.
    pub(super) fn unreachable(cause: &str) -> Self {
        Self::own(StatusCode::BAD_GATEWAY, UNREACHABLE, cause)
    }

    /// Discord has refused the token: nothing is asked any more.
    pub(super) fn token_refused() -> Self {
        Self::own(StatusCode::UNAUTHORIZED, 0, "Discord has refused the token: nothing is asked")
    }

    /// The limits leave no room for so long.
    pub(super) fn no_room() -> Self {
        let message = "Not sent: no room within Discord's rate limits";
        Self::own(StatusCode::TOO_MANY_REQUESTS, 0, message)
    }

    /// Too many requests were refused.
    pub(super) fn too_many_refusals(time: Duration) -> Self {
        let message = format!(
            "Not sent: Discord refused too many requests lately; the next one may go in {} s",
            time.as_secs()
        );
        Self::own(StatusCode::TOO_MANY_REQUESTS, 0, &message)
    }

    /// Nobody may use the relay but the bot, and for nothing but Discord's API.
    pub(super) fn not_for_you() -> Self {
        Self::own(StatusCode::FORBIDDEN, 0, "Not forwarded")
    }

    /// The request could not be read.
    pub(super) fn unreadable() -> Self {
        Self::own(StatusCode::BAD_REQUEST, 0, "Not forwarded: the body cannot be read")
    }

    /// As it is sent.
    pub(super) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        if let Some(content_type) = self.content_type {
            response.headers_mut().insert(CONTENT_TYPE, content_type);
        }
        response
    }
}
