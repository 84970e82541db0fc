//! The tool itself: what each kind makes of a sentence, and that seeds are kept to.

use super::kinds::{KINDS, perturb};

const SENTENCE: &str = "NATO promised not to expand, didn't they? Look at the map.";

#[test]
fn kinds_do_what_they_say() {
    let all: Vec<String> = KINDS
        .iter()
        .map(|(name, kind)| format!("{name}: {}", perturb(SENTENCE, *kind, 3)))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_seed_makes_the_same_again_and_another_one_something_else() {
    // Of these kinds nothing is left to chance.
    let fixed = ["capitals", "small", "no-punctuation", "clapping"];
    for (name, kind) in KINDS {
        assert_eq!(perturb(SENTENCE, kind, 5), perturb(SENTENCE, kind, 5), "{name}");
        let differs =
            (0..20).any(|seed| perturb(SENTENCE, kind, seed) != perturb(SENTENCE, kind, 20));
        assert_eq!(differs, !fixed.contains(&name), "{name}");
    }
}

#[test]
fn addresses_and_mentions_stay() {
    let message = "see https://a.example/nato-map and <@1234> <:kekw:12345>";
    for (name, kind) in KINDS.iter().filter(|(name, _)| !name.starts_with("typos")) {
        let written = perturb(message, *kind, 1);
        let kept =
            ["https://a.example/nato-map", "<@1234>"].iter().all(|part| written.contains(part));
        let letters = ["swapped", "dropped", "doubled"].contains(name);
        assert!(kept || letters, "{name}: {written}");
    }
}
