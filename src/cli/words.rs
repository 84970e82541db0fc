//! `mythbot words`: ordinary words that would be taken for a misspelt word of the lexicon.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::Ending;
use super::source::KnowledgeArgs;
use crate::matching::Matcher;
use crate::matching::normalize::normalize;

/// Width of the lines that are printed, in characters.
const WIDTH: usize = 98;

/// List a dictionary's words that would be taken for misspelt words of the lexicon
///
/// Prints the text for `real` in `words/<language>.toml`: run it again when the lexicon has new
/// words. Words with other signs than letters are left out.
#[derive(Debug, Args)]
pub(super) struct WordsArgs {
    /// Words of the language, one a line, such as /usr/share/dict/words
    dictionary: PathBuf,
}

pub(super) fn run(args: &WordsArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let mut knowledge = knowledge.load()?;
    for language in knowledge.languages.values_mut() {
        language.words.real.clear();
    }
    let matcher = Matcher::new(&knowledge);
    let path = args.dictionary.display();
    let dictionary = std::fs::read_to_string(&args.dictionary)
        .with_context(|| format!("cannot read {path}; name a file with a word on each line"))?;
    let words: BTreeSet<String> = dictionary
        .lines()
        .map(|line| line.trim().trim_end_matches("'s").replace('\'', "").to_lowercase())
        .filter(|word| word.chars().all(char::is_alphabetic))
        // Words are written as messages are read: "é" as "e".
        .map(|word| normalize(&word).plain.trim_start().to_owned())
        .filter(|word| !word.is_empty())
        .filter(|word| matcher.taken_for(word).is_some())
        .collect();
    let text = words.into_iter().collect::<Vec<_>>().join(" ");
    let mut out = std::io::stdout().lock();
    for line in textwrap::wrap(&text, WIDTH) {
        writeln!(out, "{line}")?;
    }
    Ok(Ending::Clean)
}
