//! The engine on a small folder of its own: each behaviour in one sentence or two.

use proptest::prelude::*;

use super::normalize::normalize;
use super::{Matcher, Outcome, Stance, Tier};
use crate::knowledge::{Folder, load};

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
words = ["moon(|s)", "luna", "earths satellite"]
[concepts.made]
words = ["made", "consist(|s|ing)", "baked"]
negatable = true
[concepts.cheese]
words = ["chees(e|es|y)", "cheddar"]
[concepts.mice]
words = ["mouse", "mice"]
[concepts.live]
words = ["live(|s)"]
negatable = true
[concepts.of]
words = ["of", "from"]
[concepts.not]
words = ["not", "isnt", "never", "no"]
role = "negation"
[concepts.idiom]
role = "no-negation"
words = ["no doubt"]
[concepts.complement]
role = "complement"
words = ["that", "to say"]
[concepts.myth]
words = ["myth", "nonsense"]
role = "debunk"
[concepts.stop]
words = ["dont tell me"]
role = "reversal"
[concepts.fun]
words = ["yeah right"]
role = "mockery"
[concepts.asks]
words = ["is", "isnt", "why"]
role = "question"
[concepts.but]
words = ["but", "because"]
role = "boundary"
[concepts.that]
words = ["that", "thats"]
role = "reference"
[concepts.scoff]
role = "scoff"
words = ["lol", "cute"]
[concepts.assent]
role = "assent"
words = ["yes"]
[concepts.attribution]
role = "attribution"
words = ["they say"]
[concepts.rebuttal]
role = "rebuttal"
words = ["in reality"]
[concepts.moonstone]
words = ["moon stone"]
hides = true
[concepts.here]
words = ["HERE"]
[phrases.dairy_moon]
match = ["moon ..4 cheese"]
"#;

const WORDS: &str = r#"
common = "the of is to in it"
real = "mood choose"
"#;

const RULES: &str = r#"
[[patterns]]
name = "the moon is made of cheese"
match = "moon ..3 made ..2 cheese"
strength = "strong"
[[patterns]]
name = "mice live there"
match = "mice & live & moon"
strength = "fair"
[[patterns]]
name = "cheese from there"
match = "cheese of moon"
strength = "fair"
[[patterns]]
name = "mice later"
match = "moon >> mice"
needs = ["here"]
strength = "weak"
[[patterns]]
name = "mice and cheese, whatever the sentence"
match = "live && mice && cheddar_only ..8"
strength = "fair"
[[exceptions]]
name = "a cake"
match = "baked_moon"
[concepts.cheddar_only]
words = ["cheddar"]
[concepts.baked_moon]
words = ["moon was baked"]
"#;

fn folder() -> Folder {
    let myth = |number| format!("id = \"cheese-{number}\"\nnumber = {number}\n");
    let answer = |claim| format!("claim = \"{claim}\"\n");
    let files = [
        ("pack.toml", PACK.to_owned()),
        ("labels/en.toml", String::new()),
        ("lexicon/en.toml", LEXICON.to_owned()),
        ("words/en.toml", WORDS.to_owned()),
        ("cheese-1/myth.toml", myth(1)),
        ("cheese-1/en.toml", answer("The moon is made of cheese.")),
        ("cheese-1/en.match.toml", RULES.to_owned()),
    ];
    Folder { files: files.map(|(path, text)| (path.to_owned(), text)).into() }
}

fn matcher(folder: &Folder) -> Matcher {
    Matcher::new(&load(folder).expect("a sound folder"))
}

fn find(message: &str) -> Outcome {
    matcher(&folder()).find(message)
}

#[track_caller]
fn replies(message: &str) -> Outcome {
    let outcome = find(message);
    assert_eq!(outcome.tier, Tier::Reply, "{message}: {}", outcome.reason);
    outcome
}

#[track_caller]
fn silent(message: &str) -> Outcome {
    let outcome = find(message);
    assert_eq!(outcome.tier, Tier::Silent, "{message}: {}", outcome.reason);
    outcome
}

#[test]
fn a_claim_is_found_with_its_words_and_places() {
    let outcome = replies("I say „the Moon is made of cheese“!");
    assert_eq!(outcome.answer.as_deref(), Some("cheese-1"));
    assert_eq!(outcome.stance, Stance::Asserts);
    let evidence = &outcome.evidence[0];
    assert_eq!(evidence.text, "Moon is made of cheese");
    assert_eq!(evidence.span, [11, 33]);
    assert_eq!(evidence.distance, 0);
}

#[test]
fn order_gaps_and_sentences_hold() {
    silent("cheese is made on the moon");
    silent("the moon as we all know well is made of cheese");
    silent("the moon. made of cheese.");
    replies("Luna, they say, consists of cheddar");
    assert_eq!(find("mice? they live on the moon").tier, Tier::Silent, "two sentences");
    assert_eq!(find("on the moon live mice").tier, Tier::Suggest);
    assert_eq!(find("Cheddar! That is how mice live.").tier, Tier::Suggest, "any sentence");
    silent("Cheddar! That is, as far as anybody ever found out, how mice live.");
}

#[test]
fn findings_in_the_same_stretch_count_once() {
    let outcome = find("mice live on cheese from the moon");
    assert_eq!((outcome.tier, outcome.evidence.len()), (Tier::Suggest, 2));
    assert!(outcome.score > 0.44 && outcome.score < 0.46, "{}", outcome.score);
    let apart = find("on the moon live mice. And it is cheese from the moon.");
    assert!(apart.score > 0.69 && apart.score < 0.7, "{}", apart.score);
}

#[test]
fn needs_and_capitals() {
    assert!(find("moon. mice.").findings.is_empty());
    assert!(find("moon. mice. here").findings.is_empty(), "small letters");
    assert_eq!(find("moon. mice. HERE").findings.len(), 1);
    assert!(find("MOON. MICE. HERE").findings.is_empty(), "capitals say nothing here");
}

#[test]
fn typos_are_read_and_cost_a_little() {
    let clean = replies("the moon is made of cheese");
    let typo = replies("the moon is made of chese");
    assert_eq!(typo.evidence[0].distance, 1);
    assert_eq!(typo.evidence[0].text, "moon is made of chese");
    assert!(typo.score < clean.score);
    silent("the mood is made of cheese");
    replies("themoonismadeofcheese");
    replies("t h e  m o o n  i s  m a d e  o f  c h e e s e");
}

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
fn stray_and_missing_spaces_are_read() {
    replies("the moon is made of che ese");
    replies("the moon ismade of cheese");
    silent("the moon ismood of cheese");
}

#[test]
fn disguised_negations_still_negate() {
    for negation in ["nto", "n07", "nott", "nevr", "n o t", "nоt", "n\u{200b}ot", "**not**"] {
        silent(&format!("the moon is {negation} made of cheese"));
    }
}

#[test]
fn more_is_forgiven_where_the_message_is_about_something_known() {
    replies("the moon consistz of cheese");
    assert!(find("nto").findings.is_empty());
    assert_eq!(matcher(&folder()).reading("nto today").plain, " nto today");
    assert_eq!(matcher(&folder()).reading("moon nto today").plain, " moon not today");
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

#[test]
fn what_is_somebody_elses_is_not_read() {
    silent("> the moon is made of cheese\nfunny");
    silent("```the moon is made of cheese```");
    silent("https://a.example/the-moon-is-made-of-cheese");
    replies("**the** ||moon|| is _made_ of ~~cheese~~");
}

#[test]
fn silence_says_why() {
    assert_eq!(silent("good morning").reason, "no claim was found");
    assert_eq!(silent("").stance, Stance::None);
}

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
