//! Letters s p a c e d out -> words.

use super::normalize::{Text, Word};

/// From so many single letters in a row on they are read as one word. "I, a, u, r" and initials
/// make shorter rows in ordinary writing.
const SHORTEST: usize = 4;

/// Joins rows of single letters. Where some gaps in a row are wider they part words.
pub(super) fn rejoin(text: Text) -> Text {
    let single = |word: &Word| word.end - word.start == 1;
    let rows = text
        .words
        .chunk_by(|a, b| single(a) && single(b) && a.sentence == b.sentence);
    if rows.clone().all(|row| row.len() < SHORTEST) {
        return text;
    }
    let mut joined = Text {
        questions: text.questions.clone(),
        ..Text::default()
    };
    for row in rows {
        if row.len() < SHORTEST {
            copy(&text, row, &mut joined);
        } else {
            for word in row.chunk_by(|_, next| !next.wide) {
                join(&text, word, &mut joined);
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
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else {
        return;
    };
    let word: String = letters
        .iter()
        .filter_map(|l| text.plain.get(l.start..l.end))
        .collect();
    to.push(
        &word,
        Word {
            to: last.to,
            ..*first
        },
    );
}
