//! Words that may be several: the patterns around them tell which one is meant.

use proptest::prelude::*;

use super::{folder, matcher};
use crate::knowledge::Folder;
use crate::matching::normalize::normalize;
use crate::matching::{CueKind, Matcher, Tier};

/// With "cheddad" and "isnd", which are as near to "cheddaf" and "isnf" as what is meant and come
/// first.
fn ambiguous() -> Matcher {
    let Folder { mut files } = folder();
    if let Some(lexicon) = files.get_mut("lexicon/en.toml") {
        *lexicon = lexicon.replace("\"mouse\"", "\"mouse\", \"cheddad\", \"isnd\"");
    }
    matcher(&Folder { files })
}

#[test]
fn a_word_is_read_as_what_a_pattern_can_use() {
    let matcher = ambiguous();
    let message = "the moon, that moon is made of cheddaf";
    assert_eq!(matcher.reading("cheddaf").plain, " cheddad", "the first guess");
    assert_eq!(matcher.reading(message).plain, " the moon that moon is made of cheddar");
    let outcome = matcher.find(message);
    assert_eq!(outcome.tier, Tier::Reply);
    assert_eq!(outcome.evidence[0].distance, 1);
}

#[test]
fn what_may_speak_against_a_claim_does() {
    let outcome = ambiguous().find("the moon isnf made of cheese");
    assert_eq!(outcome.tier, Tier::Silent);
    assert_eq!(outcome.findings[0].cue.as_ref().map(|cue| cue.text.as_str()), Some("isnf"));
}

#[test]
fn words_that_are_some_are_slips_only_in_a_damaged_text() {
    let matcher = matcher(&folder());
    assert_eq!(matcher.find("the mood is made of cheese").tier, Tier::Silent);
    assert_eq!(matcher.find("the mood is made of cheese, moon").tier, Tier::Silent);
    assert_eq!(matcher.find("moon mice, moon is mase of choose, chese").tier, Tier::Reply);
}

/// The small folder with other text in one of its files.
fn with(path: &str, from: &str, to: &str) -> Matcher {
    let Folder { mut files } = folder();
    if let Some(text) = files.get_mut(path) {
        *text = text.replace(from, to);
    }
    matcher(&Folder { files })
}

#[test]
fn a_claim_that_rests_on_an_unlikely_reading_is_a_suggestion() {
    let words = "frequent = \"cheddar\"\ncommon = \"cheddad ";
    let matcher = with("words/en.toml", "common = \"", words);
    let message = "the moon is made of cheddaf";
    assert_eq!(matcher.reading(message).plain, " the moon is made of cheddar");
    let outcome = matcher.find(message);
    assert_eq!(outcome.tier, Tier::Suggest, "{}", outcome.reason);
    let cue = outcome.findings[0].cue.as_ref().map(|cue| (cue.kind, cue.text.as_str()));
    assert_eq!(cue, Some((CueKind::Guessed, "cheddaf")));
}

#[test]
fn a_word_that_only_begins_like_one_of_the_lexicon_is_taken_apart() {
    let stem = "\"mouse\", \"crumbl*\", \"crumbling\"";
    let matcher = with("lexicon/en.toml", "\"mouse\"", stem);
    let read = |message| matcher.reading(message).plain;
    assert_eq!(read("the moon is crumblingcheese"), " the moon is crumbling cheese");
    assert_eq!(read("the moon is crumblingness"), " the moon is crumblingness");
}

#[test]
fn any_word_may_be_run_together_with_others() {
    let read = matcher(&folder()).reading("the moon is choosecheese");
    assert_eq!(read.plain, " the moon is choose cheese");
}

proptest! {
    #[test]
    fn a_text_without_unknown_words_is_read_as_it_stands(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "moon", "made", "of", "cheese", "mice", "live", "not", "isnt", "mood", "choose",
                "the", "is", "to", "in", "it", "myth", "cheddar", "luna",
            ]),
            0..12,
        ),
    ) {
        let message = words.join(" ");
        prop_assert_eq!(matcher(&folder()).reading(&message), normalize(&message));
    }
}
