//! Any text: the engine never panics, and its spans are the evidence.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mythbot::knowledge::{Folder, load};
use mythbot::matching::Matcher;

static MATCHER: LazyLock<Matcher> =
    LazyLock::new(|| Matcher::new(&load(&Folder::built_in()).expect("sound knowledge")));

fuzz_target!(|message: &str| {
    let outcome = MATCHER.find(message);
    assert!((0.0..=1.0).contains(&outcome.score));
    for evidence in outcome.evidence {
        let [from, to] = evidence.span;
        let written: String = message.chars().skip(from).take(to - from).collect();
        assert_eq!(written, evidence.text);
    }
});
