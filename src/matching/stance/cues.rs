//! The cues of a text, and where they stand to each other.

use std::ops::Range;

use crate::knowledge::Role;
use crate::matching::lexicon::concepts::Concepts;
use crate::matching::lexicon::keyword::{Hit, LONGEST_FORM};
use crate::matching::reading::normalize::{Pause, Text, Word};

/// The cues of a text.
#[derive(Debug)]
pub(crate) struct Cues<'a> {
    text: &'a Text,
    /// By role, then place.
    by_role: Vec<(Role, Hit)>,
    /// First and last word of each quotation; those of no word are missing.
    quotations: Vec<(usize, usize)>,
    /// The place of the first emoji that laughs, in characters of the message.
    laughter: Option<usize>,
    /// The first word of each sentence, and at the end the number of words.
    sentences: Vec<usize>,
}

/// Letters that two forms of one word share at their beginning.
const STEM: usize = 6;

/// Emoji that laugh at something or roll their eyes. Tears of joy are tears.
const LAUGHTER: [char; 9] = ['😂', '🤣', '🤡', '🙄', '😆', '😹', '🥱', '🤦', '🧌'];

impl<'a> Cues<'a> {
    pub(crate) fn new(text: &'a Text, hits: &[Hit], concepts: &Concepts) -> Self {
        let cue = |hit: &Hit| Some((concepts.role(hit.concept)?, *hit));
        let mut cues: Vec<(Role, Hit)> = hits.iter().filter_map(cue).collect();
        cues.sort_unstable();
        let inside = text.words.iter().enumerate().filter(|(_, word)| word.quotation > 0);
        let mut quotations: Vec<(usize, usize)> = Vec::new();
        let mut last = 0;
        for (number, word) in inside {
            match quotations.last_mut().filter(|_| word.quotation == last) {
                Some((_, end)) => *end = number,
                None => quotations.push((number, number)),
            }
            last = word.quotation;
        }
        let mut sentences = Vec::new();
        for (number, word) in text.words.iter().enumerate() {
            if sentences.len() <= word.sentence {
                sentences.resize(word.sentence + 1, number);
            }
        }
        sentences.push(text.words.len());
        Self { text, by_role: cues, quotations, laughter: None, sentences }
    }

    /// The same with the emoji of the message, which are no words.
    pub(crate) fn with_emoji(self, message: &str) -> Self {
        Self { laughter: message.chars().position(|c| LAUGHTER.contains(&c)), ..self }
    }

    /// The place of the first emoji that laughs, in characters of the message, if there is one.
    pub(crate) fn laughter(&self) -> Option<usize> {
        self.laughter
    }

    /// Whether a word begins like a word of a hit: "surrounding" like "surrounds".
    pub(crate) fn is_word_of(&self, word: usize, hit: Hit) -> bool {
        let is = |other: usize| {
            let (a, b) = (self.text.word(word), self.text.word(other));
            let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
            shared >= STEM || (shared > 2 && a.len().max(b.len()) - shared <= 1)
        };
        (hit.first..=hit.last).any(is)
    }

    /// The words behind `from`, up to the end of the sentence that comes `sentences` later.
    pub(crate) fn further_on(&self, from: usize, sentences: usize) -> Range<usize> {
        let last = self.sentence(from).map_or(0, |sentence| sentence + sentences);
        from + 1..self.text.words.partition_point(|word| word.sentence <= last)
    }

    /// The first word of a sentence or, when it has none, of the next one that has.
    fn start_of(&self, sentence: usize) -> usize {
        self.sentences.get(sentence).copied().unwrap_or(self.text.words.len())
    }

    /// Every cue of this kind, by place.
    pub(crate) fn all(&self, role: Role) -> impl Iterator<Item = Hit> {
        self.behind(role, None)
    }

