//! A message -> its words in plain small letters, each with its place in the original.
//!
//! Markdown signs, invisible characters and apostrophes vanish; look-alike letters, leet, letters
//! s p a c e d out or repeeeated are read as a person would read them.

use std::mem::take;

use super::buffer::Buffer;
use super::letters::{self, Script, Sign};
use super::spaced;
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
    pub(super) fn emptied(&self) -> Self {
        Self { questions: self.questions.clone(), sarcasm: self.sarcasm, ..Self::default() }
    }

    /// Appends a word with these plain letters; `place` tells everything else about it.
    pub(super) fn push(&mut self, letters: &str, place: Word) {
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
    let mut characters = message.char_indices().enumerate().peekable();
    while let Some((index, (byte, character))) = characters.next() {
        if let Some(part) = skip.peek() {
            if part.contains(&byte) {
                scanner.gap(index);
                continue;
            }
            if part.end <= byte {
                skip.next();
                // The next part may begin right here.
                if skip.peek().is_some_and(|next| next.contains(&byte)) {
                    continue;
                }
            }
        }
        let next = characters.peek().map_or(' ', |(_, (_, next))| *next);
        scanner.read(index, character, next);
    }
    scanner.finish(message)
}

/// State of the walk over the characters.
#[derive(Debug, Default)]
struct Scanner {
    text: Text,
    word: Buffer,
    pause: Pause,
    quotation: usize,
    quotations: usize,
    spaces: usize,
    sentence: usize,
    sentence_ends: bool,
    hashtag: bool,
    /// The first of two Markdown signs was read: the next character is the second.
    doubled: bool,
    /// The character before.
    previous: char,
    /// A letter of another script that looks like no Latin one was read.
    other_script: bool,
    lowercase: usize,
}

impl Scanner {
    fn new(message: &str) -> Self {
        let mut scanner = Self::default();
        scanner.text.plain.reserve(message.len() + 16);
        scanner.text.words.reserve(message.len() / 5 + 1);
        scanner
    }

    fn read(&mut self, index: usize, character: char, next: char) {
        match character {
            // "!!1": a slip of the shift key.
            '1' if self.ends_cry(next) => self.sentence_end(false),
            // The number signs of 1️⃣ decorate.
            '0'..='9' if matches!(next, '\u{FE0F}' | '\u{20E3}') => self.end_word(),
            'a'..='z' | 'A'..='Z' | '0'..='9' => self.ascii(index, character, next),
            ' ' => self.space(),
            '\'' | '’' | '‘' | '`' | '´' => self.apostrophe(next),
            '.' if self.in_acronym(next) => self.word.acronym = true,
            '!' if self.stands_for_i(next) => self.letter(index, 'i'),
            '.' | '!' | ';' | '\n' | '…' | '?' => self.sentence_end(character == '?'),
            '@' if self.stands_for_a(next) => self.letter(index, 'a'),
            '@' => self.mention(index),
            '$' if self.stands_for_s(next) => self.letter(index, 's'),
            // Markdown inside a word must not split it.
            '*' | '~' | '_' | '|' if next == character => self.doubled = true,
            '*' | '~' | '_' | '|' if take(&mut self.doubled) => {}
            '*' | '~' if self.inside(next) => {}
            '#' => {
                self.end_word();
                self.hashtag = true;
            }
            '-' | '‐' | '‑' if self.inside(next) => self.end_word(),
            ',' | '-' | '–' | '—' => self.clause_end(Pause::Comma),
            '(' if self.previous == ']' => self.end_word(),
            ':' | '(' | ')' => self.clause_end(Pause::Wall),
            '"' | '“' | '”' | '„' | '«' | '»' => self.quotation_mark(),
            '\t' | '\r' | '_' | '/' | '|' | '\u{A0}' => self.end_word(),
            _ if character.is_ascii() => self.end_word(),
            _ => self.foreign(index, character),
        }
        self.previous = character;
    }

    fn ends_cry(&self, next: char) -> bool {
        self.word.letters.is_empty()
            && (self.previous == '!' || (self.sentence_ends && self.previous == '1'))
            && (matches!(next, '!' | '1') || next.is_whitespace())
    }

    /// "prom!sed", "!nto"; but "no!Stop", "wow!", "a !b" in a text about programs.
    fn stands_for_i(&self, next: char) -> bool {
        let starts = self.word.letters.is_empty() && self.previous.is_whitespace();
        (starts && (next.is_ascii_lowercase() || matches!(next, '7' | '5')))
            || ((self.inside(next) || (next == '@' && !self.word.letters.is_empty()))
                && !(self.word.last_lower && next.is_uppercase()))
    }

    fn stands_for_a(&self, next: char) -> bool {
        self.inside(next) || (!self.word.letters.is_empty() && matches!(next, '!' | '@'))
    }

    /// "@name" names a person; behind it "@n" and "@nd" are read as words.
    fn mention(&mut self, index: usize) {
        self.end_word();
        self.word.at = Some(index);
    }

    fn stands_for_s(&self, next: char) -> bool {
        let starts = self.word.letters.is_empty()
            && (next.is_ascii_alphabetic() || matches!(next, '@' | '!'));
        starts || self.inside(next) || self.word.last_lower
    }

    fn inside(&self, next: char) -> bool {
        !self.word.letters.is_empty() && (next.is_alphanumeric() || next == '$')
    }

