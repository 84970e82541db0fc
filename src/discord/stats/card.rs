//! The figures in words.

use super::{Counts, Decided, Tally, day, total};
use crate::cards::{self, Card, Field};
use crate::policy::Reason;

/// How many answers have a table of their own: eight of 13 weeks fit into a card.
const SHOWN: usize = 8;

/// How many reasons are listed.
const REASONS: usize = 10;

/// Most characters of a title.
const TITLE: usize = 100;

/// What happened, with a table for each answer. `title` names an answer, by its id.
pub(in crate::discord) fn card(tally: &Tally, title: impl Fn(&str) -> String) -> Card {
    let days = cards::counted(tally.days.unsigned_abs().try_into().unwrap_or(usize::MAX), "day");
    let mut fields: Vec<Field> = Vec::new();
    for (answer, weeks) in tally.answers.iter().take(SHOWN) {
        fields.push(Field {
            name: cards::quoted(&title(answer), TITLE),
            value: table(&tally.weeks, weeks),
        });
    }
    if let Some(decided) = decided(tally) {
        fields.push(Field { name: "What became of it".to_owned(), value: decided });
    }
    if !tally.silent.is_empty() {
        let line = |(code, count): &(String, u64)| format!("- {count} × {}", reason(code));
        let lines: Vec<String> = tally.silent.iter().take(REASONS).map(line).collect();
        let name = "Why it passed over a claim".to_owned();
        fields.push(Field { name, value: lines.join("\n") });
    }
    Card {
        title: format!("The last {days} in this server"),
        body: if tally.is_empty() {
            "The bot has not found any of its claims here.".to_owned()
        } else {
            sentence(tally)
        },
        fields,
        footer: "Counted by day and answer, never by person".to_owned(),
        ..Card::default()
    }
}

fn sentence(tally: &Tally) -> String {
    let Counts { replied, asked, dismissed, silent } = tally.total();
    let rest = match tally.answers.len().saturating_sub(SHOWN) {
        0 => String::new(),
        rest => {
            format!(" {} more than those below are counted in.", counted(rest as u64, "answer"))
        }
    };
    let asked = match asked {
        0 => "no message".to_owned(),
        some => counted(some, "message"),
    };
    format!(
        "The bot replied {}, showed moderators {asked}, and passed over a claim in silence {}. {} \
         dismissed as not relevant.{rest}",
        times(replied),
        times(silent),
        match dismissed {
            0 => "No reply was".to_owned(),
            1 => "1 reply was".to_owned(),
            many => format!("{many} replies were"),
        }
    )
}

fn times(count: u64) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        many => format!("{many} times"),
    }
}

