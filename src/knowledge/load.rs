//! Reads a folder's files into [`Knowledge`], collecting every fault.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::checks;
use super::document::Document;
use super::fault::Collected;
use super::{
    AnswerFile, Fault, Faults, Folder, Knowledge, LabelsFile, Language, LexiconFile, MatchFile,
    Myth, MythFile, PackFile, WordsFile,
};

/// Every file of a folder, read but not yet held against the others.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) pack: Option<Document<PackFile>>,
    /// By language.
    pub(super) labels: BTreeMap<String, Document<LabelsFile>>,
    /// By language.
    pub(super) lexicons: BTreeMap<String, Document<LexiconFile>>,
    /// By language.
    pub(super) words: BTreeMap<String, Document<WordsFile>>,
    /// By folder name.
    pub(super) myths: BTreeMap<String, MythFiles>,
    /// Paths of all files, also of those that could not be read: they are not missing.
    paths: BTreeSet<String>,
}

/// The files of one claim's folder.
#[derive(Debug, Default)]
pub(super) struct MythFiles {
    pub(super) myth: Option<Document<MythFile>>,
    /// By language.
    pub(super) answers: BTreeMap<String, Document<AnswerFile>>,
    /// By language.
    pub(super) rules: BTreeMap<String, Document<MatchFile>>,
}

/// Reads and checks a folder.
///
/// # Errors
/// Every error of the folder, sorted by file and line. What merely is missing does not keep it from
/// loading: see [`review`].
pub fn load(folder: &Folder) -> Result<Knowledge, Faults> {
    let (files, faults) = read_and_check(folder);
    faults.refuse()?;
    files.into_knowledge().ok_or_else(|| Faults(vec![no_pack()]))
}

/// Everything that is wrong with a folder, sorted by file and line: what [`load`] refuses it for,
/// and what its editor still has to do, such as a missing source or a number without a date.
#[must_use]
pub fn review(folder: &Folder) -> Vec<Fault> {
    read_and_check(folder).1.everything()
}

fn read_and_check(folder: &Folder) -> (Files, Collected) {
    let mut faults = Collected::default();
    let files = Files::read(folder, &mut faults.errors);
    checks::all(&files, &mut faults);
    (files, faults)
}

/// The fault of a folder without `pack.toml`.
pub(super) fn no_pack() -> Fault {
    Fault::new("pack.toml", "the file is missing", "write one like the project's own")
}

impl Files {
    /// Reads every file; what cannot be read is left out and reported.
    pub(super) fn read(folder: &Folder, faults: &mut Vec<Fault>) -> Self {
        let mut files = Self::default();
        for (path, text) in &folder.files {
            files.add(path, text, faults);
        }
        files
    }

    /// Whether the folder has a file at `path`, readable or not.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    fn add(&mut self, path: &str, text: &str, faults: &mut Vec<Fault>) {
        self.paths.insert(path.to_owned());
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["pack.toml"] => self.pack = Document::read(path, text, faults),
            ["labels", name] => insert(&mut self.labels, name, path, text, faults),
            ["lexicon", name] => insert(&mut self.lexicons, name, path, text, faults),
            ["words", name] => insert(&mut self.words, name, path, text, faults),
            [id, "myth.toml"] => {
                self.myth(id).myth = Document::read(path, text, faults);
            }
            [id, name] if name.ends_with(".match.toml") => {
                let language = name.trim_end_matches(".match.toml");
                if let Some(read) = Document::read(path, text, faults) {
                    self.myth(id).rules.insert(language.to_owned(), read);
                }
            }
            [id, name] => insert(&mut self.myth(id).answers, name, path, text, faults),
            _ => faults.push(Fault::new(
                path,
                "no file is expected here",
                "move it to the claim's own folder, or remove it",
            )),
        }
    }

    fn myth(&mut self, id: &str) -> &mut MythFiles {
        self.myths.entry(id.to_owned()).or_default()
    }

    fn into_knowledge(self) -> Option<Knowledge> {
        let pack = self.pack?.into_value();
        let (mut labels, mut lexicons) = (values(self.labels), values(self.lexicons));
        let mut words = values(self.words);
        let mut myths: Vec<Myth> =
            self.myths.into_values().filter_map(MythFiles::into_myth).collect();
        myths.sort_by_key(Myth::number);
        let mut language = |code: &String| {
            let mut lexicon = lexicons.remove(code).unwrap_or_default();
            for rules in myths.iter().filter_map(|myth| myth.rules.get(code)) {
                lexicon.concepts.extend(rules.concepts.clone());
                lexicon.phrases.extend(rules.phrases.clone());
            }
            let language = Language {
                labels: labels.remove(code).unwrap_or_default(),
                lexicon,
                words: words.remove(code).unwrap_or_default(),
            };
            (code.clone(), language)
        };
        let languages = pack.languages.iter().map(&mut language).collect();
        Some(Knowledge { pack, languages, myths })
    }
}

impl MythFiles {
    fn into_myth(self) -> Option<Myth> {
        Some(Myth {
            file: self.myth?.into_value(),
            answers: values(self.answers),
            rules: values(self.rules),
        })
    }
}

fn values<T>(documents: BTreeMap<String, Document<T>>) -> BTreeMap<String, T> {
    documents.into_iter().map(|(key, document)| (key, document.into_value())).collect()
}

fn insert<T: DeserializeOwned>(
    map: &mut BTreeMap<String, Document<T>>,
    name: &str,
    path: &str,
    text: &str,
    faults: &mut Vec<Fault>,
) {
    if let Some(read) = Document::read(path, text, faults) {
        map.insert(name.trim_end_matches(".toml").to_owned(), read);
    }
}
