//! One change to a sound folder each, and the exact lines that an editor reads.

use super::is_language;
use crate::knowledge::{Fault, Folder, fixture, load, review};

/// What `review` says of `folder`; faults for which `load` refuses it are marked with `!`.
fn lines(folder: &Folder) -> String {
    let refused: Vec<Fault> = load(folder).err().map(|faults| faults.0).unwrap_or_default();
    let faults = review(folder);
    assert!(refused.iter().all(|fault| faults.contains(fault)), "review hides an error");
    let line =
        |fault: &Fault| format!("{} {fault}", if refused.contains(fault) { "!" } else { "-" });
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// For each change (old text, new text) to `path` the lines it leads to.
fn after(path: &str, changes: &[(&str, &str)]) -> String {
    let told = |(old, new): &(&str, &str)| {
        let told = lines(&fixture::with(path, old, new));
        assert!(!told.is_empty(), "{old} -> {new} is no fault");
        told
    };
    changes.iter().map(told).collect::<Vec<_>>().join("\n\n")
}

fn without(path: &str) -> String {
    let mut folder = fixture::folder();
    assert!(folder.files.remove(path).is_some());
    lines(&folder)
}

fn with_file(path: &str, text: &str) -> String {
    let mut folder = fixture::folder();
    folder.files.insert(path.to_owned(), text.to_owned());
    lines(&folder)
}

#[test]
fn language_codes() {
    assert!(["en", "nds", "pt-BR"].into_iter().all(is_language));
    assert!(!["", "e", "EN", "en-", "en-us", "english", "e1"].into_iter().any(is_language));
}

#[test]
fn the_fixture_is_sound() {
    assert_eq!(lines(&fixture::folder()), "");
}

#[test]
fn bare_claims_load() {
    let mut folder = fixture::folder();
    folder.files.retain(|path, _| path == "pack.toml" || path.starts_with("labels/"));
    let files = [
        ("a/myth.toml", "id = \"a\"\nnumber = 1\nupdated = \"2026-11-01\"\n"),
        ("a/en.toml", "claim = \"Ants sleep.\"\n"),
    ];
    folder.files.extend(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert_eq!(load(&folder).map(|knowledge| knowledge.myths.len()), Ok(1));
    insta::assert_snapshot!(lines(&folder), @"- a/en.toml: the claim can be found, but there is no answer to it; write `title`, `verdict`, `verdict_note`, `summary`, `changed`, `disputed` and `details`, and the sources in myth.toml");
}

#[test]
fn days_may_be_written_without_quotes() {
    let folder = fixture::with("goldfish-memory/myth.toml", "\"2026-10-01\"", "2026-10-01");
    assert_eq!(lines(&folder), "");
}

#[test]
fn missing_files() {
    insta::assert_snapshot!(without("pack.toml"), @"! pack.toml: the file is missing; write one like the project's own");
    insta::assert_snapshot!(without("labels/en.toml"), @"! pack.toml: the language `en` has no file labels/en.toml; write that file, or remove the language");
    insta::assert_snapshot!(without("lexicon/en.toml"), @"! blind-bats/en.match.toml: lexicon/en.toml is missing, so no pattern in `en` can be met; write that file, or remove this one");
    insta::assert_snapshot!(without("goldfish-memory/myth.toml"), @"! goldfish-memory/myth.toml: the file is missing; write one, or move the other files of this folder");
    insta::assert_snapshot!(without("goldfish-memory/en.toml"), @r#"! goldfish-memory/en.toml: the answer in the main language `en` is missing; write it: at least `claim = "..."`"#);
    insta::assert_snapshot!(with_file("a/b/c.toml", ""), @"! a/b/c.toml: no file is expected here; move it to the claim's own folder, or remove it");
}

#[test]
fn a_file_that_cannot_be_read_is_not_missing() {
    insta::assert_snapshot!(with_file("pack.toml", "name = "), @"! pack.toml:1: string values must be quoted, expected literal string; correct or remove this entry");
    insta::assert_snapshot!(with_file("labels/en.toml", "claim = "), @"! labels/en.toml:1: string values must be quoted, expected literal string; correct or remove this entry");
    insta::assert_snapshot!(with_file("goldfish-memory/en.toml", "title = "), @"! goldfish-memory/en.toml:1: string values must be quoted, expected literal string; correct or remove this entry");
}

#[test]
fn pack() {
    insta::assert_snapshot!(after("pack.toml", &[
        ("\"Animal answers\"", "\" \""),
        ("publisher = \"Museum of Small Animals\"\n", ""),
        ("contact = \"answers@museum.example\"\n", ""),
        ("\"Common claims about small animals. Not about pets.\"", "''"),
        ("\"A wrong answer is corrected within a week, and the change is listed.\"", "''"),
        ("\"The evidence is against it.\"", "\"\""),
        ("[\"en\"]", "[]"),
        ("[\"en\"]", "[\"en\", \"EN\"]"),
        ("[\"en\"]", "[\"en\", \"en\"]"),
        ("[\"en\"]", "[\"en\", \"de\"]"),
        ("suggest = 0.4", "suggest = 0.71"),
        ("suggest = 0.4", "suggest = 0.0"),
        ("reply = 0.7", "reply = 1.1"),
        ("reply = 0.7", "reply = nan"),
        ("[thresholds]\nreply = 0.7\nsuggest = 0.4", ""),
    ]), @r#"
    - pack.toml: `name` is missing; say what the answers are about: `name = "..."`

    - pack.toml: `publisher` is missing; say who answers for them: `publisher = "..."`

    - pack.toml: `contact` is missing; say how to report an error: `contact = "..."`

    - pack.toml: `scope` is missing; say what the answers cover and what they do not: `scope = "..."`

    - pack.toml: `corrections` is missing; say what happens when an answer was wrong: `corrections = "..."`

    - pack.toml: the verdict `false` has no definition; say in one sentence when it is given

    - labels/en.toml: pack.toml does not name the language `en`; add it to `languages` there
    ! pack.toml: no language is named; write `languages = ["en"]`

    ! pack.toml: `EN` is no language code; write it like `en` or `pt-BR`

    ! pack.toml: the language `en` is named twice; remove one

    ! pack.toml: the language `de` has no file labels/de.toml; write that file, or remove the language

    ! pack.toml:10: the thresholds 0.71 (suggest) and 0.7 (reply) do not fit; under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, `suggest` not above `reply`

    ! pack.toml:10: the thresholds 0 (suggest) and 0.7 (reply) do not fit; under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, `suggest` not above `reply`

    ! pack.toml:10: the thresholds 0.4 (suggest) and 1.1 (reply) do not fit; under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, `suggest` not above `reply`

    ! pack.toml:10: the thresholds 0.4 (suggest) and NaN (reply) do not fit; under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, `suggest` not above `reply`

    ! pack.toml: `thresholds` is missing; under [thresholds] write `suggest` and `reply`, numbers above 0 and up to 1, `suggest` not above `reply`
    "#);
}

#[test]
fn labels() {
    insta::assert_snapshot!(after("labels/en.toml", &[
        ("claim = \"The claim\"\n", ""),
        ("as_of = \"As of\"", "as_of = \"\""),
        ("\"December\"", ""),
        ("\"December\"", "\"\""),
        ("partly = \"Partly true\"", ""),
        ("partly = \"Partly true\"", "partly = \"Partly true\"\ntrue = \"True\""),
    ]), @r#"
    - labels/en.toml: `claim` is missing; write `claim = "..."`

    - labels/en.toml: `as_of` is missing; write `as_of = "..."`

    - labels/en.toml: `months` has 11 names; write all twelve, January first

    - labels/en.toml: `months` has 11 names; write all twelve, January first

    - labels/en.toml: the verdict `partly` has no label; write `partly = "..."` under [verdicts]

    - labels/en.toml: pack.toml has no verdict `true`; define it there, or remove this label
    "#);
    let german = fixture::folder().files["labels/en.toml"].clone();
    insta::assert_snapshot!(with_file("labels/de.toml", &german), @"- labels/de.toml: pack.toml does not name the language `de`; add it to `languages` there");
}

#[test]
fn lexicon() {
    insta::assert_snapshot!(after("lexicon/en.toml", &[
        ("concepts.denial]", "concepts.Denial]"),
        ("\"not\", \"dont\"", "\"not\", \"\""),
        ("\"not\", \"dont\"", "\"not\", \"don't\""),
        ("\"not\", \"dont\"", "\"not\", \"Not\""),
        ("\"not\", \"dont\"", "\"not\", \"no(|t)\""),
        ("includes = [\"bat\"]", "includes = [\"bats\"]"),
        ("includes = [\"bat\"]", "includes = [\"elephant\"]"),
        ("includes = [\"bat\"]", ""),
        ("includes = [\"bat\"]", "includes = [\"animal\"]"),
    ]), @r#"
    ! lexicon/en.toml:14: `Denial` is no concept name; use small letters, digits and `_`

    ! lexicon/en.toml:15: `` in `denial` is no word form: it is empty, or can be read as an empty word; write a word, or remove it; brackets can leave out an ending, not a whole word

    ! lexicon/en.toml:15: `don't` in `denial` is no word form: `'` is taken out of messages before they are compared; write small letters and digits only: `dont` for `don't`, `two words` for `two-words`, `e` for `é`

    ! lexicon/en.toml:15: `Not` in `denial` is no word form: it mixes capitals and small letters; write it small, or all in capitals if only capitals may match

    - lexicon/en.toml:15: the concept `denial` has `not` more than once; remove one

    ! lexicon/en.toml:9: neither this file nor the lexicon has a concept `bats`; did you mean `bat`? Else add the concept

    ! lexicon/en.toml:9: neither this file nor the lexicon has a concept `elephant`; add the concept, or name another

    - lexicon/en.toml:8: the concept `animal` has no words; add `words = [...]` or `includes = [...]`, or remove it

    ! lexicon/en.toml:9: `animal` includes `animal`, which leads back to `animal`; remove one of the two
    "#);
}

#[test]
fn phrases_and_words() {
    let phrase = "match = [\"blind animal\"]";
    insta::assert_snapshot!(after("lexicon/en.toml", &[
        (phrase, ""),
        (phrase, "match = [\"blind ..\"]"),
        (phrase, "match = [\"blind animals\"]"),
        (phrase, "match = [\"cave\"]"),
        (phrase, "match = [\"blind\", \"blind_animal\"]"),
        ("phrases.blind_animal]", "phrases.animal]"),
        ("phrases.blind_animal]", "phrases.cave]"),
        ("phrases.blind_animal]", "phrases.blind-animal]"),
    ]), @r#"
    - lexicon/en.toml:11: the phrase `blind_animal` has no pattern; add `match = [...]`, or remove it

    ! lexicon/en.toml:12: a pattern of `blind_animal` cannot be read: `..` is no gap: write `..8`, `...` or `>>`; correct `blind ..`

    ! lexicon/en.toml:12: neither this file nor the lexicon has a concept `animals`; did you mean `animal`? Else add the concept

    - lexicon/en.toml:12: the concept `cave` stands in blind-bats/en.match.toml, for that claim alone; move it to the lexicon, or name another

    ! lexicon/en.toml:12: the phrase `blind_animal` is made of the phrase `blind_animal`; make it of concepts: a phrase cannot be part of another one

    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `blind_animal`; add the concept, or name another
    ! lexicon/en.toml:11: `animal` already stands in lexicon/en.toml; give it another name, or remove one of the two
    ! lexicon/en.toml:12: the phrase `animal` is made of the phrase `animal`; make it of concepts: a phrase cannot be part of another one

    ! blind-bats/en.match.toml:1: `cave` already stands in lexicon/en.toml; give it another name, or remove one of the two
    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `blind_animal`; add the concept, or name another

    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `blind_animal`; did you mean `blind-animal`? Else add the concept
    ! lexicon/en.toml:11: `blind-animal` is no concept name; use small letters, digits and `_`
    "#);
    insta::assert_snapshot!(after("words/en.toml", &[
        ("common = \"a the", "common = \"a I don't"),
        ("blend", "blend*"),
    ]), @r#"
    - words/en.toml: `I` in `common` never stands so in a message; write small letters and digits only: `dont` for `don't`, `e` for `é`
    - words/en.toml: `don't` in `common` never stands so in a message; write small letters and digits only: `dont` for `don't`, `e` for `é`

    - words/en.toml: `blend*` in `real` never stands so in a message; write small letters and digits only: `dont` for `don't`, `e` for `é`
    "#);
    insta::assert_snapshot!(after("blind-bats/en.match.toml", &[
        ("words = [\"cave(|s)\"]", "words = [\"cave(|s\"]\nincludes = [\"bat\", \"bad\"]"),
        ("concepts.cave]", "concepts.bat]"),
    ]), @r#"
    ! blind-bats/en.match.toml:2: `cave(|s` in `cave` is no word form: its brackets do not match; write `stem(ending|ending)`, without blanks inside
    ! blind-bats/en.match.toml:3: neither this file nor the lexicon has a concept `bad`; did you mean `bat`? Else add the concept

    ! blind-bats/en.match.toml:1: `bat` already stands in lexicon/en.toml; give it another name, or remove one of the two
    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `cave`; add the concept, or name another
    "#);
}

#[test]
fn concepts_of_another_claim() {
    let path = "goldfish-memory/en.match.toml";
    let rules = "[concepts.pond]\nincludes = [\"cave\"]\n[[patterns]]\nname = \"pond\"\n\
                 match = \"pond cave\"\nstrength = \"weak\"\n[examples]\nreply = [\"pond\"]";
    insta::assert_snapshot!(with_file(path, rules), @r#"
    - goldfish-memory/en.match.toml:2: the concept `cave` stands in blind-bats/en.match.toml, for that claim alone; move it to the lexicon, or name another
    - goldfish-memory/en.match.toml:3: the concept `cave` stands in blind-bats/en.match.toml, for that claim alone; move it to the lexicon, or name another
    "#);
}

#[test]
fn concepts_in_a_circle() {
    let circle =
        "[concepts.other]\nincludes = [\"animal\"]\n\n[concepts.animal]\nincludes = [\"other\"]";
    let folder =
        fixture::with("lexicon/en.toml", "[concepts.animal]\nincludes = [\"bat\"]", circle);
    insta::assert_snapshot!(lines(&folder), @r#"
    ! lexicon/en.toml:9: `other` includes `animal`, which leads back to `other`; remove one of the two
    ! lexicon/en.toml:12: `animal` includes `other`, which leads back to `animal`; remove one of the two
    "#);
}

#[test]
fn myths() {
    insta::assert_snapshot!(after("goldfish-memory/myth.toml", &[
        ("id = \"goldfish-memory\"", "id = \"goldfish\""),
        ("id = \"goldfish-memory\"", "id = \"Goldfish\""),
        ("number = 2", "number = 0"),
        ("number = 2", ""),
        ("number = 2", "number = 1"),
        ("updated = \"2026-10-01\"", ""),
        ("updated = \"2026-10-01\"", "updated = \"October\""),
    ]), @r#"
    ! goldfish-memory/myth.toml:1: the id `goldfish` is not the name of its folder, `goldfish-memory`; make them the same

    ! goldfish-memory/myth.toml:1: `Goldfish` is no id; use small letters, digits and hyphens: `id = "flat-earth"`

    ! goldfish-memory/myth.toml:2: the number is missing or 0; write `number = ...`, from 1, another for each answer

    ! goldfish-memory/myth.toml: the number is missing or 0; write `number = ...`, from 1, another for each answer

    ! goldfish-memory/myth.toml:2: the number 1 already belongs to blind-bats/myth.toml; give it a number of its own

    - goldfish-memory/myth.toml: `updated` is missing; write the day it was last checked: `updated = "2026-11-24"`

    - goldfish-memory/myth.toml: `updated` is missing; write the day it was last checked: `updated = "2026-11-24"`
    ! goldfish-memory/myth.toml:3: this is no day: write it as in `2026-11-24`; correct or remove this entry
    "#);
}

#[test]
fn sources() {
    insta::assert_snapshot!(after("blind-bats/myth.toml", &[
        ("id = \"club-news\"", "id = \"club\""),
        ("title = \"Club news\"", "title = \"\""),
        ("title = \"Club news\"\n", ""),
        ("publisher = \"Owl Review\"", "publisher = \" \""),
        ("publisher = \"Owl Review\"", "publisher = \"Bat Club\""),
        ("https://owl.example/view", "http://owl.example/view"),
        ("https://owl.example/view", "https://owl.example/a view"),
        ("language = \"en\"", "language = \"English\""),
        ("kind = \"primary\"", "kind = \"best\""),
    ]), @r#"
    ! blind-bats/myth.toml:23: the source id `club` is used twice; give each source an id of its own

    - blind-bats/myth.toml:23: the source `club-news` has no title; write `title = "..."`

    ! blind-bats/myth.toml:23: missing field `title`; add it

    - blind-bats/myth.toml:41: the source `owl` has no publisher; write `publisher = "..."`

    - blind-bats/myth.toml: every source is by a party to the dispute; add one that is not by Bat Club

    ! blind-bats/myth.toml:41: the address `http://owl.example/view` of the source `owl` cannot be opened safely; copy it from the browser: it begins with https:// and has no blanks

    ! blind-bats/myth.toml:41: the address `https://owl.example/a view` of the source `owl` cannot be opened safely; copy it from the browser: it begins with https:// and has no blanks

    ! blind-bats/myth.toml:5: the source `club` has the language `English`, which is no code; write it like `en` or `pt-BR`

    ! blind-bats/myth.toml:10: unknown variant `best`, expected one of `primary`, `independent`, `critical`; correct or remove this entry
    "#);
    let path = "goldfish-memory/myth.toml";
    let whole = fixture::folder().files[path].clone();
    let head = whole.split("[[").next().expect("the part before the sources");
    insta::assert_snapshot!(with_file(path, head), @"- goldfish-memory/myth.toml: the answer has no source; add one with a [[sources]] table");
}

#[test]
fn facts() {
    insta::assert_snapshot!(after("blind-bats/myth.toml", &[
        ("as_of = \"2024-05\"", "as_of = \"May 2024\""),
        ("value = \"1,400 species, none blind\"", "value = \"\""),
        ("sources = [\"club-count\", \"owl\"]", "sources = []"),
        ("sources = [\"club-count\", \"owl\"]", "sources = [\"club-count\", \"eagle\"]"),
        ("id = \"species\"", "id = \"kinds\""),
    ]), @r#"
    ! blind-bats/myth.toml:50: the fact `species` is as of `May 2024`: not a date of the form YYYY, YYYY-MM or YYYY-MM-DD; write the date it held, as `as_of = "2026-11"`

    - blind-bats/myth.toml:50: the fact `species` has no value; write `value = "..."`

    - blind-bats/myth.toml:50: the fact `species` names no source; write `sources = ["..."]`

    ! blind-bats/myth.toml:50: the fact `species` names the source `eagle`, which is not there; name the id of a [[sources]] table of this file

    ! blind-bats/en.toml:5: `summary` cites `[^species]`, and myth.toml has no such fact; name the id of a [[facts]] table
    ! blind-bats/en.toml:6: `changed` cites `[^species]`, and myth.toml has no such fact; name the id of a [[facts]] table
    ! blind-bats/en.toml:8: `details` cites `[^species]`, and myth.toml has no such fact; name the id of a [[facts]] table
    - blind-bats/myth.toml:50: no text cites the fact `kinds`; write `[^kinds]` behind a sentence, or remove the fact
    "#);
    let twice = "[[facts]]\nid = \"species\"\nvalue = \"x\"\nas_of = \"2024\"\nsources = [\"owl\"]\n\n[[facts]]";
    insta::assert_snapshot!(after("blind-bats/myth.toml", &[("[[facts]]", twice)]), @"! blind-bats/myth.toml:56: the fact id `species` is used twice; give each fact an id of its own");
}

#[test]
fn answers() {
    insta::assert_snapshot!(after("goldfish-memory/en.toml", &[
        ("title = \"Goldfish remember for months\"", ""),
        ("claim = \"Goldfish forget everything within seconds.\"", "claim = \" \""),
        ("verdict = \"partly\"", ""),
        ("verdict = \"partly\"", "verdict = \"true\""),
        ("\"They forget some things.\"", "\"\""),
        ("\"Nothing of note.\"", "\"\""),
        ("\"How long they remember is disputed.\"", "\"\""),
        ("\"They remember.\"", "\"\""),
        ("\"Goldfish can be trained. They know their feeder.\"", "\"\""),
        ("Goldfish can be trained. They", "They"),
        ("They know their feeder.", "One. Two! Three? Four."),
        ("claims = [\"goldfish have no memory\"]", ""),
        ("\"goldfish have no memory\"", "\"goldfish have no memory\", \"Goldfish have no memory\", \"\""),
        ("Nothing of note.", "Nothing of note.[^pond]"),
        ("Nothing of note.", "@everyone knows. Ask <@123>."),
        ("Nothing of note.", "See [here](https://pond.example."),
    ]), @r#"
    - goldfish-memory/en.toml: `title` is missing; write `title = "..."`

    ! goldfish-memory/en.toml:2: `claim` is missing; write the claim in one neutral sentence: `claim = "..."`

    - goldfish-memory/en.toml: `verdict` is missing; write `verdict = "..."`

    ! goldfish-memory/en.toml:3: pack.toml has no verdict `true`; write one of its verdicts: false, partly

    - goldfish-memory/en.toml:4: `verdict_note` is missing; write `verdict_note = "..."`

    - goldfish-memory/en.toml:6: `changed` is missing; write `changed = "..."`

    - goldfish-memory/en.toml:7: `disputed` is missing; write `disputed = "..."`

    - goldfish-memory/en.toml:8: `details` is missing; write `details = "..."`

    - goldfish-memory/en.toml:5: `summary` is missing; write `summary = "..."`

    - goldfish-memory/en.toml:5: `summary` has 1 sentence(s); write two to four

    - goldfish-memory/en.toml:5: `summary` has 5 sentence(s); write two to four

    - goldfish-memory/en.toml: `claims` is missing; write the claim as people put it: `claims = ["...", "..."]`

    - goldfish-memory/en.toml:9: `claims` has “Goldfish have no memory” twice; remove one
    - goldfish-memory/en.toml:9: an entry of `claims` is empty; fill or remove it

    ! goldfish-memory/en.toml:6: `changed` cites `[^pond]`, and myth.toml has no such fact; name the id of a [[facts]] table

    ! goldfish-memory/en.toml:6: `changed` contains `<@`, which calls people; name no one: remove it
    ! goldfish-memory/en.toml:6: `changed` contains `@everyone`, which calls people; name no one: remove it
    - goldfish-memory/en.toml:6: `changed` has a number but no year and no citation in “Ask <@123>.”; say of which year the number is and cite the fact, as in `since 2024.[^fact]`

    - goldfish-memory/en.toml:6: `changed` has a broken link in “See [here](https://pond.example.”; write links as [words](https://address), and no other square brackets
    "#);
}

#[test]
fn numbers_in_sentences() {
    insta::assert_snapshot!(after("blind-bats/en.toml", &[
        ("Bats hunt by sound, and", "All 30 bats hunt by sound, and"),
        ("Since 2024 the count covers caves.[^species]", "Since 2024 the count covers caves."),
        ("counted in May 2024, none", "counted, none"),
        ("The count of 2024 found 1,400 species.[^species]", "It found 1,400 species."),
        ("All known bats", "All 1,400 bats known in 2024"),
        ("How sharp they", "How sharp 3 of them"),
    ]), @r#"
    - blind-bats/en.toml:5: `summary` has a number but no year and no citation in “All 30 bats hunt by sound, and they see as well.”; say of which year the number is and cite the fact, as in `since 2024.[^fact]`

    - blind-bats/en.toml:6: `changed` has a number but no citation in “Since 2024 the count covers caves.”; cite the fact that says so, as in `since 2024.[^fact]`

    - blind-bats/en.toml:5: `summary` has a number but no year in “Of some 1,400 species counted, none is blind.[^s…”; say of which year the number is

    - blind-bats/en.toml:8: `details` has a number but no year and no citation in “It found 1,400 species.”; say of which year the number is and cite the fact, as in `since 2024.[^fact]`

    - blind-bats/en.toml:4: `verdict_note` has a number but no citation in “All 1,400 bats known in 2024 have working eyes.”; cite the fact that says so, as in `since 2024.[^fact]`

    - blind-bats/en.toml:7: `disputed` has a number but no year and no citation in “How sharp 3 of them see is disputed.”; say of which year the number is and cite the fact, as in `since 2024.[^fact]`
    "#);
}

#[test]
fn rules() {
    insta::assert_snapshot!(after("blind-bats/en.match.toml", &[
        ("match = \"bat ..3 blind\"", "match = \"bat .. blind\""),
        ("match = \"blind_animal|blind ..1 bat|cave\"", "match = \"\""),
        ("match = \"blind_animal|blind ..1 bat|cave\"", "match = \"blnd elephant\""),
        ("needs = [\"animal|bat\"]", "needs = [\"animal|cat\"]"),
        ("needs = [\"animal|bat\"]", "needs = [\"animal bat\"]"),
        ("needs = [\"animal|bat\"]", "needs = [\"\"]"),
        ("name = \"blind as a bat\"", "name = \"\""),
        ("name = \"blind as a bat\"", "name = \"Bats are blind\""),
        ("reply = [\"bats are blind you know\"]", ""),
        ("\"he is blind as a bat\"", "\"\""),
        ("\"he is blind as a bat\"", "\"Bats are blind you know\""),
        ("strength = \"strong\"", "strength = \"huge\""),
    ]), @r#"
    ! blind-bats/en.match.toml:4: the pattern of “bats are blind” cannot be read: `..` is no gap: write `..8`, `...` or `>>`; correct `match = "bat .. blind"`

    ! blind-bats/en.match.toml:10: the pattern of “blind as a bat” cannot be read: the pattern is empty; correct `match = ""`

    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `blnd`; did you mean `blind`? Else add the concept
    ! blind-bats/en.match.toml:10: neither this file nor the lexicon has a concept `elephant`; add the concept, or name another

    ! blind-bats/en.match.toml:4: neither this file nor the lexicon has a concept `cat`; did you mean `bat`? Else add the concept

    ! blind-bats/en.match.toml:4: `animal bat` in `needs` or `unless` of “bats are blind” cannot be read; write one concept, or several as `a|b`

    ! blind-bats/en.match.toml:4: `` in `needs` or `unless` of “bats are blind” cannot be read; write one concept, or several as `a|b`

    - blind-bats/en.match.toml:10: a pattern has no name; say in plain words what it says

    - blind-bats/en.match.toml:10: the name “Bats are blind” is used twice; name each pattern differently

    - blind-bats/en.match.toml: the patterns have no examples; write messages that must get the answer: `reply = [...]` under [examples]

    - blind-bats/en.match.toml:16: an example is empty; fill or remove it

    ! blind-bats/en.match.toml:16: “Bats are blind you know” stands under `reply` and under `silent`; remove one of the two

    ! blind-bats/en.match.toml:8: unknown variant `huge`, expected one of `strong`, `fair`, `weak`; correct or remove this entry
    "#);
}
