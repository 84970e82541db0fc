//! A reply whose answer was changed after it was given.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Card, limits};
use crate::knowledge::{LabelsFile, PartialDate};

/// `reply` with the day, in UTC, on which it was corrected.
#[must_use]
pub fn corrected(mut reply: Card, labels: &LabelsFile, now: Timestamp) -> Card {
    let day = PartialDate::from(TimeZone::UTC.to_datetime(now).date()).spelled(&labels.months);
    let line = format!("Corrected on {day}");
    reply.footer =
        if reply.footer.is_empty() { line } else { format!("{line} · {}", reply.footer) };
    limits::fit(reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::reply;
    use crate::knowledge::fixture;

    #[test]
    fn the_day_stands_in_the_last_line() {
        let knowledge = fixture::knowledge();
        let card = reply(&knowledge, &knowledge.myths[0], "en");
        let now = "2026-11-24T23:59:59Z".parse().expect("a time");
        let card = corrected(card, knowledge.labels("en"), now);
        insta::assert_snapshot!(card.footer, @"Corrected on 24 November 2026 · As of 4 November 2026 · Museum of Small Animals");
        let bare = corrected(Card::default(), knowledge.labels("en"), now);
        insta::assert_snapshot!(bare.footer, @"Corrected on 24 November 2026");
    }
}
