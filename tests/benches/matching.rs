//! What matching costs, with its peers in the same run.
//!
//! `cargo bench --bench matching` measures with criterion, then prints the ratios. Everyday chat is
//! `tests/evaluation/chatter.jsonl`, or the lines of the file that `MYTHBOT_CHAT` names.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]
#![expect(clippy::disallowed_methods, reason = "it is about time")]

#[path = "matching/hostile.rs"]
mod hostile;
#[path = "matching/peers.rs"]
mod peers;
#[path = "matching/texts.rs"]
mod texts;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use mythbot::knowledge::{Folder, Knowledge, load};
use mythbot::matching::Matcher;
use mythbot::matching::normalize::normalize;

use peers::{Automaton, Strsim};

/// Messages that strsim is asked about: it takes long.
const FOR_STRSIM: usize = 10;
/// Rounds of the ratios; in each every peer has its turn.
const ROUNDS: usize = 31;

fn knowledge() -> Knowledge {
    load(&Folder::built_in()).expect("sound knowledge")
}

fn count(texts: &[String]) -> Throughput {
    Throughput::Elements(texts.len() as u64)
}

fn find_all(matcher: &Matcher, texts: &[String]) {
    for text in texts {
        black_box(matcher.find(text));
    }
}

fn everyday_chat(criterion: &mut Criterion) {
    let knowledge = knowledge();
    let matcher = Matcher::new(&knowledge);
    let automaton = Automaton::new(&knowledge);
    let chat = texts::everyday();
    let lowered: Vec<String> = chat.iter().map(|text| text.to_lowercase()).collect();
    let mut group = criterion.benchmark_group("everyday chat");
    group.throughput(count(&chat));
    group.bench_function("find", |bencher| bencher.iter(|| find_all(&matcher, &chat)));
    group.bench_function("normalize alone", |bencher| {
        bencher.iter(|| chat.iter().map(|text| normalize(text).words.len()).sum::<usize>());
    });
    group.bench_function("bare Aho-Corasick scan", |bencher| {
        bencher.iter(|| automaton.hits(&lowered));
    });
}

fn owed_messages(criterion: &mut Criterion) {
    let matcher = Matcher::new(&knowledge());
    let owed = texts::owed();
    let mut group = criterion.benchmark_group("messages that match");
    group.throughput(count(&owed));
    group.bench_function("find", |bencher| bencher.iter(|| find_all(&matcher, &owed)));
}

fn long_input(criterion: &mut Criterion) {
    let knowledge = knowledge();
    let matcher = Matcher::new(&knowledge);
    let mut group = criterion.benchmark_group("4,000 characters");
    group.sample_size(10).measurement_time(Duration::from_secs(1));
    for (kind, text) in hostile::kinds(&knowledge) {
        assert_eq!(text.chars().count(), hostile::LENGTH, "{kind}");
        group.bench_function(kind, |bencher| bencher.iter(|| matcher.find(black_box(&text))));
    }
}

criterion_group!(benches, everyday_chat, owed_messages, long_input);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    ratios();
}

/// Prints medians of peers that take turns, so that a busy computer slows all of them alike.
fn ratios() {
    let knowledge = knowledge();
    let matcher = Matcher::new(&knowledge);
    let automaton = Automaton::new(&knowledge);
    let chat = texts::everyday();
    let lowered: Vec<String> = chat.iter().map(|text| text.to_lowercase()).collect();
    let [ours, normalizing, scan, leftmost] = medians(
        ROUNDS,
        [
            &mut || find_all(&matcher, &chat),
            &mut || chat.iter().for_each(|text| _ = black_box(normalize(text))),
            &mut || _ = black_box(automaton.hits(&lowered)),
            &mut || _ = black_box(automaton.hits_apart(&lowered)),
        ],
    );
    let messages = u32::try_from(chat.len()).expect("fewer than four thousand million");
    let each = |whole: Duration| whole.as_secs_f64() * 1e6 / f64::from(messages);
    println!("everyday chat, {} messages, microseconds a message:", chat.len());
    println!("  find {:.2}, of it normalizing {:.2}", each(ours), each(normalizing));
    println!("  bare Aho-Corasick scan {:.2} (without overlaps {:.2})", each(scan), each(leftmost));
    println!("  find / scan: {:.2}", ours.as_secs_f64() / scan.as_secs_f64());

    let few: Vec<String> = chat.iter().step_by((chat.len() / FOR_STRSIM).max(1)).cloned().collect();
    for (what, strsim) in
        [("word form", Strsim::forms(&knowledge)), ("claim", Strsim::claims(&knowledge))]
    {
        let [ours, theirs] = medians(
            5,
            [&mut || find_all(&matcher, &few), &mut || _ = black_box(strsim.nearest(&few))],
        );
        println!(
            "  strsim with each {what} ({}) / find: {:.0}",
            strsim.len(),
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }

    let owed = texts::owed();
    let mut times: Vec<Duration> = owed
        .iter()
        .map(|text| medians(9, [&mut || _ = black_box(matcher.find(text))])[0])
        .collect();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    println!("messages that match, {}: median {:?}, p99 {:?}", owed.len(), at(50), at(99));
}

/// The median time of each, over rounds in which all take their turn.
fn medians<const N: usize>(rounds: usize, mut peers: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for _ in 0..rounds {
        for (peer, times) in peers.iter_mut().zip(&mut times) {
            let start = Instant::now();
            peer();
            times.push(start.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times.get(rounds / 2).copied().unwrap_or_default()
    })
}
