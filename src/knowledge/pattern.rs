//! The small language in which editors say what a claim looks like.
//!
//! A pattern is a row of elements, each the name of a concept of the lexicon, or several with `|`
//! between them. Between two elements stands how far apart they may be:
//!
//! | written | meaning |
//! |---|---|
//! | `a b` | b after a, at most [`DEFAULT_GAP`] other words between |
//! | `a ..8 b` | b after a, at most 8 other words between |
//! | `a ... b` | b after a, anywhere later in the same sentence |
//! | `a >> b` | b after a, in the same sentence or the next two |
//! | `a & b & c` | all of them in any order in one sentence, within [`DEFAULT_WINDOW`] words |
//! | `a & b ..12` | the same, within 12 words from the first to the last |
//! | `a && b && c` | as with `&`, but sentences do not matter |
//!
//! `&` and `&&` can be mixed neither with each other nor with the rest.

/// Most words between two neighbouring elements when the pattern names no number. Leaves room for
/// an article, an adverb and an adjective.
pub const DEFAULT_GAP: usize = 2;

/// Most words from the first to the last element of an unordered pattern when it names no number.
/// Messages without punctuation are one long sentence: this holds apart what has nothing to do
/// with each other.
pub const DEFAULT_WINDOW: usize = 20;

/// How far the next element may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// At most so many words between, in the same sentence.
    Words(usize),
    /// Anywhere later in the same sentence.
    Sentence,
    /// In the same sentence or one of the next two.
    Onwards,
}

/// One place in a pattern: any of these concepts.
pub type Element = Vec<String>;

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Elements in order, each with the gap before it; the first gap means nothing.
    Ordered(Vec<(Gap, Element)>),
    /// Elements in any order.
    Unordered {
        /// What must be there.
        elements: Vec<Element>,
        /// Most words from the first to the last of them, both counted.
        window: usize,
        /// Whether they may stand in several sentences.
        across: bool,
    },
}

/// A text that is no pattern, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Nothing in it.
    #[error("the pattern is empty")]
    Empty,
    /// Two gap signs in a row, or one at an end.
    #[error("`{0}` must stand between two concepts")]
    StrayGap(String),
    /// `..` without a number that can be read.
    #[error("`{0}` is no gap: write `..8`, `...` or `>>`")]
    BadGap(String),
    /// `&`, `&&` and order in one pattern.
    #[error("`&` or `&&` (any order) cannot be mixed with each other or with an order")]
    Mixed,
    /// Something that is no concept name.
    #[error("`{0}` is no concept name: use small letters, digits and `_`")]
    BadName(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When the text is none; the error says why.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.contains('&') {
            return Self::parse_unordered(text);
        }
        let mut elements = Vec::new();
        let mut gap: Option<(Gap, &str)> = None;
        for part in text.split_whitespace() {
            if is_gap(part) {
                if elements.is_empty() || gap.is_some() {
                    return Err(PatternError::StrayGap(part.to_owned()));
                }
                gap = Some((parse_gap(part)?, part));
            } else {
                let before = gap.take().map_or(Gap::Words(DEFAULT_GAP), |(gap, _)| gap);
                elements.push((before, parse_element(part)?));
            }
        }
        match gap {
            Some((_, sign)) => Err(PatternError::StrayGap(sign.to_owned())),
            None if elements.is_empty() => Err(PatternError::Empty),
            None => Ok(Self::Ordered(elements)),
        }
    }

    fn parse_unordered(text: &str) -> Result<Self, PatternError> {
        let (elements, window) = match text.trim_end().rsplit_once(char::is_whitespace) {
            Some((elements, last)) if is_gap(last) => match parse_gap(last)? {
                Gap::Words(window) => (elements, window),
                Gap::Sentence | Gap::Onwards => return Err(PatternError::Mixed),
            },
            _ => (text, DEFAULT_WINDOW),
        };
        let across = elements.contains("&&");
        let elements = elements
            .split(if across { "&&" } else { "&" })
            .map(|part| match part.split_whitespace().collect::<Vec<_>>().as_slice() {
                [] => Err(PatternError::StrayGap("&".to_owned())),
                [one] if !is_gap(one) && !one.contains('&') => parse_element(one),
                _ => Err(PatternError::Mixed),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self::Unordered { elements, window, across })
    }

    /// Every concept name in it.
    pub fn concepts(&self) -> impl Iterator<Item = &str> {
        let (ordered, unordered) = match self {
            Self::Ordered(elements) => (elements.as_slice(), [].as_slice()),
            Self::Unordered { elements, .. } => ([].as_slice(), elements.as_slice()),
        };
        ordered.iter().map(|(_, element)| element).chain(unordered).flatten().map(String::as_str)
    }
}

