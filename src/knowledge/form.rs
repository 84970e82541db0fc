//! How editors write the words of a concept.
//!
//! | written | stands for |
//! |---|---|
//! | `not one inch` | these words in a row |
//! | `expand*` | every word that begins so; only at the end of a form |
//! | `expan(d\|ds\|sion)` | one stem with each of the endings; an ending may be empty: `promise(\|s)` |
//! | `US` | the same letters in capitals only |
//!
//! Messages are normalised before they are compared: small letters and digits, single spaces, no
//! apostrophes, hyphens or accents. So a form must be written like that, too.

/// Most literal forms that one form may stand for. Far above what grammar needs; it keeps a slip
/// of the pen from filling the memory.
pub const MOST_LITERALS: usize = 256;

/// A parsed word form of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// For each word of the form what it may read, in small letters.
    pub words: Vec<Vec<String>>,
    /// Whether the last word may go on.
    pub prefix: bool,
    /// Whether only capitals match.
    pub capitals: bool,
}

/// A text that is no word form, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Nothing in it, or a group that leaves nothing of a word.
    #[error("it is empty, or can be read as an empty word")]
    Empty,
    /// A blank too many.
    #[error("it has a blank too many")]
    Blanks,
    /// A sign that normalising takes out of messages, so that the form could never be met.
    #[error("`{0}` is taken out of messages before they are compared")]
    Sign(char),
    /// Capitals and small letters in one form.
    #[error("it mixes capitals and small letters")]
    MixedCase,
    /// `*` anywhere but at the end.
    #[error("`*` can stand at the very end only")]
    Star,
    /// Brackets that do not match, nest, or have a blank inside.
    #[error("its brackets do not match")]
    Brackets,
    /// More combinations than [`MOST_LITERALS`].
    #[error("it stands for more than {MOST_LITERALS} forms")]
    TooMany,
}

impl FormError {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => {
                "write a word, or remove it; brackets can leave out an ending, not a whole word"
            }
            Self::Blanks => "put one blank between words and none elsewhere",
            Self::Sign(_) => {
                "write small letters and digits only: `dont` for `don't`, `two words` for \
                 `two-words`, `e` for `é`"
            }
            Self::MixedCase => "write it small, or all in capitals if only capitals may match",
            Self::Star => "move the `*` to the end, or remove it",
            Self::Brackets => "write `stem(ending|ending)`, without blanks inside",
            Self::TooMany => "split it into several forms",
        }
    }
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// When the text is none; the error says why.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        let capitals = is_capitals(text)?;
        let (stem, prefix) = match text.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (text, false),
        };
        if stem.trim().is_empty() {
            return Err(FormError::Empty);
        }
        let words: Vec<Vec<String>> = stem.split(' ').map(read_word).collect::<Result<_, _>>()?;
        let literals = words
            .iter()
            .try_fold(1_usize, |product, word| product.checked_mul(word.len()))
            .unwrap_or(usize::MAX);
        if literals > MOST_LITERALS {
            return Err(FormError::TooMany);
        }
        Ok(Self { words, prefix, capitals })
    }

    /// Every literal form that it stands for, in the order written: the words in small letters
    /// with one blank between them, whether the last word may go on, and whether only capitals
    /// match.
    #[must_use]
    pub fn expand(&self) -> Vec<(String, bool, bool)> {
        let literals = self
            .words
            .iter()
            .cloned()
            .reduce(|before, word| combined(&before, " ", &word))
            .unwrap_or_default();
        literals.into_iter().map(|literal| (literal, self.prefix, self.capitals)).collect()
    }
}

/// Whether the letters are capitals; an error when some are and some are not.
fn is_capitals(text: &str) -> Result<bool, FormError> {
    let upper = text.chars().any(char::is_uppercase);
    let lower = text.chars().any(char::is_lowercase);
    if upper && lower { Err(FormError::MixedCase) } else { Ok(upper) }
}