    /// Every cue of this kind that begins behind a word, by place.
    pub(crate) fn behind(&self, role: Role, word: Option<usize>) -> impl Iterator<Item = Hit> {
        let before = |cue: &(Role, Hit)| (cue.0, Some(cue.1.first)) <= (role, word);
        let from = self.by_role.partition_point(before);
        let rest = self.by_role.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(other, _)| *other == role).map(|(_, hit)| *hit)
    }

    /// The first cue of this kind that begins at a word.
    pub(crate) fn at(&self, role: Role, word: usize) -> Option<Hit> {
        self.behind(role, word.checked_sub(1)).next().filter(|cue| cue.first == word)
    }

    /// Every cue of this kind that begins in a sentence, by place.
    pub(crate) fn in_sentence(&self, role: Role, sentence: usize) -> impl Iterator<Item = Hit> {
        let start = self.start_of(sentence);
        self.behind(role, start.checked_sub(1))
            .take_while(move |cue| self.sentence(cue.first) == Some(sentence))
    }

    /// Every cue of this kind that begins after `word`, at most `reach` words on, by place.
    pub(crate) fn after(&self, role: Role, word: usize, reach: usize) -> impl Iterator<Item = Hit> {
        self.behind(role, Some(word)).take_while(move |cue| cue.first - word <= reach)
    }

    /// Every cue of this kind that begins at a word or before it and ends at most `reach` words
    /// before it, by place; some that end earlier may be among them.
    pub(crate) fn up_to(&self, role: Role, word: usize, reach: usize) -> impl Iterator<Item = Hit> {
        let from = word.checked_sub(reach + LONGEST_FORM);
        self.behind(role, from).take_while(move |cue| cue.first <= word)
    }

    /// Whether a cue of this kind stands wholly between two words.
    pub(crate) fn between(&self, role: Role, from: usize, to: usize) -> bool {
        self.behind(role, Some(from)).take_while(|cue| cue.first < to).any(|cue| cue.last < to)
    }

    /// The number of a word's sentence.
    pub(crate) fn sentence(&self, word: usize) -> Option<usize> {
        self.text.words.get(word).map(|word| word.sentence)
    }

    /// Whether both words stand in the same sentence.
    pub(crate) fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.sentence(a) == self.sentence(b)
    }

    /// The first word of the sentence that a word stands in.
    pub(crate) fn sentence_start(&self, word: usize) -> usize {
        self.sentence(word).map_or(0, |sentence| self.start_of(sentence))
    }

    /// The last word of the sentence that a word stands in.
    pub(crate) fn sentence_end(&self, word: usize) -> usize {
        let after = self.sentence(word).map_or(0, |sentence| self.start_of(sentence + 1));
        after.saturating_sub(1)
    }

    /// How many words a sentence has.
    pub(crate) fn sentence_length(&self, sentence: usize) -> usize {
        self.start_of(sentence + 1) - self.start_of(sentence)
    }

    /// Whether a word's sentence ends with a question mark.
    pub(crate) fn has_question_mark(&self, word: usize) -> bool {
        let sentence = self.sentence(word).unwrap_or(0);
        self.text.questions.get(sentence).copied().unwrap_or(false)
    }

    /// Whether a comma or the like stands before a word, or its sentence begins with it.
    pub(crate) fn opens_clause(&self, word: usize) -> bool {
        self.sentence_start(word) == word
            || self.text.words.get(word).is_some_and(|w| w.pause > Pause::None)
    }

    /// Whether a comma or the like stands between two words.
    pub(crate) fn clause_between(&self, from: usize, to: usize) -> bool {
        self.clauses_between(from, to) > 0
    }

    /// How many words after `from`, up to `to`, have a comma or the like before them.
    pub(crate) fn clauses_between(&self, from: usize, to: usize) -> usize {
        let words = self.text.words.get(from + 1..=to).unwrap_or_default();
        words.iter().filter(|word| word.pause > Pause::None).count()
    }

    /// Whether a sentence begins with a heading of at most so many words: "Fact: ...".
    pub(crate) fn has_heading(&self, start: usize, longest: usize) -> bool {
        let words = self.text.words.iter().skip(start);
        let sentence = self.sentence(start);
        let inside = |word: &&Word| Some(word.sentence) == sentence && word.quotation == 0;
        let mut next = words.take_while(inside).skip(1).take(longest);
        next.any(|word| word.pause == Pause::Wall)
    }

    /// Whether a colon, bracket or quotation mark stands between two words.
    pub(crate) fn wall_between(&self, from: usize, to: usize) -> bool {
        self.text
            .words
            .get(from + 1..=to)
            .is_some_and(|words| words.iter().any(|w| w.pause == Pause::Wall))
    }

    /// The word "s" of a "/s" at the end of the text, if there is one.
    pub(crate) fn sarcasm_mark(&self) -> Option<usize> {
        self.text.sarcasm.then(|| self.text.words.len().checked_sub(1)).flatten()
    }

    /// The quotation that all words from `first` to `last` stand in, if they do: its first word
    /// and its last.
    pub(crate) fn quotation(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let behind = self.quotations.partition_point(|(start, _)| *start <= first);
        let (start, end) = self.quotations.get(behind.checked_sub(1)?).copied()?;
        (first.max(last) <= end).then_some((start, end))
    }
}
