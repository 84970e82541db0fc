//! What is said to change a decision does so when a person does it.

use super::*;
use crate::knowledge::{Folder, load};
use crate::matching::tests::PACK;

const LEXICON: &str = r#"
[concepts.moon]
words = ["moon", "satellite"]
[concepts.made]
words = ["made", "consisting"]
negatable = true
[concepts.cheese]
words = ["cheese", "cheddar"]
[concepts.mice]
words = ["mice"]
[concepts.holes]
words = ["holes"]
[concepts.craters]
words = ["craters"]
[concepts.not]
words = ["not", "never", "no"]
role = "negation"
[concepts.myth]
words = ["myth"]
role = "debunk"
[concepts.fun]
words = ["yeah right"]
role = "mockery"
"#;

const RULES: &str = r#"
[[patterns]]
name = "the moon is made of cheese"
match = "moon ..3 made ..2 cheese"
strength = "strong"
[[patterns]]
name = "mice on the moon"
match = "mice ..3 moon"
strength = "fair"
[[patterns]]
name = "holes"
match = "moon ..3 holes"
strength = "weak"
[[patterns]]
name = "craters"
match = "holes ..3 craters"
strength = "weak"
[[exceptions]]
name = "a cake"
match = "cheese ..0 cake"
[concepts.cake]
words = ["cake"]
"#;

const EXCEPTION: &str = "[[exceptions]]\nname = \"a cake\"\nmatch = \"cheese ..0 cake\"\n";

fn folder() -> Folder {
    let files = [
        ("pack.toml", PACK),
        ("labels/en.toml", ""),
        ("lexicon/en.toml", LEXICON),
        ("words/en.toml", "common = \"the of is\""),
        ("cheese/myth.toml", "id = \"cheese\"\nnumber = 1\n"),
        ("cheese/en.toml", "claim = \"The moon is made of cheese.\""),
        ("cheese/en.match.toml", RULES),
    ];
    Folder { files: files.map(|(path, text)| (path.to_owned(), text.to_owned())).into() }
}

fn matcher(file: &str, old: &str, new: &str) -> Matcher {
    let mut folder = folder();
    let text = folder.files.get_mut(file).expect("a file");
    assert!(text.contains(old), "{file} has no {old}");
    *text = text.replace(old, new);
    Matcher::new(&load(&folder).expect("a sound folder"))
}

/// The changes that are told of a message.
fn changes(message: &str) -> Vec<Change> {
    let matcher = Matcher::new(&load(&folder()).expect("a sound folder"));
    matcher.changes(message, &matcher.find(message), "it is a myth that")
}

/// The one of these changes that `is` picks holds for `text`, the message changed by hand.
#[track_caller]
fn holds(message: &str, is: impl Fn(&What) -> bool, text: &str) {
    holds_with(&Matcher::new(&load(&folder()).expect("a sound folder")), message, is, text);
}

/// The same with another engine.
#[track_caller]
fn holds_with(other: &Matcher, message: &str, is: impl Fn(&What) -> bool, text: &str) {
    let told = changes(message);
    let change = told.iter().find(|change| is(&change.what));
    let change = change.unwrap_or_else(|| panic!("{message}: {told:?}"));
    let before = Matcher::new(&load(&folder()).expect("a sound folder")).find(message);
    let then = other.find(text);
    assert_ne!(then.tier, before.tier, "{message}: {change:?}");
    assert_eq!((then.tier, &then.answer), (change.tier, &change.answer), "{message}: {change:?}");
}

fn without(words: &[&str]) -> impl Fn(&What) -> bool {
    move |what| matches!(what, What::Without(gone) if gone == words)
}

#[test]
fn a_cue_that_goes() {
    holds("the moon is not made of cheese", without(&["not"]), "the moon is made of cheese");
    holds("myth: the moon is made of cheese", without(&["myth"]), "the moon is made of cheese");
    holds("moon made of cheese. yeah right", without(&["yeah right"]), "moon made of cheese.");
    holds("the moon is made of cheese /s", without(&["/s"]), "the moon is made of cheese");
    holds("is the moon made of cheese? no.", without(&["no"]), "is the moon made of cheese?");
}

