//! A message -> its words in plain small letters, each with its place in the original.
//!
//! Markdown signs, invisible characters and apostrophes vanish; look-alike letters, leet, letters
//! s p a c e d out or repeeeated are read as a person would read them.

use super::scanner::Scanner;
use super::strip::foreign_parts;

/// How strongly a word is parted from the one before it in its sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pause {
    /// Not at all.
    #[default]
    None,
    /// By a comma or dash.
    Comma,
    /// By a colon, bracket or quotation mark.
    Wall,
}

/// A word of the message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Word {
    /// First byte in [`Text::plain`].
    pub start: usize,
    /// One past the last byte there.
    pub end: usize,
    /// First character of the original.
    pub from: usize,
    /// One past the last character of the original.
    pub to: usize,
    /// Number of its sentence, from 0.
    pub sentence: usize,
    /// What stands before it, apart from spaces.
    pub pause: Pause,
    /// Number of the quotation that it stands in, from 1; 0 when in none.
    pub quotation: usize,
    /// Written in capitals, in a message that is not all capitals.
    pub capitals: bool,
    /// More than one space before it.
    pub wide: bool,
    /// Letters changed to read it; 0 as it comes from here.
    pub distance: usize,
    /// By how much another word is likelier than what it is read as, in quarters of a letter
    /// changed; 0 as it comes from here.
    pub excess: usize,
}

/// A message as words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The words, each with one space before it.
    pub plain: String,
    /// Where they are.
    pub words: Vec<Word>,
    /// Whether each sentence ends with a question mark.
    pub questions: Vec<bool>,
    /// Ends with "/s", by which people say that they do not mean it.
    pub sarcasm: bool,
}

impl Text {
    /// The plain letters of word number `index`, empty when there is none.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).and_then(|word| self.plain.get(word.start..word.end)).unwrap_or("")
    }

    /// The same text before its first word.
    pub(crate) fn emptied(&self) -> Self {
        Self { questions: self.questions.clone(), sarcasm: self.sarcasm, ..Self::default() }
    }

    /// Appends a word with these plain letters; `place` tells everything else about it.
    pub(crate) fn push(&mut self, letters: &str, place: Word) {
        self.plain.push(' ');
        let start = self.plain.len();
        self.plain.push_str(letters);
        self.words.push(Word { start, end: self.plain.len(), ..place });
    }
}

/// Reads a message.
#[must_use]
pub fn normalize(message: &str) -> Text {
    let mut scanner = Scanner::new(message);
    let mut skip = foreign_parts(message).into_iter().peekable();
    // Byte and character that are read next.
    let (mut at, mut index) = (0, 0);
    while let Some(rest) = message.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(part) = skip.next_if(|part| part.start <= at) {
            let foreign = message.get(at..part.end).unwrap_or_default();
            scanner.gap();
            at += foreign.len();
            index += foreign.chars().count();
            continue;
        }
        // Most of a message are whole words of plain letters.
        let letters = scanner.read_letters(index, rest);
        if letters > 0 {
            at += letters;
            index += letters;
            continue;
        }
        let mut characters = rest.chars();
        let Some(character) = characters.next() else { break };
        scanner.read(index, character, characters.next().unwrap_or(' '));
        at += character.len_utf8();
        index += 1;
    }
    scanner.finish(message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(message: &str) -> String {
        normalize(message).plain.trim_start().to_owned()
    }

    #[test]
    fn disguises_are_read_as_a_person_would() {
        for (message, read) in [
            ("NATO didn’t promise Russia's leaders", "nato didnt promise russia leaders"),
            ("N.A.T.O. promised", "nato promised"),
            ("the U.S. troops", "the us troops"),
            ("N A T O promised", "nato promised"),
            ("n a t o  l i e d again", "nato lied again"),
            ("n4t0 pr0m1sed", "nato promised"),
            ("SM-3, sm3, mk41, 2nd, 1990s", "sm 3 sm3 mk41 2nd 1990s"),
            ("NATOOOO promiiised", "nato promised"),
            ("nаtо", "nato"),
            ("ΝΑΤО рrоmіѕеd", "nato promised"),
            ("НАТО окружает", "нато окружает"),
            ("n\u{200B}a\u{200D}t\u{FEFF}o", "nato"),
            ("**NATO** ||promised|| ~~not~~ na*t*o", "nato promised not nato"),
            ("#NATOExpansion #StandWithRussia", "nato expansion stand with russia"),
            ("nato🚀promised", "nato promised"),
            ("n@to ru$$ia $ays", "nato russia says"),
            ("@n @nd @user rem@!n $@id !7", "an and user remain said i7"),
            ("prom!sed !nto no!Stop", "promised into no stop"),
            ("sm3s mk41s", "sm3s mk41s"),
            ("na**to** pro||mis||ed ex__pan__d", "nato promised expand"),
            ("nato1️⃣promised", "nato promised"),
            ("oo0y", "oy"),
            ("4l11anc3 a11ies a11!ance U$", "alliance allies alliance us"),
            ("non-expansion", "non expansion"),
        ] {
            assert_eq!(plain(message), read, "{message}");
        }
    }

    proptest! {
        #[test]
        fn whole_words_are_read_as_letter_by_letter(
            parts in prop::collection::vec("[a-vA-V]{1,4}|[a-c]{1,6}|[ .'@#$!*1-4aé\u{200B}-]{1,2}", 0..20),
        ) {
            let message = parts.concat();
            let mut scanner = Scanner::new(&message);
            let next = message.chars().skip(1).chain([' ']);
            for (index, (character, next)) in message.chars().zip(next).enumerate() {
                scanner.read(index, character, next);
            }
            prop_assert_eq!(normalize(&message), scanner.finish(&message));
        }
    }

    #[test]
    fn places_are_characters_of_the_original() {
        let message = "Ärger: „NATO“ said ‘no’";
        let text = normalize(message);
        let characters: Vec<char> = message.chars().collect();
        let written: Vec<String> =
            text.words.iter().map(|word| characters[word.from..word.to].iter().collect()).collect();
        assert_eq!(written, ["Ärger", "NATO", "said", "no"]);
    }

    #[test]
    fn sentences_clauses_and_questions() {
        let text = normalize("Wait... did NATO promise that? No, never! I mean it");
        let sentences: Vec<usize> = text.words.iter().map(|word| word.sentence).collect();
        assert_eq!(sentences, [0, 1, 1, 1, 1, 2, 2, 3, 3, 3]);
        assert_eq!(text.questions, [false, true, false, false]);
        assert!(text.words[6].pause == Pause::Comma);
    }

    #[test]
    fn a_slip_of_the_shift_key_ends_a_sentence_once() {
        let text = normalize("They lied!!1!11 Go home");
        assert_eq!(text.plain, " they lied go home");
        assert_eq!(text.words[3].sentence, 1);
        assert_eq!(normalize("wow! 1 inch").plain, " wow 1 inch");
    }

    #[test]
    fn letters_in_wide_gaps_are_read_the_same_twice() {
        let once = normalize("s  s  s  s s s").plain;
        assert_eq!(normalize(&once).plain, once);
    }

    #[test]
    fn a_link_is_part_of_its_sentence() {
        let text = normalize("[NATO](https://a.example/b) promised");
        assert_eq!(text.plain, " nato promised");
        assert_eq!(text.words[1].pause, Pause::None);
    }

    #[test]
    fn capitals_count_only_among_small_letters() {
        assert!(normalize("the US promised").words[1].capitals);
        assert!(!normalize("LET US GO").words[1].capitals);
    }
}
