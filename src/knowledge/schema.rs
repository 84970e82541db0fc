//! JSON Schemas of the files, so that an editor's program completes and underlines.

use schemars::schema_for;
use serde_json::Value;

use super::{AnswerFile, LabelsFile, LexiconFile, MatchFile, MythFile, PackFile, WordsFile};

/// File name and schema for each kind of knowledge file.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("pack.json", schema_for!(PackFile).to_value()),
        ("labels.json", schema_for!(LabelsFile).to_value()),
        ("lexicon.json", schema_for!(LexiconFile).to_value()),
        ("words.json", schema_for!(WordsFile).to_value()),
        ("myth.json", schema_for!(MythFile).to_value()),
        ("answer.json", schema_for!(AnswerFile).to_value()),
        ("match.json", schema_for!(MatchFile).to_value()),
    ]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// `UPDATE_SCHEMAS=1 cargo test schemas` writes them anew.
    #[test]
    fn schemas_in_the_folder_are_the_generated_ones() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/schema");
        for (name, schema) in schemas() {
            let generated = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
            let file = folder.join(name);
            if std::env::var_os("UPDATE_SCHEMAS").is_some() {
                std::fs::create_dir_all(&folder).expect("a folder");
                std::fs::write(&file, &generated).expect("a file");
            }
            let written = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(written == generated, "{name} is out of date: run with UPDATE_SCHEMAS=1");
        }
    }
}
