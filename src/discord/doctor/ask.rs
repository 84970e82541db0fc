//! A question to Discord whose answer is taken as it comes: serenity drops permissions that it does not
//! know, and the date of the answer.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;
use serenity::all::{Http, HttpError, LightMethod, Request, Route};

use crate::discord::error::root_cause;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What Discord answered.
pub(super) struct Answer {
    pub(super) body: Value,
    /// Its clock, in whole seconds.
    pub(super) date: Option<Timestamp>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(in crate::discord) enum Unanswered {
    /// Discord refused.
    #[error("status {status}")]
    Refused {
        /// The status of HTTP.
        status: u16,
    },
    /// Nobody answered, or not in JSON.
    #[error("{0}")]
    Unreachable(String),
}

/// Asks once.
pub(super) async fn get(
    http: &Http,
    route: Route<'_>,
    params: Option<Vec<(&'static str, String)>>,
) -> Result<Answer, Unanswered> {
    let request = Request::new(route, LightMethod::Get).params(params);
    let asked = tokio::time::timeout(PATIENCE, async {
        let response = http.request(request).await?;
        let date = response.headers().get("date").and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        let bytes = response.bytes().await.map_err(HttpError::Request)?;
        Ok(Answer { body: serde_json::from_slice(&bytes)?, date })
    });
    let answer: Result<Answer, serenity::Error> = asked
        .await
        .map_err(|_| Unanswered::Unreachable(format!("no answer within {PATIENCE:?}")))?;
    answer.map_err(Unanswered::from)
}

impl From<serenity::Error> for Unanswered {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal)) => {
                Self::Refused { status: refusal.status_code.as_u16() }
            }
            other => Self::Unreachable(root_cause(&other)),
        }
    }
}

/// An id, or 0.
pub(super) fn id(json: &Value) -> u64 {
    json.as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}
