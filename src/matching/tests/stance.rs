//! What a message does with a claim: denies, debunks, mocks, rebuts or asks it.

use super::*;

#[test]
fn a_reversal_takes_a_negation_back_inside_the_claim_too() {
    let tier = |message| find(message).tier;
    assert_eq!(tier("mice on the moon, they live there"), Tier::Suggest);
    assert_eq!(tier("mice on the moon, dont tell me they live there"), Tier::Silent);
    assert_eq!(tier("mice on the moon, they never live there"), Tier::Silent);
    assert_eq!(tier("mice on the moon, dont tell me they never live there"), Tier::Suggest);
    silent("dont tell me the moon is made of cheese");
    replies("never dont tell me the moon is made of cheese");
}

#[test]
fn a_question_is_answered_by_a_short_sentence_that_says_no() {
    replies("is the moon made of cheese? Mice never ask.");
    silent("is the moon made of cheese? That never was so");
    replies("the moon is made of cheese! That never was so");
}

#[test]
fn disguised_negations_still_negate() {
    for negation in ["nto", "n07", "nott", "nevr", "n o t", "nоt", "n\u{200b}ot", "**not**"] {
        silent(&format!("the moon is {negation} made of cheese"));
    }
}

#[test]
fn negation_turns_a_claim_into_silence_within_its_reach() {
    let outcome = silent("the moon is not made of cheese");
    assert_eq!(outcome.stance, Stance::Denies);
    assert!(outcome.reason.contains("“not”"), "{}", outcome.reason);
    replies("no doubt the moon is made of cheese");
    replies("it is not big but the moon is made of cheese");
    replies("not today. the moon is made of cheese");
    silent("it shines, not because the moon is made of cheese");
    replies("it is not big because the moon is made of cheese");
}

#[test]
fn rejections_are_counted() {
    silent("it is a myth that the moon is made of cheese");
    replies("it is a myth that the moon is not made of cheese");
    replies("dont tell me the moon is not made of cheese");
    silent("dont tell me the moon is made of cheese");
    silent("the moon is made of cheese, yeah right");
    silent("The moon is made of cheese. That is a myth.");
    silent("The moon is made of cheese. Nonsense.");
    silent("nonsense, the moon is not made of cheese");
    silent("the moon is made of cheese, a myth to say the least");
    replies("to say the moon is not made of cheese is nonsense");
    silent("the moon is made of cheese? no, it is not");
    silent("\"the moon is made of cheese\" no");
    silent("is the moon made of cheese? No, it shines as rock does on many a clear night.");
    replies("is the moon made of cheese? No mouse shines as rock does on many a clear night.");
    replies("dont tell me the moon is not made of cheese. No.");
    silent("the moon is \"made\" of cheese");
    silent("the moon is made of cheese /s");
    replies(
        "so much for \"the moon is made of cheese\" as they said in the long talks over dinner",
    );
    replies("The moon is made of cheese. We had long talks over dinner on some myth or other.");
}

#[test]
fn a_verdict_may_open_a_long_sentence_or_follow_an_exclamation() {
    silent("The moon is made of cheese. Nonsense from a paper which nobody here in town reads.");
    silent("The moon is made of cheese. Oh dear. Nonsense.");
    silent("The moon is made of cheese. Oh dear. Yeah right.");
    replies("The moon is made of cheese. We had long talks. Nonsense.");
}

#[test]
fn a_claim_that_is_echoed_and_answered_is_rebutted() {
    let outcome = silent("the moon is made of cheese? Rocks cover all of it.");
    assert!(outcome.reason.contains("only to be answered (“Rocks cover all of”)"));
    replies("the moon is made of cheese? Yes, all of it.");
    replies("the moon is made of cheese? Or of rock?");
    replies("the moon is made of cheese? is that so");
    replies("Who knows? the moon is made of cheese? Rocks cover all of it.");
    replies("the moon is made of cheese?");
    replies("is the moon made of cheese? Rocks cover all of it.");
    replies("the moon is not made of cheese? Look at it.");
}

#[test]
fn a_quoted_or_echoed_claim_is_scoffed_at() {
    silent("\"the moon is made of cheese\" - lol");
    silent("the moon is made of cheese?? cute");
    replies("the moon is made of cheese lol");
    replies("lol \"the moon is made of cheese\"");
}

#[test]
fn a_claim_of_others_is_contradicted() {
    silent("They say the moon is made of cheese. In reality it has rocks.");
    silent("They say the moon is made of cheese. It shines. Cute.");
    replies("They say the moon is made of cheese. It shines.");
    replies("The moon is made of cheese. In reality it has more of it.");
    replies("The moon is made of cheese. Cute.");
}

