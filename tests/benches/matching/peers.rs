//! Other ways to look for the same words.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use mythbot::knowledge::{Form, Knowledge};

/// Every word form of every concept, in small letters.
fn forms(knowledge: &Knowledge) -> BTreeSet<String> {
    let lexicons = knowledge.languages.values().map(|language| &language.lexicon);
    let words = lexicons.flat_map(|lexicon| lexicon.concepts.values()).flat_map(|concept| {
        concept.get_ref().words.iter().filter_map(|word| Form::parse(word.get_ref()).ok())
    });
    words.flat_map(|form| form.expand()).map(|(text, ..)| text).collect()
}

/// A bare scan: the bytes of a message once, no word boundaries behind the forms.
///
/// Of the crate's kinds the contiguous automaton is the fastest for so many forms: the DFA is 16
/// times its size and waits for memory. A space before each form halves the hits.
pub(crate) struct Automaton {
    overlapping: AhoCorasick,
    apart: AhoCorasick,
}

impl Automaton {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let forms: Vec<String> = forms(knowledge).iter().map(|form| format!(" {form}")).collect();
        let build = |kind| {
            AhoCorasick::builder()
                .match_kind(kind)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&forms)
                .expect("few enough forms")
        };
        Self { overlapping: build(MatchKind::Standard), apart: build(MatchKind::LeftmostLongest) }
    }

    /// How many forms stand in the texts: all of them, as the engine needs them.
    pub(crate) fn hits(&self, texts: &[String]) -> usize {
        texts.iter().map(|text| self.overlapping.find_overlapping_iter(text).count()).sum()
    }

    /// The same without forms inside or across others: fewer than the engine needs.
    pub(crate) fn hits_apart(&self, texts: &[String]) -> usize {
        texts.iter().map(|text| self.apart.find_iter(text).count()).sum()
    }
}

/// Every message against every phrase by normalized Levenshtein distance.
pub(crate) struct Strsim(Vec<String>);

impl Strsim {
    /// Phrases are the word forms.
    pub(crate) fn forms(knowledge: &Knowledge) -> Self {
        Self(forms(knowledge).into_iter().collect())
    }

    /// Phrases are the claims as people put them.
    pub(crate) fn claims(knowledge: &Knowledge) -> Self {
        let answers = knowledge.myths.iter().flat_map(|myth| myth.answers.values());
        let claims = answers.flat_map(|answer| &answer.claims);
        Self(claims.map(|claim| claim.get_ref().to_lowercase()).collect())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The sum of the best likenesses, so that none is left out.
    pub(crate) fn nearest(&self, texts: &[String]) -> f64 {
        let best = |text: &String| {
            let likeness = |phrase: &String| strsim::normalized_levenshtein(text, phrase);
            self.0.iter().map(likeness).fold(0.0, f64::max)
        };
        texts.iter().map(best).sum()
    }
}
