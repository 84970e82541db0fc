//! The engine on a small folder of its own: each behaviour in one sentence or two.

mod bare;
mod laws;
mod misspelt;
mod stance;

use super::{Matcher, Outcome, Stance, Tier};
use crate::knowledge::{Folder, load};

pub(super) const PACK: &str = r#"
name = "Cheese"
publisher = "Cheese Watch"
contact = "us"
scope = "cheese"
corrections = "soon"
languages = ["en"]
[thresholds]
reply = 0.7
suggest = 0.4
"#;

const LEXICON: &str = r#"
[concepts.moon]
words = ["moon(|s)", "luna", "earths satellite"]
[concepts.made]
words = ["made", "consist(|s|ing)", "baked"]
negatable = true
[concepts.cheese]
words = ["chees(e|es|y)", "cheddar"]
[concepts.mice]
words = ["mouse", "mice"]
[concepts.live]
words = ["live(|s)"]
negatable = true
[concepts.of]
words = ["of", "from"]
[concepts.not]
words = ["not", "isnt", "never", "no"]
role = "negation"
[concepts.idiom]
role = "no-negation"
words = ["no doubt"]
[concepts.complement]
role = "complement"
words = ["that", "to say"]
[concepts.myth]
words = ["myth", "nonsense"]
role = "debunk"
[concepts.stop]
words = ["dont tell me", "if luna had"]
role = "reversal"
[concepts.fun]
words = ["yeah right"]
role = "mockery"
[concepts.asks]
words = ["is", "isnt", "why"]
role = "question"
[concepts.but]
words = ["but", "because"]
role = "boundary"
[concepts.that]
words = ["that", "thats"]
role = "reference"
[concepts.scoff]
role = "scoff"
words = ["lol", "cute"]
[concepts.assent]
role = "assent"
words = ["yes"]
[concepts.attribution]
role = "attribution"
words = ["they say"]
[concepts.rebuttal]
role = "rebuttal"
words = ["in reality"]
[concepts.teller]
role = "doubt"
words = ["my neighbour thinks"]
[concepts.smallness]
role = "doubt"
words = ["tiny", "crumbs"]
[concepts.paper]
role = "teller"
words = ["the paper says"]
[concepts.sobs]
words = ["sobs"]
[concepts.giant]
words = ["the giant"]
[concepts.moonstone]
words = ["moon stone"]
hides = true
[concepts.here]
words = ["HERE"]
[phrases.sobbing]
role = "mockery"
match = ["sobs ..0 giant"]
[phrases.dairy_moon]
match = ["moon ..4 cheese"]
"#;

const WORDS: &str = r#"
common = "the of is to in it"
real = "mood choose"
"#;

const RULES: &str = r#"
[[patterns]]
name = "the moon is made of cheese"
match = "moon ..3 made ..2 cheese"
strength = "strong"
[[patterns]]
name = "mice live there"
match = "mice & live & moon"
strength = "fair"
[[patterns]]
name = "cheese from there"
match = "cheese of moon"
strength = "fair"
[[patterns]]
name = "mice later"
match = "moon >> mice"
needs = ["here"]
strength = "weak"
[[patterns]]
name = "mice and cheese, whatever the sentence"
match = "live && mice && cheddar_only ..8"
strength = "fair"
[[exceptions]]
name = "a cake"
match = "baked_moon"
[concepts.cheddar_only]
words = ["cheddar"]
[concepts.baked_moon]
words = ["moon was baked"]
"#;

fn folder() -> Folder {
    let myth = |number| format!("id = \"cheese-{number}\"\nnumber = {number}\n");
    let answer = |claim| format!("claim = \"{claim}\"\n");
    let files = [
        ("pack.toml", PACK.to_owned()),
        ("labels/en.toml", String::new()),
        ("lexicon/en.toml", LEXICON.to_owned()),
        ("words/en.toml", WORDS.to_owned()),
        ("cheese-1/myth.toml", myth(1)),
        ("cheese-1/en.toml", answer("The moon is made of cheese.")),
        ("cheese-1/en.match.toml", RULES.to_owned()),
    ];
    Folder { files: files.map(|(path, text)| (path.to_owned(), text)).into() }
}

fn matcher(folder: &Folder) -> Matcher {
    Matcher::new(&load(folder).expect("a sound folder"))
}

fn find(message: &str) -> Outcome {
    matcher(&folder()).find(message)
}

#[track_caller]
fn replies(message: &str) -> Outcome {
    let outcome = find(message);
    assert_eq!(outcome.tier, Tier::Reply, "{message}: {}", outcome.reason);
    outcome
}

