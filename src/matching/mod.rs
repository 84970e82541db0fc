//! The engine: is this text owed an answer, which, and why.
//!
//! Pure functions of text and knowledge: no clock, no files, no network. A text is [normalised] and
//! misspelt words are read as what they are meant to be (`reading`), the lexicon's word forms are
//! looked up (`lexicon`), the answers' patterns are held against what was found (`rules`), cues
//! tell whether the claim is made, asked or rejected (`stance`), and what is left is added up
//! (`score`). Claims that have no patterns are found by likeness (`bare`).
//!
//! [normalised]: normalize::normalize

mod bare;
mod change;
mod lexicon;
mod outcome;
mod reading;
mod rules;
mod score;
mod stance;
#[cfg(test)]
mod tests;

pub use change::{Change, What, arithmetic};
pub use outcome::{Candidate, Cue, CueKind, Evidence, Finding, Outcome, Reading, Stance, Tier};

use crate::knowledge::{Knowledge, Thresholds};
pub use reading::normalize;
pub use rules::near::{Lack, Near};

use bare::Bare;
use bare::claims::Claims;
use lexicon::concepts::Concepts;
use lexicon::keyword::{Hit, KeywordIndex};
use lexicon::presence::Presence;
use lexicon::rarity::Rarity;
use reading::fuzzy::FuzzyIndex;
use reading::lattice::Lattice;
use reading::mend;
use reading::normalize::{Text, normalize};
use rules::Rules;
use rules::phrase::Phrases;
use rules::sets::Sets;
use rules::settle::Among;

/// How many candidates are named among claims that have no patterns, unless told otherwise.
const NEAREST: usize = 5;

/// In a text with fewer words that a pattern cannot do without, as most chat is, words are not
/// looked at again that may be several: that takes long and seldom finds anything.
const FEWEST_LEADS: usize = 2;
/// Longer texts, in words, are not: enough of their words are spelt as they should be. Two hundred are
/// more than most chat messages have.
const SETTLED_UP_TO: usize = 200;
/// Of longer texts so many unknown words are mended, the first ones: whoever makes so many slips is
/// not read better for more, and each costs about a microsecond.
const MENDED: usize = 100;
/// The same where more is forgiven, which costs six.
const MENDED_BOLDLY: usize = 30;

/// The engine, built once from a knowledge folder and shared.
#[derive(Debug)]
pub struct Matcher {
    concepts: Concepts,
    keywords: KeywordIndex,
    fuzzy: FuzzyIndex,
    phrases: Phrases,
    rules: Rules,
    sets: Sets,
    /// Without any of these concepts no pattern stands in a text: most chat has none.
    leads: Presence,
    claims: Claims,
    thresholds: Thresholds,
}