#[test]
fn a_wider_pattern_hears_of_the_rebuttal() {
    let standing = |message| {
        let findings = find(message).findings;
        assert!(findings.iter().any(|finding| finding.evidence.phrase == "mice later"));
        findings.iter().filter(|finding| finding.cancelled.is_none()).count()
    };
    assert_eq!(standing("the moon is made of cheese? Cute. HERE are mice"), 0);
    assert_eq!(standing("the moon is made of rock? Cute. HERE are mice"), 1);
    assert_eq!(standing("HERE is the moon? No. All mice."), 0, "a no in the middle");
    assert_eq!(standing("HERE is the moon? So. All mice."), 1);
}

#[test]
fn a_heading_contradicts_a_claim_of_others() {
    silent("They say: the moon is made of cheese. The map says: all rocks.");
    replies("They say: the moon is made of cheese. The map says all rocks.");
    replies("In May: the moon is made of cheese. The map says: all rocks.");
}

#[test]
fn a_word_of_the_claim_is_denied_further_on() {
    silent("The moon is made of cheese and mice live there. It shines, but it was never made so.");
    replies("The moon is made of cheese. It shines. So it does. Still. It was never made so.");
    replies("The moon is made of cheese, all of it. It was never full.");
    replies("The moon is made of cheese, all of it. They say it was never made so.");
    replies("The moon is made of cheese, all of it. Was it never made so?");
}

#[test]
fn negations_of_one_clause_say_no_once() {
    silent("the moon isnt, never was, made of cheese");
    silent("the moon never is not made of cheese");
    replies("there is no way that luna isnt made of cheese");
}

#[test]
fn a_cue_may_go_round_a_word_of_the_claim() {
    silent("if luna had been made of cheese");
    replies("luna had been made of cheese");
}

#[test]
fn a_statement_behind_the_claim_of_a_teller_is_a_sign_of_doubt() {
    let tier = |message| find(message).tier;
    assert_eq!(tier("The paper says the moon is made of cheese."), Tier::Reply);
    assert_eq!(tier("The paper says the moon is made of cheese. It has rocks."), Tier::Suggest);
    assert_eq!(tier("The paper says the moon is made of cheese. Yes, all of it."), Tier::Reply);
    assert_eq!(tier("The moon is made of cheese, the paper says. It has rocks."), Tier::Reply);
}

#[test]
fn a_predicate_behind_the_claim_is_a_sign_of_doubt() {
    let tier = |message| find(message).tier;
    assert_eq!(tier("That tiny moon made of cheese is what mice live on."), Tier::Suggest);
    assert_eq!(tier("That tiny moon made of cheese on which mice live."), Tier::Reply);
}

#[test]
fn a_row_of_concepts_may_be_a_cue() {
    silent("the moon is made of cheese, sobs the giant");
    replies("the moon is made of cheese, sobs the mouse to the giant");
}

#[test]
fn two_weak_signs_of_doubt_make_a_suggestion() {
    let tier = |message| find(message).tier;
    assert_eq!(tier("My neighbour thinks the moon is made of cheese."), Tier::Reply);
    assert_eq!(tier("The moon is made of tiny cheese. Crumbs."), Tier::Reply, "one kind of sign");
    let outcome = find("My neighbour thinks the moon is made of cheese. Tiny.");
    assert_eq!(outcome.tier, Tier::Suggest);
    insta::assert_snapshot!(outcome.reason, @"the moon is made of cheese, but not sure enough: it may argue about the claim (“My neighbour thinks”, “Tiny”) (score 0.43, a reply needs 0.70)");
    assert_eq!(tier("So \"the moon is made of cheese\" is what a tiny man wrote."), Tier::Suggest);
    assert_eq!(tier("My neighbour thinks the moon is made of cheese 😂"), Tier::Suggest);
    assert_eq!(tier("The moon is made of cheese 😂"), Tier::Reply);
    assert_eq!(tier("My neighbour thinks the moon is made of cheese, tiny, is it?"), Tier::Reply);
    assert_eq!(tier("My neighbour thinks the moon is made of tiny cheese? Yes."), Tier::Suggest);
    assert_eq!(tier("Is the moon made of cheese? My neighbour thinks so. Tiny."), Tier::Reply);
    assert_eq!(
        tier("The moon is made of cheese. It shines. So. My neighbour thinks tiny."),
        Tier::Reply
    );
}

#[test]
fn questions_are_asked_and_not_negated() {
    assert_eq!(replies("is the moon made of cheese").stance, Stance::Asks);
    assert_eq!(replies("the moon is made of cheese?").stance, Stance::Asks);
    assert_eq!(replies("isn't the moon made of cheese?").stance, Stance::Asks);
}

#[test]
fn exceptions_and_hiding_concepts_cancel() {
    let outcome = silent("the moon was baked from cheese");
    assert!(outcome.reason.contains("a cake"), "{}", outcome.reason);
    silent("a moon stone made of cheese");
}
