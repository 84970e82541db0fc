//! `mythbot eval`: the rule on files.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Ran, folder, mythbot_with, objects, run};

const LABELLED: &str = r#"{"id": "t1", "text": "the moon is made of cheese", "answers": ["moon-cheese"], "kind": "plain"}
{"id": "t2", "text": "they say the moon is all cheddar", "answers": ["moon-cheese"], "borderline": [], "kind": "plain"}
{"id": 3, "text": "the moon is one big wheel of brie", "answers": ["moon-cheese"], "kind": "rare"}
{"id": "f", "text": "moon shaped cheese", "kind": "rare"}
{"id": "i", "text": "ask your dairy if the moon is cheese", "borderline": ["moon-cheese"]}
{"id": "s", "text": "good morning", "lang": "en"}
"#;

fn files() -> (TempDir, PathBuf, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let (labelled, chat) = (dir.path().join("some.jsonl"), dir.path().join("chat.txt"));
    fs::write(&labelled, LABELLED).expect("a file for the test");
    fs::write(&chat, "hello\nthe moon is cheese\n\nbye\n").expect("a file for the test");
    (dir, labelled, chat)
}

fn measured(args: &[&str]) -> Ran {
    let folder = folder::sound();
    run(mythbot_with(folder.path()).arg("eval").args(args))
}

#[test]
fn people_read_tables_and_the_worst_errors() {
    let (_dir, labelled, chat) = files();
    let (labelled, chat) = (labelled.display().to_string(), chat.display().to_string());
    let ran = measured(&[&labelled, "--errors", "4", "--by", "kind", "--chat", &chat]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r#"
    messages: 6, owed an answer: 3

    reply                 precision             recall                 F0.5   true  false missed ignored
      moon-cheese         0.667 [0.208, 0.939]  0.667 [0.208, 0.939]  0.667      2      1      1       1
      all                 0.667 [0.208, 0.939]  0.667 [0.208, 0.939]  0.667      2      1      1       1
    false replies per 10,000 messages: 1666.7

    suggest or better     precision             recall                 F0.5   true  false missed ignored
      moon-cheese         0.667 [0.208, 0.939]  0.667 [0.208, 0.939]  0.667      2      1      1       1
      all                 0.667 [0.208, 0.939]  0.667 [0.208, 0.939]  0.667      2      1      1       1
    false replies per 10,000 messages: 1666.7

    errors at `reply`, owed -> given
         1  nothing -> moon-cheese
         1  moon-cheese -> silence

    reply, by group       precision             recall                 F0.5   true  false missed ignored  replied
      (none)              -                     -                         -      0      0      0       1    0.500 of 2
      plain               1.000 [0.342, 1.000]  1.000 [0.342, 1.000]  1.000      2      0      0       0    1.000 of 2
      rare                0.000 [0.000, 0.793]  0.000 [0.000, 0.793]  0.000      0      1      1       0    0.500 of 2

    chat in which nothing is owed
      chat.txt: lines 4, false replies 1 (2500.0 per 10,000), replied or suggested 1

    worst errors at `reply`: 3

    [f] false reply: owed nothing, given moon-cheese (score 0.850)
      moon shaped cheese
      reason: the moon is cheese (score 0.85, a reply needs 0.70)
      - moon-cheese: the moon is cheese on "moon shaped cheese" (strong, 0.85)

    [chat.txt:2] false reply: owed nothing, given moon-cheese (score 0.850)
      the moon is cheese
      reason: the moon is cheese (score 0.85, a reply needs 0.70)
      - moon-cheese: the moon is cheese on "moon is cheese" (strong, 0.85)

    [3] miss: owed moon-cheese, given silence (score 0.000)
      the moon is one big wheel of brie
      reason: no claim was found
    "#);
}

#[test]
fn scripts_get_one_object() {
    let (_dir, labelled, chat) = files();
    let (labelled, chat) = (labelled.display().to_string(), chat.display().to_string());
    let ran = measured(&[&labelled, "--json", "--errors", "1", "--chat", &chat]);
    let [object] = objects(&ran.out).try_into().expect("one line");
    assert_eq!((ran.code, &object["messages"], &object["owed"]), (0, &6.into(), &3.into()));
    let all = &object["reply"]["all"];
    assert_eq!((&all["true"], &all["false"]), (&2.into(), &1.into()));
    assert_eq!((&all["missed"], &all["ignored"]), (&1.into(), &1.into()));
    assert!(all["precision"]["low"].is_number() && all["recall"]["high"].is_number());
    assert_eq!(object["chat"][0]["lines"], 4);
    assert_eq!(object["chat"][0]["replies"], 1);
    assert_eq!(object["errors"].as_array().map(Vec::len), Some(1));
}

#[test]
fn chat_alone_can_be_measured() {
    let (_dir, _, chat) = files();
    let ran = measured(&["--chat", &chat.display().to_string()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("lines 4, false replies 1 (2500.0 per 10,000), "), "{}", ran.out);
}

#[test]
fn broken_lines_are_named_and_the_rest_is_measured() {
    let (dir, ..) = files();
    let broken = dir.path().join("broken.jsonl");
    let lines = b"\xef\xbb\xbf{\"id\": 1, \"text\": \"a\"}\r\n{\"id\": 2}\n\n\xff\n{\"id\": 5, \"text\": \"b\"}\n";
    fs::write(&broken, lines).expect("a file for the test");
    let ran = measured(&[&broken.display().to_string()]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("messages: 2,"), "{}", ran.out);
    for place in [
        "broken.jsonl:2 was left out: missing field `text`",
        "broken.jsonl:4 was left out: not UTF-8",
    ] {
        assert!(ran.err.contains(place), "{}", ran.err);
    }
}

#[test]
fn an_unreadable_file_is_named() {
    let (_dir, labelled, _) = files();
    for args in [
        &["/nowhere.jsonl"][..],
        &[labelled.to_str().expect("a plain path"), "--chat", "/nowhere.jsonl"],
    ] {
        let ran = measured(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("/nowhere.jsonl"), "{}", ran.err);
    }
}
