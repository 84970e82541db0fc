//! Patterns that messages need, and those that they do not.

use crate::evaluation::{Coverage, Message, Usage, coverage, identical, overlaps};
use crate::knowledge::{Folder, Knowledge, load};
use crate::matching::Matcher;

const LEXICON: &str = r#"
[concepts.moon]
words = ["moon"]
[concepts.cheese]
words = ["cheese"]
[concepts.made]
words = ["made"]
negatable = true
[concepts.mice]
words = ["mice"]
[concepts.old]
words = ["old"]
[concepts.not]
words = ["not"]
role = "negation"
[concepts.absent]
words = ["unicorn"]
"#;

const CHEESE: &str = r#"
[[patterns]]
name = "general"
match = "moon ..5 cheese"
strength = "strong"
[[patterns]]
name = "special"
match = "moon ..1 made ..1 cheese"
strength = "strong"
[[patterns]]
name = "only one"
match = "mice ..3 moon"
strength = "strong"
[[patterns]]
name = "misled"
match = "old ..1 moon"
strength = "strong"
[[patterns]]
name = "never there"
match = "absent"
strength = "fair"
[[exceptions]]
name = "idle"
match = "old ..0 mice"
[[exceptions]]
name = "busy"
match = "cheese ..0 old"
"#;

const MICE: &str = r#"
[[patterns]]
name = "the same"
match = "mice  ..3 moon"
strength = "fair"
"#;

fn knowledge() -> Knowledge {
    let pack = "name = \"a\"\npublisher = \"b\"\ncontact = \"c\"\nscope = \"d\"\n\
                corrections = \"e\"\nlanguages = [\"en\"]\n\
                [thresholds]\nreply = 0.7\nsuggest = 0.4\n";
    let files = [
        ("pack.toml", pack),
        ("labels/en.toml", ""),
        ("lexicon/en.toml", LEXICON),
        ("cheese/myth.toml", "id = \"cheese\"\nnumber = 1\n"),
        ("cheese/en.toml", "claim = \"The moon is cheese.\""),
        ("cheese/en.match.toml", CHEESE),
        ("mice/myth.toml", "id = \"mice\"\nnumber = 2\n"),
        ("mice/en.toml", "claim = \"Mice are there.\""),
        ("mice/en.match.toml", MICE),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    load(&Folder { files }).expect("a sound folder")
}

fn messages() -> Vec<Message> {
    let message = |id: &str, text: &str, answers: &[&str]| Message {
        id: id.to_owned(),
        text: text.to_owned(),
        answers: answers.iter().map(|id| (*id).to_owned()).collect(),
        ..Message::default()
    };
    vec![
        message("made", "the moon is made of cheese", &["cheese"]),
        message("is", "the moon is but cheese", &["cheese"]),
        message("mice", "mice on the moon", &["cheese", "mice"]),
        message("old", "the old moon", &[]),
        message("aged", "moon cheese old", &[]),
    ]
}

fn names(coverage: &Coverage, is: impl Fn(&Usage) -> bool) -> Vec<&str> {
    let usages = coverage.patterns.iter().filter(|usage| is(usage));
    usages.map(|usage| usage.name.as_str()).collect()
}

#[test]
fn what_no_decision_needs_is_spare_and_can_go_at_once() {
    let knowledge = knowledge();
    let matcher = Matcher::new(&knowledge);
    let coverage = coverage(&knowledge, &matcher, &messages());
    assert_eq!(names(&coverage, |usage| usage.spare), ["special", "never there", "the same"]);
    assert_eq!(names(&coverage, |usage| usage.met == 0), ["never there"]);
    assert_eq!(names(&coverage, |usage| usage.wrong.len() > usage.right), ["misled"]);

    let mut without = knowledge.clone();
    for rules in without.myths.iter_mut().flat_map(|myth| myth.rules.values_mut()) {
        rules.patterns.retain(|entry| entry.get_ref().name != "special");
        rules.patterns.retain(|entry| entry.get_ref().name != "never there");
    }
    let rebuilt = Matcher::new(&without);
    for message in messages() {
        let (before, after) = (matcher.find(&message.text), rebuilt.find(&message.text));
        assert_eq!((before.tier, before.answer), (after.tier, after.answer), "{message:?}");
    }
}

#[test]
fn exceptions_and_concepts_that_do_nothing_are_named() {
    let knowledge = knowledge();
    let coverage = coverage(&knowledge, &Matcher::new(&knowledge), &messages());
    let named = |pairs: &[(String, String)]| -> Vec<String> {
        pairs.iter().map(|(owner, name)| format!("{owner}: {name}")).collect()
    };
    assert_eq!(named(&coverage.idle_exceptions), ["cheese: idle"]);
    assert_eq!(named(&coverage.absent_concepts), ["en: absent", "en: not"]);
}

#[test]
fn answers_that_claim_the_same_words_are_paired() {
    let knowledge = knowledge();
    let overlaps = overlaps(&Matcher::new(&knowledge), &messages());
    assert_eq!(overlaps.len(), 1);
    assert_eq!(overlaps[0].answers, ["cheese", "mice"]);
    assert_eq!(
        (overlaps[0].both.as_slice(), overlaps[0].other.len()),
        (["mice".to_owned()].as_slice(), 0)
    );
    let identical = identical(&knowledge);
    assert_eq!(identical.len(), 1);
    assert_eq!((identical[0][0].1.as_str(), identical[0][1].1.as_str()), ("only one", "the same"));
}
