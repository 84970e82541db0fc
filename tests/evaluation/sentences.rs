//! Our own labelled sentences: the lines of `tests/evaluation/*.jsonl`.

use std::path::Path;

use mythbot::evaluation::Message;

/// Every sentence, its group being its `kind`: owed, question, double-negation, near-miss, denial,
/// chat.
pub(crate) fn sentences() -> Vec<Message> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of this test")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("readable"));
    texts.flat_map(|text| text.lines().map(sentence).collect::<Vec<_>>()).collect()
}

fn sentence(line: &str) -> Message {
    let value: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
    let text = |name: &str| value[name].as_str().expect("a string").to_owned();
    let answers = value["answers"].as_array().expect("a list");
    Message {
        id: text("id"),
        text: text("text"),
        answers: answers.iter().map(|id| id.as_str().expect("an id").to_owned()).collect(),
        borderline: Vec::new(),
        group: Some(text("kind")),
    }
}
