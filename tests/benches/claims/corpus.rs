//! Claims from a small grammar, and messages that put them as people might. Seeded: the same each
//! time.

use std::collections::BTreeSet;

/// Claims, and messages that put some of them.
pub(super) struct Corpus {
    /// Each another sentence.
    pub(super) claims: Vec<String>,
    /// Each puts one of them.
    pub(super) messages: Vec<Message>,
}

/// A message that puts a claim.
pub(super) struct Message {
    /// Number of the claim.
    pub(super) claim: usize,
    /// How it is put.
    pub(super) text: String,
}

/// Words of each part of a sentence, each with another word for it.
type Words = &'static [(&'static str, &'static str)];

const WHO: Words = &[
    ("government", "state"),
    ("mayor", "town hall"),
    ("doctors", "physicians"),
    ("farmers", "growers"),
    ("bakers", "bread makers"),
    ("teachers", "schools"),
    ("bankers", "banks"),
    ("scientists", "researchers"),
    ("police", "cops"),
    ("railway", "train company"),
    ("newspaper", "press"),
    ("navy", "fleet"),
    ("astronauts", "spacemen"),
    ("pharmacists", "chemists"),
    ("supermarkets", "grocery shops"),
    ("judges", "courts"),
    ("airline", "carrier"),
    ("museum", "gallery"),
    ("fishermen", "anglers"),
    ("beekeepers", "people with bees"),
];
const DOES: Words = &[
    ("hides", "conceals"),
    ("bought", "purchased"),
    ("destroyed", "wrecked"),
    ("sells", "flogs"),
    ("poisons", "contaminates"),
    ("invented", "made up"),
    ("banned", "outlawed"),
    ("stole", "nicked"),
    ("burns", "sets fire to"),
    ("controls", "runs"),
    ("tests", "tries out"),
    ("buried", "dug in"),
    ("faked", "forged"),
    ("exports", "ships abroad"),
    ("photographs", "takes pictures of"),
    ("counts", "adds up"),
];
const WHAT: Words = &[
    ("drinking water", "tap water"),
    ("wheat harvest", "grain crop"),
    ("vaccines", "jabs"),
    ("election results", "vote count"),
    ("old bridges", "ancient crossings"),
    ("honey", "nectar"),
    ("gold reserves", "bullion"),
    ("moon rocks", "lunar stones"),
    ("weather data", "forecasts"),
    ("street lamps", "lights"),
    ("school meals", "lunches"),
    ("phone masts", "antennas"),
    ("paintings", "pictures"),
    ("bread", "loaves"),
    ("medicine", "drugs"),
    ("cash", "money"),
    ("satellites", "orbiters"),
    ("seeds", "grain"),
    ("birds", "pigeons"),
    ("maps", "charts"),
];
const WHY: Words = &[
    ("to save money", "because its cheaper"),
    ("to win the election", "for votes"),
    ("since the war", "ever since they fought"),
    ("in secret", "and tells nobody"),
    ("every winter", "when it gets cold"),
    ("to make people ill", "so we get sick"),
    ("without a permit", "illegally"),
    ("for foreign companies", "for firms abroad"),
    ("at night", "after dark"),
    ("to spy on us", "so they can watch us"),
];
const SYLLABLES: [&str; 24] = [
    "bar", "dor", "mel", "vin", "tash", "kor", "lun", "pre", "sil", "gan", "ost", "wick", "ham",
    "ber", "lo", "mi", "ra", "ten", "fal", "ne", "dun", "hol", "ska", "vi",
];
const BEFORE: [&str; 8] = [
    "ok so",
    "did you know",
    "my uncle says that",
    "is it true",
    "i read somewhere",
    "honestly i believe",
    "saw this today:",
    "wait what,",
];
const AFTER: [&str; 8] = [
    "lol",
    "just saying",
    "what do you think",
    "prove me wrong",
    "and nobody talks about it",
    "makes you think",
    "or am i wrong",
    "believe it or not",
];

impl Corpus {
    /// `claims` claims and `messages` messages.
    pub(super) fn new(claims: usize, messages: usize) -> Self {
        let mut chance = Chance(0x5EED_C1A1);
        let places: Vec<String> = (0..600).map(|_| place(&mut chance)).collect();
        let mut seen = BTreeSet::new();
        let mut parts = Vec::new();
        while parts.len() < claims {
            let place = chance.pick(&places).clone();
            let drawn = [chance.pick(WHO), chance.pick(DOES), chance.pick(WHAT), chance.pick(WHY)];
            if seen.insert((place.clone(), drawn.map(|part| part.0))) {
                parts.push((place, drawn.map(|part| *part)));
            }
        }
        let sentence = |(place, [who, does, what, why]): &(String, [(&str, &str); 4])| {
            format!("The {} of {place} {} {} {}.", who.0, does.0, what.0, why.0)
        };
        let claims = parts.iter().map(sentence).collect();
        let messages = (0..messages)
            .map(|_| {
                let claim = chance.below(parts.len());
                let text = parts.get(claim).map(|parts| put(parts, &mut chance));
                Message { claim, text: text.unwrap_or_default() }
            })
            .collect();
        Self { claims, messages }
    }
}

fn place(chance: &mut Chance) -> String {
    (0..2 + chance.below(2)).map(|_| *chance.pick(&SYLLABLES)).collect()
}

/// A claim with other words for some of its parts, some left out, some misspelt, in another order,
/// with chatter around.
fn put(
    (place, parts): &(String, [(&'static str, &'static str); 4]),
    chance: &mut Chance,
) -> String {
    let mut said: Vec<String> = Vec::new();
    for (usual, other) in parts {
        match chance.below(10) {
            0..2 => {}
            2..6 => said.push((*other).to_owned()),
            _ => said.push((*usual).to_owned()),
        }
    }
    if chance.below(10) < 8 {
        said.insert(chance.below(said.len() + 1), format!("in {place}"));
    }
    if chance.below(3) == 0 && !said.is_empty() {
        said.rotate_left(1);
    }
    let slips =
        |word: &str| if chance.below(6) == 0 { misspell(word, chance) } else { word.to_owned() };
    let words: Vec<String> = said.join(" ").split(' ').map(slips).collect();
    format!("{} {} {}", chance.pick(&BEFORE), words.join(" "), chance.pick(&AFTER))
}

/// A letter left out, doubled, or changed places with the next.
fn misspell(word: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = chance.below(letters.len() - 1);
    match chance.below(3) {
        0 => _ = letters.remove(at),
        1 => letters.insert(at, word.chars().nth(at).unwrap_or('e')),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Numbers that look random (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.below(from.len());
        from.get(at).expect("a list with something in it")
    }
}
