//! Any file in a knowledge folder: faults or values, never a panic. The other files are small, so
//! that many texts are tried.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mythbot::knowledge::{Folder, load};
use mythbot::matching::Matcher;

const PACK: &str = r#"
name = "Cheese"
publisher = "Cheese Watch"
contact = "us"
scope = "cheese"
corrections = "soon"
languages = ["en"]
[thresholds]
reply = 0.7
suggest = 0.4
"#;

const LEXICON: &str = r#"
[concepts.moon]
words = ["moon(|s)", "MOON", "lun*"]
[concepts.made]
words = ["made", "is made"]
negatable = true
[concepts.not]
words = ["not"]
role = "negation"
[phrases.made_moon]
match = ["moon ..4 made"]
"#;

const RULES: &str = r#"
[[patterns]]
name = "the moon is made"
match = "moon ..3 made"
strength = "strong"
"#;

const FILES: [(&str, &str); 7] = [
    ("pack.toml", PACK),
    ("labels/en.toml", ""),
    ("lexicon/en.toml", LEXICON),
    ("words/en.toml", "common = \"the of is\"\nreal = \"mood\""),
    ("cheese/myth.toml", "id = \"cheese\"\nnumber = 1"),
    ("cheese/en.toml", "claim = \"The moon is made of cheese.\""),
    ("cheese/en.match.toml", RULES),
];

fuzz_target!(|input: (u8, &str)| {
    let (which, text) = input;
    let files = FILES.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let mut folder = Folder { files: files.into() };
    let (file, _) = FILES[usize::from(which) % FILES.len()];
    folder.files.insert(file.to_owned(), text.to_owned());
    if let Ok(knowledge) = load(&folder) {
        let _ = Matcher::new(&knowledge).find("the mooon is not made of cheese, MOON");
    }
});
