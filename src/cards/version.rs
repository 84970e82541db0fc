//! What an answer says, as a fingerprint.

use sha2::{Digest as _, Sha256};

use super::{Card, reply};
use crate::knowledge::{Knowledge, Myth};

/// Fingerprint of what a reply with this answer says, 16 hexadecimal digits: the same wherever and
/// whenever it is made, another one when a reader would see another text.
#[must_use]
pub fn version(knowledge: &Knowledge, myth: &Myth, language: &str) -> String {
    let Card { title, body, fields, footer, .. } = reply(knowledge, myth, language);
    let mut hash = Sha256::new();
    let fields = fields.iter().flat_map(|field| [&field.name, &field.value]);
    for text in [&title, &body, &footer].into_iter().chain(fields) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    let hash = hash.finalize();
    let first = hash.iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    format!("{first:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    #[test]
    fn it_changes_with_what_readers_see() {
        let mut knowledge = fixture::knowledge();
        let first = version(&knowledge, &knowledge.myths[0], "en");
        assert_eq!(first, version(&fixture::knowledge(), &fixture::knowledge().myths[0], "en"));
        assert_eq!(first.len(), 16);
        assert_ne!(first, version(&knowledge, &knowledge.myths[1], "en"));
        let answer = knowledge.myths[0].answers.get_mut("en").expect("there");
        answer.title.as_mut().push('!');
        assert_ne!(first, version(&knowledge, &knowledge.myths[0], "en"));
    }
}
