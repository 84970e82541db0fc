//! Words of users, made harmless.

/// `text` as one line in which nothing can act: no Markdown, links, mentions or invisible
/// characters. Longer texts end in an ellipsis after `max_chars` characters; the signs added to
/// escape come on top.
#[must_use]
pub fn quoted(text: &str, max_chars: usize) -> String {
    let spaced: String = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::new();
    for (i, letter) in cut(&spaced, max_chars).chars().enumerate() {
        match letter {
            // Discord reads these anywhere; `:` also makes an address clickable.
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '(' | ')' | '<' | '>' | ':' => {
                escaped.extend(['\\', letter]);
            }
            // And these at the start of a line.
            '#' | '-' | '+' if i == 0 => escaped.extend(['\\', letter]),
            // A backslash does not hold `@everyone` back in every client; a gap does.
            '@' => escaped.push_str("@\u{200b}"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// `text` without control and invisible characters, which can drive a terminal or hide words. Line
/// breaks stay.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| if letter == '\n' || !letter.is_whitespace() { letter } else { ' ' })
        .filter(|letter| *letter == '\n' || !is_invisible(*letter))
        .collect()
}

/// `text`, or its beginning with an ellipsis, in at most `max` characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::markdown::{Look, pieces};

    #[test]
    fn nothing_in_a_quotation_acts() {
        let quoted = |text: &str| quoted(text, 80);
        assert_eq!(quoted("bats are blind"), "bats are blind");
        assert_eq!(quoted("**a** _b_ `c` ||d||"), r"\*\*a\*\* \_b\_ \`c\` \|\|d\|\|");
        assert_eq!(quoted("[a](https://b.example)"), r"\[a\]\(https\://b.example\)");
        assert_eq!(quoted("@everyone <@12> <#3>"), "@\u{200b}everyone \\<@\u{200b}12\\> \\<#3\\>");
        assert_eq!(quoted("# head"), r"\# head");
        assert_eq!(quoted("- item - two"), r"\- item - two");
        assert_eq!(quoted("a\\*b"), r"a\\\*b");
        assert_eq!(quoted("a\n> b\r\n\tc"), r"a \> b c");
        assert_eq!(quoted("a\u{1b}[31m\u{202e}b\u{200b}c"), r"a\[31mbc");
    }

    proptest::proptest! {
        /// What people see is what was written, and nothing of it has become Markdown.
        #[test]
        fn quotations_are_read_as_written(text in r"[a-z@#\\*_~`|\[\]()<>: +-]{0,40}") {
            let shown = pieces(&quoted(&text, 100));
            let words: String = shown.iter().map(|piece| piece.text.as_str()).collect();
            let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert_eq!(words.replace('\u{200b}', ""), written);
            proptest::prop_assert!(shown.iter().all(|piece| piece.look == Look::default()));
        }
    }

    #[test]
    fn long_quotations_end_in_an_ellipsis() {
        assert_eq!(quoted("äöüß", 4), "äöüß");
        assert_eq!(quoted("äöüßx", 4), "äöü…");
        assert_eq!(quoted("a   b c", 3), "a…");
        assert_eq!(quoted("ab", 0), "…");
        assert_eq!(quoted("", 0), "");
    }
}
