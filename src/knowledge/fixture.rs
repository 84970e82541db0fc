//! A small sound folder for tests, about something else than the built-in one: no test may lean on
//! what editors write.

use super::{Folder, Knowledge, load};

const FILES: [(&str, &str); 9] = [
    (
        "pack.toml",
        r#"name = "Animal answers"
publisher = "Museum of Small Animals"
contact = "answers@museum.example"
scope = "Common claims about small animals. Not about pets."
corrections = "A wrong answer is corrected within a week, and the change is listed."
version = "2026-11-01"
languages = ["en"]
parties = ["Bat Club"]

[thresholds]
reply = 0.7
suggest = 0.4

[verdicts]
false = "The evidence is against it."
partly = "A part of it holds."
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
partly = "Partly true"
"#,
    ),
    (
        "lexicon/en.toml",
        r#"[concepts.bat]
words = ["bat(|s)", "flying mouse"]

[concepts.blind]
words = ["blind*"]
negatable = true

[concepts.animal]
includes = ["bat"]

[phrases.blind_animal]
match = ["blind animal"]

[concepts.denial]
words = ["not", "dont"]
role = "negation"
"#,
    ),
    (
        "words/en.toml",
        r#"common = "a the is"
real = """bet
blend"""
"#,
    ),
    (
        "blind-bats/myth.toml",
        r#"id = "blind-bats"
number = 1
updated = "2026-11-04"

[[sources]]
id = "club"
title = "Bats [and] eyes"
url = "https://club.example/eyes_(bats)"
publisher = "Bat Club"
kind = "primary"
language = "en"
checked = "2026-11-01"

[[sources]]
id = "club-count"
title = "Bat count"
url = "https://club.example/count"
publisher = "Bat Club"
kind = "primary"
language = "en"
checked = "2026-11-01"

[[sources]]
id = "club-news"
title = "Club news"
url = "https://club.example/news"
publisher = "Bat Club"
kind = "primary"
language = "en"
checked = "2026-11-01"

[[sources]]
id = "club-letter"
title = "Club letter"
url = "https://club.example/letter"
publisher = "Bat Club"
kind = "primary"
language = "en"
checked = "2026-11-01"

[[sources]]
id = "owl"
title = "The owl's view"
url = "https://owl.example/view"
publisher = "Owl Review"
kind = "critical"
language = "en"
checked = "2026-11-01"

[[facts]]
id = "species"
value = "1,400 species, none blind"
as_of = "2024-05"
sources = ["club-count", "owl"]
"#,
    ),
    (
        "blind-bats/en.toml",
        r#"title = "Bats can see"
claim = "Bats are blind."
verdict = "false"
verdict_note = "All known bats have working eyes."
summary = "Bats hunt by sound, and they see as well. Of some 1,400 species counted in May 2024, none is blind.[^species]"
changed = "Since 2024 the count covers caves.[^species]"
disputed = "How sharp they see is disputed."
details = """
Bats see **at dusk**, too. See [the page](https://owl.example/view).

The count of 2024 found 1,400 species.[^species]"""
claims = ["bats are blind", "bats cant see"]
"#,
    ),
    (
        "blind-bats/en.match.toml",
        r#"[concepts.cave]
words = ["cave(|s)"]

[[patterns]]
name = "bats are blind"
match = "bat ..3 blind"
needs = ["animal|bat"]
strength = "strong"

[[exceptions]]
name = "blind as a bat"
match = "blind_animal|blind ..1 bat|cave"

[examples]
reply = ["bats are blind you know"]
silent = ["he is blind as a bat"]
"#,
    ),
    (
        "goldfish-memory/myth.toml",
        r#"id = "goldfish-memory"
number = 2
updated = "2026-10-01"

[[sources]]
id = "pond"
title = "Goldfish remember"
url = "https://pond.example/memory"
publisher = "Pond Letters"
kind = "independent"
language = "en"
checked = "2026-10-01"
"#,
    ),
    (
        "goldfish-memory/en.toml",
        r#"title = "Goldfish remember for months"
claim = "Goldfish forget everything within seconds."
verdict = "partly"
verdict_note = "They forget some things."
summary = "Goldfish can be trained. They know their feeder."
changed = "Nothing of note."
disputed = "How long they remember is disputed."
details = "They remember."
claims = ["goldfish have no memory"]
"#,
    ),
];

/// The folder.
pub(crate) fn folder() -> Folder {
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Folder { files }
}

/// The folder with one text replaced in one file, which must hold it.
pub(crate) fn with(path: &str, old: &str, new: &str) -> Folder {
    let mut folder = folder();
    let text = folder.files.get_mut(path).expect("a file of the fixture");
    assert!(text.contains(old), "{path} has no `{old}`");
    *text = text.replacen(old, new, 1);
    folder
}

/// The folder, loaded.
pub(crate) fn knowledge() -> Knowledge {
    load(&folder()).expect("the fixture is sound")
}
