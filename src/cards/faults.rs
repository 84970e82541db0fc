//! Whether every card of a folder fits Discord, and every link can be opened.

use std::collections::BTreeMap;

use super::limits::{self, length};
use super::{Card, about, details, reply};
use crate::knowledge::{Fault, Knowledge, Myth};

const PACK: &str = "pack.toml";

/// Every text that is too long as rendered, and every address that breaks a link.
#[must_use]
pub fn faults(knowledge: &Knowledge) -> Vec<Fault> {
    let mut excesses = Excesses::default();
    let mut faults = Vec::new();
    for myth in &knowledge.myths {
        for language in myth.answers.keys() {
            let origin = Origin { myth: myth.id(), language, knowledge };
            origin.measure(&reply::draft(knowledge, myth, language), Kind::Reply, &mut excesses);
            let details = details::draft(knowledge, myth, language);
            origin.measure(&details, Kind::Details, &mut excesses);
        }
        addresses(myth, &mut faults);
    }
    let origin = Origin { myth: "", language: knowledge.main_language(), knowledge };
    origin.measure(&about::draft(knowledge, "000.000.000", u16::MAX), Kind::About, &mut excesses);
    let too_long = |((file, entry), (excess, max)): ((String, &str), (usize, usize))| {
        let excess = limits::counted(excess, "character");
        let problem = format!("{entry}: {excess} too many for Discord, which takes {max} as shown");
        Fault::new(file, problem, format!("shorten by {excess}"))
    };
    faults.extend(excesses.into_iter().map(too_long));
    faults.sort();
    faults
}

/// By file and entry the characters too many, and how many there may be. An entry that stands on
/// several cards is told once, where it is worst.
type Excesses<'a> = BTreeMap<(String, &'a str), (usize, usize)>;

fn add<'a>(
    excesses: &mut Excesses<'a>,
    (file, entry): (String, &'a str),
    length: usize,
    max: usize,
) {
    if length > max {
        let worst = excesses.entry((file, entry)).or_default();
        *worst = (*worst).max((length - max, max));
    }
}

/// Which card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reply,
    Details,
    About,
}

/// Knows which file and entry a part of a card comes from.
struct Origin<'a> {
    myth: &'a str,
    language: &'a str,
    knowledge: &'a Knowledge,
}

impl Origin<'_> {
    fn measure(&self, card: &Card, kind: Kind, excesses: &mut Excesses<'_>) {
        let found = excesses.len();
        let labels = || format!("labels/{}.toml", self.language);
        let (title, body, whole) = match kind {
            Kind::Reply => (
                "`title`",
                "`claim`, `verdict_note` and `summary` together",
                "the reply as a whole",
            ),
            Kind::Details => ("`title`", "`details`", "`details` with all sources"),
            Kind::About => ("`name`", "`scope`", "the text of `/myth about` as a whole"),
        };
        add(excesses, (self.file(kind), title), length(&card.title), limits::TITLE);
        add(excesses, (self.file(kind), body), length(&card.body), limits::BODY);
        let publisher = (PACK.to_owned(), "`publisher`");
        add(excesses, publisher, length(&card.footer), limits::FOOTER);
        for field in &card.fields {
            add(excesses, (labels(), "a label"), length(&field.name), limits::FIELD_NAME);
            let entry = self.entry(kind, &field.name);
            add(excesses, entry, length(&field.value), limits::FIELD_VALUE);
        }
        for button in &card.buttons {
            let entry = (labels(), "the label of a button");
            add(excesses, entry, length(&button.label), limits::BUTTON);
        }
        // When a part is too long, that is enough to know.
        if excesses.len() == found {
            add(excesses, (self.file(kind), whole), limits::card_length(card), limits::CARD);
        }
    }

    /// Where the value of the field called `name` comes from.
    fn entry(&self, kind: Kind, name: &str) -> (String, &'static str) {
        let labels = self.knowledge.labels(self.language);
        let myth_file = || format!("{}/myth.toml", self.myth);
        match (kind, name) {
            (Kind::Reply, name) if name == labels.changed => (self.file(kind), "`changed`"),
            (Kind::Reply, name) if name == labels.disputed => (self.file(kind), "`disputed`"),
            (Kind::Details, name) if name == labels.facts => (myth_file(), "a fact"),
            (Kind::Reply | Kind::Details, _) => (myth_file(), "a source, with title and address"),
            (Kind::About, "Publisher") => (self.file(kind), "`publisher`"),
            (Kind::About, "Contact") => (self.file(kind), "`contact`"),
            (Kind::About, "Corrections") => (self.file(kind), "`corrections`"),
            (Kind::About, _) => (self.file(kind), "a verdict"),
        }
    }

    /// The file of the title and the main text.
    fn file(&self, kind: Kind) -> String {
        match kind {
            Kind::Reply | Kind::Details => format!("{}/{}.toml", self.myth, self.language),
            Kind::About => PACK.to_owned(),
        }
    }
}

