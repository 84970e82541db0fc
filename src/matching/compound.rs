//! Compounds: letters run together, as in hashtags -> the words that they consist of.

use rustc_hash::FxHashMap;

/// Shortest row of letters that is taken apart.
const SHORTEST: usize = 7;
/// Longest row of letters that is looked at, in bytes; nobody writes longer ones.
const LONGEST: usize = 120;
/// Longest part, in bytes.
const LONGEST_PART: usize = 20;

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
        parts.extend(common.map(|word| (word.to_owned(), Part::Common)));
        parts.extend(lexicon.map(|word| (word.to_owned(), Part::Lexicon)));
        Self { parts }
    }

    /// The words that `row` runs together, if it consists of the lexicon's and common words with
    /// at least one of the lexicon's among them: as few words as possible.
    pub(super) fn split<'a>(&self, row: &'a str) -> Option<Vec<&'a str>> {
        if !(SHORTEST..=LONGEST).contains(&row.len()) {
            return None;
        }
        // Per end: fewest parts, whether one is the lexicon's, and where the last part begins.
        let mut best: Vec<Option<(usize, bool, usize)>> = vec![None; row.len() + 1];
        *best.first_mut()? = Some((0, false, 0));
        for end in 1..=row.len() {
            for start in end.saturating_sub(LONGEST_PART)..end {
                let Some((parts, lexicon, _)) = best.get(start).copied().flatten() else {
                    continue;
                };
                let Some(part) = row.get(start..end).and_then(|part| self.parts.get(part)) else {
                    continue;
                };
                let new = (parts + 1, lexicon || *part == Part::Lexicon, start);
                let old = best.get(end).copied().flatten();
                if old.is_none_or(|old| (!new.1, new.0) < (!old.1, old.0))
                    && let Some(place) = best.get_mut(end)
                {
                    *place = Some(new);
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = row.len();
        while end > 0 {
            let (_, lexicon, start) = best.get(end).copied().flatten()?;
            if end == row.len() && !lexicon {
                return None;
            }
            parts.push(row.get(start..end)?);
            end = start;
        }
        parts.reverse();
        (parts.len() > 1).then_some(parts)
    }
}
