//! Any text: every word lies inside the original, in order, and reading the words again changes
//! nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mythbot::matching::normalize::normalize;

fuzz_target!(|message: &str| {
    let text = normalize(message);
    let length = message.chars().count();
    for pair in text.words.windows(2) {
        assert!(pair[0].from <= pair[1].from);
    }
    assert!(text.words.iter().all(|word| word.from < word.to && word.to <= length));
    let again = normalize(&text.plain);
    assert_eq!(again.plain, text.plain);
});
