//! Words by number and values by word, without a pointer for each: thousands of words stay as small
//! as their letters and a few bytes more.

use rustc_hash::FxHashMap;

use super::word_set::WordSet;

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
    words: WordSet,
    /// By the numbers of the words.
    values: Vec<V>,
    /// What came since the table was shrunk.
    new: FxHashMap<String, V>,
}

impl<V> Default for WordTable<V> {
    fn default() -> Self {
        Self { words: WordSet::default(), values: Vec::new(), new: FxHashMap::default() }
    }
}

impl<V> WordTable<V> {
    /// The value of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        let value = self.words.number(word).and_then(|number| self.values.get(number as usize));
        if self.new.is_empty() { value } else { value.or_else(|| self.new.get(word)) }
    }

    /// Whether a word is there.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Adds a word or gives it another value.
    pub(crate) fn insert(&mut self, word: &str, value: V) {
        let number = self.words.number(word);
        match number.and_then(|number| self.values.get_mut(number as usize)) {
            Some(old) => *old = value,
            None => _ = self.new.insert(word.to_owned(), value),
        }
    }

    /// Every word with its value, in no order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &V)> {
        let new = self.new.iter().map(|(word, value)| (word.as_str(), value));
        self.words.words().zip(&self.values).chain(new)
    }

    /// Packs what has come into little room.
    pub(crate) fn shrink(&mut self) {
        let before = std::mem::take(self);
        let words: Vec<String> = before.words.words().map(str::to_owned).collect();
        let mut all: Vec<(String, V)> =
            words.into_iter().zip(before.values).chain(before.new).collect();
        self.words = all.iter().map(|(word, _)| word.as_str()).collect();
        all.sort_by_cached_key(|(word, _)| self.words.number(word));
        // What has no number is no word of the set.
        let packed = all.into_iter().filter(|(word, _)| self.words.contains(word));
        self.values = packed.map(|(_, value)| value).collect();
        self.values.shrink_to_fit();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_latest_value() {
        let mut table: WordTable<u8> = [("nato", 1), ("не", 3), ("nato", 4)].into_iter().collect();
        table.insert("не", 5);
        table.insert("east", 6);
        for _ in 0..2 {
            assert_eq!(table.get("nato"), Some(&4));
            assert_eq!(table.get("не"), Some(&5));
            assert_eq!(table.get("east"), Some(&6));
            assert_eq!(table.get("nat"), None);
            assert!(table.contains("east") && !table.contains(""));
            assert_eq!(table.entries().count(), 3);
            table.shrink();
        }
    }
}
