//! An answer in a language with the words around it, as the cards of an answer need it.

use jiff::civil::Date;

use crate::knowledge::{
    AnswerFile, Knowledge, LabelsFile, Myth, PartialDate, Source, SourceKind, replace_citations,
};

/// The heading of an answer: for one that has none, its claim, or its id.
#[must_use]
pub fn title<'a>(knowledge: &'a Knowledge, myth: &'a Myth, language: &str) -> &'a str {
    Page::new(knowledge, myth, language).title()
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) myth: &'a Myth,
    pub(super) labels: &'a LabelsFile,
    answer: Option<&'a AnswerFile>,
}

impl<'a> Page<'a> {
    pub(super) fn new(knowledge: &'a Knowledge, myth: &'a Myth, language: &str) -> Self {
        let answer = myth
            .answers
            .get(language)
            .or_else(|| myth.answers.get(knowledge.main_language()))
            .or_else(|| myth.answer(language));
        Self { knowledge, myth, labels: knowledge.labels(language), answer }
    }

    /// A text of the answer as written; empty when there is none.
    pub(super) fn raw(&self, text: impl Fn(&'a AnswerFile) -> &'a str) -> &'a str {
        self.answer.map_or("", text).trim()
    }

    /// A text of the answer without citation marks.
    pub(super) fn text(&self, text: impl Fn(&'a AnswerFile) -> &'a str) -> String {
        replace_citations(self.raw(text), |_| String::new())
    }

    /// The heading: for an answer that has none, its claim, or its id.
    pub(super) fn title(&self) -> &'a str {
        let title = self.raw(|answer| answer.title.get_ref());
        let claim = self.raw(|answer| answer.claim.get_ref());
        [title, claim].into_iter().find(|text| !text.is_empty()).unwrap_or(self.myth.id())
    }

    /// `text` behind a label in bold.
    pub(super) fn labelled(label: &str, text: &str) -> String {
        match (label.trim(), text.trim()) {
            (_, "") => String::new(),
            ("", text) => text.to_owned(),
            (label, text) => format!("**{label}:** {text}"),
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        PartialDate::from(date).spelled(&self.labels.months)
    }

    /// How recent the answer is, and who answers for it.
    pub(super) fn footer(&self) -> String {
        let updated = self.myth.file.updated;
        let as_of = updated.map(|day| format!("{} {}", self.labels.as_of, self.date(day)));
        let publisher = Some(self.knowledge.pack.publisher.clone());
        [as_of, publisher]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Whether the publisher of `source` is a party to the dispute.
    pub(super) fn is_party(&self, source: &Source) -> bool {
        self.knowledge.pack.parties.contains(&source.publisher)
    }

    /// `source` in a line: link, publisher, and where it stands.
    pub(super) fn source_line(&self, source: &Source) -> String {
        let kind = match source.kind {
            SourceKind::Primary => &self.labels.kind_primary,
            SourceKind::Independent => &self.labels.kind_independent,
            SourceKind::Critical => &self.labels.kind_critical,
        };
        let party = if self.is_party(source) { &self.labels.party } else { "" };
        let about: Vec<&str> =
            [kind.as_str(), party].into_iter().filter(|words| !words.trim().is_empty()).collect();
        let about =
            if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
        format!("{}, {}{about}", link(&source.title, &source.url), source.publisher.trim())
    }
}

/// A masked link that no sign in `title` or `url` can break.
fn link(title: &str, url: &str) -> String {
    let title = title.trim().replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]");
    let url = url.trim().replace('(', "%28").replace(')', "%29");
    format!("[{title}]({url})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_cannot_be_broken() {
        assert_eq!(
            link("a [b] c", "https://a.example/b_(c)"),
            r"[a \[b\] c](https://a.example/b_%28c%29)"
        );
    }
}