impl Matcher {
    /// Builds every index. Patterns that do not parse are left out: [`crate::knowledge::load`]
    /// refuses a folder that has one.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let (concepts, literals) = Concepts::new(knowledge);
        let fuzzy = FuzzyIndex::new(&literals, knowledge.languages.values().map(|l| &l.words));
        let mut rarity = Rarity::new(&concepts);
        let mut sets = Sets::default();
        let phrases = Phrases::new(knowledge, &concepts, &mut sets, &mut rarity);
        let rules = Rules::new(knowledge, &concepts, &mut sets, &rarity);
        sets.close();
        let leads = |key| phrases.leads(key, &sets, &rarity).unwrap_or_else(|| vec![key]);
        let leads = rules.keys().concepts().flat_map(leads).collect();
        Self {
            phrases,
            rules,
            sets,
            leads,
            claims: Claims::new(knowledge),
            keywords: KeywordIndex::new(&literals),
            fuzzy,
            concepts,
            thresholds: *knowledge.pack.thresholds.get_ref(),
        }
    }

    /// Decides on a text of any length. Never panics.
    #[must_use]
    pub fn find(&self, message: &str) -> Outcome {
        self.find_with(message, NEAREST)
    }

    /// Decides on a text of any length. Of claims that have no patterns it names at most `top`
    /// candidates, however far they are. Never panics.
    #[must_use]
    pub fn find_with(&self, message: &str, top: usize) -> Outcome {
        let (text, hits) = self.read(message);
        let mut findings = Vec::new();
        let mut asked = false;
        if self.may_match(&hits) {
            let found = self.phrases.found(&text, hits, &self.sets);
            let grounds = self.rules.findings(&found, &self.concepts, message);
            asked = grounds.asked;
            findings = grounds.findings;
        }
        if findings.is_empty() && self.claims.has_bare() {
            return self.bare().find(message, top);
        }
        score::decide(findings, asked, text.words.len(), self.thresholds)
    }

    /// The answers whose claims are most like `query`, best first, at most `top`. For looking an
    /// answer up: titles and claims as people put them, tolerant of typos. Scores from 0 to 1.
    #[must_use]
    pub fn look_up(&self, query: &str, top: usize) -> Vec<Candidate> {
        self.claims.rank(&normalize(query), top)
    }

    /// Whether everything that some pattern needs is in a text with these hits, if not in its place.
    fn may_match(&self, hits: &[Hit]) -> bool {
        let present: Presence = hits.iter().map(|hit| hit.concept).collect();
        present.meets(&self.leads)
            && self.rules.may_stand(&self.phrases.may_stand(&present, &self.sets), &self.sets)
    }

    fn bare(&self) -> Bare<'_> {
        Bare {
            claims: &self.claims,
            keywords: &self.keywords,
            concepts: &self.concepts,
            thresholds: self.thresholds,
        }
    }

    /// What `word`, in small letters, is taken for although it is another, where much is forgiven;
    /// `None` when it is read as it stands.
    #[must_use]
    pub fn taken_for(&self, word: &str) -> Option<String> {
        let text = normalize(word);
        if !self.keywords.hits(&text, &self.concepts).is_empty() {
            return None;
        }
        mend::mend(&self.fuzzy, &text, &[false], true)
            .map(|mended| mended.plain.trim_start().to_owned())
    }

    /// Whether `word`, in small letters, is one of the language that is never read as another.
    #[must_use]
    pub fn is_ordinary(&self, word: &str) -> bool {
        self.fuzzy.is_ordinary(word)
    }

    /// The message as it is read: normalised, misspelt and run-together words mended.
    #[must_use]
    pub fn reading(&self, message: &str) -> Text {
        self.read(message).0
    }

    /// The words of a message, misspelt ones mended, and every hit.
    fn read(&self, message: &str) -> (Text, Vec<Hit>) {
        let written = normalize(message);
        let hits = self.keywords.hits(&written, &self.concepts);
        let known = known(&written, &hits);
        let mut read = self.mended(&written, &known, false);
        // More is forgiven where the message is about something that we know.
        let (text, now) = read.as_ref().map_or((&written, &hits), |(text, hits)| (text, hits));
        if !self.has_subject(now) {
            return read.unwrap_or((written, hits));
        }
        read = self.mended(text, &self::known(text, now), true).or(read);
        let (text, now) = read.as_ref().map_or((&written, &hits), |(text, hits)| (text, hits));
        let settles = written.words.len() <= SETTLED_UP_TO && self.leads_in(now) >= FEWEST_LEADS;
        let settled = if settles { self.settled(&written, &known, text) } else { None };
        settled.or(read).unwrap_or((written, hits))
    }

    fn has_subject(&self, hits: &[Hit]) -> bool {
        hits.iter().any(|hit| self.rules.subjects().has(hit.concept))
    }

    /// How many places of a text have a word that some pattern cannot do without.
    fn leads_in(&self, hits: &[Hit]) -> usize {
        let places = hits.chunk_by(|a, b| a.first == b.first);
        places.filter(|hits| hits.iter().any(|hit| self.leads.has(hit.concept))).count()
    }

    /// The text with the words mended that are not `known`, and its hits; `None` when nothing is to
    /// be mended.
    fn mended(&self, text: &Text, known: &[bool], bold: bool) -> Option<(Text, Vec<Hit>)> {
        let most = if bold { MENDED_BOLDLY } else { MENDED };
        let first = self.first_unknown(text, known, most);
        let mended = mend::mend(&self.fuzzy, text, first.as_deref().unwrap_or(known), bold)?;
        let hits = self.keywords.hits(&mended, &self.concepts);
        Some((mended, hits))
    }

    /// The words of a long text that are not to be mended: those that are `known`, and all behind the
    /// first `most` others that are no ordinary words. `None` when the text is not long.
    fn first_unknown(&self, text: &Text, known: &[bool], most: usize) -> Option<Vec<bool>> {
        if known.len() <= SETTLED_UP_TO {
            return None;
        }
        let mut unknown = 0;
        let left_alone = |(number, known): (usize, &bool)| {
            unknown += usize::from(!known && !self.fuzzy.is_ordinary(text.word(number)));
            *known || unknown > most
        };
        Some(known.iter().enumerate().map(left_alone).collect())
    }

    /// A mended text in which the words that may be several are what the patterns make of them, and
    /// its hits; `None` where every word is sure.
    fn settled(&self, written: &Text, known: &[bool], mended: &Text) -> Option<(Text, Vec<Hit>)> {
        let lattice = Lattice::new(&self.fuzzy, written, known, mended)?;
        let text = lattice.likeliest(mended);
        let hits = self.keywords.hits(&text, &self.concepts);
        let among = Among::new(self.keywords.hits_among(&text, &lattice), &hits, &lattice);
        let found = self.phrases.found(&text, among.and(&hits), &self.sets);
        let picks = self.rules.settle(&found, &among, &self.concepts);
        let text = lattice.with(&text, &picks);
        let hits = self.keywords.hits(&text, &self.concepts);
        Some((text, hits))
    }
}

/// Which words are part of a hit.
fn known(text: &Text, hits: &[Hit]) -> Vec<bool> {
    let mut known = vec![false; text.words.len()];
    for hit in hits {
        known.iter_mut().take(hit.last + 1).skip(hit.first).for_each(|known| *known = true);
    }
    known
}
