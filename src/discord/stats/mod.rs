//! What the bot did in a server, week by week and answer by answer. Nothing is counted by person.

mod card;
mod chart;

use std::collections::BTreeMap;

pub(super) use card::{alt_text, card};
pub(super) use chart::png;

use crate::store::Counted;

/// Days of a week.
const WEEK: i64 = 7;

/// How often what happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// The bot replied, by itself or because moderators had the answer posted.
    replied: u64,
    /// Moderators were shown a message.
    asked: u64,
    /// Somebody said that a reply was not relevant.
    dismissed: u64,
    /// The bot found a claim and kept silent.
    silent: u64,
}

impl Counts {
    fn sum(self) -> u64 {
        self.replied + self.asked + self.dismissed + self.silent
    }

    fn plus(self, other: Self) -> Self {
        Self {
            replied: self.replied + other.replied,
            asked: self.asked + other.asked,
            dismissed: self.dismissed + other.dismissed,
            silent: self.silent + other.silent,
        }
    }
}

/// What happened within some days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// How many days.
    days: i64,
    /// First day of each week, in days since 1970; the last week ends today.
    weeks: Vec<i64>,
    /// Id of an answer, and what happened in each week; those with the most come first.
    answers: Vec<(String, Vec<Counts>)>,
    /// What moderators decided about what they were shown, and what became of replies.
    decided: BTreeMap<Decided, u64>,
    /// Code of a reason to keep silent, and how often; the most frequent first.
    silent: Vec<(String, u64)>,
}

/// What happened after a reply or a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Decided {
    Posted,
    Declined,
    Muted,
    Changed,
    Withdrawn,
    Failed,
}

/// What a counted word means.
enum Meaning {
    Replied,
    Asked,
    Dismissed,
    Decided(Decided),
    /// A reason to keep silent.
    Silent,
}

fn meaning(outcome: &str) -> Meaning {
    match outcome {
        "replied" => Meaning::Replied,
        "asked" => Meaning::Asked,
        "dismissed" => Meaning::Dismissed,
        "posted" => Meaning::Decided(Decided::Posted),
        "declined" => Meaning::Decided(Decided::Declined),
        "phrase-muted" => Meaning::Decided(Decided::Muted),
        "changed" => Meaning::Decided(Decided::Changed),
        "withdrawn" => Meaning::Decided(Decided::Withdrawn),
        "failed" => Meaning::Decided(Decided::Failed),
        _ => Meaning::Silent,
    }
}

impl Tally {
    /// Sums up what was counted in the last `days` days up to `today`, in days since 1970.
    pub(super) fn new(counted: &[Counted], today: i64, days: i64) -> Self {
        let first = today - days + 1;
        // The first week may be shorter than the others.
        let count = (days + WEEK - 1) / WEEK;
        let start = |week: i64| (today + 1 - (count - week) * WEEK).max(first);
        let weeks = (0..count).map(start).collect();
        let mut tally = Self { days, weeks, ..Self::default() };
        let mut silent = BTreeMap::<&str, u64>::new();
        let mut answers = BTreeMap::<&str, Vec<Counts>>::new();
        for one in counted.iter().filter(|one| (first..=today).contains(&one.day)) {
            let count = one.count.unsigned_abs();
            let week = tally.weeks.partition_point(|start| *start <= one.day).saturating_sub(1);
            let none = || vec![Counts::default(); tally.weeks.len()];
            let Some(counts) = answers.entry(&one.answer).or_insert_with(none).get_mut(week) else {
                continue;
            };
            match meaning(&one.outcome) {
                Meaning::Replied => counts.replied += count,
                Meaning::Asked => counts.asked += count,
                Meaning::Dismissed => counts.dismissed += count,
                Meaning::Decided(what) => {
                    *tally.decided.entry(what).or_default() += count;
                    if what == Decided::Posted {
                        counts.replied += count;
                    }
                }
                Meaning::Silent => {
                    counts.silent += count;
                    *silent.entry(&one.outcome).or_default() += count;
                }
            }
        }
        let owned = |(code, count): (&str, u64)| (code.to_owned(), count);
        tally.silent = silent.into_iter().map(owned).collect();
        tally.silent.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tally.answers = answers.into_iter().map(|(id, weeks)| (id.to_owned(), weeks)).collect();
        tally.answers.retain(|(_, weeks)| weeks.iter().any(|counts| counts.sum() > 0));
        let most = |(_, weeks): &(String, Vec<Counts>)| std::cmp::Reverse(total(weeks).sum());
        tally.answers.sort_by_key(most);
        tally
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    fn total(&self) -> Counts {
        self.answers.iter().map(|(_, weeks)| total(weeks)).fold(Counts::default(), Counts::plus)
    }
}

fn total(weeks: &[Counts]) -> Counts {
    weeks.iter().copied().fold(Counts::default(), Counts::plus)
}

/// `27 Oct` for a day since 1970.
fn day(day: i64) -> String {
    const DAY: i64 = 24 * 60 * 60;
    let date = jiff::Timestamp::from_second(day.saturating_mul(DAY));
    let date = date.map(|at| jiff::tz::TimeZone::UTC.to_datetime(at).date());
    date.map_or_else(|_| String::new(), |date| date.strftime("%-d %b").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn counted(day: i64, answer: &str, outcome: &str, count: i64) -> Counted {
        Counted { day, answer: answer.to_owned(), outcome: outcome.to_owned(), count }
    }

    #[test]
    fn weeks_end_today() {
        let starts = |days| Tally::new(&[], 100, days).weeks;
        assert_eq!(starts(7), [94]);
        assert_eq!(starts(14), [87, 94]);
        assert_eq!(starts(16), [85, 87, 94]);
        assert_eq!(starts(90).len(), 13);
    }

    #[test]
    fn what_was_counted_is_summed_up_by_week_and_answer() {
        let all = [
            counted(86, "bats", "replied", 99),
            counted(87, "bats", "replied", 2),
            counted(93, "bats", "asked", 3),
            counted(94, "bats", "denied", 4),
            counted(100, "bats", "dismissed", 1),
            counted(100, "fish", "replied", 20),
            counted(100, "fish", "denied", 1),
            counted(100, "fish", "answer-cooldown", 9),
            counted(100, "fish", "posted", 5),
            counted(100, "gone", "withdrawn", 2),
            counted(101, "fish", "replied", 99),
        ];
        let tally = Tally::new(&all, 100, 14);
        let shape: Vec<(&str, Vec<[u64; 4]>)> = tally
            .answers
            .iter()
            .map(|(id, weeks)| {
                let each =
                    weeks.iter().map(|one| [one.replied, one.asked, one.dismissed, one.silent]);
                (id.as_str(), each.collect())
            })
            .collect();
        let expected = [
            ("fish", vec![[0, 0, 0, 0], [25, 0, 0, 10]]),
            ("bats", vec![[2, 3, 0, 0], [0, 0, 1, 4]]),
        ];
        assert_eq!(shape, expected);
        assert_eq!(tally.silent, [("answer-cooldown".to_owned(), 9), ("denied".to_owned(), 5)]);
        let decided: Vec<_> = tally.decided.into_iter().collect();
        assert_eq!(decided, [(Decided::Posted, 5), (Decided::Withdrawn, 2)]);
    }

    #[test]
    fn days_are_spelled_shortly() {
        assert_eq!(day(0), "1 Jan");
        assert_eq!(day(20_781), "24 Nov");
    }
}
