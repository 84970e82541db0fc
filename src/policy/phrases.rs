//! The phrases that moderators of a server set: plain words, tied to an answer or to silence.
//!
//! They are read like messages ([`normalize()`]) and stand in a message when all their words do, one
//! behind the other. A slip of the pen or two is forgiven in longer words, unless the slip makes
//! another word of the language: "the moon" does not stand in "soon".

use rustc_hash::FxHashMap;

use crate::matching::normalize::{Text, normalize};

/// Most phrases of a server.
pub const MOST: u8 = 200;
/// Most characters of a phrase, as it is written.
pub const LENGTH: usize = 100;

/// From how many letters on a word is understood with one slip.
const ONE_SLIP: usize = 4;
/// From how many letters on with two.
const TWO_SLIPS: usize = 8;
/// A phrase of a single word needs as many letters.
const ALONE: usize = 5;

/// Why something cannot be a phrase, in a sentence for the moderator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// No word is left of it.
    #[error(
        "There are no words in this phrase. Links, mentions, emoji, code and quoted lines do not \
         count; please write the words themselves."
    )]
    Empty,
    /// It would be met everywhere.
    #[error(
        "This phrase is too short: it would be met in messages about anything. Please write at \
         least two words, or one of five letters or more."
    )]
    Short,
    /// It is longer than [`LENGTH`].
    #[error("This phrase is too long. Please write at most {LENGTH} characters.")]
    Long,
}

/// The words of a phrase as they are compared with messages, with a space between them.
///
/// # Errors
/// When it has no words, or would be met in messages about anything.
pub fn read(written: &str) -> Result<String, Unfit> {
    if written.chars().count() > LENGTH {
        return Err(Unfit::Long);
    }
    let text = normalize(written);
    match text.words.len() {
        0 => Err(Unfit::Empty),
        1 if text.word(0).chars().count() < ALONE => Err(Unfit::Short),
        _ => Ok(text.plain.trim_start().to_owned()),
    }
}

/// Phrases, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Their words, each once.
    words: Vec<Spelt>,
    sequences: Vec<Phrase>,
    /// Of each the longest word, which few messages have; and the phrases that have it as theirs.
    rarest: Vec<(usize, Vec<usize>)>,
}

/// Numbers of the words of a phrase, and the place of the longest.
#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<usize>,
    longest: usize,
}

#[derive(Debug, Clone)]
struct Spelt {
    text: String,
    letters: Letters,
}

impl Phrases {
    /// Takes phrases as [`read`] returns them.
    pub fn new<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        for (number, phrase) in phrases.into_iter().enumerate() {
            let split: Vec<&str> = phrase.split_whitespace().collect();
            let word = |text| *known.entry(text).or_insert_with(|| all.add(text));
            let words: Vec<usize> = split.iter().copied().map(word).collect();
            let longest = split.iter().zip(0..).max_by_key(|(text, _)| text.len());
            let longest = longest.map_or(0, |(_, place)| place);
            if let Some(rarest) = words.get(longest) {
                match all.rarest.iter_mut().find(|(word, _)| word == rarest) {
                    Some((_, phrases)) => phrases.push(number),
                    None => all.rarest.push((*rarest, vec![number])),
                }
            }
            all.sequences.push(Phrase { words, longest });
        }
        all
    }

    fn add(&mut self, text: &str) -> usize {
        self.words.push(Spelt { text: text.to_owned(), letters: Letters::of(text) });
        self.words.len() - 1
    }

    /// Numbers of the phrases that a message says, in the order in which they were given. `is_word`
    /// knows words of the language, which are no slips of the pen.
    pub fn said(&self, message: &str, is_word: impl Fn(&str) -> bool) -> Vec<usize> {
        if self.sequences.is_empty() {
            return vec![];
        }
        let text = normalize(message);
        let mut reading = Reading::new(&self.words, &text, is_word);
        let mut said = vec![false; self.sequences.len()];
        for place in 0..text.words.len() {
            for (rarest, phrases) in &self.rarest {
                if !reading.is(*rarest, place) {
                    continue;
                }
                for number in phrases {
                    if let (Some(said), Some(phrase)) =
                        (said.get_mut(*number), self.sequences.get(*number))
                    {
                        *said = *said || phrase.stands(&mut reading, place);
                    }
                }
            }
        }
        said.iter().enumerate().filter_map(|(number, said)| said.then_some(number)).collect()
    }
}