/// What one word may read: its plain parts and groups, multiplied out.
fn read_word(word: &str) -> Result<Vec<String>, FormError> {
    if word.is_empty() {
        return Err(FormError::Blanks);
    }
    let mut readings = vec![String::new()];
    let mut rest = word;
    while !rest.is_empty() {
        let (plain, group) = match rest.split_once('(') {
            Some((plain, group)) => (plain, Some(group)),
            None => (rest, None),
        };
        readings = append(&readings, &[letters(plain)?])?;
        rest = "";
        if let Some(group) = group {
            let (endings, after) = group.split_once(')').ok_or(FormError::Brackets)?;
            let endings = endings.split('|').map(letters).collect::<Result<Vec<_>, _>>()?;
            readings = append(&readings, &endings)?;
            rest = after;
        }
    }
    if readings.iter().any(String::is_empty) { Err(FormError::Empty) } else { Ok(readings) }
}

fn append(readings: &[String], endings: &[String]) -> Result<Vec<String>, FormError> {
    if readings.len().saturating_mul(endings.len()) > MOST_LITERALS {
        return Err(FormError::TooMany);
    }
    Ok(combined(readings, "", endings))
}

/// Each of `lefts` with each of `rights`.
fn combined(lefts: &[String], between: &str, rights: &[String]) -> Vec<String> {
    let with = |left| rights.iter().map(move |right| format!("{left}{between}{right}"));
    lefts.iter().flat_map(with).collect()
}

/// `part` in small letters, when every character of it survives normalising.
fn letters(part: &str) -> Result<String, FormError> {
    for letter in part.chars() {
        match letter {
            '(' | ')' | '|' => return Err(FormError::Brackets),
            '*' => return Err(FormError::Star),
            letter if letter.is_whitespace() => return Err(FormError::Blanks),
            letter if !letter.is_alphanumeric() || has_accent(letter) => {
                return Err(FormError::Sign(letter));
            }
            _ => {}
        }
    }
    Ok(part.to_lowercase())
}

/// Whether a letter is a Latin one with something on it, or a ligature, that normalising rewrites.
fn has_accent(letter: char) -> bool {
    matches!(letter, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        let form = Form::parse(text).expect("a form");
        let shown = |(text, prefix, capitals): (String, bool, bool)| {
            let star = if prefix { "*" } else { "" };
            let sign = if capitals { "^" } else { "" };
            format!("{sign}{text}{star}")
        };
        form.expand().into_iter().map(shown).collect()
    }

    #[test]
    fn forms_stand_for_literals() {
        assert_eq!(literals("not one inch"), ["not one inch"]);
        assert_eq!(literals("expand*"), ["expand*"]);
        assert_eq!(literals("promise(|s|d)"), ["promise", "promises", "promised"]);
        assert_eq!(literals("US"), ["^us"]);
        assert_eq!(literals("1990"), ["1990"]);
        assert_eq!(literals("нато"), ["нато"]);
        assert_eq!(
            literals("mobili(s|z)(e|ing)"),
            ["mobilise", "mobilising", "mobilize", "mobilizing"]
        );
        assert_eq!(
            literals("br(eak|oke) the promise(|s)*"),
            [
                "break the promise*",
                "break the promises*",
                "broke the promise*",
                "broke the promises*"
            ]
        );
    }

    #[test]
    fn what_is_no_form_says_why() {
        let why = |text: &str| Form::parse(text).expect_err("no form");
        for text in ["", " ", "*", "promise (|s)", "(|s)"] {
            assert_eq!(why(text), FormError::Empty, "{text:?}");
        }
        for text in [" nato", "nato ", "one  inch", "one\tinch"] {
            assert_eq!(why(text), FormError::Blanks, "{text:?}");
        }
        for (text, sign) in [("don't", '\''), ("so-called", '-'), ("déjà", 'é'), ("a.b", '.')] {
            assert_eq!(why(text), FormError::Sign(sign), "{text:?}");
        }
        assert_eq!(why("Nato"), FormError::MixedCase);
        for text in ["ex*pand", "expand**", "*pand", "expand* east"] {
            assert_eq!(why(text), FormError::Star, "{text:?}");
        }
        for text in ["expan(d", "expand)", "expan(d|(s))", "a|b", "expan(d | s)"] {
            assert_eq!(why(text), FormError::Brackets, "{text:?}");
        }
        let long = "a(b|c|d|e)".repeat(5);
        assert_eq!(why(&long), FormError::TooMany);
        assert_eq!(why(&["a(b|c|d|e)"; 5].join(" ")), FormError::TooMany);
    }
}
