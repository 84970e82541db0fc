//! `mythbot match`: what it writes, and what it does about bad input.

use std::fs;

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::{Ran, folder, mythbot_with, objects, run};

/// Runs `mythbot match` on `input` with the small folder.
fn matched(args: &[&str], input: impl Into<Vec<u8>>) -> Ran {
    let folder = folder::sound();
    run(mythbot_with(folder.path()).arg("match").args(args).write_stdin(input.into()))
}

fn ids(ran: &Ran) -> Vec<Value> {
    objects(&ran.out).into_iter().map(|object| object["id"].clone()).collect()
}

#[test]
fn each_message_gets_one_line_of_the_promised_shape() {
    let ran = matched(&[], r#"{"id": "a", "text": "so the moon is made of cheese?"}"#);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let [object] = objects(&ran.out).try_into().expect("one line");
    let keys: Vec<&String> = object.as_object().expect("an object").keys().collect();
    let mut expected =
        ["id", "decision", "answer", "score", "stance", "reason", "evidence", "candidates"];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(object["decision"], "reply");
    assert_eq!(object["answer"], "moon-cheese");
    assert_eq!(object["stance"], "asks");
    assert_eq!(object["evidence"][0]["phrase"], "the moon is cheese");
    assert_eq!(object["evidence"][0]["text"], "moon is made of cheese");
    assert_eq!(object["evidence"][0]["span"], json!([7, 29]));
    assert_eq!(object["candidates"][0]["answer"], "moon-cheese");
}

#[test]
fn spans_count_characters_of_the_original() {
    let ran = matched(&[], r#"{"id": 1, "text": "ÄÖ🎉 **moon** is   cheese 🎉"}"#);
    assert_eq!(objects(&ran.out)[0]["evidence"][0]["span"], json!([6, 24]));
}

#[test]
fn silence_names_no_answer() {
    let ran = matched(&[], r#"{"id": 1, "text": "good morning"}"#);
    let object = &objects(&ran.out)[0];
    assert_eq!(object["decision"], "silent");
    assert_eq!(object["answer"], Value::Null);
    assert_eq!(object["evidence"], json!([]));
    assert!(object["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{object}");
}

#[test]
fn ids_come_back_as_they_were_written() {
    let input = [r#""é\n""#, "7", "-1.50", "12345678901234567890123456789", r#""""#]
        .map(|id| format!(r#"{{"text": "x", "id": {id}}}"#))
        .join("\n");
    let ran = matched(&[], input);
    for (line, id) in
        ran.out.lines().zip([r#""é\n""#, "7", "-1.50", "12345678901234567890123456789", r#""""#])
    {
        assert!(line.starts_with(&format!(r#"{{"id":{id},"#)), "{line}");
    }
    assert_eq!(ran.out.lines().count(), 5);
}

#[test]
fn candidates_can_be_limited() {
    let message = r#"{"id": 1, "text": "the moon is made of cheese"}"#;
    assert_eq!(objects(&matched(&["--top", "0"], message).out)[0]["candidates"], json!([]));
}

#[test]
fn a_broken_line_is_named_and_the_rest_goes_on() {
    let input =
        b"{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2, \"text\n\n{\"id\": 4, \"text\": \"\xff\"}\n\
        {\"id\": {}, \"text\": \"a\"}\n[]\n{\"id\": 7, \"text\": \"b\"}";
    let ran = matched(&[], input);
    assert_eq!(ran.code, 1);
    assert_eq!(ids(&ran), [1, 7]);
    insta::assert_snapshot!(ran.err, @r"
    mythbot: line 2 was left out: EOF while parsing a string (column 15)
    mythbot: line 4 was left out: not UTF-8 (byte 20); save the input as UTF-8
    mythbot: line 5 was left out: `id` must be a string or a number
    mythbot: line 6 was left out: not a JSON object
    mythbot: lines left out: 4
    ");
}

#[test]
fn marks_line_endings_and_empty_texts_are_no_trouble() {
    let input = "\u{feff}{\"id\": 1, \"text\": \"\"}\r\n\r\n{\"id\": 2, \"text\": \"a\"}\r\n\
        \u{feff}{\"id\": 3, \"text\": \"b\"}";
    let ran = matched(&[], input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ids(&ran), [1, 2, 3]);
}

#[test]
fn nothing_in_is_nothing_out() {
    let ran = matched(&[], "");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
}

#[test]
fn a_message_of_a_megabyte_is_one_message() {
    let long = "the moon is made of rock and not of butter. ".repeat(1 << 15);
    assert!(long.len() > 1 << 20);
    let input = format!("{}\n{}\n", json!({"id": 1, "text": long}), json!({"id": 2, "text": "x"}));
    let ran = matched(&[], input);
    assert_eq!((ran.code, ids(&ran)), (0, vec![json!(1), json!(2)]));
    let one_word = matched(&["--text", "-"], "m".repeat(1 << 20));
    assert_eq!((one_word.code, ids(&one_word)), (0, vec![json!(1)]));
}

#[test]
fn plain_lines_are_numbered_from_a_file_or_standard_input() {
    let text = b"\xef\xbb\xbfthe moon is made of cheese\r\n\nbad \xff\n{\"id\": 9}\n";
    let dir = tempfile::tempdir().expect("a folder for the test");
    let file = dir.path().join("chat.txt");
    fs::write(&file, text).expect("a file for the test");
    let from_file = matched(&["--text", file.to_str().expect("a plain path")], "");
    let from_input = matched(&["--text", "-"], text.to_vec());
    for ran in [from_file, from_input] {
        assert_eq!((ran.code, ids(&ran)), (1, vec![json!(1), json!(2), json!(4)]));
        assert!(ran.err.contains("line 3 was left out: not UTF-8 (byte 5)"), "{}", ran.err);
    }
}

#[test]
fn an_unreadable_file_is_named() {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let missing = dir.path().join("missing.txt");
    for path in [missing.as_path(), dir.path()] {
        let path = path.to_str().expect("a plain path");
        let ran = matched(&["--text", path], "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains(path) && ran.err.contains("check the path"), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn standard_input_that_is_a_folder_is_said() {
    let folder = folder::sound();
    let script = "exec \"$0\" --knowledge \"$1\" match < /";
    let program = assert_cmd::cargo::cargo_bin!("mythbot");
    let ran = run(Command::new("sh").arg("-c").arg(script).arg(program).arg(folder.path()));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot read the messages"), "{}", ran.err);
}
