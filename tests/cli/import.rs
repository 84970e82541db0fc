//! `mythbot import`: the folder that it makes, and what it does about bad input.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Ran, mythbot, mythbot_with, objects, run};

const CLAIMS: &str = r#"{"id": "flat-earth", "claim": "The earth is flat.", "more": [1]}

{"id": 17, "claim": "  Vaccines  cause\nautism. "}
{"id": "Moon Cheese!", "claim": "The moon is made of \"cheese\"."}
"#;

fn dir() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

/// Imports `input` into the folder `own` of `dir`.
fn import(dir: &Path, input: impl Into<Vec<u8>>) -> Ran {
    run(mythbot().current_dir(dir).args(["import", "-", "--out", "own"]).write_stdin(input.into()))
}

/// What stands in a folder, by name.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("a folder");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("a plain name");
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the folder")
}

#[test]
fn claims_become_a_folder_that_every_subcommand_takes() {
    let dir = dir();
    let ran = import(dir.path(), CLAIMS);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @"
    claims: 3, in own
    ids rewritten to be folder names: 1, as “Moon Cheese!” to moon-cheese
    Next: mythbot --knowledge own chat
          mythbot check own
    ");
    let own = dir.path().join("own");
    assert_eq!(names(dir.path()), ["own"]);
    let expected = ["17", "flat-earth", "labels", "lexicon", "moon-cheese", "pack.toml"];
    assert_eq!(names(&own), expected);
    insta::assert_snapshot!(read(&own.join("moon-cheese/myth.toml")), @r#"
    # imported as "Moon Cheese!"
    id = "moon-cheese"
    number = 3
    "#);
    insta::assert_snapshot!(read(&own.join("moon-cheese/en.toml")), @r#"claim = "The moon is made of \"cheese\".""#);
    insta::assert_snapshot!(read(&own.join("17/en.toml")), @r#"claim = "Vaccines cause autism.""#);

    let message = r#"{"id": 1, "text": "vacines cause autisim"}"#;
    let ran = run(mythbot_with(&own).args(["match", "--top", "2"]).write_stdin(message));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let object = &objects(&ran.out)[0];
    assert_eq!(object["candidates"][0]["answer"], "17");

    let ran = run(mythbot_with(&own).arg("chat").write_stdin("/myth show moon cheese\n"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("The moon is made of \"cheese\"."), "{}", ran.out);

    let ran = run(mythbot_with(&own).arg("chat").write_stdin("/myth list\n"));
    assert!(ran.out.contains("flat-earth"), "{}", ran.out);
}

#[test]
fn a_claim_is_answered_its_denial_is_not() {
    let dir = dir();
    import(dir.path(), CLAIMS);
    let own = dir.path().join("own");
    let decided = |text: &str| {
        let message = json!({"id": 1, "text": text}).to_string();
        let ran = run(mythbot_with(&own).arg("match").write_stdin(message));
        objects(&ran.out)[0].clone()
    };
    assert_eq!(decided("the earth is flat")["decision"], "reply");
    for denial in
        ["the earth is not flat", "the earth is flat? debunked", "dont tell me the earth is flat"]
    {
        let object = decided(denial);
        assert_eq!((&object["decision"], &object["stance"]), (&json!("silent"), &json!("denies")));
        assert_eq!(object["candidates"][0]["answer"], "flat-earth", "{denial}");
    }
    let far = decided("good morning everyone");
    assert_eq!((&far["decision"], &far["answer"]), (&json!("silent"), &Value::Null));
}

#[test]
fn check_says_what_to_fill_in() {
    let dir = dir();
    import(dir.path(), r#"{"id": "flat-earth", "claim": "The earth is flat."}"#);
    let ran = run(mythbot().current_dir(dir.path()).args(["check", "own"]));
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out, @r#"
    own/flat-earth/en.toml: the claim can be found, but there is no answer to it; write `title`, `verdict`, `verdict_note`, `summary`, `changed`, `disputed` and `details`, and the sources in myth.toml
    own/pack.toml: `contact` is missing; say how to report an error: `contact = "..."`
    own/pack.toml: `corrections` is missing; say what happens when an answer was wrong: `corrections = "..."`
    own/pack.toml: `name` is missing; say what the answers are about: `name = "..."`
    own/pack.toml: `publisher` is missing; say who answers for them: `publisher = "..."`
    own/pack.toml: `scope` is missing; say what the answers cover and what they do not: `scope = "..."`
    answers: 1, languages: 1, patterns: 0, exceptions: 0, examples: 0, facts: 0, sources: 0; 6 faults
    "#);
}

#[test]
fn every_bad_line_is_named_and_nothing_is_written() {
    let dir = dir();
    let input = b"{\"id\": \"a\", \"claim\": \"A goose is a duck.\"}\n\
        {\"id\": \"b\", \"claim\n\
        {\"claim\": \"A duck is a goose.\"}\n\
        {\"id\": \"c\"}\n\
        {\"id\": \"a\", \"claim\": \"A swan is a duck.\"}\n\
        {\"id\": \" \", \"claim\": \"A swan is a goose.\"}\n\
        {\"id\": \"d\", \"claim\": \" \"}\n\
        {\"id\": [1], \"claim\": \"A goose is a swan.\"}\n\
        {\"id\": \"e\", \"claim\": 5}\n\
        [\"f\", \"A duck is a swan.\"]\n\
        {\"id\": \"g\", \"claim\": \"\xff\"}\n";
    let ran = import(dir.path(), input);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    insta::assert_snapshot!(ran.err, @r#"
    mythbot: line 2: EOF while parsing a string (column 18); write it like {"id": "flat-earth", "claim": "The earth is flat."}
    mythbot: line 3: missing field `id` (column 31); write it like {"id": "flat-earth", "claim": "The earth is flat."}
    mythbot: line 4: missing field `claim` (column 11); write it like {"id": "flat-earth", "claim": "The earth is flat."}
    mythbot: line 5: the id “a” already stands in line 1; give each claim an id of its own
    mythbot: line 6: `id` is empty; give the claim a short name
    mythbot: line 7: `claim` is empty; write it in one sentence, or remove the line
    mythbot: line 8: `id` is neither a string nor a number; write `"id": "..."`
    mythbot: line 9: invalid type: integer `5`, expected a string (column 22); write it like {"id": "flat-earth", "claim": "The earth is flat."}
    mythbot: line 10: not a JSON object; write it like {"id": "flat-earth", "claim": "The earth is flat."}
    mythbot: line 11: not UTF-8 (byte 23); save the input as UTF-8
    mythbot: lines that cannot be used: 10; nothing was imported
    "#);
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn what_would_not_load_is_named_by_its_line() {
    let dir = dir();
    let input = "{\"id\": \"a\", \"claim\": \"Geese fly.\"}\n\
        {\"id\": \"b\", \"claim\": \"Hey @everyone, geese swim.\"}\n";
    let ran = import(dir.path(), input);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    insta::assert_snapshot!(ran.err, @"
    mythbot: line 2: `claim` contains `@everyone`, which calls people; name no one: remove it
    mythbot: lines that cannot be used: 1; nothing was imported
    ");
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn many_bad_lines_are_counted() {
    let ran = import(dir().path(), "{}\n".repeat(50));
    assert_eq!((ran.code, ran.err.lines().count()), (1, 21));
    insta::assert_snapshot!(ran.err.lines().last().unwrap_or_default(), @"mythbot: lines that cannot be used: 50 (30 more); nothing was imported");
}

#[test]
fn nothing_in_is_an_error() {
    let ran = import(dir().path(), "\n");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err, @r#"mythbot: there is no claim in it; write a line like {"id": "flat-earth", "claim": "The earth is flat."}"#);
}

#[test]
fn what_is_there_is_not_overwritten() {
    let dir = dir();
    for make in [fs::create_dir as fn(_) -> _, |path: std::path::PathBuf| fs::write(path, "mine")] {
        let own = dir.path().join("own");
        make(own.clone()).expect("something in the way");
        let ran = import(dir.path(), CLAIMS);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        insta::allow_duplicates! { insta::assert_snapshot!(ran.err, @"mythbot: own is already there; name another folder, or remove it first") };
        assert_eq!(names(dir.path()), ["own"]);
        fs::remove_dir(&own).or_else(|_| fs::remove_file(&own)).expect("out of the way");
    }
}

#[test]
fn a_place_that_cannot_be_written_and_a_file_that_cannot_be_read_are_named() {
    let dir = dir();
    let mut command = mythbot();
    command.current_dir(dir.path()).args(["import", "-", "--out", "none/own"]);
    let ran = run(command.write_stdin(CLAIMS));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("cannot write none/own; check the path"), "{}", ran.err);

    let ran = run(mythbot().current_dir(dir.path()).args(["import", "none.jsonl", "--out", "own"]));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("cannot read none.jsonl; check the path"), "{}", ran.err);
    assert_eq!(names(dir.path()), [""; 0]);
}

#[test]
fn more_claims_than_numbers_are_refused() {
    let line = |number| format!("{{\"id\": {number}, \"claim\": \"Goose {number} is a duck.\"}}\n");
    let dir = dir();
    let ran = import(dir.path(), (0..=65_535).map(line).collect::<String>());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err, @"mythbot: 65536 claims, and a folder holds at most 65535; split them over several folders");
    assert_eq!(names(dir.path()), [""; 0]);
}
