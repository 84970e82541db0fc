//! Compounds: letters run together, as in hashtags -> the words that they consist of.

use crate::matching::lexicon::word_table::WordTable;

/// Shortest row of letters that is taken apart.
const SHORTEST: usize = 7;
/// The same where the text is known to be about something of the lexicon.
const SHORTEST_BOLD: usize = 4;
/// Shorter words of the lexicon are in too many others to tell anything.
const SHORTEST_LONG: usize = 4;
/// Letters that a part has at least on average: whatever has shorter ones is another word.
const LETTERS_PER_PART: usize = 3;
/// The same in a row of two ("isno", "itis") and in texts about something of the lexicon.
const LETTERS_PER_PART_BOLD: usize = 2;
/// Longest row of letters that is looked at, in bytes; nobody writes longer ones.
const LONGEST: usize = 120;
/// Longest part, in bytes.
const LONGEST_PART: usize = 20;

/// Bits of the filter, a power of two: the beginnings of 5,000 words set an eighth of them.
const FILTER: usize = 1 << 17;
/// What a part costs. Few parts are better than many; of as many, common words are better than the
/// lexicon's: "for the tanks", not "fort he tanks".
const COMMON: usize = 20;
const LEXICON: usize = 22;
const OTHER: usize = 25;
/// Shorter words are parts only if they are common or of the lexicon.
const SHORTEST_OTHER: usize = 4;

/// The lexicon's words and the common ones, of which run-together words consist.
#[derive(Debug, Default)]
pub(crate) struct Compounds {
    parts: WordTable<Part>,
    /// A bit for each beginning of a part: few letters tell that no part begins here.
    beginnings: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Common,
    /// Of the lexicon, but in too many other words to tell anything.
    Short,
    Lexicon,
}

impl Compounds {
    /// Rows consist of both kinds of words, with at least one of the lexicon's among them.
    pub(crate) fn new<'a>(
        common: impl Iterator<Item = &'a str>,
        lexicon: impl Iterator<Item = &'a str>,
    ) -> Self {
        let (long, short): (Vec<&str>, Vec<&str>) =
            lexicon.filter(|word| word.len() > 1).partition(|word| word.len() >= SHORTEST_LONG);
        let parts = (long.into_iter().map(|word| (word, Part::Lexicon)))
            .chain(common.map(|word| (word, Part::Common)))
            .chain(short.into_iter().map(|word| (word, Part::Short)));
        let mut index = Self { parts: WordTable::default(), beginnings: vec![0; FILTER / 64] };
        for (word, part) in parts {
            if !index.has(word) {
                index.parts.insert(word, part);
                index.add_beginnings(word);
            }
        }
        index.parts.shrink();
        index
    }

    fn add_beginnings(&mut self, word: &str) {
        for (slot, bit) in places(word.as_bytes().iter()) {
            if let Some(bits) = self.beginnings.get_mut(slot) {
                *bits |= bit;
            }
        }
    }

    /// The parts that stand at the beginning of `row`: length and kind, shortest first.
    fn at_start_of(&self, row: &str) -> impl Iterator<Item = (usize, Part)> {
        let longest = row.as_bytes().get(..LONGEST_PART).unwrap_or(row.as_bytes());
        let begins = |place: &(usize, u64)| self.has_place(*place);
        (1..).zip(places(longest.iter()).take_while(begins)).filter_map(|(length, _)| {
            row.get(..length).and_then(|part| self.parts.get(part)).map(|part| (length, *part))
        })
    }

    fn has_place(&self, (slot, bit): (usize, u64)) -> bool {
        self.beginnings.get(slot).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether a part may begin with these rows, one behind the other: mostly few letters tell.
    pub(crate) fn may_begin(&self, [row, next]: [&str; 2]) -> bool {
        places(row.as_bytes().iter().chain(next.as_bytes())).all(|place| self.has_place(place))
    }

    /// Whether `word` is a part.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether `word` is a part from the lexicon.
    pub(crate) fn is_of_lexicon(&self, word: &str) -> bool {
        self.parts.get(word) == Some(&Part::Lexicon)
    }

    /// The words that `row` runs together, if it consists of the lexicon's and common words with
    /// at least one of the lexicon's among them. In texts about something of the lexicon, where we
    /// are `bold`, none need be.
    pub(crate) fn split<'a>(&self, row: &'a str, bold: bool) -> Option<Vec<&'a str>> {
        self.split_with(row, bold, |_| false)
    }

    /// The same where parts may also be words that are `others`, of some length.
    pub(crate) fn split_with<'a>(
        &self,
        row: &'a str,
        bold: bool,
        others: impl Fn(&str) -> bool,
    ) -> Option<Vec<&'a str>> {
        let shortest = if bold { SHORTEST_BOLD } else { SHORTEST };
        if !(shortest..=LONGEST).contains(&row.len()) {
            return None;
        }
        // Per end: what the parts cost, and where the last begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; row.len() + 1];
        *best.first_mut()? = Some((0, 0));
        for start in 0..row.len() {
            let Some((cost, _)) = best.get(start).copied().flatten() else {
                continue;
            };
            let rest = row.get(start..)?;
            let longest = LONGEST_PART.min(rest.len());
            let other = |length: usize| {
                rest.get(..length).filter(|part| others(part)).map(|_| (length, OTHER))
            };
            let others = (SHORTEST_OTHER..=longest).filter_map(other);
            let parts = self.at_start_of(rest).map(|(length, part)| (length, part.cost()));
            for (length, part) in parts.chain(others) {
                // Of equal costs the one with parts of like lengths: "its word", not "it sword".
                let cost = cost + (part << 10) + length * length;
                let new = (cost, start);
                if let Some(old) = best.get_mut(start + length)
                    && old.is_none_or(|old| new < old)
                {
                    *old = Some(new);
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = row.len();
        while end > 0 {
            let (_, start) = best.get(end).copied().flatten()?;
            parts.push(row.get(start..end)?);
            end = start;
        }
        parts.reverse();
        let tells = bold || parts.iter().any(|part| self.is_of_lexicon(part));
        let pair = parts.len() == 2;
        let letters = if bold || pair { LETTERS_PER_PART_BOLD } else { LETTERS_PER_PART };
        (tells && parts.len() > 1 && parts.len() * letters <= row.len()).then_some(parts)
    }
}

impl Part {
    fn cost(self) -> usize {
        match self {
            Self::Common => COMMON,
            Self::Short | Self::Lexicon => LEXICON,
        }
    }
}

/// Slot and bit in the filter for each beginning of a word, shortest first.
fn places<'a>(letters: impl Iterator<Item = &'a u8>) -> impl Iterator<Item = (usize, u64)> {
    letters.scan(0_usize, |hash, byte| {
        *hash = (hash.rotate_left(5) ^ usize::from(*byte)).wrapping_mul(0x9e37_79b9);
        let place = (*hash >> 15) % FILTER;
        Some((place / 64, 1 << (place % 64)))
    })
}
