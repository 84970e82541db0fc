use super::*;
use crate::cards::Style;
use crate::cli::chat::print::{Form, shown};
use crate::knowledge::fixture;

/// What each line of `typed` shows, one after the other.
fn talk(typed: &[&str]) -> String {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let mut said = String::new();
    for (line, number) in typed.iter().zip(1..) {
        let reactions = session.take(line);
        let shown = shown(&reactions, number, line, Form::Text(80, Style::Plain));
        said.extend(["> ", *line, "\n", &shown]);
    }
    said
}

/// The headings of the cards, and the notes, that each line gives.
fn gist(typed: &[&str]) -> Vec<String> {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let brief = |reaction| match reaction {
        Reaction::Card(card) => card.title,
        Reaction::Note(note) => note,
        Reaction::Decided(outcome) => format!("{:?}", outcome.tier),
        Reaction::Quit => "quit".to_owned(),
    };
    typed
        .iter()
        .map(|line| session.take(line).into_iter().map(brief).collect::<Vec<_>>().join(" | "))
        .collect()
}

#[test]
fn a_claim_is_answered_as_on_discord_and_small_talk_is_not() {
    insta::assert_snapshot!(talk(&["you know bats are blind", "good morning"]), @r"
    > you know bats are blind
    │ Bats can see
    │
    │ The claim: Bats are blind.
    │
    │ Verdict: False. All known bats have working eyes.
    │
    │ Bats hunt by sound, and they see as well. Of some 1,400 species counted in May
    │ 2024, none is blind.
    │
    │ What has changed
    │ Since 2024 the count covers caves.
    │
    │ What is disputed
    │ How sharp they see is disputed.
    │
    │ Sources
    │ - Bats [and] eyes <https://club.example/eyes_%28bats%29>, Bat Club (primary
    │   source, party to the dispute)
    │ - Bat count <https://club.example/count>, Bat Club (primary source, party to
    │   the dispute)
    │ - Club news <https://club.example/news>, Bat Club (primary source, party to
    │   the dispute)
    │ - The owl's view <https://owl.example/view>, Owl Review (critical)
    │
    │ As of 4 November 2026 · Museum of Small Animals
    [ Details ] [ Why this reply? ]
    (why: bats are blind (score 0.85, a reply needs 0.70); /why says more, /details
    shows all)

    > good morning
    (the bot keeps silent)
    ");
}

#[test]
fn an_answer_is_found_by_number_id_title_and_with_typos() {
    for name in ["1", "#1", "blind-bats", "Blind Bats", "bats can see", "blnd bats", "bats r blind"]
    {
        assert_eq!(gist(&[&format!("/myth show {name}")]), gist(&["/myth show 1"]), "{name}");
        assert_eq!(gist(&[&format!("/myth sources {name}")]), gist(&["/myth sources 1"]), "{name}");
    }
    assert_ne!(gist(&["/myth show 1"]), gist(&["/myth show 2"]));
    assert_ne!(gist(&["/myth show 1"]), gist(&["/myth show 3"]));
}

#[test]
fn asking_answers_what_it_knows_and_is_honest_about_the_rest() {
    assert_eq!(gist(&["/myth ask are bats blind?"]), ["Bats can see"]);
    insta::assert_snapshot!(talk(&["/myth ask goldfish memry", "/myth ask the price of tea"]), @r"
    > /myth ask goldfish memry
    │ No answer found
    │
    │ There is no answer for “goldfish memry”.
    │
    │ Did you mean
    │ 2. Goldfish remember for months (goldfish-memory)

    > /myth ask the price of tea
    │ No answer found
    │
    │ There is no answer for “the price of tea”, and nothing close to it either.
    │ /myth list shows all.
    ");
}

#[test]
fn details_belong_to_the_last_answer() {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let details = |id| {
        let card = cards::details(&knowledge, knowledge.myth(id).unwrap(), "en");
        vec![Reaction::Card(card)]
    };
    let none = Reaction::Note("(there is no answer yet to show more of)".to_owned());
    assert_eq!(session.take("/details"), [none]);
    session.take("bats are blind");
    session.take("good morning");
    assert_eq!(session.take("/details"), details("blind-bats"));
    session.take("/myth show 2");
    assert_eq!(session.take("/details"), details("goldfish-memory"));
}

#[test]
fn every_decision_can_be_explained() {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let none = Reaction::Note("(there is no decision yet to explain)".to_owned());
    assert_eq!(session.take("/why"), [none]);
    for text in ["bats are blind", "bats are not blind", "hello"] {
        session.take(text);
        let card = cards::why(&knowledge, &matcher, text, &matcher.find(text));
        assert_eq!(session.take("/why"), [Reaction::Card(card)], "{text}");
    }
}

#[test]
fn what_is_no_command_is_said_kindly() {
    insta::assert_snapshot!(
        talk(&["/myth lits", "/whyy", "/dance", "/myth show", "/quit"]),
        @r"
        > /myth lits
        (no such command; did you mean /myth list?)

        > /whyy
        (no such command; did you mean /why?)

        > /dance
        (no such command; /help lists them)

        > /myth show
        (something is missing: /myth show <answer>)

        > /quit
        "
    );
    assert_eq!(gist(&["/quit"]), ["quit"]);
}

#[test]
fn help_lists_every_command() {
    insta::assert_snapshot!(talk(&["/help"]), @r"
    > /help
    │ Commands
    │
    │ /myth list - every answer
    │ /myth show <answer> - an answer, by number, id, title or in your words
    │ /myth ask <text> - what the bot knows about a text
    │ /myth sources <answer> - where an answer comes from
    │ /myth about - who answers, what is covered, and how to report an error
    │ /details - the whole of the last answer
    │ /why - why the bot spoke or kept silent on the last message
    │ /help - these commands
    │ /quit - leave
    │
    │ Every other line is a message, as if somebody wrote it in a channel.
    ");
}

#[test]
fn programs_get_an_object_a_line() {
    let knowledge = fixture::knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut session = Session::new(&knowledge, &matcher);
    let mut json = |line: &str| shown(&session.take(line), 7, line, Form::Json);
    insta::assert_snapshot!(json("good morning"), @r#"{"id":7,"decision":"silent","answer":null,"score":0.049,"stance":"none","reason":"no claim was found","evidence":[],"candidates":[{"answer":"goldfish-memory","score":0.049}],"card":null}"#);
    insta::assert_snapshot!(json(" /whyy"), @r#"{"command":"/whyy","card":null,"note":"(no such command; did you mean /why?)"}"#);
    insta::assert_snapshot!(json("/quit"), @r#"{"command":"/quit","card":null}"#);
    let reply: serde_json::Value = serde_json::from_str(&json("bats are blind")).unwrap();
    assert_eq!(reply["answer"], "blind-bats");
    assert_eq!(reply["card"]["title"], "Bats can see");
    let shown: serde_json::Value = serde_json::from_str(&json("/myth list")).unwrap();
    assert_eq!(shown["command"], "/myth list");
    assert!(shown["card"]["title"].is_string());
}

#[test]
fn nothing_that_drives_a_terminal_gets_through_a_note() {
    let notes = [Reaction::Note("red \u{1b}[31m ink\u{7}".to_owned())];
    let text = shown(&notes, 1, "", Form::Text(80, Style::Plain));
    assert_eq!(text, "red  [31m ink\n\n");
}
