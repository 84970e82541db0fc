//! `words/<language>.toml`: words as they look when messages are compared.

use crate::knowledge::document::Document;
use crate::knowledge::fault::Collected;
use crate::knowledge::{Form, WordsFile};

pub(super) fn check(file: &Document<WordsFile>, faults: &mut Collected) {
    let lists = [("common", &file.common), ("real", &file.real), ("frequent", &file.frequent)];
    for (key, words) in lists {
        for word in words.split_whitespace() {
            let plain = |form: Form| form.expand() == [(word.to_owned(), false, false)];
            if !Form::parse(word).is_ok_and(plain) {
                let problem = format!("`{word}` in `{key}` never stands so in a message");
                let remedy = "write small letters and digits only: `dont` for `don't`, `e` for `é`";
                faults.warn(file.fault(problem, remedy));
            }
        }
    }
}
