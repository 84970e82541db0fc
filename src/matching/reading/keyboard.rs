//! How likely a slip is: which of several words a misspelt one is meant to be.

/// Keys in their rows, as most keyboards have them; a key touches its neighbours in the row and,
/// half a key to the left and right, those of the rows beside.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// How unlikely it is that a finger makes `written` of `meant` by one slip, from 0 for the commonest
/// slips to 3; 4 when there is more than one.
pub(crate) fn unlikeliness(written: &str, meant: &str) -> u8 {
    let (written, meant) = (written.as_bytes(), meant.as_bytes());
    let start = written.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (a, b) = (written.get(start..).unwrap_or(&[]), meant.get(start..).unwrap_or(&[]));
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let before = start.checked_sub(1).and_then(|at| meant.get(at).copied());
    match (a.get(..a.len() - end), b.get(..b.len() - end)) {
        (Some([]), Some([])) => 0,
        (Some([a, b]), Some([c, d])) if a == d && b == c => 0,
        (Some([a]), Some([b])) => {
            if touch(*a, *b) {
                0
            } else {
                3
            }
        }
        // A key twice, or one besides it.
        (Some([extra]), Some([])) => {
            let beside = before == Some(*extra)
                || before.is_some_and(|before| touch(before, *extra))
                || b.get(b.len() - end).is_some_and(|after| touch(*after, *extra));
            if beside { 0 } else { 2 }
        }
        // The first letter is seldom forgotten.
        (Some([]), Some([missing])) => match before {
            Some(before) if before == *missing => 0,
            Some(_) => 0,
            None => 2,
        },
        _ => 4,
    }
}

/// Whether two keys lie beside each other.
fn touch(a: u8, b: u8) -> bool {
    let place = |key: u8| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            let column = keys.bytes().position(|other| other == key)?;
            Some((row, 2 * column + row))
        })
    };
    let (Some((row, column)), Some((other_row, other_column))) = (place(a), place(b)) else {
        return false;
    };
    row.abs_diff(other_row) <= 1 && column.abs_diff(other_column) <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_a_finger_are_likelier_than_others() {
        for (written, meant, unlikeliness_of_it) in [
            ("ntao", "nato", 0),
            ("bato", "nato", 0),
            ("natto", "nato", 0),
            ("natio", "nato", 0),
            ("nao", "nato", 0),
            ("ato", "nato", 2),
            ("nasto", "nato", 0),
            ("napto", "nato", 2),
            ("nako", "nato", 3),
            ("nnta", "nato", 4),
        ] {
            assert_eq!(unlikeliness(written, meant), unlikeliness_of_it, "{written}");
        }
    }

    #[test]
    fn keys_touch_in_the_row_and_across() {
        assert!(touch(b'a', b's') && touch(b's', b'w') && touch(b'h', b'b'));
        assert!(!touch(b'a', b'd') && !touch(b'q', b'z') && !touch(b'a', b'a' + 128));
    }
}
