//! A small sound knowledge folder on disk, about something else than the built-in one.

use std::fs;

use tempfile::TempDir;

const FILES: [(&str, &str); 6] = [
    (
        "pack.toml",
        r#"name = "Claims about the moon"
publisher = "Moon Museum"
contact = "answers@moon.example"
scope = "Common claims about the moon. Not about tides."
corrections = "A wrong answer is corrected within a week, and the change is listed."
version = "2026-11-01"
languages = ["en"]
parties = ["Cheese Board"]

[thresholds]
reply = 0.7
suggest = 0.4

[verdicts]
false = "The evidence is against it."
"#,
    ),
    (
        "labels/en.toml",
        r#"claim = "The claim"
verdict = "Verdict"
changed = "What has changed"
disputed = "What is disputed"
facts = "Dated facts"
sources = "Sources"
as_of = "As of"
details_button = "Details"
why_button = "Why this reply?"
dismiss_button = "Not relevant"
party = "party to the dispute"
kind_primary = "primary source"
kind_independent = "independent"
kind_critical = "critical"
months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

[verdicts]
false = "False"
"#,
    ),
    (
        "lexicon/en.toml",
        r#"[concepts.moon]
words = ["moon"]

[concepts.cheese]
words = ["cheese", "cheddar"]

[concepts.denial]
words = ["not"]
role = "negation"
"#,
    ),
    (
        "moon-cheese/myth.toml",
        r#"id = "moon-cheese"
number = 1
updated = "2026-11-04"

[[sources]]
id = "rocks"
title = "What the rocks are"
url = "https://rocks.example/moon"
publisher = "Rock Review"
kind = "independent"
language = "en"
checked = "2026-11-01"

[[facts]]
id = "rocks"
value = "382 kg of rock were brought home"
as_of = "1972-12"
sources = ["rocks"]
"#,
    ),
    (
        "moon-cheese/en.toml",
        r#"title = "The moon is made of rock"
claim = "The moon is made of cheese."
verdict = "false"
verdict_note = "All samples are rock."
summary = "The moon is rock. By December 1972, 382 kg of it had been brought home.[^rocks]"
changed = "Nothing of note."
disputed = "How the moon came to be is disputed."
details = "Every sample is rock, and none is cheese."
claims = ["the moon is made of cheese"]
"#,
    ),
    (
        "moon-cheese/en.match.toml",
        r#"[[patterns]]
name = "the moon is cheese"
match = "moon ..4 cheese"
strength = "strong"

[examples]
reply = [
    "the moon is made of cheese",
]
silent = [
    "i had cheese under the moon",
]
"#,
    ),
];

/// The folder.
pub(crate) fn sound() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder for the test");
    for (path, text) in FILES {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a subfolder");
        fs::write(path, text).expect("a file of the folder");
    }
    dir
}

/// The folder with `old` replaced by `new` in `path`, which must hold it.
pub(crate) fn with(path: &str, old: &str, new: &str) -> TempDir {
    let dir = sound();
    let file = dir.path().join(path);
    let text = fs::read_to_string(&file).expect("a file of the folder");
    assert!(text.contains(old), "{path} has no `{old}`");
    fs::write(file, text.replacen(old, new, 1)).expect("a file of the folder");
    dir
}