fn is_gap(part: &str) -> bool {
    part == ">>" || part.starts_with("..")
}

fn parse_gap(part: &str) -> Result<Gap, PatternError> {
    match part {
        ">>" => Ok(Gap::Onwards),
        "..." => Ok(Gap::Sentence),
        _ => part
            .strip_prefix("..")
            .and_then(|number| number.parse().ok())
            .map(Gap::Words)
            .ok_or_else(|| PatternError::BadGap(part.to_owned())),
    }
}

fn parse_element(part: &str) -> Result<Element, PatternError> {
    let named = |name: &str| {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !name.is_empty() && name.bytes().all(fits) {
            Ok(name.to_owned())
        } else {
            Err(PatternError::BadName(part.to_owned()))
        }
    };
    part.split('|').map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(names: &[&str]) -> Element {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn order_and_gaps() {
        assert_eq!(
            Pattern::parse("west ..8 promise|deal not ... enlarge >> break"),
            Ok(Pattern::Ordered(vec![
                (Gap::Words(DEFAULT_GAP), element(&["west"])),
                (Gap::Words(8), element(&["promise", "deal"])),
                (Gap::Words(DEFAULT_GAP), element(&["not"])),
                (Gap::Sentence, element(&["enlarge"])),
                (Gap::Onwards, element(&["break"])),
            ]))
        );
    }

    #[test]
    fn any_order() {
        assert_eq!(
            Pattern::parse("baltic & forces|bases & threat"),
            Ok(Pattern::Unordered {
                elements: vec![
                    element(&["baltic"]),
                    element(&["forces", "bases"]),
                    element(&["threat"]),
                ],
                window: DEFAULT_WINDOW,
                across: false,
            })
        );
        for (text, across) in [("a & b ..12", false), ("a && b ..12", true)] {
            let elements = vec![element(&["a"]), element(&["b"])];
            assert_eq!(
                Pattern::parse(text),
                Ok(Pattern::Unordered { elements, window: 12, across })
            );
        }
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        let why = |text: &str| Pattern::parse(text).expect_err("no pattern").to_string();
        insta::assert_snapshot!(why(""), @"the pattern is empty");
        insta::assert_snapshot!(why("a .."), @"`..` is no gap: write `..8`, `...` or `>>`");
        insta::assert_snapshot!(why("..3 a"), @"`..3` must stand between two concepts");
        insta::assert_snapshot!(why("a ..3"), @"`..3` must stand between two concepts");
        insta::assert_snapshot!(why("a ..3 ... b"), @"`...` must stand between two concepts");
        insta::assert_snapshot!(why("a & b ..3 c"), @"`&` or `&&` (any order) cannot be mixed with each other or with an order");
        insta::assert_snapshot!(why("a & "), @"`&` must stand between two concepts");
        insta::assert_snapshot!(why("a && b & c"), @"`&` or `&&` (any order) cannot be mixed with each other or with an order");
        insta::assert_snapshot!(why("NATO"), @"`NATO` is no concept name: use small letters, digits and `_`");
        insta::assert_snapshot!(why("a||b"), @"`a||b` is no concept name: use small letters, digits and `_`");
    }
}
