//! The way of every request: record, validate, fault, authorize, act, answer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request as HttpRequest, StatusCode};
use axum::response::Response;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;

use super::body::json_of;
use super::call::{Call, Outcome};
use super::routes::{Matched, find};
use crate::error::Refusal;
use crate::faults::{Fault, When};
use crate::openapi;
use crate::requests::Request;
use crate::shared::{Shared, State as Everything};
use crate::world::Snowflake;

/// Marks an answer that must not be sent: the connection is cut instead.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the test wants this connection cut")]
pub(crate) struct ConnectionReset;

/// Bodies beyond this are not for tests.
const LARGEST_BODY: usize = 25 << 20;

/// An answer before it is HTTP.
struct Reply {
    status: u16,
    body: Value,
    headers: Vec<(String, String)>,
    bucket: String,
}

/// Serves one request.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    request: HttpRequest<Body>,
) -> Response {
    #[expect(clippy::disallowed_methods, reason = "how long bots take is measured, not decided by")]
    let at = Instant::now();
    let (parts, body) = request.into_parts();
    if let Some(file) = file_of(&shared, parts.uri.path()) {
        return Response::new(Body::from(file));
    }
    // A body that breaks off is as good as none; the bot has gone.
    let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    let Some(path) = parts.uri.path().strip_prefix("/api/v10") else {
        return unknown_version(&shared, &parts, at);
    };
    let path = path.to_owned();
    let fault = fault_for(&shared, &parts, &path);
    match &fault {
        Some(Fault::Slow(delay)) => tokio::time::sleep(*delay).await,
        Some(Fault::Held(gate)) => gate.passed().await,
        _ => {}
    }
    let trip = shared.lock().faults.trip(parts.method.as_str());
    if let Some(trip) = trip {
        if trip.when == When::After {
            shared.change(|state, _| handle(&shared, state, &parts, (&path, at), &bytes, None));
        }
        (trip.act)();
        return reset();
    }
    let reply = shared
        .change(|state, _| handle(&shared, state, &parts, (&path, at), &bytes, fault.as_ref()));
    match fault {
        Some(Fault::ResetBefore | Fault::ResetAfter) => reset(),
        _ => dated(respond(&reply), &shared),
    }
}

/// With the time of this Discord's clock.
fn dated(mut response: Response, shared: &Shared) -> Response {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&shared.clock.now());
    let date = HeaderValue::from_str(&date.expect("a year of four digits"));
    response.headers_mut().insert("date", date.expect("a header's value"));
    response
}

/// What is in a file that somebody gave to a command: anybody who knows its address gets it.
fn file_of(shared: &Shared, path: &str) -> Option<Vec<u8>> {
    let (id, _) = path.strip_prefix("/attachments/")?.split_once('/')?;
    let id: Snowflake = id.parse().ok()?;
    shared.look(|world| world.files.get(&id).map(|(_, bytes)| bytes.clone()))
}

fn fault_for(shared: &Shared, parts: &Parts, path: &str) -> Option<Fault> {
    let Matched::Route(route, _) = find(parts.method.as_str(), path) else { return None };
    shared.lock().faults.take(&format!("{} {}", route.method, route.template))
}

