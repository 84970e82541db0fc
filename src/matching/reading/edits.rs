//! Every row of letters that is one slip away from a word.

/// Calls `found` with each row of small ASCII letters from which one slip makes `word`: a letter
/// put in, left out, mistaken, or swapped with its neighbour. Some come twice. Of words with other
/// letters there are none.
pub(crate) fn for_each_edit(word: &str, mut found: impl FnMut(&str)) {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    let mut row = String::with_capacity(word.len() + 1);
    let mut try_row = |parts: [&str; 3]| {
        row.clear();
        row.extend(parts);
        found(&row);
    };
    for at in 0..=word.len() {
        let Some((before, behind)) = word.split_at_checked(at) else { continue };
        let rest = behind.get(1..);
        for letter in LETTERS {
            try_row([before, letter, behind]);
            if let Some(rest) = rest {
                try_row([before, letter, rest]);
            }
        }
        let Some(rest) = rest else { continue };
        try_row([before, rest, ""]);
        if let (Some(first), Some(second), Some(rest)) =
            (behind.get(..1), behind.get(1..2), behind.get(2..))
        {
            let swapped = [second, first].concat();
            try_row([before, &swapped, rest]);
        }
    }
}

const LETTERS: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_each_kind_is_there_and_nothing_further() {
        let mut rows: Vec<String> = Vec::new();
        for_each_edit("moon", |row| rows.push(row.to_owned()));
        for row in ["noon", "mon", "moons", "amoon", "omon", "mono", "moo"] {
            assert!(rows.iter().any(|other| other == row), "{row}");
        }
        let apart = |row: &String| strsim::osa_distance(row, "moon");
        assert!(rows.iter().all(|row| apart(row) <= 1));
        for_each_edit("é", |row| panic!("no row: {row}"));
    }
}
