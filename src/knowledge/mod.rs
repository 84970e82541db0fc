//! Knowledge: what an editor writes in TOML files, read into values that the rest can rely on.
//!
//! A folder is read as a whole: either every file is sound and [`Knowledge`] comes out, or all
//! faults do, each with file, line and remedy. No claim is named in the code.
//!
//! | files | read as |
//! |---|---|
//! | `pack.toml` | [`PackFile`]: publisher, scope, thresholds, scale of verdicts |
//! | `labels/<language>.toml` | [`LabelsFile`]: the words around every answer |
//! | `lexicon/<language>.toml` | [`LexiconFile`]: concepts and cues |
//! | `<claim>/myth.toml` | [`MythFile`]: sources and dated facts |
//! | `<claim>/<language>.toml` | [`AnswerFile`]: what people read |
//! | `<claim>/<language>.match.toml` | [`MatchFile`]: what messages are owed it |

mod date;
mod document;
mod fault;
mod folder;
mod lexicon;
mod load;
mod myth;
mod pack;
pub mod pattern;

use std::collections::BTreeMap;

pub use date::{NotADate, PartialDate};
pub use fault::{Fault, Faults};
pub use folder::{Folder, FolderError};
pub use lexicon::{Concept, LexiconFile, Role};
pub use load::load;
pub use myth::{
    AnswerFile, ExceptionEntry, Examples, Fact, MatchFile, MythFile, PatternEntry, Source,
    SourceKind, Strength,
};
pub use pack::{LabelsFile, PackFile, Thresholds};

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
    /// Concepts and cues.
    pub lexicon: LexiconFile,
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
