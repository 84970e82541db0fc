//! One operation: what its path, query, body and answers must be.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::document::Document;
use crate::requests::Request;

/// Method and path, and where their schemas are.
pub(crate) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    template: String,
    parameters: Vec<Parameter>,
    body_required: bool,
    body: Option<Schema>,
    answers: BTreeMap<u16, Option<Schema>>,
}

/// Something in the path or the query.
struct Parameter {
    name: String,
    in_path: bool,
    required: bool,
    schema: Schema,
}

/// A place in the document, and the validator made of it on first use.
struct Schema {
    pointer: String,
    compiled: OnceLock<Validator>,
}

impl Operation {
    /// The operations of one path.
    pub(super) fn all_of(path: &str, item: &Value) -> Vec<Self> {
        let at = format!("/paths/{}", escaped(path));
        let methods = item.as_object().into_iter().flatten();
        methods
            .filter(|(method, _)| *method != "parameters")
            .map(|(method, json)| {
                let mut parameters = parameters(&format!("{at}/parameters"), &item["parameters"]);
                let own = format!("{at}/{method}/parameters");
                parameters.extend(parameters_of(&own, json));
                Self {
                    id: json["operationId"].as_str().unwrap_or(method).to_owned(),
                    method: method.clone(),
                    template: path.to_owned(),
                    parameters,
                    body_required: json["requestBody"]["required"] == true,
                    body: schema_in(&format!("{at}/{method}/requestBody"), &json["requestBody"]),
                    answers: answers(&format!("{at}/{method}/responses"), &json["responses"]),
                }
            })
            .collect()
    }

    /// The values in a path, if it is this operation's.
    pub(super) fn params_in(&self, path: &str) -> Option<BTreeMap<String, String>> {
        let mut params = BTreeMap::new();
        let mut steps = path.split('/');
        for expected in self.template.split('/') {
            let step = steps.next()?;
            match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => {
                    let decoded = percent_encoding::percent_decode_str(step).decode_utf8_lossy();
                    params.insert(name.to_owned(), decoded.into_owned());
                }
                None if step != expected => return None,
                None => {}
            }
        }
        steps.next().is_none().then_some(params)
    }

    /// What does not fit in a request.
    pub(super) fn check_request(
        &self,
        document: &Document,
        params: &BTreeMap<String, String>,
        request: &Request,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        for parameter in &self.parameters {
            let (place, values) =
                if parameter.in_path { ("path", params) } else { ("query", &request.query) };
            match values.get(&parameter.name) {
                Some(text) => {
                    let found = parameter.schema.faults_of_text(document, text);
                    let name = &parameter.name;
                    faults.extend(found.map(|fault| format!("{place} parameter {name}: {fault}")));
                }
                None if parameter.required => {
                    faults.push(format!("{place} parameter {} is missing", parameter.name));
                }
                None => {}
            }
        }
        let known =
            |name: &String| self.parameters.iter().any(|own| !own.in_path && own.name == *name);
        for name in request.query.keys().filter(|name| !known(name)) {
            faults.push(format!("query parameter {name} is unknown"));
        }
        match &self.body {
            _ if request.body.is_null() && self.body_required => {
                faults.push("a body is missing".into());
            }
            Some(schema) if !request.body.is_null() => {
                faults.extend(schema.faults(document, &request.body));
            }
            _ => {}
        }
        faults
    }

    /// What does not fit in an answer.
    pub(super) fn check_answer(
        &self,
        document: &Document,
        status: u16,
        body: &Value,
    ) -> Vec<String> {
        match self.answers.get(&status) {
            Some(Some(schema)) => schema.faults(document, body),
            Some(None) if body.is_null() => Vec::new(),
            Some(None) => vec![format!("{status} has no body")],
            // Refusals are described by a pattern of statuses.
            None if status >= 400 => Vec::new(),
            None => vec![format!("{status} is none of its answers")],
        }
    }
}

impl Schema {
    fn at(pointer: String) -> Self {
        Self { pointer, compiled: OnceLock::new() }
    }

    fn faults(&self, document: &Document, json: &Value) -> Vec<String> {
        let validator = self.compiled.get_or_init(|| document.compile(&self.pointer));
        validator.iter_errors(json).map(|error| describe(&error)).collect()
    }

    /// A parameter is text; which type it stands for is the schema's affair.
    fn faults_of_text(&self, document: &Document, text: &str) -> Option<String> {
        let number = text.parse().ok().map(Value::Number);
        let boolean = text.parse().ok().map(Value::Bool);
        let as_text = Value::String(text.to_owned());
        let readings = [Some(as_text), number, boolean];
        let mut faults = Vec::new();
        for reading in readings.into_iter().flatten() {
            let found = self.faults(document, &reading);
            if found.is_empty() {
                return None;
            }
            faults = found;
        }
        Some(faults.join("; "))
    }
}

/// Says where and why. Of a union, the member that comes closest is spoken of.
fn describe(error: &ValidationError<'_>) -> String {
    let own = error.instance_path().as_str();
    if let ValidationErrorKind::AnyOf { context } = error.kind() {
        // Another type of JSON, or another value of the `type` that tells the members apart.
        let tag = format!("{own}/type");
        let differs = |inner: &ValidationError<'_>| {
            let at = inner.instance_path().as_str();
            at == tag || at == own && matches!(inner.kind(), ValidationErrorKind::Type { .. })
        };
        let nearest = context.iter().find(|member| !member.iter().any(differs));
        if let Some(inner) = nearest.and_then(|member| member.first()) {
            return describe(inner);
        }
    }
    let message: String = error.to_string().chars().take(300).collect();
    format!("at \"{own}\": {message}")
}

fn parameters_of(at: &str, operation: &Value) -> Vec<Parameter> {
    parameters(at, &operation["parameters"])
}

fn parameters(at: &str, list: &Value) -> Vec<Parameter> {
    let each = list.as_array().into_iter().flatten().enumerate();
    each.map(|(index, json)| Parameter {
        name: json["name"].as_str().unwrap_or_default().to_owned(),
        in_path: json["in"] == "path",
        required: json["required"] == true,
        schema: Schema::at(format!("{at}/{index}/schema")),
    })
    .collect()
}

fn schema_in(at: &str, json: &Value) -> Option<Schema> {
    let json = &json["content"]["application/json"];
    json.is_object().then(|| Schema::at(format!("{at}/content/application~1json/schema")))
}

fn answers(at: &str, json: &Value) -> BTreeMap<u16, Option<Schema>> {
    let each = json.as_object().into_iter().flatten();
    each.filter_map(|(status, json)| {
        Some((status.parse().ok()?, schema_in(&format!("{at}/{status}"), json)))
    })
    .collect()
}

/// A key as a step of a JSON pointer in a URI.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D")
}
