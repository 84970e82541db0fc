//! Discord's Markdown around a message and inside it.

use fastrand::Rng;

use super::words::{each, letters, once_in};

/// Signs that Discord shows nothing of, in pairs.
const PAIRS: [&str; 8] = ["**", "*", "_", "__", "~~", "||", "`", "***"];
/// Those of them that also work within a word.
const INSIDE: [&str; 5] = ["**", "*", "~~", "||", "__"];
/// Signs before a line. A line of somebody else's is quoted before the message: a quotation of the
/// claim itself is, by design, not its writer's word.
const STARTS: [&str; 7] = ["", "", "# ", "### ", "-# ", "- ", "> so what do you all think\n"];

/// One word in three is marked, one of six letters and more in six within; some messages begin as
/// a heading, a list or with a quoted line.
pub(crate) fn markdown(text: &str, rng: &mut Rng) -> String {
    let start = STARTS[rng.usize(..STARTS.len())];
    let marked = each(text, rng, |word, rng| {
        if once_in(3, rng) {
            around(word, rng)
        } else if letters(word) >= 6 && word.is_ascii() && once_in(6, rng) {
            inside(word, rng)
        } else {
            word.to_owned()
        }
    });
    format!("{start}{marked}")
}

/// The whole message in one pair of signs.
pub(crate) fn all_in_signs(text: &str, rng: &mut Rng) -> String {
    let pair = PAIRS[rng.usize(..PAIRS.len())];
    format!("{pair}{text}{pair}")
}

fn around(word: &str, rng: &mut Rng) -> String {
    if once_in(6, rng) {
        return format!("[{word}](https://www.example.com/a?b=nato)");
    }
    let pair = PAIRS[rng.usize(..PAIRS.len())];
    format!("{pair}{word}{pair}")
}

fn inside(word: &str, rng: &mut Rng) -> String {
    let (start, end) = word.split_at(rng.usize(2..word.len() - 1));
    let pair = INSIDE[rng.usize(..INSIDE.len())];
    format!("{start}{pair}{end}{pair}")
}
