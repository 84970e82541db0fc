mod rules;

use super::*;
use crate::knowledge::Strength;
use crate::matching::{Evidence, Finding, Stance};

fn message(id: &str, answers: &[&str], borderline: &[&str]) -> Message {
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Message {
        id: id.to_owned(),
        text: format!("the text of {id}"),
        answers: owned(answers),
        borderline: owned(borderline),
        group: Some(if id.starts_with("q ") { "question" } else { "statement" }.to_owned()),
    }
}

fn outcome(tier: Tier, answer: &str, score: f32) -> Outcome {
    let evidence = Evidence {
        phrase: "is made of cheese".to_owned(),
        text: "made\nof cheese".to_owned(),
        span: [0, 14],
        distance: 0,
    };
    let finding = Finding {
        answer: answer.to_owned(),
        evidence,
        strength: Some(Strength::Strong),
        weight: score,
        cancelled: (tier == Tier::Silent).then(|| "\"not\" stands before it".to_owned()),
        ..Finding::default()
    };
    Outcome {
        tier,
        answer: (tier > Tier::Silent).then(|| answer.to_owned()),
        score,
        stance: Stance::Asserts,
        reason: format!("the score is {score}"),
        evidence: vec![],
        candidates: vec![],
        findings: vec![finding],
    }
}

/// One of each case of the rule.
fn sample() -> Report {
    let mut report = Report::default();
    for (message, outcome) in [
        (message("true", &["a"], &[]), outcome(Tier::Reply, "a", 0.9)),
        (message("one of two", &["a", "b"], &[]), outcome(Tier::Reply, "b", 0.9)),
        (message("none of two", &["a", "b"], &[]), outcome(Tier::Silent, "a", 0.2)),
        (message("false", &[], &[]), outcome(Tier::Reply, "a", 0.8)),
        (message("false and missed", &["b"], &[]), outcome(Tier::Reply, "a", 0.85)),
        (message("ignored", &[], &["a"]), outcome(Tier::Reply, "a", 0.9)),
        (message("ignored and missed", &["b"], &["a"]), outcome(Tier::Reply, "a", 0.9)),
        (message("quiet", &[], &[]), outcome(Tier::Silent, "a", 0.0)),
        (message("q suggested", &["a"], &[]), outcome(Tier::Suggest, "a", 0.6)),
    ] {
        report.add(&message, outcome);
    }
    report
}

#[test]
fn each_case_is_counted_by_the_rule() {
    let report = sample();
    let counts = |tally: Tally| (tally.right, tally.wrong, tally.missed, tally.ignored);
    assert_eq!((report.messages, report.owed), (9, 6));
    assert_eq!(counts(report.reply.all), (2, 2, 4, 2));
    assert_eq!(counts(report.suggest.all), (3, 2, 3, 2));
    assert_eq!(counts(report.reply.answers["a"]), (1, 2, 2, 2));
    assert_eq!(counts(report.reply.answers["b"]), (1, 0, 3, 0));
    assert_eq!(report.groups["question"].messages, 1);
    assert_eq!(counts(report.groups["question"].reply), (0, 0, 1, 0));
}

#[test]
fn the_worst_errors_are_half_false_replies_and_half_misses() {
    let report = sample();
    let ids = |count| report.worst(count).iter().map(|m| m.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(0), [""; 0]);
    assert_eq!(ids(1), ["false and missed"]);
    assert_eq!(ids(2), ["false and missed", "ignored and missed"]);
    let all = ["false and missed", "false", "ignored and missed", "q suggested", "none of two"];
    assert_eq!(ids(5), all);
    assert_eq!(ids(99), all);
}

