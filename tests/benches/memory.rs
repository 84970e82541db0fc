//! How much memory the engine takes, in bytes asked of the allocator.
//!
//! `cargo bench --bench memory` prints the figures.

#![expect(clippy::expect_used, reason = "a bench that cannot do its work must fail")]

use mythbot::knowledge::{Folder, load};
use mythbot::matching::Matcher;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() {
    let knowledge = load(&Folder::built_in()).expect("sound knowledge");
    println!("reading the knowledge, at its peak: {} kB", ALLOCATOR.peak_usage() / 1_000);
    let before = ALLOCATOR.current_usage();
    println!("the knowledge: {} kB", before / 1_000);
    ALLOCATOR.reset_peak_usage();
    let matcher = Matcher::new(&knowledge);
    let kilobytes = |bytes: usize| bytes.saturating_sub(before) / 1_000;
    println!("the engine beyond it: {} kB", kilobytes(ALLOCATOR.current_usage()));
    println!("building the engine, at its peak: {} kB", kilobytes(ALLOCATOR.peak_usage()));

    let message = "did nato really promise gorbachev in 1990 not to expand to the east";
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    assert!(matcher.find(message).answer.is_some());
    let peak = ALLOCATOR.peak_usage().saturating_sub(before);
    println!("a message of {} bytes that gets a reply, at its peak: {peak} bytes", message.len());
}
