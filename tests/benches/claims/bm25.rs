//! The usual ranking to compare with: Okapi BM25 with Robertson's parameters.

use std::collections::BTreeMap;

/// How soon repetitions stop to count.
const K1: f64 = 1.2;
/// How much long texts are held back.
const B: f64 = 0.75;

/// Texts, ready to be ranked by the terms that they share with a query.
pub(super) struct Bm25 {
    terms: fn(&str) -> Vec<String>,
    /// Term to texts and how often each has it.
    postings: BTreeMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
    mean: f64,
}

/// The words in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Three letters in a row, spaces included.
pub(super) fn trigrams(text: &str) -> Vec<String> {
    let letters: Vec<char> = format!(" {} ", words(text).join(" ")).chars().collect();
    letters.windows(3).map(|three| three.iter().collect()).collect()
}

impl Bm25 {
    pub(super) fn new(texts: &[String], terms: fn(&str) -> Vec<String>) -> Self {
        let mut postings: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
        let mut lengths = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let mut counts: BTreeMap<String, f64> = BTreeMap::new();
            for term in terms(text) {
                *counts.entry(term).or_default() += 1.0;
            }
            lengths.push(counts.values().sum());
            for (term, count) in counts {
                postings.entry(term).or_default().push((number, count));
            }
        }
        let mean = lengths.iter().sum::<f64>() / count(lengths.len());
        Self { terms, postings, lengths, mean }
    }

    /// The five best texts, best first.
    pub(super) fn rank(&self, query: &str) -> Vec<usize> {
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        for postings in (self.terms)(query).iter().filter_map(|term| self.postings.get(term)) {
            let holders = count(postings.len());
            let rarity = (1.0 + (count(self.lengths.len()) - holders + 0.5) / (holders + 0.5)).ln();
            for (text, times) in postings {
                let length = self.lengths.get(*text).copied().unwrap_or(self.mean);
                let held = K1 * (1.0 - B + B * length / self.mean);
                *scores.entry(*text).or_default() += rarity * times * (K1 + 1.0) / (times + held);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(5).map(|(text, _)| text).collect()
    }
}

fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("few"))
}