#[test]
fn people_read_tables() {
    let mut report = sample();
    let chat = Chat { file: "chat.txt".to_owned(), lines: 4000, replies: 1, suggest_or_better: 3 };
    report.chat.push(chat);
    insta::assert_snapshot!(report.text(2), @r#"
    messages: 9, owed an answer: 6

    reply                 precision             recall                 F0.5   true  false missed ignored
      a                   0.333 [0.061, 0.792]  0.333 [0.061, 0.792]  0.333      1      2      2       2
      b                   1.000 [0.207, 1.000]  0.250 [0.046, 0.699]  0.625      1      0      3       0
      all                 0.500 [0.150, 0.850]  0.333 [0.097, 0.700]  0.455      2      2      4       2
    false replies per 10,000 messages: 2222.2

    suggest or better     precision             recall                 F0.5   true  false missed ignored
      a                   0.500 [0.150, 0.850]  0.667 [0.208, 0.939]  0.526      2      2      1       2
      b                   1.000 [0.207, 1.000]  0.250 [0.046, 0.699]  0.625      1      0      3       0
      all                 0.600 [0.231, 0.882]  0.500 [0.188, 0.812]  0.577      3      2      3       2
    false replies per 10,000 messages: 2222.2

    errors at `reply`, owed -> given
         2  b -> a
         1  nothing -> a
         1  a -> silence
         1  a + b -> silence

    reply, by group       precision             recall                 F0.5   true  false missed ignored  replied
      question            -                     0.000 [0.000, 0.793]      -      0      0      1       0    0.000 of 1
      statement           0.500 [0.150, 0.850]  0.400 [0.118, 0.769]  0.476      2      2      3       2    0.750 of 8

    chat in which nothing is owed
      chat.txt: lines 4000, false replies 1 (2.5 per 10,000), replied or suggested 3

    worst errors at `reply`: 2

    [false and missed] false reply: owed b, given a (score 0.850)
      the text of false and missed
      reason: the score is 0.85
      - a: is made of cheese on "made of cheese" (strong, 0.85)

    [ignored and missed] miss: owed b, given a (score 0.900)
      the text of ignored and missed
      reason: the score is 0.9
      - a: is made of cheese on "made of cheese" (strong, 0.90)
    "#);
}

#[test]
fn programs_read_json() {
    let json = sample().json(1);
    insta::assert_snapshot!(json["reply"]["all"], @r#"{"f05":0.45454545454545453,"false":2,"ignored":2,"missed":4,"precision":{"high":0.8499610122559802,"low":0.15003898774401983,"value":0.5},"recall":{"high":0.7000066870052566,"low":0.09677141021353448,"value":0.3333333333333333},"true":2}"#);
    insta::assert_snapshot!(json["reply"]["confusions"], @r#"[{"count":2,"given":"a","owed":["b"]},{"count":1,"given":"a","owed":[]},{"count":1,"given":null,"owed":["a"]},{"count":1,"given":null,"owed":["a","b"]}]"#);
    insta::assert_snapshot!(json["errors"], @r#"[{"decision":"reply","findings":[{"answer":"a","cancelled":null,"distance":0,"phrase":"is made of cheese","span":[0,14],"strength":"strong","text":"made\nof cheese","weight":0.85}],"given":"a","id":"false and missed","kind":"false","owed":["b"],"reason":"the score is 0.85","score":0.85,"stance":"asserts","text":"the text of false and missed"}]"#);
    insta::assert_snapshot!(Report::default().json(1), @r#"{"chat":[],"errors":[],"groups":{},"messages":0,"owed":0,"reply":{"all":{"f05":null,"false":0,"ignored":0,"missed":0,"precision":null,"recall":null,"true":0},"answers":{},"confusions":[],"false_per_10000":0.0},"suggest":{"all":{"f05":null,"false":0,"ignored":0,"missed":0,"precision":null,"recall":null,"true":0},"answers":{},"confusions":[],"false_per_10000":0.0}}"#);
}

#[test]
fn nothing_to_measure_is_no_failure() {
    assert_eq!(Report::default().text(5), "worst errors at `reply`: 0\n");
}
