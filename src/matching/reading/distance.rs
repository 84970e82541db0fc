//! How many slips of the pen part two words, if they are few: letters left out, put in, mistaken,
//! or swapped with their neighbour (the optimal string alignment distance).

/// The distance of two rows of letters when it is at most `most`, a small number. What strsim fills
/// a table for is found here without one: from each place where the words differ the slips are
/// tried.
pub(crate) fn distance<L, A, B>(mut a: A, mut b: B, most: usize) -> Option<usize>
where
    L: Copy + PartialEq,
    A: Iterator<Item = L> + Clone,
    B: Iterator<Item = L> + Clone,
{
    // Each letter that one has more is a slip.
    if surely_longer(&a, &b, most) || surely_longer(&b, &a, most) {
        return None;
    }
    loop {
        let (before_a, before_b) = (a.clone(), b.clone());
        let (letter_a, letter_b) = (a.next(), b.next());
        if letter_a == letter_b {
            if letter_a.is_none() {
                return Some(0);
            }
            continue;
        }
        let most = most.checked_sub(1)?;
        let mistaken = || distance(a.clone(), b.clone(), most);
        let put_in = || distance(a.clone(), before_b.clone(), most);
        let left_out = || distance(before_a.clone(), b.clone(), most);
        let swapped = || {
            let (mut a, mut b) = (a.clone(), b.clone());
            let swap = a.next() == letter_b && b.next() == letter_a;
            if swap { distance(a, b, most) } else { None }
        };
        let ways = match (letter_a, letter_b) {
            (Some(_), Some(_)) => [mistaken(), put_in(), left_out(), swapped()],
            (Some(_), None) => [put_in(), None, None, None],
            _ => [left_out(), None, None, None],
        };
        return ways.into_iter().flatten().min().map(|rest| rest + 1);
    }
}

/// Whether one row is longer than another by more than `most`, as far as that is known.
fn surely_longer(one: &impl Iterator, other: &impl Iterator, most: usize) -> bool {
    other.size_hint().1.is_some_and(|behind| one.size_hint().0 > behind + most)
}

/// Longest row of letters that [`Row`] holds: one bit for each.
const LONGEST: usize = 64;

/// A row of small ASCII letters to which others are compared, all of its letters at once: a bit for
/// each in which a column of that table changes (Hyyrö, 2003, with swaps of neighbours).
#[derive(Debug)]
pub(crate) struct Row {
    /// For each letter where it stands in the row.
    places: [u64; 32],
    length: usize,
}

impl Row {
    /// `None` when there are no letters, more than 64, or others.
    pub(crate) fn new(letters: impl Iterator<Item = u8>) -> Option<Self> {
        let mut row = Self { places: [0; 32], length: 0 };
        for letter in letters {
            if !letter.is_ascii_lowercase() || row.length == LONGEST {
                return None;
            }
            *row.places.get_mut(usize::from(letter % 32))? |= 1 << row.length;
            row.length += 1;
        }
        (row.length > 0).then_some(row)
    }

    /// The distance of small ASCII letters from the row when it is at most `most`.
    pub(crate) fn distance(
        &self,
        letters: impl ExactSizeIterator<Item = u8>,
        most: usize,
    ) -> Option<usize> {
        let last = 1 << (self.length - 1);
        let mut left = letters.len();
        let mut distance = self.length;
        // Where a step down the column costs one more, one less, and one to the right and down none.
        let (mut more, mut less, mut same) = (u64::MAX, 0_u64, 0_u64);
        let mut here_before = 0;
        for letter in letters {
            let here = self.places.get(usize::from(letter % 32)).copied().unwrap_or_default();
            let swapped = ((!same & here) << 1) & here_before;
            same = ((here & more).wrapping_add(more) ^ more) | here | less | swapped;
            let right_more = less | !(same | more);
            let right_less = same & more;
            distance += usize::from(right_more & last != 0);
            distance -= usize::from(right_less & last != 0);
            left -= 1;
            if distance > most + left {
                return None;
            }
            let right_more = (right_more << 1) | 1;
            more = (right_less << 1) | !(same | right_more);
            less = right_more & same;
            here_before = here;
        }
        (distance <= most).then_some(distance)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_distance_that_strsim_finds(
            a in "[abü]{0,8}", b in "[abü]{0,8}", most in 0..4_usize,
        ) {
            let whole = strsim::osa_distance(&a, &b);
            let found = distance(a.chars(), b.chars(), most);
            prop_assert_eq!(found, (whole <= most).then_some(whole));
        }

        #[test]
        fn all_letters_at_once_it_is_the_same(
            a in "[abc]{1,9}|[a-z]{60,64}", b in "[abc]{0,9}|[a-z]{60,66}", most in 0..4_usize,
        ) {
            let found = Row::new(a.bytes()).and_then(|row| row.distance(b.bytes(), most));
            prop_assert_eq!(found, distance(a.bytes(), b.bytes(), most));
        }
    }

    #[test]
    fn rows_are_small_letters_only() {
        for letters in ["", "na7o", "Nato", "é"] {
            assert!(Row::new(letters.bytes()).is_none(), "{letters}");
        }
        assert!(Row::new([b'a'; LONGEST + 1].into_iter()).is_none());
    }
}
