//! Likeness to claims as people put them: a search index over bare sentences, for looking answers
//! up and for answers that have no patterns.
//!
//! Words and their letter trigrams are weighed by how rare they are among the claims (inverse
//! document frequency), so that misspelt and inflected words still count for a part. The likeness
//! is the cosine of the weighted features.

use rustc_hash::{FxHashMap, FxHashSet};

use super::normalize::{Text, normalize};
use super::outcome::{Candidate, Evidence, Finding};
use crate::knowledge::Knowledge;

/// A trigram says less than a word.
const TRIGRAM: f32 = 0.35;
/// From this likeness on a bare claim counts as a finding.
const FLOOR: f32 = 0.5;

/// Claims, ready to be searched.
#[derive(Debug, Default)]
pub(super) struct LikenessIndex {
    answers: Vec<String>,
    claims: Vec<Claim>,
    /// Whether any answer has no patterns.
    has_bare: bool,
    /// Feature to its weight and the claims that have it.
    postings: FxHashMap<String, (f32, Vec<u32>)>,
}

#[derive(Debug)]
struct Claim {
    answer: usize,
    text: String,
    norm: f32,
    bare: bool,
}

impl LikenessIndex {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        let mut index = Self::default();
        let mut features: Vec<FxHashSet<String>> = Vec::new();
        for (number, myth) in knowledge.myths.iter().enumerate() {
            index.answers.push(myth.id().to_owned());
            let bare = myth.rules.values().all(|rules| rules.patterns.is_empty());
            index.has_bare |= bare;
            for answer in myth.answers.values() {
                let id = myth.id().replace('-', " ");
                let texts = [&id, answer.title.get_ref(), answer.claim.get_ref()];
                let phrased = answer.claims.iter().map(toml::Spanned::get_ref);
                for text in texts.into_iter().chain(phrased).filter(|text| !text.is_empty()) {
                    features.push(self::features(&normalize(text)));
                    index.claims.push(Claim {
                        answer: number,
                        text: text.clone(),
                        norm: 0.0,
                        bare,
                    });
                }
            }
        }
        index.weigh(&features);
        index
    }

    fn weigh(&mut self, features: &[FxHashSet<String>]) {
        for (number, features) in (0_u32..).zip(features) {
            for feature in features {
                self.postings.entry(feature.clone()).or_default().1.push(number);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
        let rarity = |holders: usize| (1.0 + self.claims.len() as f32 / holders as f32).ln();
        let weights: Vec<(String, f32)> = self
            .postings
            .iter()
            .map(|(feature, (_, holders))| (feature.clone(), kind(feature) * rarity(holders.len())))
            .collect();
        for (feature, weight) in weights {
            let Some((known, holders)) = self.postings.get_mut(&feature) else {
                continue;
            };
            *known = weight;
            for holder in holders {
                if let Some(claim) = self.claims.get_mut(*holder as usize) {
                    claim.norm += weight * weight;
                }
            }
        }
        for claim in &mut self.claims {
            claim.norm = claim.norm.sqrt();
        }
    }

    /// The likeness of each claim that shares anything with the text, 0 to 1.
    fn likenesses(&self, text: &Text) -> Vec<(&Claim, f32)> {
        let mut dots: FxHashMap<u32, f32> = FxHashMap::default();
        let mut norm = 0.0;
        // A feature that no claim has weighs as much as the rarest.
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
        let rarest = (1.0 + self.claims.len() as f32).ln();
        for feature in features(text) {
            let Some((weight, holders)) = self.postings.get(&feature) else {
                norm += (kind(&feature) * rarest).powi(2);
                continue;
            };
            norm += weight * weight;
            for holder in holders {
                *dots.entry(*holder).or_default() += weight * weight;
            }
        }
        let norm = norm.sqrt();
        dots.into_iter()
            .filter_map(|(number, dot)| {
                let claim = self.claims.get(number as usize)?;
                Some((claim, dot / (norm * claim.norm).max(f32::MIN_POSITIVE)))
            })
            .collect()
    }

    /// The answers most like the text, best first.
    pub(super) fn rank(&self, text: &Text, top: usize) -> Vec<Candidate> {
        let mut best: FxHashMap<usize, f32> = FxHashMap::default();
        for (claim, likeness) in self.likenesses(text) {
            let best = best.entry(claim.answer).or_default();
            *best = best.max(likeness);
        }
        let mut ranked: Vec<(usize, f32)> = best.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
            .into_iter()
            .take(top)
            .filter_map(|(answer, score)| {
                Some(Candidate { answer: self.answers.get(answer)?.clone(), score })
            })
            .collect()
    }

    /// Claims without patterns that the text is like.
    pub(super) fn findings(&self, text: &Text, message: &str) -> Vec<Finding> {
        if !self.has_bare {
            return Vec::new();
        }
        let mut alike: Vec<(&Claim, f32)> = self
            .likenesses(text)
            .into_iter()
            .filter(|(claim, likeness)| claim.bare && *likeness >= FLOOR)
            .collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.text.cmp(&b.0.text)));
        let length = message.chars().count();
        let mut seen = FxHashSet::default();
        alike
            .into_iter()
            .filter(|(claim, _)| seen.insert(claim.answer))
            .filter_map(|(claim, likeness)| {
                Some(Finding {
                    answer: self.answers.get(claim.answer)?.clone(),
                    evidence: Evidence {
                        phrase: claim.text.clone(),
                        text: message.to_owned(),
                        span: [0, length],
                        distance: 0,
                    },
                    weight: likeness,
                    ..Finding::default()
                })
            })
            .collect()
    }
}

fn kind(feature: &str) -> f32 {
    if feature.starts_with('\u{1}') { TRIGRAM } else { 1.0 }
}

/// The words of a text and their letter trigrams, the latter marked with U+0001.
fn features(text: &Text) -> FxHashSet<String> {
    let mut features = FxHashSet::default();
    for index in 0..text.words.len() {
        let word = text.word(index);
        features.insert(word.to_owned());
        let letters: Vec<char> = format!("^{word}$").chars().collect();
        for trigram in letters.windows(3) {
            features.insert(std::iter::once('\u{1}').chain(trigram.iter().copied()).collect());
        }
    }
    features
}
