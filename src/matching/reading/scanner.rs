//! The walk over a message's characters that gathers its words.

use std::mem::take;

use super::buffer::Buffer;
use super::leet;
use super::letters::{self, Script, Sign};
use super::normalize::{Pause, Text, Word};
use super::spaced;

/// State of the walk over the characters.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of what was read")]
pub(crate) struct Scanner {
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
    /// A word of another script was read that has a letter which looks like no Latin one.
    other_script: bool,
    lowercase: usize,
    /// Words with digits for letters.
    disguised: usize,
}

impl Scanner {
    /// Ready to read `message`.
    pub(crate) fn new(message: &str) -> Self {
        let mut scanner = Self::default();
        scanner.text.plain.reserve(message.len() + 16);
        scanner.text.words.reserve(message.len() / 5 + 1);
        scanner
    }

    /// Reads the Latin letters that `rest` begins with, when they begin a word and are to be read as
    /// they stand; how many were read. The first is character number `index`.
    pub(crate) fn read_letters(&mut self, index: usize, rest: &str) -> usize {
        if self.hashtag || !self.word.letters.is_empty() {
            return 0;
        }
        let count = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let letters = rest.get(..count).unwrap_or_default();
        if !self.word.push_letters(index, letters) {
            return 0;
        }
        self.previous = letters.chars().next_back().unwrap_or(self.previous);
        count
    }

    /// Reads character number `index`, behind which `next` stands.
    pub(crate) fn read(&mut self, index: usize, character: char, next: char) {
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
        (starts && (next.is_ascii_lowercase() || matches!(next, '7' | '5' | '$')))
            || ((self.inside(next) || (next == '@' && !self.word.letters.is_empty()))
                && !(self.word.last_lower && next.is_uppercase()))
    }

    fn stands_for_a(&self, next: char) -> bool {
        // "1d3@" and a lone one; "me@" is the beginning of an address.
        let ends = self.word.digits && (self.word.lower || self.word.upper);
        let stands = !self.word.letters.is_empty() && (ends || matches!(next, '!' | '@'));
        let alone = self.word.letters.is_empty() && self.previous == ' ' && next == ' ';
        self.inside(next) || stands || alone
    }

    /// "@name" names a person; behind it "@n" and "@nd" are read as words.
    fn mention(&mut self, index: usize) {
        self.end_word();
        self.word.at = Some(index);
    }

    fn stands_for_s(&self, next: char) -> bool {
        let starts = self.word.letters.is_empty()
            && (next.is_ascii_alphabetic() || matches!(next, '@' | '!'));
        let alone = self.word.last_upper && self.word.letters.len() == 1;
        // "i7$", but "US$".
        let ends = !self.word.letters.is_empty() && !self.word.last_upper;
        starts || self.inside(next) || ends || alone
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
                word.own |= letters::is_of_its_own(character);
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
    pub(crate) fn gap(&mut self) {
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
            // Letters that are read as nothing leave marks all the same.
            let letters = take(&mut self.word.letters);
            self.word = Buffer { letters, ..Buffer::default() };
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
        self.disguised += usize::from(word.read_leet());
        // Among Latin letters it is a disguise too.
        self.other_script |= word.own && !word.latin;
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

    /// The words of `message`, all of which was read.
    pub(crate) fn finish(mut self, message: &str) -> Text {
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
        leet::read_numbers(spaced::rejoin(text), self.disguised)
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
            // Without the marks that are read as nothing.
            let is_letter = |c: &&char| letters::is_letter(**c);
            let own: String = own.iter().filter(is_letter).flat_map(|c| c.to_lowercase()).collect();
            restored.push(&own, place);
        } else {
            restored.push(text.word(index), place);
        }
    }
    restored
}
