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
            if a.is_ascii() && b.is_ascii() {
                prop_assert_eq!(distance(a.bytes(), b.bytes(), most), found);
            }
        }
    }
}