    fn in_acronym(&self, next: char) -> bool {
        let single = self.word.letters.len() == 1 || self.word.acronym;
        single && self.word.latin && !self.word.digits && next.is_ascii_alphabetic()
    }

    fn ascii(&mut self, index: usize, character: char, next: char) {
        if self.hashtag && character.is_ascii_uppercase() {
            let hump = self.word.last_lower || (self.word.last_upper && next.is_ascii_lowercase());
            if hump {
                self.end_word();
                self.hashtag = true;
            }
        }
        // "N.A.T.O" goes on letter by letter; "U.S troops" does not swallow a longer word.
        if self.word.acronym && next.is_ascii_alphabetic() && character.is_ascii_alphabetic() {
            self.end_word();
        }
        self.word.last_lower = character.is_ascii_lowercase();
        self.word.last_upper = character.is_ascii_uppercase();
        self.word.lower |= self.word.last_lower;
        self.word.upper |= self.word.last_upper;
        self.word.latin = true;
        self.letter(index, character.to_ascii_lowercase());
    }

    fn letter(&mut self, index: usize, letter: char) {
        self.word.push(index, letter);
    }

    fn foreign(&mut self, index: usize, character: char) {
        let word = &mut self.word;
        match letters::read(character, |letter| word.push(index, letter)) {
            Sign::Letter(Script::Latin) => word.latin = true,
            Sign::Letter(Script::Other) => {
                word.other = true;
                self.other_script |= letters::is_of_its_own(character);
            }
            Sign::Nothing => {}
            Sign::Other => self.end_word(),
        }
    }

    fn apostrophe(&mut self, next: char) {
        if self.inside(next) {
            self.word.apostrophe = Some(self.word.letters.len());
        } else {
            self.end_word();
        }
    }

    fn space(&mut self) {
        self.end_word();
        self.hashtag = false;
        self.spaces += 1;
    }

    /// A part that is left out: it separates words and sentences no more than a space does.
    fn gap(&mut self, _index: usize) {
        self.end_word();
    }

    fn clause_end(&mut self, pause: Pause) {
        self.end_word();
        self.pause = self.pause.max(pause);
    }

    /// The first mark opens a quotation, the next one closes it.
    fn quotation_mark(&mut self) {
        self.clause_end(Pause::Wall);
        if self.quotation > 0 {
            self.quotation = 0;
        } else {
            self.quotations += 1;
            self.quotation = self.quotations;
        }
    }

    fn sentence_end(&mut self, question: bool) {
        self.end_word();
        if self.text.words.is_empty() {
            return;
        }
        self.sentence_ends = true;
        if let Some(asked) = self.text.questions.get_mut(self.sentence) {
            *asked |= question;
        }
    }

    fn end_word(&mut self) {
        if self.word.letters.is_empty() {
            self.word.acronym = false;
            self.word.at = None;
            return;
        }
        if self.sentence_ends {
            self.sentence += 1;
            self.sentence_ends = false;
            self.pause = Pause::None;
        }
        if self.text.questions.len() <= self.sentence {
            self.text.questions.push(false);
        }
        let mut word = take(&mut self.word);
        word.read_at();
        word.drop_possessive();
        word.read_leet();
        self.lowercase += usize::from(word.lower);
        let place = Word {
            from: word.from,
            to: word.to,
            sentence: self.sentence,
            pause: take(&mut self.pause),
            quotation: self.quotation,
            capitals: word.upper && !word.lower && word.letters.len() > 1,
            wide: self.spaces > 1,
            // Marks a word of foreign letters until `finish` restores it.
            distance: usize::from(word.other && !word.latin),
            ..Word::default()
        };
        self.text.push(&word.letters, place);
        self.spaces = 0;
        self.hashtag = false;
        word.letters.clear();
        self.word = Buffer { letters: word.letters, ..Buffer::default() };
    }

    fn finish(mut self, message: &str) -> Text {
        self.end_word();
        let mut text = self.text;
        text.sarcasm = message.trim_end().ends_with(" /s");
        if self.other_script {
            text = with_foreign_words(&text, message);
        } else {
            // Look-alikes alone: "ΝАТО" in a text that has nothing else of its script.
            text.words.iter_mut().for_each(|word| word.distance = 0);
        }
        // In a message of capitals a word in capitals tells nothing.
        if self.lowercase * 3 < text.words.len() {
            text.words.iter_mut().for_each(|word| word.capitals = false);
        }
        spaced::rejoin(text)
    }
}

/// Gives the marked words their own letters back.
fn with_foreign_words(text: &Text, message: &str) -> Text {
    let characters: Vec<char> = message.chars().collect();
    let mut restored = text.emptied();
    for (index, word) in text.words.iter().enumerate() {
        let place = Word { distance: 0, ..*word };
        if word.distance > 0 {
            let own = characters.get(word.from..word.to).unwrap_or_default();
            let own: String =
                own.iter().filter(|c| c.is_alphanumeric()).flat_map(|c| c.to_lowercase()).collect();
            restored.push(&own, place);
        } else {
            restored.push(text.word(index), place);
        }
    }
    restored
}

#[cfg(test)]
mod tests {
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
            ("non-expansion", "non expansion"),
        ] {
            assert_eq!(plain(message), read, "{message}");
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
