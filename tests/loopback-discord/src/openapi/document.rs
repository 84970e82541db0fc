//! The document: its operations and its schemas.

use std::collections::BTreeMap;

use jsonschema::{Registry, Resource, Validator};
use serde_json::{Value, json};

use super::operation::Operation;

/// The name under which schemas refer to each other.
const NAME: &str = "urn:discord";

/// Discord's description of its HTTP API.
pub(crate) struct Document {
    operations: Vec<Operation>,
    registry: Registry<'static>,
}

impl Document {
    /// Reads the document. Panics if it is none.
    pub(super) fn new(mut json: Value) -> Self {
        loosen(&mut json);
        let paths = json["paths"].as_object().expect("an OpenAPI document has paths").clone();
        let operations =
            paths.iter().flat_map(|(path, item)| Operation::all_of(path, item)).collect();
        let registry = Registry::new()
            .add(NAME, Resource::from_contents(json))
            .and_then(jsonschema::RegistryBuilder::prepare)
            .unwrap_or_else(|error| panic!("not an OpenAPI document: {error}"));
        Self { operations, registry }
    }

    /// The operation of a request, with the values in its path.
    pub(super) fn find(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Operation, BTreeMap<String, String>)> {
        self.operations
            .iter()
            .filter(|operation| operation.method.eq_ignore_ascii_case(method))
            .filter_map(|operation| Some((operation, operation.params_in(path)?)))
            .min_by_key(|(_, params)| params.len())
    }

    /// Compiles the schema at a JSON pointer into the document.
    pub(super) fn compile(&self, pointer: &str) -> Validator {
        let schema = json!({"$ref": format!("{NAME}#{pointer}")});
        jsonschema::options()
            .with_registry(&self.registry)
            .build(&schema)
            .unwrap_or_else(|error| panic!("cannot compile {pointer}: {error}"))
    }
}

/// Takes back two things that the document says more strictly than Discord is.
///
/// `oneOf` is written there for unions whose members overlap, such as those of options: what fits
/// more than one of them is fine. Sets of permissions are integers in it, while Discord's
/// documentation has them as strings of digits, and every library sends them so.
fn loosen(json: &mut Value) {
    match json {
        Value::Object(map) => {
            if let Some(union) = map.remove("oneOf") {
                map.insert("anyOf".into(), union);
            }
            for name in ["default_member_permissions", "allow", "deny", "permissions"] {
                if let Some(kinds) = map.get_mut(name).and_then(|own| own.get_mut("type")) {
                    allow_strings(kinds);
                }
            }
            map.values_mut().for_each(loosen);
        }
        Value::Array(list) => list.iter_mut().for_each(loosen),
        _ => {}
    }
}

fn allow_strings(kinds: &mut Value) {
    let integer = json!("integer");
    match kinds {
        Value::Array(kinds) if kinds.contains(&integer) => kinds.push(json!("string")),
        kind if *kind == integer => *kind = json!(["integer", "string"]),
        _ => {}
    }
}
