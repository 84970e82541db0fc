//! Which answer somebody means who names one: by number, id, title or claim, also misspelt.

use std::collections::BTreeMap;

use crate::knowledge::{Knowledge, Myth};
use crate::matching::{Matcher, Tier};

/// From here on a likeness is taken for the answer itself.
const MEANT: f32 = 0.65;

/// From here on a likeness is worth naming.
const NEAR: f32 = 0.25;

/// How many answers are named when none was surely meant.
const NAMED: usize = 3;

/// What was found for a name or phrase.
#[derive(Debug, Clone)]
pub enum Found<'k> {
    /// This one is meant.
    Meant(&'k Myth),
    /// None is surely meant; the closest, best first, perhaps none.
    Close(Vec<&'k Myth>),
}

/// The answer that `query` names: by number, id or title, by stating its claim, or in words like
/// those of its claims.
#[must_use]
pub fn find<'k>(knowledge: &'k Knowledge, matcher: &Matcher, query: &str) -> Found<'k> {
    if let Some(myth) = named(knowledge, query) {
        return Found::Meant(myth);
    }
    let said = matcher.find(query);
    if said.tier == Tier::Reply
        && let Some(myth) = said.answer.and_then(|id| knowledge.myth(&id))
    {
        return Found::Meant(myth);
    }
    let found = matcher.look_up(query, NAMED);
    if let [first, rest @ ..] = found.as_slice()
        && first.score >= MEANT
        && rest.first().is_none_or(|second| second.score < first.score)
        && let Some(myth) = knowledge.myth(&first.answer)
    {
        return Found::Meant(myth);
    }
    let near = found.iter().filter(|candidate| candidate.score >= NEAR);
    Found::Close(near.filter_map(|candidate| knowledge.myth(&candidate.answer)).collect())
}

/// The answers closest to `text`, best first.
#[must_use]
pub fn closest<'k>(knowledge: &'k Knowledge, matcher: &Matcher, text: &str) -> Vec<&'k Myth> {
    match find(knowledge, matcher, text) {
        Found::Meant(myth) => vec![myth],
        Found::Close(myths) => myths,
    }
}

/// At most `top` answers that `begun`, typed so far, may become, best first; all for nothing typed.
#[must_use]
pub fn complete<'k>(
    knowledge: &'k Knowledge,
    matcher: &Matcher,
    begun: &str,
    top: usize,
) -> Vec<&'k Myth> {
    let typed = words(begun);
    if typed.is_empty() {
        return knowledge.myths.iter().take(top).collect();
    }
    let like = matcher.look_up(begun, top);
    let like: BTreeMap<&str, f32> =
        like.iter().map(|near| (near.answer.as_str(), near.score)).collect();
    let likeness = |myth: &Myth| like.get(myth.id()).copied().unwrap_or(0.0);
    let mut ranked: Vec<(f32, &Myth)> = knowledge
        .myths
        .iter()
        .map(|myth| (begins(myth, &typed).max(likeness(myth)), myth))
        .filter(|(score, _)| *score >= NEAR)
        .collect();
    // A stable sort: equals keep the order of their numbers.
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(top).map(|(_, myth)| myth).collect()
}

/// How well the answer's number, or the words of its id and titles, begin with what was typed: 0 to
/// 1, the mean over the typed words.
fn begins(myth: &Myth, typed: &[String]) -> f32 {
    if let [only] = typed
        && only.parse() == Ok(myth.number())
    {
        return 1.0;
    }
    let names = names(myth).join(" ");
    let best = |word: &String| {
        let scores = names.split(' ').map(|own| begin(own, word));
        scores.fold(0.0, f32::max)
    };
    let sum: f32 = typed.iter().map(best).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
    let count = typed.len() as f32;
    sum / count
}

/// How well `own` begins with `word`, a letter in four wrong at most: 1 for exactly, else less.
fn begin(own: &str, word: &str) -> f32 {
    /// A typo leaves so much.
    const MISSPELT: f32 = 0.8;
    if own.starts_with(word) {
        return 1.0;
    }
    let start: String = own.chars().take(word.chars().count()).collect();
    let alike = is_misspelt(&start, word) || is_misspelt(own, word);
    if alike { MISSPELT } else { 0.0 }
}

/// By number (`4`, `#4`), id or title, in any case, also in part and misspelt.
fn named<'k>(knowledge: &'k Knowledge, query: &str) -> Option<&'k Myth> {
    let query = query.trim();
    let number = query.strip_prefix('#').unwrap_or(query).parse().ok();
    let name = words(query).join(" ");
    let only = |is_it: &dyn Fn(&Myth) -> bool| {
        let mut found = knowledge.myths.iter().filter(|myth| is_it(myth));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|myth| Some(myth.number()) == number)
        .or_else(|| only(&|myth| names(myth).contains(&name)))
        .or_else(|| only(&|myth| names(myth).iter().any(|own| holds(own, &name))))
        .or_else(|| only(&|myth| names(myth).iter().any(|own| is_misspelt(own, &name))))
}

/// The id and the titles of an answer as plain words.
fn names(myth: &Myth) -> Vec<String> {
    let titles = myth.answers.values().map(|answer| answer.title.get_ref().as_str());
    titles.chain([myth.id()]).map(|name| words(name).join(" ")).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether all words of `part`, at least one, are words of `whole`.
fn holds(whole: &str, part: &str) -> bool {
    !part.is_empty() && part.split(' ').all(|word| whole.split(' ').any(|own| own == word))
}

/// Whether `typed` may be `name` with a few letters wrong.
fn is_misspelt(name: &str, typed: &str) -> bool {
    /// One letter in four: enough for any typo, too little to turn one id into another.
    const ALIKE: f64 = 0.75;
    // Each letter more costs one change: no need to measure what is much longer.
    let (shorter, longer) = {
        let (a, b) = (name.chars().count(), typed.chars().count());
        (a.min(b), a.max(b))
    };
    4 * shorter >= 3 * longer && strsim::normalized_damerau_levenshtein(name, typed) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    fn completed(begun: &str) -> Vec<String> {
        let knowledge = fixture::knowledge();
        let matcher = Matcher::new(&knowledge);
        let found = complete(&knowledge, &matcher, begun, 25);
        found.iter().map(|myth| myth.id().to_owned()).collect()
    }

    #[test]
    fn what_was_begun_is_completed() {
        let both = ["blind-bats", "goldfish-memory"];
        assert_eq!(completed(""), both);
        assert_eq!(completed("  "), both);
        for begun in ["2", "#2", "gold", "GOLDFISH mem", "goldfihs", "remem", "golfd"] {
            assert_eq!(completed(begun), ["goldfish-memory"], "{begun:?}");
        }
        for begun in ["bats are blind", "blind", "bat", "bats can"] {
            assert_eq!(
                completed(begun).first().map(String::as_str),
                Some("blind-bats"),
                "{begun:?}"
            );
        }
        assert_eq!(completed("xylophone"), [""; 0]);
    }
}
