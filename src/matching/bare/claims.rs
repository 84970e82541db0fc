//! The claims of all answers as sentences to be searched: for looking answers up, and for finding
//! claims that have no patterns.

use rustc_hash::FxHashSet;

use super::search::SearchIndex;
use crate::knowledge::{Knowledge, Myth};
use crate::matching::outcome::Candidate;
use crate::matching::reading::normalize::{Text, normalize};

/// Claims, ready to be searched.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    index: SearchIndex,
    /// As the index numbers them: by answer, then by text, so that ties do not depend on the order
    /// of files.
    sentences: Vec<Sentence>,
    /// Most sentences that one answer has.
    most: usize,
    has_bare: bool,
}

/// A sentence that stands for an answer.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sentence {
    answer: String,
    text: String,
    /// Whether it is a claim of an answer that has no patterns. A title is none: it often says what
    /// is true.
    bare: bool,
}

/// A claim and how like it a text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near<'a> {
    /// Id of its answer.
    pub(crate) answer: &'a str,
    /// The claim.
    pub(crate) claim: &'a str,
    /// 0 to 1.
    pub(crate) likeness: f32,
}

impl Claims {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut most = 0;
        for myth in &knowledge.myths {
            let own = sentences_of(myth);
            most = most.max(own.len());
            sentences.extend(own);
        }
        sentences.sort();
        let texts: Vec<Text> = sentences.iter().map(|own| normalize(&own.text)).collect();
        let has_bare = sentences.iter().any(|own| own.bare);
        Self { index: SearchIndex::new(&texts), sentences, most, has_bare }
    }

    /// Whether any answer has no patterns.
    pub(crate) fn has_bare(&self) -> bool {
        self.has_bare
    }

    /// The answers most like the text, best first, at most `top`.
    pub(crate) fn rank(&self, text: &Text, top: usize) -> Vec<Candidate> {
        let candidate =
            |near: Near<'_>| Candidate { answer: near.answer.to_owned(), score: near.likeness };
        self.nearest(text, top, |_| true).into_iter().map(candidate).collect()
    }

    /// The claims without patterns most like the text, one of each answer, best first, at most
    /// `top`.
    pub(crate) fn rank_bare(&self, text: &Text, top: usize) -> Vec<Near<'_>> {
        self.nearest(text, top, |sentence| sentence.bare)
    }

    fn nearest(&self, text: &Text, top: usize, counts: fn(&Sentence) -> bool) -> Vec<Near<'_>> {
        let mut seen = FxHashSet::default();
        self.index
            .rank(text, top.saturating_mul(self.most))
            .into_iter()
            .filter_map(|near| Some((self.sentences.get(near.sentence)?, near.likeness)))
            .filter(|(sentence, _)| counts(sentence) && seen.insert(&sentence.answer))
            .take(top)
            .map(|(own, likeness)| Near { answer: &own.answer, claim: &own.text, likeness })
            .collect()
    }
}

/// What stands for an answer, each sentence once.
fn sentences_of(myth: &Myth) -> Vec<Sentence> {
    let bare = myth.rules.values().all(|rules| rules.patterns.is_empty());
    let sentence = |text: &str, bare| {
        let (answer, text) = (myth.id().to_owned(), text.to_owned());
        Sentence { answer, text, bare }
    };
    let mut own: Vec<Sentence> = Vec::new();
    // The id of a bare claim is often a mere number.
    if !bare {
        own.push(sentence(&myth.id().replace('-', " "), false));
    }
    for answer in myth.answers.values() {
        own.push(sentence(answer.title.get_ref(), false));
        own.push(sentence(answer.claim.get_ref(), bare));
        own.extend(answer.claims.iter().map(|claim| sentence(claim.get_ref(), bare)));
    }
    own.retain(|sentence| !sentence.text.trim().is_empty());
    own.sort();
    own.dedup();
    own
}