impl Phrase {
    /// Whether it stands in a message with its longest word at `place`.
    fn stands(&self, reading: &mut Reading<'_, impl Fn(&str) -> bool>, place: usize) -> bool {
        let Some(first) = place.checked_sub(self.longest) else { return false };
        self.words.iter().zip(first..).all(|(word, place)| reading.is(*word, place))
    }
}

/// A message while it is compared with the words of phrases.
struct Reading<'a, F> {
    words: &'a [Spelt],
    /// The words of the message, each once.
    seen: Vec<(&'a str, Letters)>,
    /// Which of them stands where.
    places: Vec<usize>,
    /// Which word of the phrases was meant by which of the message, where that took a closer look.
    looked: FxHashMap<(usize, usize), bool>,
    is_word: F,
}

impl<'a, F: Fn(&str) -> bool> Reading<'a, F> {
    fn new(words: &'a [Spelt], text: &'a Text, is_word: F) -> Self {
        let mut seen = Vec::new();
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        let place = |place| {
            let word = text.word(place);
            *known.entry(word).or_insert_with(|| {
                seen.push((word, Letters::of(word)));
                seen.len() - 1
            })
        };
        let places = (0..text.words.len()).map(place).collect();
        Self { words, seen, places, looked: FxHashMap::default(), is_word }
    }

    /// Whether whoever wrote what stands at `place` meant this word of the phrases.
    fn is(&mut self, word: usize, place: usize) -> bool {
        let Some(number) = self.places.get(place) else { return false };
        let (Some(meant), Some((seen, letters))) = (self.words.get(word), self.seen.get(*number))
        else {
            return false;
        };
        meant.letters.may_be(*letters)
            && *self.looked.entry((word, *number)).or_insert_with(|| {
                let slips = meant.letters.slips;
                meant.text == *seen
                    || slips > 0
                        && strsim::osa_distance(&meant.text, seen) <= slips
                        && !(self.is_word)(seen)
            })
    }
}

/// What can be told of a word at a glance.
#[derive(Debug, Clone, Copy)]
struct Letters {
    count: usize,
    /// A bit for each letter that is in it; some share one.
    which: u32,
    /// How many slips are forgiven.
    slips: usize,
}

impl Letters {
    fn of(word: &str) -> Self {
        let (mut count, mut which, mut digits) = (0, 0, false);
        for letter in word.chars() {
            count += 1;
            which |= 1 << (u32::from(letter) % 32);
            digits |= letter.is_numeric();
        }
        let slips = match count {
            // "2022" is not "2023".
            _ if digits => 0,
            TWO_SLIPS.. => 2,
            ONE_SLIP.. => 1,
            _ => 0,
        };
        Self { count, which, slips }
    }

