//! Knowledge: what an editor writes in TOML files, read into values that the rest can rely on.
//!
//! A folder is read as a whole: either every file is sound and [`Knowledge`] comes out, or all
//! faults do, each with file, line and remedy. [`review`] also tells what an editor still has to
//! do, such as a number without a date. No claim is named in the code.
//!
//! | files | read as |
//! |---|---|
//! | `pack.toml` | [`PackFile`]: publisher, scope, thresholds, scale of verdicts |
//! | `labels/<language>.toml` | [`LabelsFile`]: the words around every answer |
//! | `lexicon/<language>.toml` | [`LexiconFile`]: concepts and cues |
//! | `words/<language>.toml` | [`WordsFile`]: ordinary words |
//! | `<claim>/myth.toml` | [`MythFile`]: sources and dated facts |
//! | `<claim>/<language>.toml` | [`AnswerFile`]: what people read |
//! | `<claim>/<language>.match.toml` | [`MatchFile`]: what messages are owed it |

mod checks;
mod citation;
mod date;
mod document;
mod fault;
mod folder;
pub mod form;
mod lexicon;
mod load;
mod myth;
mod pack;
pub mod pattern;
mod prose;
mod schema;

#[cfg(test)]
pub(crate) mod fixture;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use citation::{citations, replace_citations};
pub use date::{NotADate, PartialDate};
pub use fault::{Fault, Faults};
pub use folder::{Folder, FolderError};
pub use form::{Form, FormError};
pub use lexicon::{Concept, LexiconFile, Phrase, Role, WordsFile};
pub use load::{load, review};
pub use myth::{
    AnswerFile, Examples, ExceptionEntry, Fact, MatchFile, MythFile, PatternEntry, Source,
    SourceKind, Strength,
};
pub use pack::{CommandLabels, LabelsFile, PackFile, Thresholds};
pub use schema::schemas;

/// A sound knowledge folder.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// What holds for all answers.
    pub pack: PackFile,
    /// Language code to its words; the pack's languages, each present.
    pub languages: BTreeMap<String, Language>,
    /// Every answer, by number.
    pub myths: Vec<Myth>,
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// The words around every answer.
    pub labels: LabelsFile,
    /// Concepts and cues, those of single claims included.
    pub lexicon: LexiconFile,
    /// Ordinary words.
    pub words: WordsFile,
}

/// One claim and what is known about it.
#[derive(Debug, Clone)]
pub struct Myth {
    /// Sources and facts.
    pub file: MythFile,
    /// Language code to the answer; the pack's first language is always there.
    pub answers: BTreeMap<String, AnswerFile>,
    /// Language code to what messages are owed the answer.
    pub rules: BTreeMap<String, MatchFile>,
}

impl Knowledge {
    /// The answer with this id.
    #[must_use]
    pub fn myth(&self, id: &str) -> Option<&Myth> {
        self.myths.iter().find(|myth| myth.id() == id)
    }

    /// The language that is used when a text is missing in another one.
    #[must_use]
    pub fn main_language(&self) -> &str {
        self.pack.languages.first().map_or("en", String::as_str)
    }

    /// The words around an answer in `language`, else in the main language.
    #[must_use]
    pub fn labels(&self, language: &str) -> &LabelsFile {
        static NONE: LazyLock<LabelsFile> = LazyLock::new(LabelsFile::default);
        self.languages
            .get(language)
            .or_else(|| self.languages.get(self.main_language()))
            .map_or(&NONE, |language| &language.labels)
    }
}

impl Myth {
    /// Short name, unique in the folder.
    #[must_use]
    pub fn id(&self) -> &str {
        self.file.id.get_ref()
    }

    /// Number under which people can ask for it, unique in the folder, from 1.
    #[must_use]
    pub fn number(&self) -> u16 {
        *self.file.number.get_ref()
    }

    /// The answer in `language`, else in any language that it has.
    #[must_use]
    pub fn answer(&self, language: &str) -> Option<&AnswerFile> {
        self.answers.get(language).or_else(|| self.answers.values().next())
    }
}
