//! A search index over sentences: which claims is a text most like, typos and inflection forgiven.
//!
//! Texts are compared by [`features()`]: whole words, and rows of four letters that run over the
//! spaces between words, so that a misspelt, inflected or compounded word still counts for most of
//! its letters. A feature weighs the more the fewer claims have it (inverse document frequency).
//! The likeness of a text and a claim is the weight that they share, held against the weight of
//! both: 0 for nothing in common, 1 for the same features.
//!
//! A text is not held against every claim. Its rarest features choose the candidates, and the best
//! of those are measured with all features.

mod features;
mod lists;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use crate::matching::reading::normalize::Text;
use features::features;
use lists::Lists;

/// What the claim's own weight counts in the likeness; the rest is the text's. Below a half, since
/// people wrap claims in chatter: a long claim that is there in full should beat a short one that
/// is there in part.
const CLAIM: f32 = 0.4;

/// Takes the edge off the rarity: with the plain logarithm the one rarest word of a text outweighs
/// all that it says.
const DAMPED: f32 = 0.7;

/// Candidates are sought until so many entries of the lists have been read: some microseconds.
const READ: usize = 2048;

/// So many candidates are measured with all features.
const MEASURED: usize = 64;

/// Sentences, ready to be searched.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex {
    /// Feature to its number; the numbers go from the rarest to the most frequent.
    numbers: FxHashMap<u64, u32>,
    /// Weight of each feature.
    weights: Vec<f32>,
    /// Sentences of each feature.
    holders: Lists,
    /// Features of each sentence.
    features: Lists,
    /// The part of each sentence in the divisor of a likeness.
    lengths: Vec<f32>,
    /// Weight of a feature that no sentence has: as of the rarest.
    unknown: f32,
}

/// A sentence and how like it a text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    /// Number of the sentence, as given to [`SearchIndex::new`].
    pub(crate) sentence: usize,
    /// 0 to 1.
    pub(crate) likeness: f32,
}

impl SearchIndex {
    /// Indexes sentences.
    pub(crate) fn new(sentences: &[Text]) -> Self {
        let found: Vec<Vec<u64>> = sentences.iter().map(features).collect();
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        for feature in found.iter().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        // By the hash where the counts are equal, so that the order of sentences plays no part.
        let mut by_rarity: Vec<(usize, u64)> =
            counts.into_iter().map(|(feature, count)| (count, feature)).collect();
        by_rarity.sort_unstable();
        let numbers = (0..).zip(&by_rarity).map(|(number, (_, feature))| (*feature, number));
        let numbers: FxHashMap<u64, u32> = numbers.collect();
        let weight = |count| rarity(sentences.len(), count).powf(DAMPED);
        let weights: Vec<f32> = by_rarity.iter().map(|(count, _)| weight(*count)).collect();
        let features = Lists::new(found.into_iter().map(|found| {
            let mut own: Vec<u32> =
                found.iter().filter_map(|feature| numbers.get(feature).copied()).collect();
            own.sort_unstable();
            own
        }));
        let mut index = Self {
            holders: features.inverted(weights.len()),
            unknown: weight(1),
            numbers,
            weights,
            features,
            lengths: Vec::with_capacity(sentences.len()),
        };
        for number in 0..sentences.len() {
            let weight: f32 = index.features.get(number).iter().map(|own| index.weight(*own)).sum();
            index.lengths.push(weight.powf(CLAIM));
        }
        index
    }

    /// The sentences most like the text, best first, the earlier first among equals: `most` and
    /// usually more, all that share anything when they are fewer.
    pub(crate) fn rank(&self, text: &Text, most: usize) -> Vec<Near> {
        let query = self.query(text);
        let mut near: Vec<Near> = self
            .candidates(&query, most.max(MEASURED))
            .into_iter()
            .map(|candidate| self.measure(&query, candidate))
            .collect();
        near.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.sentence.cmp(&b.sentence)));
        near
    }

    fn query(&self, text: &Text) -> Query {
        let found = features(text);
        let mut known: Vec<u32> =
            found.iter().filter_map(|feature| self.numbers.get(feature).copied()).collect();
        known.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "features of one text, far below 2^24")]
        let unknown = (found.len() - known.len()) as f32 * self.unknown;
        let weight = unknown + known.iter().map(|number| self.weight(*number)).sum::<f32>();
        Query { known, length: weight.powf(1.0 - CLAIM) }
    }

    /// The sentences, at most `most`, that share most with the rare features of the query.
    fn candidates(&self, query: &Query, most: usize) -> Vec<Candidate> {
        let mut shared = vec![0.0_f32; self.lengths.len()];
        let mut met: Vec<u32> = Vec::new();
        let mut read = 0;
        let mut used = 0;
        for feature in &query.known {
            let holders = self.holders.get(*feature as usize);
            if read + holders.len() > READ && met.len() >= most {
                break;
            }
            read += holders.len();
            used += 1;
            let weight = self.weight(*feature);
            for holder in holders {
                if let Some(shared) = shared.get_mut(*holder as usize) {
                    if *shared == 0.0 {
                        met.push(*holder);
                    }
                    *shared += weight;
                }
            }
        }
        let candidate = |number: &u32| {
            let shared = shared.get(*number as usize).copied().unwrap_or(0.0);
            let length = self.length(*number as usize);
            Candidate { sentence: *number as usize, shared, likeness: shared / length, used }
        };
        let mut candidates: Vec<Candidate> = met.iter().map(candidate).collect();
        if candidates.len() > most {
            // The order is total: which ones are kept does not depend on how they were met.
            candidates.select_nth_unstable_by(most, |a, b| {
                b.likeness.total_cmp(&a.likeness).then(a.sentence.cmp(&b.sentence))
            });
            candidates.truncate(most);
        }
        candidates
    }

    /// The candidate with what it shares with the frequent features of the query, too.
    fn measure(&self, query: &Query, candidate: Candidate) -> Near {
        let rest = query.known.get(candidate.used..).unwrap_or_default();
        let own = self.features.get(candidate.sentence);
        let from = rest.first().map_or(own.len(), |first| own.partition_point(|o| o < first));
        let mut own = own.get(from..).unwrap_or_default();
        let mut shared = candidate.shared;
        for feature in rest {
            while let [first, others @ ..] = own
                && first < feature
            {
                own = others;
            }
            if own.first() == Some(feature) {
                shared += self.weight(*feature);
            }
        }
        let likeness = shared / (query.length * self.length(candidate.sentence));
        // Rounding alone could bring it above.
        Near { sentence: candidate.sentence, likeness: likeness.min(1.0) }
    }

    fn length(&self, sentence: usize) -> f32 {
        self.lengths.get(sentence).copied().unwrap_or(f32::INFINITY)
    }

    fn weight(&self, feature: u32) -> f32 {
        self.weights.get(feature as usize).copied().unwrap_or(0.0)
    }
}

/// A text to search for.
#[derive(Debug)]
struct Query {
    /// Features that some sentence has, rarest first.
    known: Vec<u32>,
    /// Its part in the divisor of a likeness.
    length: f32,
}

/// A sentence that shares rare features with a query.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    sentence: usize,
    /// Weight of what it shares with the first `used` features of the query.
    shared: f32,
    /// The same, held against the sentence's length.
    likeness: f32,
    used: usize,
}

/// Inverse document frequency: the logarithm of how many sentences there are to one that has the
/// feature, plus one so that what all have still counts a little.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn rarity(sentences: usize, holders: usize) -> f32 {
    (1.0 + sentences as f32 / holders as f32).ln()
}
