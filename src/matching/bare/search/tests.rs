//! What is ranked before what, and what must make no difference.

use proptest::prelude::*;

use super::*;
use crate::matching::reading::normalize::normalize;

const CLAIMS: [&str; 8] = [
    "The moon is made of cheese.",
    "The moon landing was filmed in a studio.",
    "Vaccines cause autism.",
    "The earth is flat.",
    "The earth is hollow.",
    "Goldfish forget everything within seconds.",
    "Луна сделана из сыра.",
    "The earth is flat.",
];

fn index(claims: &[&str]) -> SearchIndex {
    SearchIndex::new(&claims.iter().map(|claim| normalize(claim)).collect::<Vec<_>>())
}

fn ranked(message: &str) -> Vec<Near> {
    index(&CLAIMS).rank(&normalize(message), 5)
}

#[track_caller]
fn finds(message: &str, number: usize) {
    let ranked = ranked(message);
    assert_eq!(ranked.first().map(|near| near.sentence), Some(number), "{message}: {ranked:?}");
}

#[test]
fn rare_words_beat_common_ones() {
    finds("the moon, the earth, is it all hollow", 4);
    finds("is the is the autism is the", 2);
}

#[test]
fn typos_are_forgiven() {
    finds("vacines cuase autsim", 2);
    finds("goldfsh forgte everthing", 5);
}

#[test]
fn inflection_and_compounds_are_forgiven() {
    finds("a vaccine causing autistic children", 2);
    finds("moonlandings filming in studios", 1);
}

#[test]
fn word_order_hardly_matters() {
    finds("cheese is what the moon is made of", 0);
    finds("in a studio was filmed the landing", 1);
}

#[test]
fn other_scripts_are_words_like_any() {
    finds("луна из сыра?", 6);
    assert!(ranked("月はチーズでできている").is_empty());
}

#[test]
fn nothing_asked_is_nothing_found() {
    for message in ["", "?!", "🎉", "xylophone"] {
        assert_eq!(ranked(message), [], "{message:?}");
    }
    assert_eq!(index(&[]).rank(&normalize("the moon"), 5), []);
}

#[test]
fn the_same_is_wholly_alike_and_duplicates_keep_their_order() {
    let ranked = ranked("the EARTH is... flat");
    assert_eq!((ranked[0].sentence, ranked[1].sentence), (3, 7));
    assert!(ranked[0].likeness > 0.999 && ranked[1].likeness > 0.999, "{ranked:?}");
    assert!(ranked[2].likeness < 0.9, "{ranked:?}");
}

#[test]
fn chatter_around_a_claim_lowers_its_likeness_but_not_its_place() {
    finds("lol my uncle says vaccines cause autism and will not shut up about it", 2);
    let likeness = |message| ranked(message)[0].likeness;
    assert!(
        likeness("lol my uncle says vaccines cause autism") < likeness("vaccines cause autism")
    );
}

/// A claim in many that are alike is found although only some of them can be measured.
#[test]
fn the_one_meant_is_found_among_thousands_alike() {
    let claims: Vec<String> =
        (0..5000).map(|n| format!("The mayor of town {n} secretly sold the river.")).collect();
    let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
    let ranked = index(&claims).rank(&normalize("the mayor of town 4321 sold that river"), 5);
    assert_eq!(ranked[0].sentence, 4321);
    assert!(!index(&claims).rank(&normalize("mayor"), 5).is_empty(), "all of them have it");
}

fn sentences() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "moon", "cheese", "mouse", "made", "of", "the", "is", "earth", "flat", "luna", "чиз", "5g",
    ]);
    let sentence = prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "));
    prop::collection::vec(sentence, 1..30)
}

proptest! {
    #[test]
    fn likeness_is_from_0_to_1(claims in sentences(), message in ".{0,60}") {
        let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
        for query in [message.as_str(), claims[0]] {
            for near in index(&claims).rank(&normalize(query), 5) {
                prop_assert!((0.0..=1.0).contains(&near.likeness), "{near:?}");
            }
        }
        let own = index(&claims).rank(&normalize(claims[0]), 5);
        prop_assert!(own[0].likeness > 0.999, "{own:?}");
    }

    #[test]
    fn the_order_of_claims_does_not_matter(claims in sentences(), at in any::<prop::sample::Index>()) {
        let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
        let mut turned = claims.clone();
        turned.rotate_left(at.index(claims.len()));
        let query = normalize(&format!("{} cheese moon", claims[0]));
        let named = |claims: &[&str]| {
            let ranked = index(claims).rank(&query, claims.len());
            let mut named: Vec<(String, u32)> = ranked
                .iter()
                .map(|near| (claims[near.sentence].to_owned(), near.likeness.to_bits()))
                .collect();
            named.sort();
            named
        };
        prop_assert_eq!(named(&claims), named(&turned));
    }
}
