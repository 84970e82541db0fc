//! The answers and the engine that is made from them. Both are replaced as one when the knowledge is
//! loaded anew; who has taken hold of them keeps what they have.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::cards;
use crate::knowledge::{Knowledge, Myth};
use crate::matching::Matcher;

/// What the bot knows.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) knowledge: Knowledge,
    pub(super) matcher: Matcher,
    /// Fingerprints of what each answer says.
    versions: BTreeMap<String, String>,
}

impl Answers {
    pub(super) fn new(knowledge: Knowledge) -> Self {
        let language = knowledge.main_language();
        let version =
            |myth: &Myth| (myth.id().to_owned(), cards::version(&knowledge, myth, language));
        let versions = knowledge.myths.iter().map(version).collect();
        let matcher = Matcher::new(&knowledge);
        Self { knowledge, matcher, versions }
    }

    /// The language in which the bot speaks.
    pub(super) fn language(&self) -> &str {
        self.knowledge.main_language()
    }

    /// Fingerprint of what an answer says; empty for one that is not there.
    pub(super) fn version(&self, answer: &str) -> &str {
        self.versions.get(answer).map_or("", String::as_str)
    }

    /// Fingerprints of all answers, by id.
    pub(super) fn versions(&self) -> &BTreeMap<String, String> {
        &self.versions
    }
}

/// What the bot knows at the moment.
#[derive(Debug)]
pub(super) struct Current(RwLock<Arc<Answers>>);

impl Current {
    pub(super) fn new(answers: Answers) -> Self {
        Self(RwLock::new(Arc::new(answers)))
    }

    pub(super) fn get(&self) -> Arc<Answers> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts others in their place, and returns those of before.
    pub(super) fn replace(&self, answers: Answers) -> Arc<Answers> {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, Arc::new(answers))
    }
}
