//! The pattern that a message came nearest to, in a sentence.

use super::super::escape::quoted;
use super::{SHOWN, numbered};
use crate::knowledge::{Form, Knowledge, LexiconFile};
use crate::matching::{Lack, Near};

/// Most words of the message that are named.
const MET: usize = 4;
/// Words that show what is missing.
const EXAMPLES: usize = 3;

/// What is nearest, and what it lacks.
pub(super) fn line(knowledge: &Knowledge, near: &Near) -> String {
    let (phrase, answer) = (quoted(&near.phrase, SHOWN), numbered(knowledge, &near.answer));
    let met = listed(near.met.iter().take(MET).map(|word| quoted(word, SHOWN)), "and");
    let lack = match &near.lack {
        Lack::Part(concepts) => {
            let words = listed(examples(knowledge, concepts), "or");
            format!("a word such as {words} is missing")
        }
        Lack::Spoilt(word) => format!("“{}” makes it something else", quoted(word, SHOWN)),
        Lack::Order => "they do not stand close enough together, or in another order".to_owned(),
    };
    format!("- Nearest is **{phrase}** (answer {answer}): {met} are parts of it, but {lack}.")
}

/// A few words of the concepts that would do, from each in turn.
fn examples(knowledge: &Knowledge, concepts: &[(String, String)]) -> impl Iterator<Item = String> {
    let lexicon = |code| knowledge.languages.get(code).map(|language| &language.lexicon);
    let words = |(code, name)| lexicon(code).map(|lexicon| words(lexicon, name));
    let columns: Vec<Vec<String>> =
        concepts.iter().filter_map(|(code, name)| words((code, name))).collect();
    let row = move |number| {
        columns.iter().filter_map(|column| column.get(number)).cloned().collect::<Vec<_>>()
    };
    (0..EXAMPLES).flat_map(row).take(EXAMPLES)
}

/// The first words of a concept and of those it includes; a phrase is named for what it says.
fn words(lexicon: &LexiconFile, name: &str) -> Vec<String> {
    let Some(concept) = lexicon.concepts.get(name) else { return vec![name.replace('_', " ")] };
    let concept = concept.get_ref();
    let included = concept.includes.iter().filter_map(|name| lexicon.concepts.get(name.get_ref()));
    let forms = concept.words.iter().chain(included.flat_map(|other| &other.get_ref().words));
    let first = |form: Form| form.expand().into_iter().next().map(|(word, ..)| word);
    forms.take(EXAMPLES).filter_map(|form| first(Form::parse(form.get_ref()).ok()?)).collect()
}

/// “a”, “b” and “c”.
fn listed(words: impl Iterator<Item = String>, before_last: &str) -> String {
    let words: Vec<String> = words.map(|word| format!("“{word}”")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {before_last} {last}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    fn told(lack: Lack) -> String {
        let met = ["*Bats*", "blnd"].map(str::to_owned).into();
        let (answer, phrase) = ("blind-bats".to_owned(), "bats are blind in caves".to_owned());
        line(&fixture::knowledge(), &Near { answer, phrase, met, lack })
    }

    fn part(names: &[&str]) -> Lack {
        Lack::Part(names.iter().map(|name| ("en".to_owned(), (*name).to_owned())).collect())
    }

    #[test]
    fn a_missing_part_is_shown_by_some_of_its_words() {
        insta::assert_snapshot!(told(part(&["cave"])), @r"- Nearest is **bats are blind in caves** (answer 1): “\*Bats\*” and “blnd” are parts of it, but a word such as “cave” is missing.");
        insta::assert_snapshot!(told(part(&["bat", "blind", "blind_animal"])), @r"- Nearest is **bats are blind in caves** (answer 1): “\*Bats\*” and “blnd” are parts of it, but a word such as “bat”, “blind” or “blind animal” is missing.");
        insta::assert_snapshot!(told(part(&["animal"])), @r"- Nearest is **bats are blind in caves** (answer 1): “\*Bats\*” and “blnd” are parts of it, but a word such as “bat” or “flying mouse” is missing.");
    }

    #[test]
    fn what_keeps_all_parts_from_meeting_is_named() {
        insta::assert_snapshot!(told(Lack::Spoilt("`dead`".to_owned())), @r"- Nearest is **bats are blind in caves** (answer 1): “\*Bats\*” and “blnd” are parts of it, but “\`dead\`” makes it something else.");
        insta::assert_snapshot!(told(Lack::Order), @r"- Nearest is **bats are blind in caves** (answer 1): “\*Bats\*” and “blnd” are parts of it, but they do not stand close enough together, or in another order.");
    }
}
