//! Claims -> the files of a knowledge folder.

use std::fmt::Write as _;

use super::claims::Claim;
use crate::knowledge::Folder;

const PACK: &str = include_str!("templates/pack.toml");
const LABELS: &str = include_str!("templates/labels.toml");
const LEXICON: &str = include_str!("templates/lexicon.toml");

/// The folder with these claims under these ids, numbered in order.
pub(super) fn folder(claims: &[Claim], ids: &[String]) -> Folder {
    let mut folder = Folder::default();
    let mut add = |path: String, text: String| folder.files.insert(path, text);
    add("pack.toml".to_owned(), PACK.to_owned());
    add("labels/en.toml".to_owned(), LABELS.to_owned());
    add("lexicon/en.toml".to_owned(), LEXICON.to_owned());
    for ((number, claim), id) in (1_usize..).zip(claims).zip(ids) {
        add(format!("{id}/myth.toml"), myth(number, claim, id));
        add(format!("{id}/en.toml"), format!("claim = {}\n", quoted(&claim.text)));
    }
    folder
}

fn myth(number: usize, claim: &Claim, id: &str) -> String {
    let before = if claim.id == *id {
        String::new()
    } else {
        format!("# imported as {}\n", quoted(&claim.id))
    };
    format!("{before}id = {}\nnumber = {number}\n", quoted(id))
}

/// A string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::load;

    #[test]
    fn what_is_written_is_what_was_read() {
        let texts = [r#"He said "no" \o/ \n"#, "'''\u{7f}\u{1b} \"\"\"", "#x = [1]", "Übel 🎉"];
        let claim = |(line, text): (usize, &&str)| Claim {
            line,
            id: format!("\n{text}"),
            text: (*text).to_owned(),
        };
        let claims: Vec<Claim> = (1..).zip(&texts).map(claim).collect();
        let ids: Vec<String> = (1..=texts.len()).map(|number| format!("c{number}")).collect();
        let knowledge = load(&folder(&claims, &ids)).expect("a sound folder");
        let read: Vec<&str> = knowledge
            .myths
            .iter()
            .map(|myth| myth.answers["en"].claim.get_ref().as_str())
            .collect();
        assert_eq!(read, texts);
    }
}
