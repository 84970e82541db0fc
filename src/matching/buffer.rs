//! One word while it is read: its letters so far and what was seen among them.

/// The word being read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of what was seen in it")]
pub(super) struct Buffer {
    pub(super) letters: String,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) latin: bool,
    pub(super) other: bool,
    pub(super) digits: bool,
    pub(super) lower: bool,
    pub(super) upper: bool,
    pub(super) last_lower: bool,
    pub(super) last_upper: bool,
    /// Byte in `letters` behind an apostrophe.
    pub(super) apostrophe: Option<usize>,
    pub(super) run: usize,
    pub(super) acronym: bool,
}

impl Buffer {
    /// Adds a letter that stands at character `index` of the message.
    pub(super) fn push(&mut self, index: usize, letter: char) {
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

    /// "russia's" -> "russia"; "don't" stays "dont".
    pub(super) fn drop_possessive(&mut self) {
        if let Some(at) = self.apostrophe
            && self.letters.get(at..) == Some("s")
        {
            self.letters.truncate(at);
        }
    }

    /// "n4to" -> "nato"; "sm3", "sm3s", "mk41", "2nd", "10km" and "1990s" stay.
    pub(super) fn read_leet(&mut self) {
        let letters = self.letters.bytes().filter(u8::is_ascii_alphabetic).count();
        if !self.digits || letters < 2 {
            return;
        }
        let leads = self.letters.bytes().take_while(u8::is_ascii_digit).count();
        let plural = self.letters.strip_suffix('s').unwrap_or(&self.letters);
        let trails = plural.bytes().rev().take_while(u8::is_ascii_digit).count();
        let digits = self.letters.len() - letters;
        let a_measure = leads == digits && letters <= 3;
        let a_model = trails == digits && plural.len() - trails <= 2;
        if a_measure || a_model {
            return;
        }
        let read: Option<String> = self.letters.chars().map(unleet).collect();
        if let Some(read) = read {
            self.letters = read;
        }
    }
}

fn unleet(character: char) -> Option<char> {
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