/// Addresses with signs that end a link early or are read differently by different clients.
fn addresses(myth: &Myth, faults: &mut Vec<Fault>) {
    for source in myth.file.sources.iter().map(toml::Spanned::get_ref) {
        let bad = source
            .url
            .chars()
            .find(|letter| !letter.is_ascii_graphic() || r#"<>"\^`{|}"#.contains(*letter));
        if let Some(bad) = bad {
            let problem = format!("the address of the source `{}` has a `{bad}`", source.id);
            let remedy = "copy it from the browser's address bar, which writes such signs with `%`";
            faults.push(Fault::new(format!("{}/myth.toml", myth.id()), problem, remedy));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{fixture, load};

    /// The faults after `old` has been replaced in `path` by `unit`, `count` times.
    fn after(path: &str, old: &str, unit: &str, count: usize) -> String {
        let folder = fixture::with(path, old, &unit.repeat(count));
        let knowledge = load(&folder).expect("no error");
        faults(&knowledge).iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_fixture_fits() {
        assert_eq!(faults(&fixture::knowledge()), []);
    }

    #[test]
    fn each_text_has_its_limit() {
        let answer = "blind-bats/en.toml";
        insta::assert_snapshot!(after(answer, "Bats can see", "ä", 257), @"blind-bats/en.toml: `title`: 1 character too many for Discord, which takes 256 as shown; shorten by 1 character");
        insta::assert_snapshot!(after(answer, "Bats hunt", "ä", 4097), @"blind-bats/en.toml: `claim`, `verdict_note` and `summary` together: 178 characters too many for Discord, which takes 4096 as shown; shorten by 178 characters");
        insta::assert_snapshot!(after(answer, "Since", "ä", 1025), @"blind-bats/en.toml: `changed`: 30 characters too many for Discord, which takes 1024 as shown; shorten by 30 characters");
        insta::assert_snapshot!(after(answer, "How sharp they see", "ä", 1025), @"blind-bats/en.toml: `disputed`: 14 characters too many for Discord, which takes 1024 as shown; shorten by 14 characters");
        insta::assert_snapshot!(after(answer, "Bats see", "ä", 4097), @"blind-bats/en.toml: `details`: 107 characters too many for Discord, which takes 4096 as shown; shorten by 107 characters");
        insta::assert_snapshot!(after("labels/en.toml", "Details", "ä", 81), @"labels/en.toml: the label of a button: 1 character too many for Discord, which takes 80 as shown; shorten by 1 character");
        insta::assert_snapshot!(after("labels/en.toml", "Sources", "ä", 257), @"labels/en.toml: a label: 1 character too many for Discord, which takes 256 as shown; shorten by 1 character");
        insta::assert_snapshot!(after("blind-bats/myth.toml", "Club news", "ä", 1025), @"blind-bats/myth.toml: a source, with title and address: 82 characters too many for Discord, which takes 1024 as shown; shorten by 82 characters");
        insta::assert_snapshot!(after("pack.toml", "Museum of Small Animals", "ä", 2049), @"pack.toml: `publisher`: 1025 characters too many for Discord, which takes 1024 as shown; shorten by 1025 characters");
        insta::assert_snapshot!(after("pack.toml", "A wrong answer", "ä", 1025), @"pack.toml: `corrections`: 55 characters too many for Discord, which takes 1024 as shown; shorten by 55 characters");
        insta::assert_snapshot!(after("pack.toml", "Common claims", "ä", 4097), @"pack.toml: `scope`: 38 characters too many for Discord, which takes 4096 as shown; shorten by 38 characters");
    }

    #[test]
    fn each_card_has_its_limit() {
        let mut folder = fixture::with("blind-bats/en.toml", "Bats hunt", &"ä".repeat(3900));
        let answer = folder.files.get_mut("blind-bats/en.toml").expect("the answer");
        *answer = answer.replace("Since", &"ä".repeat(980)).replace("How", &"ä".repeat(980));
        let knowledge = load(&folder).expect("no error");
        let told = faults(&knowledge);
        insta::assert_snapshot!(told.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"), @"blind-bats/en.toml: the reply as a whole: 549 characters too many for Discord, which takes 6000 as shown; shorten by 549 characters");
        let mut knowledge = fixture::knowledge();
        let sources = knowledge.myths[0].file.sources.clone();
        knowledge.myths[0].file.sources = vec![sources; 25].concat();
        let told = faults(&knowledge);
        insta::assert_snapshot!(told.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"), @"blind-bats/en.toml: `details` with all sources: 6072 characters too many for Discord, which takes 6000 as shown; shorten by 6072 characters");
    }

    #[test]
    fn addresses_that_break_a_link() {
        let url = "https://owl.example/view";
        let path = "blind-bats/myth.toml";
        assert_eq!(after(path, url, "https://owl.example/v_(x)?a=b&c=%20#d", 1), "");
        insta::assert_snapshot!(after(path, url, "https://owl.example/ä", 1), @"blind-bats/myth.toml: the address of the source `owl` has a `ä`; copy it from the browser's address bar, which writes such signs with `%`");
        insta::assert_snapshot!(after(path, url, "https://owl.example/<x>", 1), @"blind-bats/myth.toml: the address of the source `owl` has a `<`; copy it from the browser's address bar, which writes such signs with `%`");
    }
}
