//! Reads a folder's files into [`Knowledge`], collecting every fault.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::document::Document;
use super::{
    AnswerFile, Fault, Faults, Folder, Knowledge, LabelsFile, Language, LexiconFile, MatchFile,
    Myth, MythFile, PackFile,
};

/// Every file of a folder, read but not yet held against the others.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) pack: Option<Document<PackFile>>,
    /// By language.
    pub(super) labels: BTreeMap<String, Document<LabelsFile>>,
    /// By language.
    pub(super) lexicons: BTreeMap<String, Document<LexiconFile>>,
    /// By folder name.
    pub(super) myths: BTreeMap<String, MythFiles>,
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
/// Every fault of the folder, sorted by file and line.
pub fn load(folder: &Folder) -> Result<Knowledge, Faults> {
    let mut faults = Vec::new();
    let files = Files::read(folder, &mut faults);
    Faults::none_in(faults)?;
    files.into_knowledge().ok_or_else(|| {
        Faults(vec![Fault {
            file: "pack.toml".to_owned(),
            line: None,
            problem: "the file is missing".to_owned(),
            remedy: "write one like the project's own".to_owned(),
        }])
    })
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

    fn add(&mut self, path: &str, text: &str, faults: &mut Vec<Fault>) {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["pack.toml"] => self.pack = Document::read(path, text, faults),
            ["labels", name] => insert(&mut self.labels, name, path, text, faults),
            ["lexicon", name] => insert(&mut self.lexicons, name, path, text, faults),
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
            _ => faults.push(Fault {
                file: path.to_owned(),
                line: None,
                problem: "no file is expected here".to_owned(),
                remedy: "move it to the claim's own folder, or remove it".to_owned(),
            }),
        }
    }

    fn myth(&mut self, id: &str) -> &mut MythFiles {
        self.myths.entry(id.to_owned()).or_default()
    }

    fn into_knowledge(self) -> Option<Knowledge> {
        let languages: BTreeSet<String> =
            self.labels.keys().chain(self.lexicons.keys()).cloned().collect();
        let mut labels = self.labels;
        let mut lexicons = self.lexicons;
        let languages = languages
            .into_iter()
            .map(|code| {
                let language = Language {
                    labels: labels.remove(&code).map(Document::into_value).unwrap_or_default(),
                    lexicon: lexicons.remove(&code).map(Document::into_value).unwrap_or_default(),
                };
                (code, language)
            })
            .collect();
        let mut myths: Vec<Myth> =
            self.myths.into_values().filter_map(MythFiles::into_myth).collect();
        myths.sort_by_key(Myth::number);
        Some(Knowledge { pack: self.pack?.into_value(), languages, myths })
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
