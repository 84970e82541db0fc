//! Ids as people write them -> names of folders, each once.

use std::collections::{BTreeMap, BTreeSet};

use super::Broken;
use super::claims::Claim;
use crate::matching::normalize::normalize;

/// Folders that hold something else than a claim.
const TAKEN: [&str; 4] = ["labels", "lexicon", "schema", "words"];

/// Longest id, in bytes: long enough to be told apart, short enough for any file system.
const LONGEST: usize = 64;

/// The id of each claim, in order. Ids that are fit stay; two lines with the same one are broken.
pub(super) fn assign(claims: &[Claim], broken: &mut Vec<Broken>) -> Vec<String> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims {
        let line = *first.entry(&claim.id).or_insert(claim.line);
        if line != claim.line {
            let problem = format!("the id “{}” already stands in line {line}", claim.id);
            broken.push((claim.line, format!("{problem}; give each claim an id of its own")));
        }
    }
    let mut used: BTreeSet<String> = TAKEN.map(str::to_owned).into();
    used.extend(first.into_keys().filter(|id| is_fit(id)).map(str::to_owned));
    let id = |claim: &Claim| {
        if is_fit(&claim.id) { claim.id.clone() } else { unused(&slug(&claim.id), &mut used) }
    };
    claims.iter().map(id).collect()
}

fn is_fit(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(fits) && !TAKEN.contains(&id)
}

/// The words of an id in small letters, with hyphens; `claim` when it has no Latin letter.
fn slug(id: &str) -> String {
    let text = normalize(id);
    let mut slug = String::new();
    for word in (0..text.words.len()).map(|number| text.word(number)) {
        if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { "claim".to_owned() } else { slug }
}

/// The slug, with a number behind it when it is taken.
fn unused(slug: &str, used: &mut BTreeSet<String>) -> String {
    let numbered = (2_usize..).map(|number| format!("{slug}-{number}"));
    let free = std::iter::once(slug.to_owned()).chain(numbered).find(|id| !used.contains(id));
    let free = free.unwrap_or_default();
    used.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(ids: &[&str]) -> (Vec<String>, Vec<Broken>) {
        let claim = |(line, id): (usize, &&str)| Claim {
            line,
            id: (*id).to_owned(),
            text: "The moon is square.".to_owned(),
        };
        let claims: Vec<Claim> = (1..).zip(ids).map(claim).collect();
        let mut broken = Vec::new();
        (assign(&claims, &mut broken), broken)
    }

    #[test]
    fn fit_ids_stay_and_others_become_folder_names() {
        let long = "wide ".repeat(40);
        let (ids, broken) = assigned(&[
            "flat-earth",
            "17",
            "Flat Earth",
            "flat earth",
            "../../etc",
            "a/b",
            "Łódź",
            "луна",
            "月",
            "labels",
            "?!",
            &long,
        ]);
        assert_eq!(broken, []);
        let expected = [
            "flat-earth",
            "17",
            "flat-earth-2",
            "flat-earth-3",
            "etc",
            "a-b",
            "lodz",
            "claim",
            "claim-2",
            "labels-2",
            "claim-3",
        ];
        assert_eq!(ids[..11], expected);
        assert!(ids[11].len() <= LONGEST && ids[11].starts_with("wide-wide"), "{}", ids[11]);
        assert!(ids.iter().all(|id| is_fit(id)), "{ids:?}");
    }

    #[test]
    fn an_id_that_is_fit_is_not_given_to_another() {
        assert_eq!(assigned(&["A b", "a-b", "A-b"]).0, ["a-b-2", "a-b", "a-b-3"]);
    }

    #[test]
    fn the_same_id_twice_is_a_fault_of_the_second_line() {
        let (_, broken) = assigned(&["a", "b", "a"]);
        let problem = "the id “a” already stands in line 1; give each claim an id of its own";
        assert_eq!(broken, [(3, problem.to_owned())]);
    }
}
