//! Letters s p a c e d out -> words.

use super::buffer::Buffer;
use super::normalize::{Text, Word};

/// From so many single letters in a row on they are read as one word. "I, a, u, r" and initials
/// make shorter rows in ordinary writing.
const SHORTEST: usize = 4;

/// Joins rows of single letters. Where some gaps in a row are wider they part words.
pub(crate) fn rejoin(text: Text) -> Text {
    let single = |word: &Word| word.end - word.start == 1;
    let rows = text.words.chunk_by(|a, b| single(a) && single(b));
    if rows.clone().all(|row| row.len() < SHORTEST) {
        return text;
    }
    let mut joined = text.emptied();
    for row in rows {
        if row.len() < SHORTEST {
            copy(&text, row, &mut joined);
        } else {
            let words = row.chunk_by(|_, next| !next.wide);
            // Gaps that are all wide part letters, not words.
            let still_single = |word: &&[Word]| read(&text, word).chars().count() == 1;
            if words.clone().filter(still_single).count() < SHORTEST {
                words.for_each(|word| join(&text, word, &mut joined));
            } else {
                join(&text, row, &mut joined);
            }
        }
    }
    joined
}

fn copy(text: &Text, words: &[Word], to: &mut Text) {
    for word in words {
        to.push(text.plain.get(word.start..word.end).unwrap_or(""), *word);
    }
}

fn join(text: &Text, letters: &[Word], to: &mut Text) {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
    to.push(&read(text, letters), Word { to: last.to, ..*first });
}

/// The word that these letters make.
fn read(text: &Text, letters: &[Word]) -> String {
    let mut word = Buffer::default();
    for place in letters {
        let written = text.plain.get(place.start..place.end).unwrap_or("");
        written.chars().for_each(|letter| word.push(place.from, letter));
    }
    word.read_leet();
    word.letters
}
