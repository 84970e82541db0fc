//! Citation marks in an answer's texts: `[^id]` names a dated fact.

/// The ids that `text` cites, in order, repeats included.
#[must_use]
pub fn citations(text: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let _ = replace_citations(text, |id| {
        ids.push(id.to_owned());
        String::new()
    });
    ids
}

/// `text` with each citation mark replaced by what `with` makes of its id.
///
/// Where that is empty, the blank before the mark goes, too, so that none is left before a full
/// stop.
#[must_use]
pub fn replace_citations(text: &str, mut with: impl FnMut(&str) -> String) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, mark)) = rest.split_once("[^")
        && let Some((id, after)) = mark.split_once(']')
    {
        replaced.push_str(before);
        let instead = with(id);
        if instead.is_empty() {
            replaced.truncate(replaced.trim_end_matches(' ').len());
        }
        replaced.push_str(&instead);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_and_replaced() {
        let text = "It has 32 members [^members], up from 30.[^old][^members] End [^open";
        assert_eq!(citations(text), ["members", "old", "members"]);
        assert_eq!(
            replace_citations(text, |_| String::new()),
            "It has 32 members, up from 30. End [^open"
        );
        assert_eq!(
            replace_citations(text, |id| format!("({id})")),
            "It has 32 members (members), up from 30.(old)(members) End [^open"
        );
    }
}
