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
    assert!(ran.out.starts_with("answers: 5, "), "{}", ran.out);
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
