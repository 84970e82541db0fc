//! The sentences of an answer: dated numbers, links that work, nobody pinged.

use toml::Spanned;

use super::facts::citing_texts;
use super::{beginning, is_blank};
use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::prose::{lacks, sentences};
use crate::knowledge::{AnswerFile, replace_citations};

pub(super) fn check(answer: &Document<AnswerFile>, faults: &mut Collected) {
    for (key, text) in citing_texts(answer) {
        dates(answer, key, text, faults);
    }
    summary_length(answer, faults);
    let others = [("title", &answer.title), ("claim", &answer.claim)];
    for (key, text) in others.into_iter().chain(citing_texts(answer)) {
        let without_marks = replace_citations(text.get_ref(), |_| String::new());
        if let Some(line) = without_marks.lines().find(|line| !links_are_whole(line)) {
            let problem = format!("`{key}` has a broken link in “{}”", beginning(line));
            let remedy = "write links as [words](https://address), and no other square brackets";
            faults.warn(answer.fault_at(text, problem, remedy));
        }
        for mention in ["@everyone", "@here", "<@"] {
            if text.get_ref().contains(mention) {
                let problem = format!("`{key}` contains `{mention}`, which calls people");
                faults.error(answer.fault_at(text, problem, "name no one: remove it"));
            }
        }
    }
}

fn dates(answer: &Document<AnswerFile>, key: &str, text: &Spanned<String>, faults: &mut Collected) {
    for sentence in sentences(text.get_ref()) {
        let Some(lacks) = lacks(sentence) else {
            continue;
        };
        let (what, remedy) = match (lacks.year, lacks.citation) {
            (true, true) => (
                "no year and no citation",
                "say of which year the number is and cite the fact, as in `since 2024.[^fact]`",
            ),
            (true, false) => ("no year", "say of which year the number is"),
            (false, _) => ("no citation", "cite the fact that says so, as in `since 2024.[^fact]`"),
        };
        let problem = format!("`{key}` has a number but {what} in “{}”", beginning(sentence));
        faults.warn(answer.fault_at(text, problem, remedy));
    }
}

fn summary_length(answer: &Document<AnswerFile>, faults: &mut Collected) {
    let summary = answer.summary.get_ref();
    let count = sentences(summary).len();
    if !is_blank(summary) && !(2..=4).contains(&count) {
        let problem = format!("`summary` has {count} sentence(s)");
        faults.warn(answer.fault_at(&answer.summary, problem, "write two to four"));
    }
}

/// Whether every square bracket of `line` belongs to a `[words](https://address)`.
fn links_are_whole(line: &str) -> bool {
    let Some((before, opened)) = line.split_once('[') else {
        return !line.contains(']');
    };
    let Some((words, target)) = opened.split_once("](") else {
        return false;
    };
    let Some((address, after)) = target.split_once(')') else {
        return false;
    };
    !before.contains(']')
        && !is_blank(words)
        && !words.contains(['[', ']'])
        && address.starts_with("https://")
        && !address.contains(char::is_whitespace)
        && links_are_whole(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        for whole in ["", "no link", "[a](https://a.example) b [c](https://c.example)"] {
            assert!(links_are_whole(whole), "{whole}");
        }
        for broken in [
            "[a](https://a.example",
            "[a] (https://a.example)",
            "a](https://a.example)",
            "[a](http://a.example)",
            "[a](https://a example)",
            "[](https://a.example)",
            "[a [b](https://a.example)",
            "a]",
        ] {
            assert!(!links_are_whole(broken), "{broken}");
        }
    }
}
