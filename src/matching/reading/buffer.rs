//! One word while it is read: its letters so far and what was seen among them.

/// Letters behind an "@" that make it an a; longer ones are a name.
const LONGEST_BEHIND_AT: usize = 2;

/// The word being read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of what was seen in it")]
pub(crate) struct Buffer {
    pub(crate) letters: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) latin: bool,
    pub(crate) other: bool,
    /// One of the other letters looks like no Latin one.
    pub(crate) own: bool,
    pub(crate) digits: bool,
    pub(crate) lower: bool,
    pub(crate) upper: bool,
    pub(crate) last_lower: bool,
    pub(crate) last_upper: bool,
    /// Byte in `letters` behind an apostrophe.
    pub(crate) apostrophe: Option<usize>,
    /// Character of an "@" right before it.
    pub(crate) at: Option<usize>,
    pub(crate) run: usize,
    pub(crate) acronym: bool,
}

impl Buffer {
    /// Adds a letter that stands at character `index` of the message.
    pub(crate) fn push(&mut self, index: usize, letter: char) {
        if self.letters.is_empty() {
            self.from = index;
        }
        self.to = index + 1;
        self.digits |= letter.is_ascii_digit();
        // Three of a kind are never spelling: "soooo" is read as "so".
        if self.letters.ends_with(letter) && !letter.is_ascii_digit() {
            self.run += 1;
            if self.run == 2 {
                self.letters.pop();
            }
            if self.run >= 2 {
                return;
            }
        } else {
            self.run = 0;
        }
        self.letters.push(letter);
    }

    /// Adds Latin letters as the first ones, from character `index` of the message on, unless one
    /// stands there three times in a row; whether they were added.
    pub(crate) fn push_letters(&mut self, index: usize, letters: &str) -> bool {
        let bytes = letters.as_bytes();
        let same = |a: u8, b: u8| a.eq_ignore_ascii_case(&b);
        if bytes.windows(3).any(|row| matches!(row, [a, b, c] if same(*a, *b) && same(*b, *c))) {
            return false;
        }
        let Some(last) = bytes.last() else { return false };
        self.letters.push_str(letters);
        self.letters.make_ascii_lowercase();
        self.from = index;
        self.to = index + bytes.len();
        self.latin = true;
        self.lower |= bytes.iter().any(u8::is_ascii_lowercase);
        self.upper |= bytes.iter().any(u8::is_ascii_uppercase);
        self.last_lower = last.is_ascii_lowercase();
        self.last_upper = last.is_ascii_uppercase();
        let twice = matches!(bytes, [.., a, b] if same(*a, *b));
        self.run = usize::from(twice);
        true
    }

    /// "@nd" -> "and", "@b0ut" -> "ab0ut"; "@name" and "@name123" are mentions.
    pub(crate) fn read_at(&mut self) {
        let is_digit = |c: char| c.is_ascii_digit();
        let in_disguise = || self.letters.trim_end_matches(is_digit).contains(is_digit);
        if let Some(at) = self.at
            && (self.letters.len() <= LONGEST_BEHIND_AT || (self.digits && in_disguise()))
            && !self.letters.starts_with('a')
        {
            self.letters.insert(0, 'a');
            self.from = at;
        }
    }

    /// "russia's" -> "russia"; "don't" stays "dont".
    pub(crate) fn drop_possessive(&mut self) {
        if let Some(at) = self.apostrophe
            && self.letters.get(at..) == Some("s")
        {
            self.letters.truncate(at);
        }
    }

    /// "n4to" -> "nato"; "sm3", "sm3s", "mk41", "2nd", "10km" and "1990s" stay. Whether it was read
    /// so.
    pub(crate) fn read_leet(&mut self) -> bool {
        if !self.digits {
            return false;
        }
        let letters = self.letters.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters < 2 {
            return false;
        }
        let leads = self.letters.bytes().take_while(u8::is_ascii_digit).count();
        let plural = self.letters.strip_suffix('s').unwrap_or(&self.letters);
        let trails = plural.bytes().rev().take_while(u8::is_ascii_digit).count();
        let digits = self.letters.len() - letters;
        // Two digits before or behind a word are a number written to it: "14times".
        let a_measure = leads == digits && (letters <= 3 || leads > 1);
        let a_model = trails == digits && (plural.len() - trails <= 2 || trails > 1);
        if a_measure || a_model {
            return false;
        }
        let Some(read) = unleet(&self.letters) else { return false };
        // Letter by letter, as they may make three of a kind now.
        let mut again = Self::default();
        read.chars().for_each(|letter| again.push(self.from, letter));
        self.letters = again.letters;
        true
    }
}

/// The letters that digits among letters stand for; `None` when one looks like no letter.
pub(crate) fn unleet(word: &str) -> Option<String> {
    // No English word has "ii" or "lll".
    let word = word.replace("111", "lli").replace("l11", "lli").replace("11", "ll");
    word.chars().map(letter_like).collect()
}

fn letter_like(character: char) -> Option<char> {
    match character {
        '0' => Some('o'),
        '1' => Some('i'),
        '3' => Some('e'),
        '4' => Some('a'),
        '5' => Some('s'),
        '7' => Some('t'),
        '8' => Some('b'),
        '2' | '6' | '9' => None,
        other => Some(other),
    }
}
