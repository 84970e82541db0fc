//! `mythbot check` on sound and broken folders.

use crate::{folder, mythbot, mythbot_with, objects, run};

#[test]
fn a_sound_folder_has_no_faults() {
    let sound = folder::sound();
    for ran in [
        run(mythbot().arg("check").arg(sound.path())),
        run(mythbot_with(sound.path()).arg("check")),
        // The folder that stands behind `check` comes first.
        run(mythbot_with("/nowhere".as_ref()).arg("check").arg(sound.path())),
    ] {
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
        assert_eq!(
            ran.out,
            "answers: 1, languages: 1, patterns: 1, exceptions: 0, examples: 2, facts: 1, \
             sources: 1; no faults\n"
        );
    }
}

#[test]
fn every_fault_is_listed_with_file_line_and_remedy() {
    let broken = folder::with("moon-cheese/myth.toml", "number = 1", "number = \"one\"");
    let labels = broken.path().join("labels/en.toml");
    std::fs::write(labels, "colour = \"blue\"\n").expect("a file of the folder");
    let ran = run(mythbot().arg("check").arg(broken.path()));
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    for place in ["moon-cheese/myth.toml:2: ", "labels/en.toml:1: "] {
        let path = broken.path().join(place).display().to_string();
        let line = ran.out.lines().find(|line| line.starts_with(&path));
        assert!(line.is_some_and(|line| line.contains("; ")), "no {path} in\n{}", ran.out);
    }
    assert!(ran.out.trim_end().ends_with(" faults"), "{}", ran.out);
}

#[test]
fn examples_that_the_patterns_do_not_keep_are_faults() {
    let silent = "i had cheese under the moon";
    let broken = folder::with("moon-cheese/en.match.toml", silent, "the moon is made of cheddar");
    let ran = run(mythbot().arg("check").arg(broken.path()));
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("moon-cheese/en.match.toml:11: "), "{}", ran.out);

    let reply = "\"the moon is made of cheese\"";
    let broken = folder::with("moon-cheese/en.match.toml", reply, "\"tea is nice\"");
    let ran = run(mythbot().arg("check").arg(broken.path()));
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("moon-cheese/en.match.toml:8: "), "{}", ran.out);
    assert!(ran.out.contains("gets silence"), "{}", ran.out);
}

#[test]
fn scripts_get_one_object() {
    let ran = run(mythbot().args(["check", "--json"]).arg(folder::sound().path()));
    let object = &objects(&ran.out)[0];
    assert_eq!((ran.code, &object["faults"]), (0, &serde_json::json!([])));
    assert_eq!(object["counts"]["answers"], 1);

    let broken = folder::with("moon-cheese/myth.toml", "number = 1", "number = \"one\"");
    let ran = run(mythbot().args(["check", "--json"]).arg(broken.path()));
    let object = &objects(&ran.out)[0];
    let faults = object["faults"].as_array().expect("a list");
    let fault = faults.iter().find(|fault| fault["line"] == 2).expect("the fault on line 2");
    assert_eq!((ran.code, &fault["file"]), (1, &"moon-cheese/myth.toml".into()));
    assert!(fault["problem"].is_string() && fault["remedy"].is_string());
}

#[test]
fn what_is_no_knowledge_folder_is_said() {
    let empty = tempfile::tempdir().expect("a folder for the test");
    let ran = run(mythbot().arg("check").arg(empty.path()));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("pack.toml"), "{}", ran.err);
}

/// The sound folder with a few patterns that nothing needs.
fn with_dead_patterns() -> tempfile::TempDir {
    let dead = r#"
[[patterns]]
name = "made of cheese"
match = "moon ..3 cheese"
strength = "strong"

[[patterns]]
name = "cheese first"
match = "cheese ..2 moon"
strength = "fair"

[[patterns]]
name = "cheese to cheese"
match = "cheese ..0 cheese"
strength = "weak"

[[exceptions]]
name = "cheese is not cheddar"
match = "cheese ..0 denial"

[examples]
"#;
    folder::with("moon-cheese/en.match.toml", "\n[examples]\n", dead)
}

#[test]
fn rules_that_no_example_shows_are_counted_and_are_no_faults() {
    let folder = with_dead_patterns();
    let ran = run(mythbot().arg("check").arg(folder.path()));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r"
    note: not shown by an example: 1 of the patterns, 1 of the exceptions; --sentences FILE judges them by labelled messages, --all names them
    answers: 1, languages: 1, patterns: 4, exceptions: 1, examples: 2, facts: 1, sources: 1; no faults
    ");
}

#[test]
fn labelled_sentences_tell_which_patterns_are_dead() {
    let folder = with_dead_patterns();
    let sentences = folder.path().join("labelled.jsonl");
    let lines = [
        r#"{"id": "a", "text": "cheddar under the moon", "answers": []}"#,
        r#"{"id": "b", "text": "the moon, they say, is cheddar", "answers": ["moon-cheese"]}"#,
    ];
    std::fs::write(&sentences, lines.join("\n")).expect("a file for the test");
    let check = |more: &[&str]| {
        run(mythbot().arg("check").arg(folder.path()).args(more).arg("--sentences").arg(&sentences))
    };
    let ran = check(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    insta::assert_snapshot!(ran.out, @r"
    notes, no faults, on 4 examples and sentences
    patterns that meet nothing: 1
      moon-cheese: 1: cheese to cheese
    patterns that no decision needs (all of these and the above can go at once): 1
      moon-cheese: 1: made of cheese
    patterns that are wrong more often than right: 1
      moon-cheese: 1: cheese first (right 0, wrong 2: moon-cheese/en.match.toml:30, a)
    exceptions that keep nothing silent: 1
      moon-cheese: 1: cheese is not cheddar
    concepts and phrases that stand nowhere: 1
      en: 1: denial

    answers: 1, languages: 1, patterns: 4, exceptions: 1, examples: 2, facts: 1, sources: 1; no faults
    ");
    let object = &objects(&check(&["--json"]).out)[0];
    assert_eq!(object["notes"]["coverage"]["patterns"][1]["name"], "made of cheese");
    assert_eq!(object["notes"]["coverage"]["patterns"][1]["spare"], true);
}

#[test]
fn sentences_that_cannot_be_read_are_named() {
    let folder = folder::sound();
    let sentences = folder.path().join("labelled.jsonl");
    std::fs::write(&sentences, "{\"id\": 1").expect("a file for the test");
    let mut check = mythbot();
    check.arg("check").arg(folder.path()).arg("--sentences").arg(&sentences);
    let ran = run(&mut check);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("labelled.jsonl:1 was left out"), "{}", ran.err);
}
