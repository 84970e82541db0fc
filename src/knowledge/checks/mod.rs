//! Holds the files of a folder against each other and against what readers need.
//!
//! What is wrong and there is an error; what is missing or badly written is a warning.

mod answer;
mod concepts;
mod facts;
mod labels;
mod myth;
mod names;
mod pack;
mod phrases;
mod rules;
mod sources;
mod texts;
mod vocabulary;
mod words;

use super::fault::Collected;
use super::load::Files;
use vocabulary::Vocabulary;

/// Adds every fault of `files` to `faults`.
pub(super) fn all(files: &Files, faults: &mut Collected) {
    pack::check(files, faults);
    for (language, labels) in &files.labels {
        labels::check(files, language, labels, faults);
    }
    let owners = names::check(files, faults);
    for (language, lexicon) in &files.lexicons {
        let known = Vocabulary::new(language, &owners, Some(lexicon), None);
        concepts::check(lexicon, &lexicon.concepts, &known, faults);
        phrases::check(lexicon, &lexicon.phrases, &known, faults);
    }
    for words in files.words.values() {
        words::check(words, faults);
    }
    myth::numbers(files, faults);
    for (id, myth) in &files.myths {
        myth::check(files, id, myth, faults);
        sources::check(files, myth, faults);
        facts::check(myth, faults);
        for answer in myth.answers.values() {
            answer::check(files, myth, answer, faults);
            texts::check(answer, faults);
        }
        for (language, rules) in &myth.rules {
            let lexicon = files.lexicons.get(language).map(|file| &**file);
            let known = Vocabulary::new(language, &owners, lexicon, Some(rules));
            rules::check(files, language, rules, &known, faults);
        }
    }
}

/// Whether `code` looks like `en` or `pt-BR`.
fn is_language(code: &str) -> bool {
    let (language, region) = code.split_once('-').unwrap_or((code, "XX"));
    let small = language.bytes().all(|b| b.is_ascii_lowercase());
    let capital = region.bytes().all(|b| b.is_ascii_uppercase());
    small && capital && (2..=3).contains(&language.len()) && region.len() == 2
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The first characters of `text`, enough for an editor to find the place.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 48;
    let mut shown: String = text.trim().chars().take(SHOWN).collect();
    if text.trim().chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
