//! The parts of a message that are not its writer's words: code blocks, quoted lines, addresses,
//! mentions and custom emoji.

use std::ops::Range;

/// Byte ranges of `text` to leave out, in order, not overlapping.
pub(crate) fn foreign_parts(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(step) =
        bytes.get(at..).and_then(|rest| rest.iter().copied().position(is_opening))
    {
        at += step;
        let end = part_end(bytes, at);
        match end {
            Some(end) => {
                parts.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    parts
}

fn is_opening(byte: u8) -> bool {
    matches!(byte, b'`' | b'<' | b'>' | b'h' | b'H' | b'w' | b'W')
}

/// The end of the foreign part that begins at `at`, if one does.
fn part_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n');
    match rest.first()? {
        b'`' if rest.starts_with(b"```") => {
            let closing = find(rest.get(3..)?, b"```").map(|end| at + 3 + end + 3);
            Some(closing.unwrap_or(bytes.len()))
        }
        // `>>> ` quotes the rest of the message, `> ` the rest of the line.
        b'>' if line_start && rest.starts_with(b">>> ") => Some(bytes.len()),
        b'>' if line_start && rest.starts_with(b"> ") => {
            Some(rest.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end))
        }
        b'<' => tag_length(rest).map(|length| at + length),
        b'h' | b'H' | b'w' | b'W' => address_length(bytes, at).map(|length| at + length),
        _ => None,
    }
}

/// Discord's `<@1>`, `<#1>`, `<:name:1>`, `<t:1>`, `</name:1>`: no spaces, at most 80 bytes.
fn tag_length(rest: &[u8]) -> Option<usize> {
    let opens = matches!(rest.get(1)?, b'@' | b'#' | b':' | b'/')
        || [b"<a:".as_slice(), b"<t:", b"<id:"].iter().any(|start| rest.starts_with(start));
    let length = rest.iter().take(80).position(|byte| *byte == b'>')? + 1;
    let closed = rest.get(..length)?.iter().all(|byte| !byte.is_ascii_whitespace());
    (opens && closed).then_some(length)
}

fn address_length(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    // Most words with such a letter go on otherwise.
    if !matches!(rest.get(1)?, b't' | b'T' | b'w' | b'W') {
        return None;
    }
    let inside_word = at > 0 && bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
    let starts = |prefix: &str| {
        rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if inside_word || !(starts("https://") || starts("http://") || starts("www.")) {
        return None;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b')' | b'"');
    let length = rest.iter().position(ends).unwrap_or(rest.len());
    // With the bracket of "[text](address)": what follows is the same sentence.
    let in_link = at > 1 && bytes.get(at - 2..at) == Some(b"](");
    Some(length + usize::from(in_link && rest.get(length) == Some(&b')')))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> String {
        let mut kept = text.to_owned();
        for part in foreign_parts(text).into_iter().rev() {
            kept.replace_range(part, "");
        }
        kept
    }

    #[test]
    fn what_is_not_the_writers_own_is_left_out() {
        assert_eq!(left("see https://a.example/b?c=d now"), "see  now");
        assert_eq!(left("[a page](https://a.example/nato) says"), "[a page]( says");
        assert_eq!(left("hi <@123> in <#4> <:nato:5> <a:nato:6>"), "hi  in   ");
        assert_eq!(left("> nato promised\nno it did not"), "\nno it did not");
        assert_eq!(left("a\n>>> b\nc"), "a\n");
        assert_eq!(left("x ```rust\nnato\n``` y"), "x  y");
        assert_eq!(left("x ```never closed"), "x ");
    }

    #[test]
    fn what_only_looks_so_stays() {
        for text in ["a > b", "1 < 2 and 3 > 2", "<not a tag>", "http", "`nato`", "where is www"] {
            assert_eq!(left(text), text);
        }
    }
}
