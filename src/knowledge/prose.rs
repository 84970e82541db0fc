//! Sentences: where they end, and whether those with a number say when and on what grounds.

use super::citation::{citations, replace_citations};

/// Words whose full stop ends no sentence. Only ones that answers really use: a missing one makes
/// a check too strict, never too lax.
const ABBREVIATIONS: [&str; 11] =
    ["Mr", "Mrs", "Ms", "Dr", "Gen", "Sen", "St", "Art", "approx", "vs", "ca"];

/// The sentences of `text`. A line break ends one, too: people see it as a break.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let (sentence, after) = rest.split_at(first_end(rest));
            found.push(sentence);
            rest = after.trim_start();
        }
    }
    found
}

/// Where the first sentence of `text` ends, in bytes.
fn first_end(text: &str) -> usize {
    for (at, mark) in text.char_indices().filter(|(_, letter)| ".!?…".contains(*letter)) {
        let (before, after) = text.split_at(at);
        let rest = behind_closing(after);
        let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let goes_on = rest.trim_start().starts_with(char::is_lowercase);
        if parted && !goes_on && !(mark == '.' && is_abbreviated(before)) {
            return text.len() - rest.len();
        }
    }
    text.len()
}

/// What follows the stops, quotes, brackets and citation marks that close a sentence.
fn behind_closing(text: &str) -> &str {
    let rest = text.trim_start_matches(|letter| ".!?…\"”’'»)*_".contains(letter));
    match rest.trim_start().strip_prefix("[^").and_then(|mark| mark.split_once(']')) {
        Some((_, after)) => behind_closing(after),
        None => rest,
    }
}

fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next().unwrap_or_default();
    word.chars().count() == 1 || word.contains('.') || ABBREVIATIONS.contains(&word)
}

/// What a sentence with a number lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lacks {
    /// A year from 1900 to 2099.
    pub(super) year: bool,
    /// A citation mark.
    pub(super) citation: bool,
}

/// What `sentence` lacks; `None` when it has no number, or year and citation.
pub(super) fn lacks(sentence: &str) -> Option<Lacks> {
    let words = without_addresses(&replace_citations(sentence, |_| String::new()));
    if !words.contains(|letter: char| letter.is_numeric()) {
        return None;
    }
    let year = words
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .any(|digits| digits.starts_with("19") || digits.starts_with("20"));
    let cited = !citations(sentence).is_empty();
    (!year || !cited).then_some(Lacks { year: !year, citation: !cited })
}

/// `text` with masked links reduced to their words: digits in an address are no figures.
fn without_addresses(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("](")
        && let Some((_, after)) = link.split_once(')')
    {
        words.push_str(before);
        words.push(' ');
        rest = after;
    }
    words + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_thinks_so() {
        let text =
            "Mr. Bat of the U.S. flew 3.5 km (in 2024).[^a] [^b] \"Really?\" Yes! It was\n- a list";
        assert_eq!(
            sentences(text),
            [
                "Mr. Bat of the U.S. flew 3.5 km (in 2024).[^a] [^b]",
                "\"Really?\"",
                "Yes!",
                "It was",
                "- a list"
            ]
        );
        assert_eq!(sentences(" \n "), [""; 0]);
        assert_eq!(sentences("In 1990. Then"), ["In 1990.", "Then"]);
    }

    #[test]
    fn numbers_need_a_year_and_grounds() {
        let lack = |year, citation| Some(Lacks { year, citation });
        assert_eq!(lacks("Bats fly."), None);
        assert_eq!(lacks("Bats fly.[^fact-2]"), None);
        assert_eq!(lacks("See [the page](https://a.example/2)."), None);
        assert_eq!(lacks("In 2024, 30 bats flew.[^bats]"), None);
        assert_eq!(lacks("In 2024, 30 bats flew."), lack(false, true));
        assert_eq!(lacks("Some 2,024 or 12024 bats flew.[^bats]"), lack(true, false));
        assert_eq!(lacks("Some 30 bats flew."), lack(true, true));
    }
}