fn counted(count: u64, noun: &str) -> String {
    cards::counted(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

/// A line a week, narrow enough for a telephone.
fn table(starts: &[i64], weeks: &[Counts]) -> String {
    let line = |name: &str, [one, two, three, four]: [String; 4]| {
        format!("{name:<7}{one:>6}{two:>6}{three:>6}{four:>7}")
    };
    let numbers = |counts: Counts| {
        [counts.replied, counts.asked, counts.dismissed, counts.silent]
            .map(|count| count.to_string())
    };
    let head = ["reply", "asked", "dism.", "silent"].map(str::to_owned);
    let mut lines = vec![line("from", head)];
    lines.extend(
        starts.iter().zip(weeks).map(|(start, counts)| line(&day(*start), numbers(*counts))),
    );
    if weeks.len() > 1 {
        lines.push(line("in all", numbers(total(weeks))));
    }
    format!("```\n{}\n```", lines.join("\n"))
}

fn decided(tally: &Tally) -> Option<String> {
    let part = |(what, count): (&Decided, &u64)| {
        let does = match what {
            Decided::Posted => "Moderators posted the answer",
            Decided::Declined => "Moderators decided against an answer",
            Decided::Muted => "Moderators muted what was found",
            Decided::Changed => "A reply was changed with its message",
            Decided::Withdrawn => "A reply was withdrawn with its message",
            Decided::Failed => "Discord did not let the bot reply",
        };
        format!("- {does} {}", times(*count))
    };
    let parts: Vec<String> = tally.decided.iter().map(part).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn reason(code: &str) -> String {
    Reason::of(code).map_or_else(|| cards::quoted(code, 50), |reason| reason.to_string())
}

/// What the chart shows, for those who do not see it: at most 1,024 characters.
pub(in crate::discord) fn alt_text(tally: &Tally, title: impl Fn(&str) -> String) -> String {
    const MOST: usize = 1024;
    let mut text =
        "Bars by week for each answer: replies, messages shown to moderators, dismissed \
                    replies, and claims that were passed over in silence."
            .to_owned();
    for (answer, weeks) in tally.answers.iter().take(SHOWN) {
        let Counts { replied, asked, dismissed, silent } = total(weeks);
        text = format!(
            "{text} {}: {replied}, {asked}, {dismissed}, {silent}.",
            title(answer).trim_end_matches(['.', '?', '!'])
        );
    }
    text.chars().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::counted;
    use super::*;
    use crate::cards::{Style, text};

    fn tally() -> Tally {
        let all = [
            counted(20_769, "blind-bats", "replied", 2),
            counted(20_776, "blind-bats", "asked", 3),
            counted(20_776, "blind-bats", "denied", 14),
            counted(20_781, "blind-bats", "dismissed", 1),
            counted(20_781, "goldfish", "replied", 120),
            counted(20_781, "goldfish", "declined", 2),
            counted(20_781, "goldfish", "of-a-newer-version", 1),
        ];
        Tally::new(&all, 20_781, 14)
    }

    fn title(id: &str) -> String {
        format!("About *{id}*?")
    }

    #[test]
    fn figures_are_told_by_week_and_answer() {
        let card = card(&tally(), title);
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ The last 14 days in this server
        │
        │ The bot replied 122 times, showed moderators 3 messages, and passed over a
        │ claim in silence 15 times. 1 reply was dismissed as not relevant.
        │
        │ About *goldfish*?
        │ `
        │ from reply asked dism. silent
        │ 11 Nov 0 0 0 0
        │ 18 Nov 120 0 0 1
        │ in all 120 0 0 1
        │ `
        │
        │ About *blind-bats*?
        │ `
        │ from reply asked dism. silent
        │ 11 Nov 2 0 0 0
        │ 18 Nov 0 3 1 14
        │ in all 2 3 1 14
        │ `
        │
        │ What became of it
        │ - Moderators decided against an answer 2 times
        │
        │ Why it passed over a claim
        │ - 14 × it rejects the claim
        │ - 1 × of-a-newer-version
        │
        │ Counted by day and answer, never by person
        ");
    }

    #[test]
    fn no_figures_are_told_in_a_sentence() {
        let card = card(&Tally::new(&[], 20_781, 28), title);
        insta::assert_snapshot!(text(&card, 80, Style::Plain), @r"
        │ The last 28 days in this server
        │
        │ The bot has not found any of its claims here.
        │
        │ Counted by day and answer, never by person
        ");
    }

    #[test]
    fn a_card_with_as_much_as_there_can_be_fits() {
        let mut all = Vec::new();
        for answer in 0..20 {
            for day in 0..90 {
                for reason in 0..30 {
                    let answer = format!("answer-{answer}");
                    all.push(counted(20_781 - day, &answer, &format!("reason-{reason}"), 99_999));
                }
            }
        }
        let card = card(&Tally::new(&all, 20_781, 90), |id| format!("{id} {}", "x".repeat(200)));
        let fields = card.fields.iter().map(|field| {
            assert!(field.value.chars().count() <= 1024, "{}", field.value);
            field.name.chars().count() + field.value.chars().count()
        });
        let length = card.body.chars().count() + card.title.len() + card.footer.len();
        let length = length + fields.sum::<usize>();
        assert!(length <= 6000, "{length}");
    }

    #[test]
    fn the_chart_is_told_in_words() {
        insta::assert_snapshot!(alt_text(&tally(), title), @"Bars by week for each answer: replies, messages shown to moderators, dismissed replies, and claims that were passed over in silence. About *goldfish*: 120, 0, 0, 1. About *blind-bats*: 2, 3, 1, 14.");
    }
}
