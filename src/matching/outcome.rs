//! What the engine says about a text.

use serde::Serialize;

use super::score;
use crate::knowledge::Strength;

/// What to do about a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Nothing.
    #[default]
    Silent,
    /// Show it to moderators.
    Suggest,
    /// Sure enough to speak.
    Reply,
}

/// What the text does with the claim that it came nearest to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// No claim was found.
    #[default]
    None,
    /// States it.
    Asserts,
    /// Asks whether it is true.
    Asks,
    /// Says it is not so, debunks it, or makes fun of it.
    Denies,
}

/// What in the text speaks for an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What it says, in the words of the knowledge file: a pattern's name or a claim.
    pub phrase: String,
    /// The words of the text, as written, from the first to the last that count.
    pub text: String,
    /// Where they stand: first and one past the last, in characters (Unicode scalar values) of the
    /// original text.
    pub span: [usize; 2],
    /// Letters that were changed to read misspelt words, in all.
    pub distance: usize,
}

/// A pattern or claim that was met, before tiers are decided.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Finding {
    /// Which answer it belongs to.
    pub answer: String,
    /// The words it met.
    pub evidence: Evidence,
    /// Where the words stand that count, by place; those between them do not. In characters of the
    /// original text, empty for a claim found by likeness.
    pub parts: Vec<[usize; 2]>,
    /// How sure it is on its own; `None` for a claim found by likeness.
    pub strength: Option<Strength>,
    /// What it adds to the score, 0 to 1.
    pub weight: f32,
    /// What turned it into silence, in plain words with the cue, if anything did.
    pub cancelled: Option<String>,
    /// That cause itself; in a finding that is not cancelled, what lowers it.
    pub cue: Option<Cue>,
    /// By which words or sign the claim is asked, as written, if it is.
    pub asked: Option<String>,
}

/// A misspelt or run-together word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// As written.
    pub text: String,
    /// Where it stands, in characters of the original text.
    pub span: [usize; 2],
    /// What it is read as.
    pub read: String,
    /// Letters changed.
    pub distance: usize,
}

/// Why something that was found does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Its words as written; for an exception its name.
    pub text: String,
    /// Where they stand, in characters of the original text; `[0, 0]` when it is no words of it.
    pub span: [usize; 2],
}

/// What a cue does to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueKind {
    /// "NATO never promised that".
    Negated,
    /// "It is a myth that".
    Rejected,
    /// "Don't tell me", "stop saying".
    Reversed,
    /// "Yeah right".
    Mocked,
    /// "/s" at the end.
    Sarcasm,
    /// A word of the claim in quotation marks.
    ScareQuotes,
    /// "Did NATO promise that? No."
    AnsweredNo,
    /// The claim has a negation that the message has not.
    NegationLeftOut,
    /// "NATO promised that? It signed the opposite." "They claim that. In reality ..."
    Rebutted,
    /// "My neighbour thinks that tiny ...": weak signs that the claim is argued about; it is
    /// lowered, not cancelled.
    Doubted,
    /// "Enlish" read as "Polish": a misspelt word is read as one that is not the likeliest; the claim
    /// is lowered, not cancelled.
    Guessed,
    /// An exception of the answer's file.
    Exception,
}

impl Cue {
    /// What it does, in plain words.
    #[must_use]
    pub fn does(&self) -> String {
        let cue = &self.text;
        match self.kind {
            CueKind::Negated => format!("the claim is negated (“{cue}”)"),
            CueKind::Rejected | CueKind::Reversed => {
                format!("the claim is rejected (“{cue}”)")
            }
            CueKind::Mocked => format!("it makes fun of the claim (“{cue}”)"),
            CueKind::Sarcasm => format!("it ends with “{cue}”, which says that it is not meant"),
            CueKind::ScareQuotes => {
                format!("“{cue}” stands in quotation marks, as a word that does not fit")
            }
            CueKind::AnsweredNo => format!("the claim is answered with no (“{cue}”)"),
            CueKind::NegationLeftOut => "it leaves out the negation of the claim".to_owned(),
            CueKind::Rebutted => {
                format!("the claim is brought up only to be answered (“{cue}”)")
            }
            CueKind::Doubted => format!("it may argue about the claim (“{cue}”)"),
            CueKind::Guessed => format!("“{cue}” may be another word"),
            CueKind::Exception => format!("it reads as something else: {cue}"),
        }
    }
}

impl Finding {
    /// Whether a reading is about one of the words that count.
    #[must_use]
    pub fn has(&self, reading: &Reading) -> bool {
        let [start, end] = reading.span;
        self.parts.iter().any(|[from, to]| *from < end && start < *to)
    }

    /// The words that count, as written, with dots for those between them.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = String::new();
        let [start, _] = self.evidence.span;
        let letters: Vec<char> = self.evidence.text.chars().collect();
        let mut end = None;
        for [from, to] in &self.parts {
            let from = *from.max(end.as_ref().unwrap_or(from));
            let Some(part) = letters.get(from.saturating_sub(start)..to.saturating_sub(start))
            else {
                continue;
            };
            let at = |place: usize| place.saturating_sub(start);
            let between = end.and_then(|end| letters.get(at(end)..at(from)));
            match between {
                Some(gap) if gap.iter().any(|c| c.is_alphanumeric()) => words.push_str(" … "),
                Some([]) | None => {}
                Some(_) => words.push(' '),
            }
            words.extend(part);
            end = Some(*to);
        }
        if words.is_empty() { self.evidence.text.clone() } else { words }
    }
}

/// An answer and how near the text is to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Id of the answer.
    pub answer: String,
    /// 0 to 1, comparable with the thresholds of the pack.
    pub score: f32,
}

/// The engine's decision on a text, with its grounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Outcome {
    /// What to do.
    pub tier: Tier,
    /// The best answer that reached `suggest` or `reply`.
    pub answer: Option<String>,
    /// Its score, or that of the nearest answer when there is none, 0 to 1.
    pub score: f32,
    /// What the text does with the claim.
    pub stance: Stance,
    /// One sentence without a full stop: why it was decided so.
    pub reason: String,
    /// What speaks for the answer, or what was found and cancelled.
    pub evidence: Vec<Evidence>,
    /// Every answer with a score above 0, best first.
    pub candidates: Vec<Candidate>,
    /// Everything that was found, for the explanation.
    pub findings: Vec<Finding>,
    /// How many words the text has, as it was read; 0 when that is not known any more.
    pub words: usize,
}

impl Outcome {
    /// Whether a single pattern speaks for the best answer in a text that is too long for that to
    /// be enough.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        score::is_alone(self)
    }
}
