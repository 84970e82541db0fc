//! `mythbot chat` in a pipe: no prompt, no colours, one turn after the other.

use std::fs;

use crate::{Ran, folder, mythbot_with, objects, run};

fn said(args: &[&str], input: impl Into<Vec<u8>>) -> Ran {
    let folder = folder::sound();
    run(mythbot_with(folder.path()).arg("chat").args(args).write_stdin(input.into()))
}

#[test]
fn a_piped_session_is_plain_text_without_prompt_or_greeting() {
    let ran =
        said(&[], "the moon is made of cheese\n\ngood morning\n/myth sources 1\n/quit\nmore\n");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in [
        "The moon is made of rock",
        "382 kg",
        "https://rocks.example/moon",
        "(why: ",
        "(the bot keeps silent)",
    ] {
        assert!(ran.out.contains(part), "{part} is not in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    assert!(!ran.out.contains("> "), "{}", ran.out);
    assert_eq!(ran.out.matches("(the bot keeps silent)").count(), 1, "{}", ran.out);
}

#[test]
fn scripts_get_an_object_for_every_line() {
    let ran =
        said(&["--json"], "the moon is cheese\n\n/myth show moon-cheese\n/nope\n/quit\nmore\n");
    let objects = objects(&ran.out);
    assert_eq!((ran.code, objects.len()), (0, 5), "{}", ran.out);
    assert_eq!(objects[0]["id"], 1);
    assert_eq!(objects[0]["decision"], "reply");
    assert_eq!(objects[0]["card"]["title"], "The moon is made of rock");
    assert_eq!((&objects[1]["decision"], objects[1]["card"].is_null()), (&"silent".into(), true));
    assert_eq!(objects[2]["command"], "/myth show moon-cheese");
    assert_eq!(objects[2]["card"], objects[0]["card"]);
    assert_eq!(objects[3]["note"], "(no such command; /help lists them)");
    assert_eq!(objects[4]["command"], "/quit");
}

#[test]
fn a_line_that_is_not_utf8_is_left_out_and_the_rest_goes_on() {
    let ran = said(&[], b"good \xff morning\ngood morning\n");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("line 1 was left out: not UTF-8 (byte 6)"), "{}", ran.err);
    assert_eq!(ran.out, "(the bot keeps silent)\n\n");
}

#[test]
fn a_piped_session_leaves_no_history() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let folder = folder::sound();
    let mut chat = mythbot_with(folder.path());
    chat.arg("chat").env("HOME", home.path()).env("XDG_STATE_HOME", home.path());
    assert_eq!(run(chat.write_stdin("good morning\n")).code, 0);
    assert_eq!(fs::read_dir(home.path()).expect("the folder").count(), 0);
}
