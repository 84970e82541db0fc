//! Words by number and numbers by word, without a pointer for each: thousands of words stay as
//! small as their letters and a few bytes more.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Words in the order in which they came, each with a number from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordList {
    letters: String,
    /// Where each word ends in `letters`; it begins where the one before it ends.
    ends: Vec<u32>,
}

impl WordList {
    /// Appends a word. Beyond 4 GB of letters words are left out.
    pub(crate) fn push(&mut self, word: &str) {
        if let Ok(end) = u32::try_from(self.letters.len() + word.len()) {
            self.letters.push_str(word);
            self.ends.push(end);
        }
    }

    /// Word number `number`, empty when there is none.
    pub(crate) fn word(&self, number: usize) -> &str {
        let end = |number: usize| self.ends.get(number).map(|end| *end as usize);
        let start = number.checked_sub(1).map_or(Some(0), end).unwrap_or(0);
        end(number).and_then(|end| self.letters.get(start..end)).unwrap_or("")
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many words of a sorted list are not behind `word`.
    pub(crate) fn up_to(&self, word: &str) -> usize {
        let (mut known, mut size) = (0, self.len());
        while size > 0 {
            let half = size / 2;
            if self.word(known + half) <= word {
                known += half + 1;
                size -= half + 1;
            } else {
                size = half;
            }
        }
        known
    }

    /// Gives back what was set aside for further words.
    pub(crate) fn shrink(&mut self) {
        self.letters.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Words, each with a value.
#[derive(Debug, Clone)]
pub(crate) struct WordTable<V> {
    words: WordList,
    values: Vec<V>,
    /// Numbers of words by their hash.
    slots: HashTable<u32>,
}

impl<V> Default for WordTable<V> {
    fn default() -> Self {
        Self { words: WordList::default(), values: Vec::new(), slots: HashTable::new() }
    }
}

impl<V> WordTable<V> {
    /// The value of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        self.number(word).and_then(|number| self.values.get(number as usize))
    }

    /// The number of a word.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.slots.find(hash(word), |number| self.words.word(*number as usize) == word).copied()
    }

    /// Word number `number`, empty when there is none.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.word(number as usize)
    }

    /// Whether a word is there.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    /// Adds a word or gives it another value; its number.
    pub(crate) fn insert(&mut self, word: &str, value: V) -> u32 {
        if let Some(number) = self.number(word) {
            if let Some(old) = self.values.get_mut(number as usize) {
                *old = value;
            }
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word);
        self.values.push(value);
        let Self { words, slots, .. } = self;
        slots.insert_unique(hash(word), number, |number| hash(words.word(*number as usize)));
        number
    }

    /// Every word with its value, in the order in which they came.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &V)> {
        self.values.iter().enumerate().map(|(number, value)| (self.words.word(number), value))
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Gives back what was set aside for further words.
    pub(crate) fn shrink(&mut self) {
        self.words.shrink();
        self.values.shrink_to_fit();
        let words = &self.words;
        self.slots.shrink_to_fit(|number| hash(words.word(*number as usize)));
    }
}

impl<'a> FromIterator<&'a str> for WordList {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut list = Self::default();
        words.into_iter().for_each(|word| list.push(word));
        list.shrink();
        list
    }
}

impl<'a, V> FromIterator<(&'a str, V)> for WordTable<V> {
    fn from_iter<I: IntoIterator<Item = (&'a str, V)>>(entries: I) -> Self {
        let mut table = Self::default();
        for (word, value) in entries {
            table.insert(word, value);
        }
        table.shrink();
        table
    }
}

fn hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_latest_value_and_first_number() {
        let mut table: WordTable<u8> =
            [("nato", 1), ("", 2), ("не", 3), ("nato", 4)].into_iter().collect();
        assert_eq!(table.get("nato"), Some(&4));
        assert_eq!(table.get(""), Some(&2));
        assert_eq!(table.get("не"), Some(&3));
        assert_eq!(table.get("nat"), None);
        assert_eq!(table.insert("не", 5), 2);
        assert_eq!(table.insert("east", 6), 3);
        assert_eq!(table.len(), 4);
    }
}
