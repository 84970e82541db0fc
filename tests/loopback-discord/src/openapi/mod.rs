//! Validation against Discord's own description of its HTTP API.
//!
//! The environment variable `DISCORD_OPENAPI` names the file. It is read once a process, and the
//! schema of an operation is compiled when the operation is first used.

mod document;
mod operation;

use std::sync::OnceLock;

use document::Document;
use serde_json::Value;

use crate::requests::Request;
use crate::shared::State;

/// How much was validated, and what did not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validated {
    /// Requests that were checked.
    pub requests: u64,
    /// Names of the operations that were used, with how often each was.
    pub operations: std::collections::BTreeMap<String, u64>,
}

/// The document, if there is one to validate against.
///
/// Panics if the variable names a file that is not there or not an `OpenAPI` document: a test that
/// is meant to validate must not pass because it cannot.
pub(crate) fn document() -> Option<&'static Document> {
    static DOCUMENT: OnceLock<Option<Document>> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| {
        let path = std::env::var_os("DISCORD_OPENAPI")?;
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("DISCORD_OPENAPI is {}: {error}", path.display()));
        let json = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("DISCORD_OPENAPI is {}: {error}", path.display()));
        Some(Document::new(json))
    });
    document.as_ref()
}

/// Checks a request; what does not fit makes the test fail.
pub(crate) fn check_request(state: &mut State, request: &Request) {
    let Some(document) = document() else { return };
    let Some((operation, params)) = document.find(&request.method, &request.path) else {
        let name = request.name();
        state.log.complain(format!("OpenAPI: there is no operation {name}"));
        return;
    };
    *state.validated.entry(operation.id.clone()).or_default() += 1;
    for fault in operation.check_request(document, &params, request) {
        state.log.complain(format!("OpenAPI: {} ({}): {fault}", operation.id, request.name()));
    }
}

/// Checks what this crate itself answers. What does not fit is the crate's fault and no concern of
/// the test, unless it is one of the crate's own.
pub(crate) fn check_answer(state: &mut State, request: &Request, answer: &(u16, Value)) {
    let Some(document) = document() else { return };
    let Some((operation, _)) = document.find(&request.method, &request.path) else { return };
    for fault in operation.check_answer(document, answer.0, &answer.1) {
        state.answer_faults.push(format!("{} ({}): {fault}", operation.id, request.name()));
    }
}
