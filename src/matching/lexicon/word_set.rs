//! Words to be looked up: thousands of them in little more room than their letters.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

/// Words that share a bucket on average, at most: their letters lie together, so that a look-up
/// waits for memory as seldom as with one word in each.
const PER_BUCKET: usize = 4;

/// Words, each with a number from 0. Words of more than 255 bytes are left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSet {
    /// Word after word in the order of their numbers.
    letters: String,
    /// Bytes of each word.
    lengths: Vec<u8>,
    /// By hash: where the letters of its words begin, and the number of the first of them. One more
    /// stands at the end.
    buckets: Vec<(u32, u32)>,
}

impl WordSet {
    /// A word's number, and the word as it is kept here.
    pub(crate) fn find(&self, word: &str) -> Option<(u32, &str)> {
        let count = self.buckets.len().checked_sub(1)?;
        let bucket = bucket(word, count);
        let [(start, first), (end, _)] = self.buckets.get(bucket..bucket + 2)?.try_into().ok()?;
        let mut start = start as usize;
        for (number, length) in (first..).zip(self.lengths.get(first as usize..)?) {
            if start == end as usize {
                return None;
            }
            let behind = start + usize::from(*length);
            if self.letters.as_bytes().get(start..behind)? == word.as_bytes() {
                return Some((number, self.letters.get(start..behind)?));
            }
            start = behind;
        }
        None
    }

    /// The number of a word.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.find(word).map(|(number, _)| number)
    }

    /// Whether a word is there.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Every word, by number.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.lengths.iter().scan(0, |start, length| {
            let end = *start + usize::from(*length);
            let word = self.letters.get(*start..end);
            *start = end;
            word
        })
    }
}

impl<'a> FromIterator<&'a str> for WordSet {
    /// Words may be given several times.
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut words: Vec<&str> =
            words.into_iter().filter(|w| !w.is_empty() && u8::try_from(w.len()).is_ok()).collect();
        words.sort_unstable();
        words.dedup();
        let count = (words.len() / PER_BUCKET).next_power_of_two();
        words.sort_by_key(|word| bucket(word, count));
        let mut set = Self {
            letters: words.concat(),
            lengths: words.iter().filter_map(|word| u8::try_from(word.len()).ok()).collect(),
            buckets: Vec::with_capacity(count + 1),
        };
        let (mut start, mut first) = (0_u32, 0_u32);
        let mut rest = words.iter().peekable();
        for number in 0..=count {
            set.buckets.push((start, first));
            while let Some(word) = rest.next_if(|word| bucket(word, count) == number) {
                start = start.saturating_add(u32::try_from(word.len()).unwrap_or(u32::MAX));
                first += 1;
            }
        }
        set
    }
}

/// The bucket of a word among `count`, a power of two.
fn bucket(word: &str, count: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "part of a hash is a hash")]
    let hash = FxBuildHasher.hash_one(word) as usize;
    hash & (count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_numbers_in_their_order_and_others_none() {
        let words: Vec<String> = (0..1000).map(|number| format!("w{number}ж")).collect();
        let set: WordSet = words.iter().chain(&words).map(String::as_str).collect();
        assert_eq!(set.len(), words.len());
        for (number, word) in (0..).zip(set.words()) {
            assert_eq!(set.number(word), Some(number), "{word}");
        }
        assert!(words.iter().all(|word| set.contains(word)));
        for other in ["", "w", "w1000ж", "w1"] {
            assert!(!set.contains(other), "{other}");
        }
    }

    #[test]
    fn a_set_of_no_words_has_none() {
        assert_eq!(WordSet::from_iter([]).number("nato"), None);
        assert_eq!(WordSet::default().number("nato"), None);
        assert_eq!(WordSet::from_iter([""]).number(""), None, "no word has no letters");
    }
}
