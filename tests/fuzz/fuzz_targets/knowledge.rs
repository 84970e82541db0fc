//! Any file in a knowledge folder: faults or values, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mythbot::knowledge::{Folder, load};
use mythbot::matching::Matcher;

const FILES: [&str; 6] = [
    "pack.toml",
    "labels/en.toml",
    "lexicon/en.toml",
    "encirclement/myth.toml",
    "encirclement/en.toml",
    "encirclement/en.match.toml",
];

fuzz_target!(|input: (u8, &str)| {
    let (which, text) = input;
    let mut folder = Folder::built_in();
    let file = FILES[usize::from(which) % FILES.len()];
    folder.files.insert(file.to_owned(), text.to_owned());
    if let Ok(knowledge) = load(&folder) {
        let _ = Matcher::new(&knowledge).find("nato promised not to move one inch east");
    }
});
