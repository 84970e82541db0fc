//! What holds for every text.

use proptest::prelude::*;

use super::*;
use crate::matching::reading::normalize::normalize;

/// Texts that are likely to meet something.
fn texts() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "the moon",
        "is",
        "made of",
        "cheese",
        "mice live",
        "not",
        "isnt",
        " ",
        ". ",
        "? ",
        "\n",
        "> ",
        "```",
        "𝗺𝗼𝗼𝗻",
        "m o o n",
        "ch3ese",
        "<@1>",
        "\u{200b}",
        "é",
        "a",
        "HERE",
        "'",
        "-",
        "#MoonCheese",
        "yeah right",
        "но",
        "в",
        "ᚌ.ь",
        "s  s  s  s s s",
        "@ۜʾ",
        "жn",
        "🧀",
        "https://a.b ",
        "moo",
        "n",
    ]);
    let likely = prop::collection::vec(parts, 0..30).prop_map(|parts| parts.join(" "));
    prop_oneof![likely, any::<String>()]
}

/// The folder with the entries of its lexicon and rules in another order.
fn shuffled_folder(seed: u64) -> Folder {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut folder = folder();
    for (path, text) in &mut folder.files {
        if path.ends_with("lexicon/en.toml") || path.ends_with("en.match.toml") {
            *text = shuffled_entries(text, &mut rng);
        }
    }
    folder
}

/// `text` with its tables and lists of tables in another order, each whole.
fn shuffled_entries(text: &str, rng: &mut fastrand::Rng) -> String {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        match entries.last_mut() {
            Some(entry) if !line.starts_with('[') => entry.extend([line, "\n"]),
            _ => entries.push(format!("{line}\n")),
        }
    }
    rng.shuffle(&mut entries);
    entries.concat()
}

proptest! {
    #[test]
    fn normalising_twice_is_once(message in texts()) {
        let once = normalize(&message).plain;
        prop_assert_eq!(&normalize(&once).plain, &once);
    }

    #[test]
    fn spans_are_the_evidence(message in texts()) {
        for evidence in find(&message).evidence {
            let [from, to] = evidence.span;
            let written: String = message.chars().skip(from).take(to - from).collect();
            prop_assert_eq!(written, evidence.text);
            let words = normalize(&message).words;
            prop_assert!(words.iter().any(|word| word.from == from), "begins within a word");
            prop_assert!(words.iter().any(|word| word.to == to), "ends within a word");
        }
    }

    #[test]
    fn the_order_of_files_and_entries_changes_nothing(message in texts(), dice in any::<u64>()) {
        let shuffled = shuffled_folder(dice);
        let (before, after) = (find(&message), matcher(&shuffled).find(&message));
        prop_assert_eq!(before.tier, after.tier);
        prop_assert_eq!(before.answer, after.answer);
        prop_assert!((before.score - after.score).abs() < 1e-6);
        prop_assert_eq!(before.stance, after.stance);
    }

    #[test]
    fn an_unrelated_answer_changes_nothing(message in texts()) {
        let mut more = folder();
        for (path, text) in [
            ("zinc/myth.toml", "id = \"zinc\"\nnumber = 9\n"),
            ("zinc/en.toml", "claim = \"Zinc is blue.\"\n"),
            ("zinc/en.match.toml", "[concepts.zinc]\nwords = [\"molybdenum\"]\n[[patterns]]\nname = \"zinc\"\nmatch = \"zinc\"\nstrength = \"strong\"\n"),
        ] {
            more.files.insert(path.to_owned(), text.to_owned());
        }
        let (before, after) = (find(&message), matcher(&more).find(&message));
        prop_assert_eq!(before, after);
    }
}
