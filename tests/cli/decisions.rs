//! What the compiled-in knowledge says to messages of our own.

use crate::{mythbot, objects, run};

/// Decision and answer for each message.
fn decided(messages: &[&str]) -> Vec<(String, Option<String>)> {
    let ran = run(mythbot().args(["match", "--text", "-"]).write_stdin(messages.join("\n")));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    objects(&ran.out)
        .iter()
        .map(|object| (text(&object["decision"]).unwrap_or_default(), text(&object["answer"])))
        .collect()
}

#[test]
fn the_compiled_in_knowledge_is_sound() {
    let ran = run(mythbot().arg("check"));
    assert_eq!(ran.code, 0, "{}", ran.out);
    let last = ran.out.lines().last().unwrap_or_default();
    assert!(last.starts_with("answers: 5, ") && last.ends_with("; no faults"), "{}", ran.out);
}

#[test]
fn claims_and_questions_get_their_answer() {
    let owed = [
        ("nato promised gorbachev not to move one inch east", "enlargement-promise"),
        ("didnt nato promise it would never expand east?", "enlargement-promise"),
        ("nato is encircling russia with bases", "encirclement"),
        ("nato troops in the baltics are a threat to russia", "baltic-presence"),
        ("the missile shield in poland and romania is aimed at russia", "missile-defence"),
        ("nato only wants to isolate russia", "isolating-russia"),
    ];
    let messages: Vec<&str> = owed.iter().map(|(text, _)| *text).collect();
    for ((text, answer), got) in owed.iter().zip(decided(&messages)) {
        assert_eq!(got, ("reply".to_owned(), Some((*answer).to_owned())), "{text}");
    }
}

#[test]
fn small_talk_denials_and_other_things_get_silence() {
    let quiet = [
        "good morning",
        "",
        "i promise i will be there at one",
        "nato never promised gorbachev anything about moving east",
        "stop with the lie that nato promised not to expand",
        "the castle is surrounded by a moat",
    ];
    for (text, (decision, _)) in quiet.iter().zip(decided(&quiet)) {
        assert_ne!(decision, "reply", "{text}");
    }
}

#[test]
fn the_chat_shows_a_whole_reply_and_keeps_silent_otherwise() {
    let typed = "nato promised gorbachev not to move one inch east\ngood morning\n";
    let ran = run(mythbot().arg("chat").write_stdin(typed));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for part in ["https://", "(why: ", "(the bot keeps silent)"] {
        assert!(ran.out.contains(part), "{part} is not in\n{}", ran.out);
    }
}

#[test]
fn answers_are_found_by_number_id_and_with_typos() {
    let shown = |name: &str| {
        let ran = run(mythbot().args(["chat", "--json"]).write_stdin(format!("/myth show {name}")));
        objects(&ran.out)[0]["card"]["title"].clone()
    };
    for name in
        ["encirclement", "Encirclement", "encirclment", "encircelment", "nato surrounds russia"]
    {
        assert_eq!(shown(name), shown("5"), "{name}");
    }
    assert_ne!(shown("4"), shown("5"));
}

/// What `mythbot match --explain` says about a message.
fn explained(message: &str) -> String {
    let mut matching = mythbot();
    let ran = run(matching.args(["match", "--explain", "--text", "-"]).write_stdin(message));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines = objects(&ran.out)[0]["explanation"].clone();
    let lines = lines.as_array().expect("a list").iter().map(|line| line.as_str().expect("text"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_said_to_change_a_decision_does_so() {
    let said = explained("nato never promised gorbachev that it would not expand");
    assert!(said.contains("Without “never”, the bot would have replied with answer 4"), "{said}");
    assert_eq!(
        decided(&["nato promised gorbachev that it would not expand"]),
        [("reply".to_owned(), Some("enlargement-promise".to_owned()))]
    );
    let said = explained("nato promised gorbachev not to expand");
    assert!(
        said.contains("With “It is a myth that” in front of it, the bot would have kept silent")
    );
    let rejected = "It is a myth that nato promised gorbachev not to expand";
    assert_eq!(decided(&[rejected]), [("silent".to_owned(), None)]);
}

#[test]
fn the_reason_names_cue_and_threshold() {
    let ran = run(mythbot()
        .args(["match", "--text", "-"])
        .write_stdin("it is a lie that nato promised not to expand\nnato is encircling russia"));
    let objects = objects(&ran.out);
    let reason = |number: usize| objects[number]["reason"].as_str().unwrap_or_default();
    for part in ["“is a lie”", "score 0.00", "a reply needs 0.70"] {
        assert!(reason(0).contains(part), "{}", reason(0));
    }
    assert!(reason(1).contains("a reply needs 0.70"), "{}", reason(1));
}

#[test]
fn misspelt_words_are_named_with_what_they_were_read_as() {
    let said = explained("nato promisd gorbachev not to move one inch east");
    assert!(said.contains("“promisd” read as “promise"), "{said}");
    assert!(said.contains("1 letter changed"), "{said}");
}
