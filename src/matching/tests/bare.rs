//! Claims without patterns, and looking answers up.

use super::*;

/// The small folder with nothing but claims, these in this order.
fn bare(claims: &[(&str, &str)]) -> Matcher {
    let mut folder = folder();
    folder.files.retain(|path, _| !path.starts_with("cheese-1/"));
    for (number, (id, claim)) in claims.iter().enumerate() {
        let myth = format!("id = \"{id}\"\nnumber = {}\n", number + 1);
        folder.files.insert(format!("{id}/myth.toml"), myth);
        folder.files.insert(format!("{id}/en.toml"), format!("claim = \"{claim}\"\n"));
    }
    matcher(&folder)
}

const BARE: [(&str, &str); 4] = [
    ("cheese", "The moon is made of cheese."),
    ("flat", "The earth is flat."),
    ("tea", "Tea does not cool in a red cup."),
    ("flat-too", "The earth is flat."),
];

#[test]
fn claims_without_patterns_are_found_by_likeness() {
    let matcher = bare(&BARE);
    let outcome = matcher.find("Guys, the moon is made of chese!");
    assert_eq!((outcome.tier, outcome.stance), (Tier::Reply, Stance::Asserts));
    assert_eq!(outcome.answer.as_deref(), Some("cheese"));
    assert_eq!(outcome.evidence[0].phrase, "The moon is made of cheese.");
    assert_eq!(outcome.evidence[0].text, "the moon is made of");
    assert_eq!(outcome.evidence[0].span, [6, 25]);
    assert_eq!(matcher.find("is the moon made of cheese?").stance, Stance::Asks);
    assert_eq!(matcher.find("moon cheese").tier, Tier::Suggest);
}

#[test]
fn what_is_far_from_all_claims_is_silence_with_candidates() {
    let matcher = bare(&BARE);
    let outcome = matcher.find("is the moon a cheese and onion crisp?");
    assert_eq!((outcome.tier, outcome.stance), (Tier::Silent, Stance::None));
    assert_eq!(outcome.candidates[0].answer, "cheese");
    assert_eq!(outcome.score.to_bits(), outcome.candidates[0].score.to_bits());
    insta::assert_snapshot!(outcome.reason, @"no claim is near enough: the nearest is “The moon is made of cheese.” (score 0.42, a suggestion needs 0.50)");
    let outcome = matcher.find("i had cheese and a long walk in the sun today");
    assert_eq!(outcome.candidates[0].answer, "cheese");
    assert_eq!(outcome.reason, "no claim was found");
    assert_eq!(matcher.find("xylophone").candidates, []);
    assert_eq!(matcher.find_with("the moon, the earth", 1).candidates.len(), 1);
    assert_eq!(matcher.find_with("the moon is made of cheese", 0).candidates, []);
    assert_eq!(matcher.find_with("the moon is made of cheese", 0).tier, Tier::Reply);
}

#[test]
fn claims_without_patterns_are_not_found_in_their_denial() {
    let matcher = bare(&BARE);
    for (message, reason) in [
        ("The moon is not made of cheese.", "the claim is negated (“not”)"),
        ("The moon is made of cheese, a myth.", "the claim is rejected (“myth”)"),
        ("yeah right the moon is made of cheese", "it makes fun of the claim (“yeah right”)"),
        ("the moon is made of cheese /s", "it ends with “/s”, which says that it is not meant"),
        ("Tea does cool in a red cup.", "it leaves out the negation of the claim"),
    ] {
        let outcome = matcher.find(message);
        assert_eq!((outcome.tier, outcome.stance), (Tier::Silent, Stance::Denies), "{message}");
        assert!(outcome.reason.contains(reason), "{message}: {}", outcome.reason);
        assert!(!outcome.candidates.is_empty(), "{message}");
    }
    assert_eq!(matcher.find("Tea does not cool in a red cup.").tier, Tier::Reply);
}

#[test]
fn equally_like_claims_go_by_id_whatever_their_numbers() {
    let mut turned = BARE;
    turned.reverse();
    for claims in [BARE, turned] {
        let found = bare(&claims).find("the earth is flat").candidates;
        let ids: Vec<&str> = found.iter().take(2).map(|near| near.answer.as_str()).collect();
        assert_eq!(ids, ["flat", "flat-too"]);
    }
}

#[test]
fn a_title_that_says_what_is_true_is_no_claim() {
    let mut folder = folder();
    folder.files.remove("cheese-1/en.match.toml");
    let answer = "title = \"The moon is rock\"\nclaim = \"The moon is made of cheese.\"\n";
    folder.files.insert("cheese-1/en.toml".to_owned(), answer.to_owned());
    let matcher = matcher(&folder);
    assert_eq!(matcher.find("The moon is rock").tier, Tier::Silent);
    assert!(matcher.look_up("the moon is rock", 1)[0].score > 0.99);
}

#[test]
fn answers_are_looked_up_with_typos() {
    let matcher = matcher(&folder());
    let found = matcher.look_up("made of chese, the mooon", 3);
    assert_eq!(found[0].answer, "cheese-1");
    assert!(matcher.look_up("xylophone", 3).is_empty());
    assert!(matcher.look_up("the moon is made of cheese", 3)[0].score > 0.99);
}
