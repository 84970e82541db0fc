//! Tricks and typos: our own labelled sentences as people disguise or mistype them.
//!
//! Each kind of perturbation is a seeded function from text to text (`kinds.rs`). Per kind, the
//! replies may lose little recall, hardly any precision, and no denial its denial, against the same
//! sentences as they were written.
//!
//! A test target of its own: it runs every sentence some twenty times, the evaluation once.
//! `cargo test --test perturbation -- --nocapture` prints the table; `PERTURBATION_SEED=7` takes
//! other dice than the fixed ones. It prints no sentence: some of them are held out.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

mod disguise;
mod kinds;
mod layout;
mod markup;
#[path = "../evaluation/sentences.rs"]
mod sentences;
mod table;
mod tool;
mod typos;
mod words;

use kinds::{KINDS, perturb};
use mythbot::evaluation::Message;
use mythbot::knowledge::{Folder, load};
use mythbot::matching::{Matcher, Tier};
use table::{Row, table};

/// Percentage points of recall that a kind may cost.
const RECALL_LOSS: f64 = 5.0;
/// Percentage points of precision that a kind may cost.
const PRECISION_LOSS: f64 = 1.0;
/// Percentage points by which more denials may be answered.
const DENIAL_LOSS: f64 = 1.0;

/// Kinds that do not hold these yet, and what they may cost until they do: recall, precision,
/// denials. A little above what was measured last; lower them when the engine gets better.
const NOT_YET: [(&str, [f64; 3]); 8] = [
    ("typos1", [RECALL_LOSS, 1.5, 1.8]),
    ("typos1-capitals", [RECALL_LOSS, 1.5, 1.8]),
    ("typos1-tags", [RECALL_LOSS, 1.6, 1.8]),
    ("small-hashtags", [RECALL_LOSS, 1.3, DENIAL_LOSS]),
    ("typos2", [15.3, 3.1, 2.3]),
    ("dropped", [7.8, 1.9, 1.5]),
    ("typos1-anywhere", [10.3, 3.0, 3.3]),
    ("typos2-anywhere", [31.5, 9.0, 6.8]),
];

/// Every second sentence that owes an answer or denies a claim, and every fifth of the others: the
/// replies to these are few.
fn sample() -> Vec<Message> {
    let is_kept = |(number, message): &(usize, Message)| {
        let counts = !message.answers.is_empty() || is_denial(message);
        number % if counts { 2 } else { 5 } == 0
    };
    sentences::sentences().into_iter().enumerate().filter(is_kept).map(|(_, m)| m).collect()
}

fn is_denial(message: &Message) -> bool {
    message.group.as_deref() == Some("denial")
}

/// Counts the replies to every message as `change` writes it.
fn measure(matcher: &Matcher, messages: &[Message], change: impl Fn(usize, &str) -> String) -> Row {
    let mut row = Row::default();
    for (number, message) in messages.iter().enumerate() {
        let text = change(number, &message.text);
        let outcome = matcher.find(&text);
        let given = outcome.answer.as_deref().filter(|_| outcome.tier == Tier::Reply);
        row.count(&message.answers, given, is_denial(message));
    }
    row
}

/// One row per kind, the clean text first.
fn rows() -> Vec<(&'static str, Row)> {
    let matcher = Matcher::new(&load(&Folder::built_in()).expect("sound knowledge"));
    let messages = sample();
    let seed: u64 =
        std::env::var("PERTURBATION_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let (matcher, messages) = (&matcher, messages.as_slice());
    std::thread::scope(|scope| {
        let clean = scope.spawn(move || measure(matcher, messages, |_, text| text.to_owned()));
        let halves = KINDS.chunks(KINDS.len() / 2).map(|kinds| {
            scope.spawn(move || {
                let row = |(name, kind): &(&'static str, kinds::Perturb)| {
                    let dice = |number: usize| seed << 32 | number as u64;
                    let change = |number, text: &str| perturb(text, *kind, dice(number));
                    (*name, measure(matcher, messages, change))
                };
                kinds.iter().map(row).collect::<Vec<_>>()
            })
        });
        let halves: Vec<_> = halves.collect();
        let mut rows = vec![("clean", clean.join().expect("a row"))];
        rows.extend(halves.into_iter().flat_map(|half| half.join().expect("rows")));
        rows
    })
}

#[test]
fn disguises_and_typos_cost_little() {
    let rows = rows();
    let table = table(&rows);
    println!("{table}");
    let clean = rows[0].1;
    assert!(clean.owed >= 500, "too few sentences: {}", clean.owed);
    let named = |name: &str| rows.iter().any(|(kind, _)| *kind == name);
    assert!(NOT_YET.iter().all(|(name, _)| named(name)), "a kind in NOT_YET is none");
    let faults: Vec<String> =
        rows.iter().flat_map(|(name, row)| faults(name, *row, clean)).collect();
    assert!(faults.is_empty(), "{table}\n{}", faults.join("\n"));
}

fn faults(name: &str, row: Row, clean: Row) -> Vec<String> {
    let may_cost = NOT_YET.iter().find(|(kind, _)| *kind == name).map(|(_, most)| *most);
    let [recall, precision, denials] =
        may_cost.unwrap_or([RECALL_LOSS, PRECISION_LOSS, DENIAL_LOSS]);
    let mut faults = Vec::new();
    let mut check = |what: &str, loss: f64, most: f64| {
        if loss > most {
            faults.push(format!("{name}: {what} by {loss:.1} points, more than {most:.1}"));
        }
    };
    check("recall is lower", clean.recall() - row.recall(), recall);
    check("precision is lower", clean.precision() - row.precision(), precision);
    check("more denials are answered", row.denials() - clean.denials(), denials);
    faults
}
