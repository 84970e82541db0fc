//! The tool itself: what each kind makes of a sentence, and that seeds are kept to.

use super::kinds::{KINDS, perturb};

const SENTENCE: &str = "NATO promised not to expand, didn't they? Look at the map.";

/// Dice with which every kind does something to the sentence.
const SEED: u64 = 17;

#[test]
fn kinds_do_what_they_say() {
    let hidden = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}'];
    let row =
        |(name, kind)| format!("{name}: {}", perturb(SENTENCE, kind, SEED).replace(hidden, "·"));
    let all: Vec<String> = KINDS.into_iter().map(row).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    typos1: NATO promieed not to expand, dudn't they? Look at the map.
    typos2: NATO promisc not to expanx, did't they? Look at the map.
    typos1-anywhere: NATO projised not yo expand, dien't they? Looi at the map.
    typos2-anywhere: NATO promswed noy to esxpand, didn' fhry? Look at tye map.
    swapped: NATO promised not to exapnd, didn't they? Look at the map.
    dropped: NATO promied not to expand, ddn't they? Look at the map.
    doubled: NATO promissed not to expand, diidn't they? Look at the map.
    leet: N470 promi53d n07 t0 exp4nd, didn'7 7h3y? 100k at the m@p.
    look-alike: ＮА𝗧O ｐrｏміｓe𝗱 n𝗼т ｔo ex𝗽ａпd, 𝗱id𝗻't thеу? 𝗟ｏo𝗸 аｔ thｅ м𝗮p.
    look-alike-all: ΝΑΤО рrоміѕеd пот то ехραпd, dіdп'т тhеу? Lоок αт тhе мар.
    zero-width: N·ATO promi·sed· no·t to e·xpand, didn·'·t the·y? Loo·k a·t t·he· map.
    spaced:  N A T O  promised not to expand, didn't they? Look at the map.
    dotted: N*A*T*O promised not to expand, didn't they? Look at the map.
    capitals: NATO PROMISED NOT TO EXPAND, DIDN'T THEY? LOOK AT THE MAP.
    small: nato promised not to expand, didn't they? look at the map.
    hashtags: #NATOPromisedNotToExpand, didn't they? Look at the map.
    small-hashtags: #natopromisednottoexpand, didn't they? Look at the map.
    missing-spaces: NATOpromisednot to expand, didn't they? Look at the map.
    stray-spaces: NATO promi sed not to expand, didn't they? Look at the map.
    no-punctuation: NATO promised not to expand didnt they Look at the map
    emoji: NATO 1️⃣ promised not to expand, didn't they? Look🤡 at the❤️ map.
    clapping: NATO👏promised👏not👏to👏expand,👏didn't👏they?👏Look👏at👏the👏map.
    markdown: > so what do you all think
    **NATO** promised not to expand, didn't they? Look ||at|| `the` map.
    all-in-signs: ***NATO promised not to expand, didn't they? Look at the map.***
    typos1-capitals: NATO PROMIEED NOT TO EXPAND, DUDN'T THEY? LOOK AT THE MAP.
    typos1-tags: NATO promieed not to expand, dudn't they? Look at the #Map.
    "#);
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