#[track_caller]
fn silent(message: &str) -> Outcome {
    let outcome = find(message);
    assert_eq!(outcome.tier, Tier::Silent, "{message}: {}", outcome.reason);
    outcome
}

#[test]
fn a_claim_is_found_with_its_words_and_places() {
    let outcome = replies("I say „the Moon is made of cheese“!");
    assert_eq!(outcome.answer.as_deref(), Some("cheese-1"));
    assert_eq!(outcome.stance, Stance::Asserts);
    let evidence = &outcome.evidence[0];
    assert_eq!(evidence.text, "Moon is made of cheese");
    assert_eq!(evidence.span, [11, 33]);
    assert_eq!(evidence.distance, 0);
}

#[test]
fn order_gaps_and_sentences_hold() {
    silent("cheese is made on the moon");
    silent("the moon as we all know well is made of cheese");
    silent("the moon. made of cheese.");
    replies("Luna, they say, consists of cheddar");
    assert_eq!(find("mice? they live on the moon").tier, Tier::Silent, "two sentences");
    assert_eq!(find("on the moon live mice").tier, Tier::Suggest);
    assert_eq!(find("Cheddar! That is how mice live.").tier, Tier::Suggest, "any sentence");
    silent("Cheddar! That is, as far as anybody ever found out, how mice live.");
}

#[test]
fn findings_in_the_same_stretch_count_once() {
    let outcome = find("mice live on cheese from the moon");
    assert_eq!((outcome.tier, outcome.evidence.len()), (Tier::Suggest, 2));
    assert!(outcome.score > 0.44 && outcome.score < 0.46, "{}", outcome.score);
    let apart = find("on the moon live mice. And it is cheese from the moon.");
    assert!(apart.score > 0.69 && apart.score < 0.7, "{}", apart.score);
}

#[test]
fn one_pattern_alone_is_not_enough_in_a_long_message() {
    let words = " and so on".repeat(6);
    let once = find(&format!("the moon is made of cheese{words}"));
    assert_eq!((once.tier, once.is_alone()), (Tier::Suggest, true), "{}", once.reason);
    assert!(once.reason.contains("alone in a long message"), "{}", once.reason);
    let twice = find(&format!("the moon is made of cheese{words}, mice live on the moon"));
    assert_eq!((twice.tier, twice.is_alone()), (Tier::Reply, false), "{}", twice.reason);
}

#[test]
fn what_cancels_a_pattern_cancels_weaker_ones_in_the_same_stretch() {
    let sure = "cheese from the moon, a satellite made of cheese";
    assert_eq!(find(sure).evidence.len(), 2, "both patterns");
    silent("cheese from the moon is not made of cheese");
}

#[test]
fn needs_and_capitals() {
    assert!(find("moon. mice.").findings.is_empty());
    assert!(find("moon. mice. here").findings.is_empty(), "small letters");
    assert_eq!(find("moon. mice. HERE").findings.len(), 1);
    assert!(find("MOON. MICE. HERE").findings.is_empty(), "capitals say nothing here");
}

#[test]
fn typos_are_read_and_cost_a_little() {
    let clean = replies("the moon is made of cheese");
    let typo = replies("the moon is made of chese");
    assert_eq!(typo.evidence[0].distance, 1);
    assert_eq!(typo.evidence[0].text, "moon is made of chese");
    assert!(typo.score < clean.score);
    silent("the mood is made of cheese");
    replies("themoonismadeofcheese");
    replies("t h e  m o o n  i s  m a d e  o f  c h e e s e");
}

#[test]
fn stray_and_missing_spaces_are_read() {
    replies("the moon is made of che ese");
    replies("the moon ismade of cheese");
    silent("the moon ismood of cheese");
}

#[test]
fn more_is_forgiven_where_the_message_is_about_something_known() {
    replies("the moon consistz of cheese");
    assert!(find("nto").findings.is_empty());
    assert_eq!(matcher(&folder()).reading("nto today").plain, " nto today");
    assert_eq!(matcher(&folder()).reading("moon nto today").plain, " moon not today");
}

#[test]
fn what_is_somebody_elses_is_not_read() {
    silent("> the moon is made of cheese\nfunny");
    silent("```the moon is made of cheese```");
    silent("https://a.example/the-moon-is-made-of-cheese");
    replies("**the** ||moon|| is _made_ of ~~cheese~~");
}

#[test]
fn silence_says_why() {
    assert_eq!(silent("good morning").reason, "no claim was found");
    assert_eq!(silent("").stance, Stance::None);
}
