//! One request to Discord and its answer.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, USER_AGENT};
use reqwest::{Client, Method, StatusCode};

use super::answer::Answer;
use crate::discord::error::root_cause;

/// How long Discord may take to answer: its own servers give up on each other after some ten seconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it may take to be reached.
const CONNECT: Duration = Duration::from_secs(5);

/// What of a request's headers is forwarded.
const FORWARDED: [HeaderName; 4] =
    [AUTHORIZATION, CONTENT_TYPE, USER_AGENT, HeaderName::from_static("x-audit-log-reason")];

/// A request as serenity wrote it.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: Method,
    /// Path and query.
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Request {
    /// A request for `path`, which may have a query.
    pub(super) fn new(method: Method, path: &str, headers: &HeaderMap, body: Bytes) -> Self {
        let forwarded = FORWARDED.into_iter().filter_map(|name| {
            let value = headers.get(&name)?.clone();
            Some((name, value))
        });
        Self { method, path: path.to_owned(), headers: forwarded.collect(), body }
    }
}

/// Who asks Discord.
#[derive(Debug)]
pub(super) struct Discord {
    client: Client,
    /// Without a slash at the end.
    address: String,
}

impl Discord {
    /// At `address`, such as `https://discord.com`. A proxy that the environment names is used.
    ///
    /// # Errors
    /// When the certificates that the program carries cannot be used.
    pub(super) fn new(address: String) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(CONNECT)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client, address })
    }

    /// Asks once. Where no whole answer comes, the cause.
    pub(super) async fn ask(&self, request: Request) -> Result<Answer, String> {
        let url = format!("{}{}", self.address, request.path);
        let asked = self.client.request(request.method, url).headers(request.headers);
        let answer = match asked.body(request.body).send().await {
            Ok(answer) => answer,
            Err(error) => return Err(cause(error)),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        match answer.bytes().await {
            Ok(body) => Ok(Answer::new(status, &headers, body)),
            Err(error) => Err(cause(error)),
        }
    }
}

/// Without the address, in which there may be the token of an interaction.
fn cause(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    root_cause(&error.without_url())
}

/// Whether Discord counts it as invalid.
pub(super) fn is_invalid(answer: &Answer) -> bool {
    use super::throttled::Scope;
    match answer.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => true,
        _ => answer.throttled.is_some_and(|throttled| throttled.scope != Scope::Shared),
    }
}
