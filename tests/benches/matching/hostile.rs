//! Messages as long as Discord lets them be, each of a kind that could be dear.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use mythbot::knowledge::{Form, Knowledge};

use crate::texts;

/// The longest message, in characters.
pub(crate) const LENGTH: usize = 4_000;

/// Kind and text.
pub(crate) fn kinds(knowledge: &Knowledge) -> Vec<(&'static str, String)> {
    let owed = texts::owed();
    let chat = texts::everyday();
    let lexicon = words(knowledge);
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    let emoji = ["😀", "🚀", "👍🏽", "👨‍👩‍👧", "🇪🇺"].map(String::from);
    let long: Vec<String> =
        lexicon.iter().filter(|word| word.len() >= 8 && !word.contains(' ')).cloned().collect();
    vec![
        ("everyday chat", mixed(&chat, " ", 1)),
        ("claims", mixed(&owed, " ", 2)),
        ("claims in sentences", mixed(&owed, ". ", 3)),
        ("one claim again and again", mixed(owed.get(..1).unwrap_or_default(), ". ", 4)),
        ("claims without punctuation", without_signs(&mixed(&owed, " ", 5))),
        ("words of the lexicon", mixed(&lexicon, " ", 6)),
        ("words of the lexicon in sentences", mixed(&lexicon, ". ", 7)),
        ("words of the lexicon run together", mixed(&lexicon, "", 8)),
        ("misspelt words of the lexicon", misspelt(&mixed(&long, " ", 9))),
        ("random letters", mixed(&letters, "", 10)),
        ("random words", spaced(&mixed(&letters, "", 11), 9)),
        ("one word", "a".repeat(LENGTH)),
        ("words of one letter", mixed(&letters, " ", 12)),
        ("a word spaced out", cut(&"n a t o  l i e d  ".repeat(LENGTH))),
        ("one name", cut(&"nato ".repeat(LENGTH))),
        ("negations", cut(&"nato did not never promise not to expand ".repeat(LENGTH / 9))),
        ("quotations", cut(&"\"nato promised\" no ".repeat(LENGTH / 9))),
        ("hashtag", cut(&format!("#{}", "NatoExpansionRussiaPromise".repeat(LENGTH / 9)))),
        ("zalgo", zalgo(&mixed(&owed, " ", 13))),
        ("look-alike letters", cut(&"nаtо рrоmіsеd ".repeat(LENGTH / 9))),
        ("emoji", mixed(&emoji, "", 14)),
        ("question marks", "?".repeat(LENGTH)),
        ("line breaks", "\n".repeat(LENGTH)),
        ("openings of tags", "<".repeat(LENGTH)),
        ("openings of mentions", cut(&"<@".repeat(LENGTH))),
        ("openings of code", cut(&"``".repeat(LENGTH))),
        ("addresses", cut(&"https://a.example/nato ".repeat(LENGTH / 9))),
    ]
}

/// One word of each form of the lexicon.
fn words(knowledge: &Knowledge) -> Vec<String> {
    let lexicons = knowledge.languages.values().map(|language| &language.lexicon);
    let forms = lexicons.flat_map(|lexicon| lexicon.concepts.values()).flat_map(|concept| {
        concept.get_ref().words.iter().filter_map(|word| Form::parse(word.get_ref()).ok())
    });
    forms.filter_map(|form| form.expand().into_iter().next()).map(|(text, ..)| text).collect()
}

/// Parts in an order that only looks random, the same in every run.
fn mixed(parts: &[String], between: &str, seed: u64) -> String {
    let mut text = String::new();
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    for number in 0..LENGTH {
        let hash = usize::try_from(hasher.hash_one((seed, number)) >> 33).unwrap_or_default();
        text.push_str(parts.get(hash % parts.len()).map_or("", String::as_str));
        text.push_str(between);
    }
    cut(&text)
}

fn cut(text: &str) -> String {
    text.chars().take(LENGTH).collect()
}

fn without_signs(text: &str) -> String {
    let kept = text.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ');
    let mut kept: String = kept.collect();
    kept.extend(std::iter::repeat_n('a', LENGTH - kept.chars().count()));
    kept
}

/// Two wrong letters in each word.
fn misspelt(text: &str) -> String {
    let wrong = |word: &str| {
        let letter = |(place, letter)| if place == 3 || place == 6 { 'x' } else { letter };
        word.chars().enumerate().map(letter).collect::<String>()
    };
    text.split(' ').map(wrong).collect::<Vec<_>>().join(" ")
}

fn spaced(text: &str, every: usize) -> String {
    let space = |(place, letter)| if place % every == every - 1 { ' ' } else { letter };
    text.chars().enumerate().map(space).collect()
}

/// Each letter under a heap of marks.
fn zalgo(text: &str) -> String {
    let marks = "\u{300}\u{316}\u{334}\u{34f}\u{489}\u{301}";
    cut(&text
        .chars()
        .flat_map(|letter| std::iter::once(letter).chain(marks.chars()))
        .collect::<String>())
}