/// Does what is asked, and records it.
fn handle(
    shared: &Shared,
    state: &mut Everything,
    parts: &Parts,
    (path, at): (&str, Instant),
    bytes: &[u8],
    fault: Option<&Fault>,
) -> Reply {
    let method = parts.method.as_str();
    let matched = find(method, path);
    let route = match &matched {
        Matched::Route(route, _) => route.template,
        Matched::OtherMethod(template) => template,
        Matched::Nothing => path,
    };
    let query = query_of(parts.uri.query().unwrap_or_default());
    let body = json_of(header(&parts.headers, "content-type"), bytes);
    let mut request = Request {
        at,
        method: method.into(),
        route: route.into(),
        path: path.into(),
        query,
        body: body.clone().unwrap_or_default(),
        status: 0,
        code: None,
        answer: Value::Null,
    };
    openapi::check_request(state, &request);

    let mut headers = Vec::new();
    let outcome = match fault {
        Some(Fault::ResetBefore) => {
            state.log.record(request, true);
            return Reply { status: 0, body: Value::Null, headers, bucket: String::new() };
        }
        Some(Fault::Answer { status, body, headers: own }) => {
            headers.clone_from(own);
            (*status, body.clone(), None)
        }
        _ => {
            let outcome = act(shared, state, parts, matched, &request.query, body);
            openapi::check_answer(state, &request, &outcome_parts(&outcome));
            let (status, body) = outcome_parts(&outcome);
            (status, body, outcome.err().map(|refusal| refusal.code))
        }
    };
    let (status, answer, code) = outcome;
    let cut = matches!(fault, Some(Fault::ResetAfter));
    request.status = if cut { 0 } else { status };
    request.code = code;
    request.answer = answer.clone();
    let bucket = bucket(&request.name());
    state.log.record(request, false);
    Reply { status, body: answer, headers, bucket }
}

fn outcome_parts(outcome: &Outcome) -> (u16, Value) {
    match outcome {
        Ok(answer) => (answer.status(), answer.body().clone()),
        Err(refusal) => (refusal.status, refusal.to_json()),
    }
}

fn act(
    shared: &Shared,
    state: &mut Everything,
    parts: &Parts,
    matched: Matched,
    query: &BTreeMap<String, String>,
    body: Result<Value, Refusal>,
) -> Outcome {
    let (route, params) = match matched {
        Matched::Route(route, params) => (route, params),
        Matched::OtherMethod(_) => return Err(Refusal::method_not_allowed()),
        Matched::Nothing => return Err(Refusal::not_found()),
    };
    let given = header(&parts.headers, "authorization");
    let expected = format!("Bot {}", state.world.application.token);
    if route.needs_token && given != expected {
        return Err(Refusal::unauthorized());
    }
    let body = body?;
    let mut call = Call {
        now: shared.clock.now(),
        bot: state.world.bot_id(),
        world: &mut state.world,
        params,
        query,
        body: &body,
        address: shared.address,
    };
    (route.handler)(&mut call)
}

fn query_of(query: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A name for what is limited together, as opaque as Discord's.
fn bucket(route: &str) -> String {
    let hash = route.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:032x}")
}

fn respond(reply: &Reply) -> Response {
    let mut response = Response::new(match &reply.body {
        Value::Null => Body::empty(),
        body => Body::from(body.to_string()),
    });
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::IM_A_TEAPOT);
    let headers = response.headers_mut();
    if !reply.body.is_null() {
        headers.insert("content-type", HeaderValue::from_static("application/json"));
    }
    // The limits are generous: nothing in a test should wait for them. See `rate_limit_next`.
    let limits = [
        ("x-ratelimit-limit", "1000"),
        ("x-ratelimit-remaining", "999"),
        ("x-ratelimit-reset", "1"),
        ("x-ratelimit-reset-after", "0.001"),
        ("x-ratelimit-bucket", &reply.bucket),
    ];
    let own = reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    // A test that wants 429 without a word about when to come back gets just that.
    let untold = reply.status == 429 && reply.headers.is_empty();
    let usual = limits.into_iter().filter(|_| !untold);
    for (name, value) in usual.chain(own) {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        headers.insert(name, HeaderValue::from_str(value).expect("a header's value"));
    }
    response
}

fn reset() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(ConnectionReset);
    response
}

fn unknown_version(shared: &Shared, parts: &Parts, at: Instant) -> Response {
    let path = parts.uri.path().to_owned();
    let refusal = Refusal::not_found();
    let request = Request {
        at,
        method: parts.method.to_string(),
        route: path.clone(),
        path,
        query: query_of(parts.uri.query().unwrap_or_default()),
        body: Value::Null,
        status: refusal.status,
        code: Some(refusal.code),
        answer: refusal.to_json(),
    };
    shared.change(|state, _| state.log.record(request, false));
    let headers = Vec::new();
    respond(&Reply { status: 404, body: refusal.to_json(), headers, bucket: String::new() })
}