#[test]
fn two_cues_that_go_together() {
    holds(
        "yeah right, the moon is never made of cheese",
        without(&["yeah right", "never"]),
        "the moon is made of cheese",
    );
}

#[test]
fn quotation_marks_that_go() {
    holds(
        "the moon is \"made\" of cheese",
        |what| matches!(what, What::Unquoted(word) if word == "made"),
        "the moon is made of cheese",
    );
    holds("> the moon is made of cheese", |what| *what == What::OwnWords, "moon made of cheese");
}

#[test]
fn a_word_that_goes() {
    holds("the moon is made of cheese", without(&["moon"]), "the is made of cheese");
}

#[test]
fn words_that_come() {
    holds(
        "the moon is made of cheese",
        |what| matches!(what, What::Preceded(words) if words == "it is a myth that"),
        "it is a myth that the moon is made of cheese",
    );
    let more = |strength| move |what: &What| *what == What::OneMore(strength);
    holds("the moon has holes", more(Strength::Weak), "the moon has holes. And holes are craters.");
    let also = "mice on the moon. And the moon is made of cheese.";
    holds("mice on the moon", more(Strength::Strong), also);
}

#[test]
fn letters_that_change() {
    // 0.85 * 0.965^2 is under 0.8.
    let matcher = matcher("pack.toml", "reply = 0.7", "reply = 0.8");
    let tier = |text: &str| matcher.find(text).tier;
    let message = "the moon consisting of cheddar";
    let told = matcher.changes(message, &matcher.find(message), "it is a myth that");
    let change = told.iter().find(|change| change.what == What::Misspelt(2)).expect("two letters");
    assert_eq!(tier("the moon consistng of cheddar"), Tier::Reply);
    assert_eq!(tier("the moon consistng of chedar"), change.tier);
    assert_eq!(change.tier, Tier::Suggest);
    // Then the right spelling would have made it a reply.
    let misspelt = "the moon consistng of chedar";
    let told = matcher.changes(misspelt, &matcher.find(misspelt), "it is a myth that");
    let spelt = told.iter().find(|change| matches!(change.what, What::Spelt(_))).expect("a change");
    assert_eq!((spelt.tier, tier(message)), (Tier::Reply, Tier::Reply));
}

#[test]
fn thresholds_that_change() {
    let reply_from = |message: &str| {
        let score = changes(message).iter().find_map(|change| match change.what {
            What::ReplyFrom(score) => Some(score),
            _ => None,
        });
        let score = score.expect("a threshold");
        let other = matcher("pack.toml", "reply = 0.7", &format!("reply = {score:.2}"));
        holds_with(&other, message, |what| matches!(what, What::ReplyFrom(_)), message);
        score
    };
    assert!((reply_from("the moon is made of cheese") - 0.86).abs() < 0.001);
    assert!((reply_from("mice on the moon") - 0.45).abs() < 0.001);
    let other = matcher("pack.toml", "suggest = 0.4", "suggest = 0.30");
    let is = |what: &What| matches!(what, What::SuggestFrom(score) if (score - 0.3).abs() < 0.001);
    holds_with(&other, "the moon has holes", is, "the moon has holes");
}

#[test]
fn an_exception_that_goes() {
    let other = matcher("cheese/en.match.toml", EXCEPTION, "");
    let message = "the moon is made of cheese cake";
    holds_with(&other, message, |what| matches!(what, What::NoException(_)), message);
}

#[test]
fn what_changes_nothing_is_not_told() {
    // Either phrase is enough, so that no single word decides.
    let told = changes("the moon is made of cheese, a satellite consisting of cheddar");
    assert!(!told.iter().any(|change| matches!(change.what, What::Without(_))), "{told:?}");
    assert_eq!(changes("good morning"), []);
}
