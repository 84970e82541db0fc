//! What a server's own phrases cost: as many as a server may have, against the longest message.
//!
//! `cargo bench --bench phrases`. Most messages say none of them; the costly ones misspell the words
//! of many.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use mythbot::policy::phrases::{MOST, Phrases, read};

/// Most characters of a message, for people who pay for it.
const LONGEST: usize = 4_000;
const WORDS: [&str; 24] = [
    "lantern",
    "harbour",
    "orchard",
    "thunder",
    "marmalade",
    "telescope",
    "umbrella",
    "gardener",
    "carpenter",
    "notebook",
    "calendar",
    "mountain",
    "chocolate",
    "keyboard",
    "elephant",
    "porcelain",
    "watermelon",
    "butterfly",
    "saxophone",
    "satellite",
    "parachute",
    "dandelion",
    "accordion",
    "boulevard",
];

/// Each a pair of words.
fn phrases() -> Phrases {
    let most = usize::from(MOST);
    let pairs = WORDS.iter().flat_map(|one| WORDS.iter().map(move |two| format!("{one} {two}")));
    let read = pairs.step_by(2).take(most).map(|pair| read(&pair).expect("a phrase"));
    let read: Vec<String> = read.collect();
    assert_eq!(read.len(), most);
    Phrases::new(read.iter().map(String::as_str))
}

/// The same words again and again, as long as a message may be.
fn filled<'a>(words: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut text = String::new();
    for word in words.cycle() {
        if text.len() + word.len() >= LONGEST {
            break;
        }
        text.push_str(word);
        text.push(' ');
    }
    text
}

fn said(criterion: &mut Criterion) {
    let phrases = phrases();
    let misspelt = WORDS.map(|word| format!("{}x", word.replacen('a', "", 1)));
    let messages = [
        ("chat", filled("what a day it was when we all went down to the river and".split(' '))),
        ("their words", filled(WORDS.into_iter())),
        ("misspelt", filled(misspelt.iter().map(String::as_str))),
        ("one word", filled(std::iter::once("watermelno"))),
    ];
    for (name, message) in &messages {
        criterion.bench_function(&format!("{MOST} phrases, {name}"), |bencher| {
            bencher.iter(|| black_box(phrases.said(black_box(message), |_| false)));
        });
    }
}

criterion_group!(benches, said);
criterion_main!(benches);
