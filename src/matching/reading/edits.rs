//! The words of a set that are one slip away from a row of letters.
//!
//! A row of ten letters has more than five hundred such rows beside it, hardly any of which is a
//! word. A rolling hash tells most of them apart from all words before they are written out.

use crate::matching::lexicon::word_set::WordSet;

/// Bits of the filter for each word, at least: one row in eight that is no word passes.
const BITS_PER_WORD: usize = 8;
/// Multiplier of the rolling hash: odd, with its bits well spread (2^64 divided by the golden
/// ratio).
const ROLL: u64 = 0x9e37_79b9_7f4a_7c15;

/// A bit for each word of a set.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    filter: Vec<u64>,
}

/// A row with one slip: what stands before it, up to two letters in its place, what stands behind.
type Row<'a> = [&'a str; 4];

impl Neighbours {
    /// For the words of `set`.
    pub(crate) fn new(set: &WordSet) -> Self {
        let bits = (set.len() * BITS_PER_WORD).next_power_of_two().max(64);
        let mut all = Self { filter: vec![0; bits / 64] };
        for word in set.words() {
            let (slot, bit) = all.place(hash(0, word));
            if let Some(bits) = all.filter.get_mut(slot) {
                *bits |= bit;
            }
        }
        all
    }

    /// Calls `found` with each word of `set`, from which this was made, that one slip makes `word`
    /// of: a letter put in, left out, mistaken, or swapped with its neighbour. Some come twice. Of
    /// words with other than small ASCII letters there are none.
    pub(crate) fn for_each<'s>(
        &self,
        set: &'s WordSet,
        word: &str,
        mut found: impl FnMut(&'s str),
    ) {
        let mut row = String::with_capacity(word.len() + 1);
        for_each_edit(word, |hash, parts| {
            let (slot, bit) = self.place(hash);
            if self.filter.get(slot).is_none_or(|bits| bits & bit == 0) {
                return;
            }
            row.clear();
            row.extend(parts);
            if let Some((_, word)) = set.find(&row) {
                found(word);
            }
        });
    }

    /// Slot and bit of a hash.
    fn place(&self, hash: u64) -> (usize, u64) {
        let slot = (hash >> 38) as usize & (self.filter.len().wrapping_sub(1));
        (slot, 1 << (hash >> 32 & 63))
    }
}

/// The hash of a row that begins with one of hash `before` and goes on with `letters`.
fn hash(before: u64, letters: &str) -> u64 {
    let step = |hash: u64, letter: u8| hash.wrapping_mul(ROLL).wrapping_add(letter.into());
    letters.bytes().fold(before, step)
}

/// Calls `found` with each row of small ASCII letters from which one slip makes `word`, and its
/// hash: what stands behind a slip adds the same to the hash whatever is before it.
fn for_each_edit<'a>(word: &'a str, mut found: impl FnMut(u64, Row<'a>)) {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    let mut before_hash = 0;
    for at in 0..=word.len() {
        let Some((before, behind)) = word.split_at_checked(at) else { continue };
        let behind = Behind::new(behind);
        let rest = behind.letters.get(1..).map(Behind::new);
        for letter in LETTERS {
            let so_far = hash(before_hash, letter);
            found(behind.hash_after(so_far), [before, letter, "", behind.letters]);
            if let Some(rest) = &rest {
                found(rest.hash_after(so_far), [before, letter, "", rest.letters]);
            }
        }
        let (Some(rest), Some(first)) = (rest, behind.letters.get(..1)) else { continue };
        found(rest.hash_after(before_hash), [before, "", "", rest.letters]);
        if let Some((second, others)) = rest.letters.split_at_checked(1) {
            let so_far = hash(hash(before_hash, second), first);
            let others = Behind::new(others);
            found(others.hash_after(so_far), [before, second, first, others.letters]);
        }
        before_hash = hash(before_hash, first);
    }
}

/// The letters behind a slip.
#[derive(Debug)]
struct Behind<'a> {
    letters: &'a str,
    hash: u64,
    /// What the hash of the letters before is multiplied with.
    power: u64,
}

impl<'a> Behind<'a> {
    fn new(letters: &'a str) -> Self {
        let power = letters.bytes().fold(1_u64, |power, _| power.wrapping_mul(ROLL));
        Self { letters, hash: hash(0, letters), power }
    }

    /// The hash of letters with hash `before` and these behind them.
    fn hash_after(&self, before: u64) -> u64 {
        before.wrapping_mul(self.power).wrapping_add(self.hash)
    }
}

const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(word: &str) -> Vec<String> {
        let mut rows = Vec::new();
        for_each_edit(word, |row_hash, row| {
            assert_eq!(row_hash, hash(0, &row.concat()), "{row:?}");
            rows.push(row.concat());
        });
        rows
    }

    #[test]
    fn one_slip_of_each_kind_is_there_and_nothing_further() {
        let rows = rows("moon");
        for row in ["noon", "mon", "moons", "amoon", "omon", "mono", "moo"] {
            assert!(rows.iter().any(|other| other == row), "{row}");
        }
        let apart = |row: &String| strsim::osa_distance(row, "moon");
        assert!(rows.iter().all(|row| apart(row) <= 1));
        assert!(self::rows("é").is_empty());
    }

    #[test]
    fn the_words_among_the_rows_are_found() {
        let set: WordSet = ["noon", "mono", "moons", "moan", "sun", "é"].into_iter().collect();
        let mut found = Vec::new();
        Neighbours::new(&set).for_each(&set, "moon", |word| found.push(word));
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["moan", "mono", "moons", "noon"]);
        let none = WordSet::default();
        Neighbours::new(&none).for_each(&none, "moon", |word| panic!("{word} is no word"));
    }
}