    /// False when `seen` surely is another word: a slip adds or takes a letter, or does both.
    fn may_be(self, seen: Self) -> bool {
        let others = (self.which ^ seen.which).count_ones() as usize;
        self.count.abs_diff(seen.count) <= self.slips && others <= 2 * self.slips
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a message says a phrase.
    fn says(message: &str, phrase: &str) -> bool {
        let read = read(phrase).expect("a phrase");
        let word = |word: &str| ["soon", "mood", "fan", "lending"].contains(&word);
        Phrases::new([read.as_str()]).said(message, word) == [0]
    }

    #[test]
    fn words_are_met_in_sequence_and_whole() {
        for message in [
            "moon landing",
            "I say: MOON landing!",
            "wow **moon** lаnding",
            "the moon, landing",
            "m o o n landing",
            "mooooon landing",
            "moon\nlanding",
            "moon moon landing",
        ] {
            assert!(says(message, "moon landing"), "{message}");
            assert!(says(message, "Moon, Landing!"), "{message}");
        }
        for message in [
            "landing moon",
            "moon soft landing",
            "moon",
            "landing",
            "honeymoon landing site",
            "> moon landing",
            "`moon landing`",
            "",
        ] {
            assert!(!says(message, "moon landing site"), "{message}");
        }
    }

    #[test]
    fn slips_are_forgiven_by_length() {
        for (message, phrase) in [
            ("mon landing", "moon landing"),
            ("omon landnig", "moon landing"),
            ("encirclemant", "encirclement"),
            ("encerclemant", "encirclement"),
        ] {
            assert!(says(message, phrase), "{message} / {phrase}");
        }
        for (message, phrase) in [
            // Three letters: no slip.
            ("bas fen", "bus fan"),
            ("bud fan", "bus fan"),
            // Four to seven letters: one.
            ("mono landers", "moon landing"),
            ("lxndxng site", "landing site"),
            // More: two.
            ("encexclxmxnt", "encirclement"),
            ("in 2023 then", "in 2022 then"),
        ] {
            assert!(!says(message, phrase), "{message} / {phrase}");
        }
    }

    #[test]
    fn words_of_the_language_are_no_slips() {
        assert!(says("moom landing", "moon landing"));
        assert!(!says("soon landing", "moon landing"));
        assert!(!says("moon lending", "moon landing"));
    }

    #[test]
    fn what_would_be_met_anywhere_is_no_phrase() {
        let unfit = |text: &str| read(text).expect_err("unfit").to_string();
        insta::assert_snapshot!(unfit("the"), @"This phrase is too short: it would be met in messages about anything. Please write at least two words, or one of five letters or more.");
        assert_eq!(read("moon"), Err(Unfit::Short));
        insta::assert_snapshot!(unfit("<:moon:123> https://moon.example `moon`"), @"This phrase is too short: it would be met in messages about anything. Please write at least two words, or one of five letters or more.");
        insta::assert_snapshot!(unfit(&"moon ".repeat(21)), @"This phrase is too long. Please write at most 100 characters.");
        assert_eq!(read("moons").as_deref(), Ok("moons"));
        assert_eq!(read("to us").as_deref(), Ok("to us"));
        assert_eq!(read("  Don't  LOOK! ").as_deref(), Ok("dont look"));
    }

    #[test]
    fn every_phrase_that_is_said_is_found() {
        let phrases = Phrases::new(["moon landing", "soft landing", "landing", "landing site"]);
        let said = phrases.said("a soft landing on the moon landing site", |_| false);
        assert_eq!(said, [0, 1, 2, 3]);
        assert_eq!(phrases.said("landing", |_| false), [2]);
        assert!(Phrases::default().said("landing", |_| false).is_empty());
    }

    proptest! {
        /// The quick look never rules out what strsim would let pass.
        #[test]
        fn a_glance_rules_nothing_out(word in "[a-zé]{4,10}", seen in "[a-zé]{2,12}") {
            let letters = Letters::of(&word);
            if strsim::osa_distance(&word, &seen) <= letters.slips {
                prop_assert!(letters.may_be(Letters::of(&seen)));
            }
        }

        #[test]
        fn a_message_says_what_it_is(text in "[a-zA-Z ']{0,60}") {
            if let Ok(read) = read(&text) {
                prop_assert_eq!(Phrases::new([read.as_str()]).said(&text, |_| false), [0]);
            }
        }

        #[test]
        fn any_text_will_do(message in ".{0,200}", phrase in ".{0,50}") {
            let phrases = Phrases::new([phrase.as_str()]);
            let _ = phrases.said(&message, |_| false);
        }
    }
}
