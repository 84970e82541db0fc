//! How fast 10,000 claims without patterns are searched, how well, and what that costs beside the
//! five answers.
//!
//! `cargo bench --bench claims`. The claims come out of a seeded grammar, the messages are the
//! claims as people might put them, misspelt and with chatter around, and everyday chat from
//! `tests/evaluation`. Word BM25 and trigram BM25 rank the same messages in the same run.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]

#[path = "claims/bm25.rs"]
mod bm25;
#[path = "claims/corpus.rs"]
mod corpus;

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use mythbot::knowledge::{Folder, Knowledge, load};
use mythbot::matching::Matcher;

use bm25::{Bm25, trigrams, words};
use corpus::{Corpus, Message};

/// So many claims, as in the largest folder that the search is made for.
const CLAIMS: usize = 10_000;
/// So many messages that put one of them.
const MESSAGES: usize = 1_000;

/// A folder with nothing but these claims.
fn bare(corpus: &Corpus) -> Knowledge {
    let pack = "languages = [\"en\"]\n[thresholds]\nreply = 0.8\nsuggest = 0.5\n";
    let mut folder = Folder::default();
    folder.files.insert("pack.toml".to_owned(), pack.to_owned());
    folder.files.insert("labels/en.toml".to_owned(), String::new());
    for (number, claim) in corpus.claims.iter().enumerate() {
        let myth = format!("id = \"c{number}\"\nnumber = {}\n", number + 1);
        folder.files.insert(format!("c{number}/myth.toml"), myth);
        folder.files.insert(format!("c{number}/en.toml"), format!("claim = \"{claim}\"\n"));
    }
    load(&folder).expect("a sound folder")
}

/// Everyday messages of our own.
fn chatter() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation/chatter.jsonl");
    let lines = std::fs::read_to_string(file).expect("the chatter of the evaluation");
    let text = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        object["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().map(text).collect()
}

/// How often the right claim is first, and the mean of one by its place among five.
fn print_quality(name: &str, messages: &[Message], rank: impl Fn(&str) -> Vec<usize>) {
    let (mut first, mut reciprocal) = (0_u32, 0.0);
    for message in messages {
        let ranked = rank(&message.text);
        if let Some(place) = ranked.iter().take(5).position(|claim| *claim == message.claim) {
            first += u32::from(place == 0);
            reciprocal += 1.0 / f64::from(u32::try_from(place).expect("below five") + 1);
        }
    }
    let count = f64::from(u32::try_from(messages.len()).expect("a thousand"));
    println!("{name:>14}: P@1 {:.3}, MAP@5 {:.3}", f64::from(first) / count, reciprocal / count);
}

fn claims(criterion: &mut Criterion) {
    let corpus = Corpus::new(CLAIMS, MESSAGES);
    let knowledge = bare(&corpus);
    let bare = Matcher::new(&knowledge);
    let five = Matcher::new(&load(&Folder::built_in()).expect("the project's own folder"));
    let number = |id: &str| id.trim_start_matches('c').parse().expect("a number");

    let (by_word, by_trigram) =
        (Bm25::new(&corpus.claims, words), Bm25::new(&corpus.claims, trigrams));
    println!("{MESSAGES} messages, {CLAIMS} claims, for example:");
    for message in corpus.messages.iter().take(3) {
        println!("  {} <- {}", corpus.claims.get(message.claim).expect("it"), message.text);
    }
    print_quality("word BM25", &corpus.messages, |text| by_word.rank(text));
    print_quality("trigram BM25", &corpus.messages, |text| by_trigram.rank(text));
    print_quality("mythbot", &corpus.messages, |text| {
        bare.look_up(text, 5).iter().map(|near| number(&near.answer)).collect()
    });

    let mut group = criterion.benchmark_group("claims");
    group.sample_size(20);
    group.bench_function("index of 10,000", |bencher| {
        bencher.iter_batched(
            || (),
            |()| Matcher::new(black_box(&knowledge)),
            BatchSize::PerIteration,
        );
    });
    group.sample_size(100);
    let chatter = chatter();
    let all: Vec<&str> = chatter.iter().map(String::as_str).collect();
    let put: Vec<&str> = corpus.messages.iter().map(|message| message.text.as_str()).collect();
    for (kind, messages) in [("chatter", &all), ("claims as people put them", &put)] {
        for (folder, matcher) in [("five answers", &five), ("10,000 claims", &bare)] {
            let mut messages = messages.iter().cycle();
            group.bench_function(format!("{kind}, {folder}"), |bencher| {
                bencher.iter(|| matcher.find(black_box(messages.next().copied().unwrap_or(""))));
            });
        }
    }
    let mut messages = put.iter().cycle();
    group.bench_function("claims as people put them, word BM25", |bencher| {
        bencher.iter(|| by_word.rank(black_box(messages.next().copied().unwrap_or(""))));
    });
    group.finish();
}

criterion_group!(benches, claims);
criterion_main!(benches);
