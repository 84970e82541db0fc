//! Compounds: letters run together, as in hashtags -> the words that they consist of.

use rustc_hash::FxHashMap;

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

/// What a part costs. Few parts are better than many; of as many, common words are better than the
/// lexicon's: "for the tanks", not "fort he tanks".
const COMMON: usize = 20;
const LEXICON: usize = 22;

/// The lexicon's words and the common ones, of which run-together words consist.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    parts: FxHashMap<String, Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Common,
    Lexicon,
}

impl Compounds {
    /// Rows consist of both kinds of words, with at least one of the lexicon's among them.
    pub(super) fn new<'a>(
        common: impl Iterator<Item = &'a str>,
        lexicon: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut parts = FxHashMap::default();
        parts.extend(lexicon.filter(|word| word.len() > 1).map(|word| {
            let long = word.len() >= SHORTEST_LONG;
            (word.to_owned(), if long { Part::Lexicon } else { Part::Common })
        }));
        for word in common {
            parts.entry(word.to_owned()).or_insert(Part::Common);
        }
        Self { parts }
    }

    /// Whether `word` is a part.
    pub(super) fn has(&self, word: &str) -> bool {
        self.parts.contains_key(word)
    }

    /// Whether `word` is a part from the lexicon.
    pub(super) fn is_of_lexicon(&self, word: &str) -> bool {
        self.parts.get(word) == Some(&Part::Lexicon)
    }

    /// The words that `row` runs together, if it consists of the lexicon's and common words with
    /// at least one of the lexicon's among them. In texts about something of the lexicon, where we
    /// are `bold`, none need be.
    pub(super) fn split<'a>(&self, row: &'a str, bold: bool) -> Option<Vec<&'a str>> {
        let shortest = if bold { SHORTEST_BOLD } else { SHORTEST };
        if !(shortest..=LONGEST).contains(&row.len()) {
            return None;
        }
        // Per end: what the parts cost, and where the last begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; row.len() + 1];
        *best.first_mut()? = Some((0, 0));
        for end in 1..=row.len() {
            for start in end.saturating_sub(LONGEST_PART)..end {
                let Some((cost, _)) = best.get(start).copied().flatten() else {
                    continue;
                };
                let Some(part) = row.get(start..end).and_then(|part| self.parts.get(part)) else {
                    continue;
                };
                // Of equal costs the one with parts of like lengths: "its word", not "it sword".
                let length = end - start;
                let cost = cost + (part.cost() << 10) + length * length;
                let new = (cost, start);
                if best.get(end).copied().flatten().is_none_or(|old| new < old)
                    && let Some(place) = best.get_mut(end)
                {
                    *place = Some(new);
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
            Self::Lexicon => LEXICON,
        }
    }
}
