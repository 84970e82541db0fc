//! Which answer somebody means who names one: by number, id, title or claim, also misspelt.

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
    strsim::normalized_damerau_levenshtein(name, typed) >= ALIKE
}
