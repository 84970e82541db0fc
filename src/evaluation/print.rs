//! The report for people.

use std::fmt::Write as _;

use super::{Chat, Rate, Report, Tally, TierReport, explain, per_ten_thousand};

pub(super) fn report(report: &Report, errors: usize) -> String {
    let mut parts = Vec::new();
    if report.messages > 0 {
        parts.push(format!("messages: {}, owed an answer: {}\n", report.messages, report.owed));
        parts.push(tier("reply", &report.reply, report.messages));
        parts.push(tier("suggest or better", &report.suggest, report.messages));
        parts.extend(confusions(&report.reply));
        parts.extend(groups(report));
    }
    parts.extend(chats(&report.chat));
    if errors > 0 {
        parts.push(explain::worst(&report.worst(errors)));
    }
    parts.join("\n")
}

fn tier(name: &str, tier: &TierReport, messages: u32) -> String {
    let mut table = Table::new(name, tier.answers.keys().map(String::as_str));
    for (answer, tally) in &tier.answers {
        table.row(answer, tally, "");
    }
    table.row("all", &tier.all, "");
    let per = per_ten_thousand(tier.all.wrong, messages);
    let _ = writeln!(table.text, "false replies per 10,000 messages: {per:.1}");
    table.text
}

fn confusions(tier: &TierReport) -> Option<String> {
    let mut text = "errors at `reply`, owed -> given\n".to_owned();
    for confusion in tier.confusions_by_count() {
        let owed = owed(&confusion.owed);
        let given = confusion.given.as_deref().unwrap_or("silence");
        let _ = writeln!(text, "{:>6}  {owed} -> {given}", confusion.count);
    }
    (!tier.confusions.is_empty()).then_some(text)
}

/// What a message is owed, in words.
pub(super) fn owed(answers: &[String]) -> String {
    if answers.is_empty() { "nothing".to_owned() } else { answers.join(" + ") }
}

fn groups(report: &Report) -> Option<String> {
    let mut table = Table::new("reply, by group", report.groups.keys().map(String::as_str));
    table.text = table.text.trim_end().to_owned() + "  replied\n";
    for (name, group) in &report.groups {
        let replied = f64::from(group.reply.given()) / f64::from(group.messages.max(1));
        let of = format!("  {replied:>7.3} of {}", group.messages);
        table.row(name, &group.reply, &of);
    }
    (!report.groups.is_empty()).then_some(table.text)
}

fn chats(chats: &[Chat]) -> Option<String> {
    let mut text = "chat in which nothing is owed\n".to_owned();
    for chat in chats {
        let per = per_ten_thousand(chat.replies, chat.lines);
        let _ = writeln!(
            text,
            "  {}: lines {}, false replies {} ({per:.1} per 10,000), replied or suggested {}",
            chat.file, chat.lines, chat.replies, chat.suggest_or_better
        );
    }
    (!chats.is_empty()).then_some(text)
}

/// Tallies below each other.
struct Table {
    text: String,
    /// Columns for the names.
    width: usize,
}

impl Table {
    fn new<'a>(heading: &str, names: impl Iterator<Item = &'a str>) -> Self {
        let width = names.map(|name| name.chars().count() + 2).max().unwrap_or(0).max(20);
        let mut text = format!("{heading:<width$}");
        for column in ["precision", "recall"] {
            let _ = write!(text, "  {column:<20}");
        }
        let _ = writeln!(text, "   F0.5   true  false missed ignored");
        Self { text, width }
    }

    fn row(&mut self, name: &str, tally: &Tally, more: &str) {
        let width = self.width - 2;
        let f_half = tally.f_half().map_or("-".to_owned(), |value| format!("{value:.3}"));
        let _ = writeln!(
            self.text,
            "  {name:<width$}  {}  {}  {f_half:>5}  {:>5}  {:>5}  {:>5}   {:>5}{more}",
            rate(tally.precision()),
            rate(tally.recall()),
            tally.right,
            tally.wrong,
            tally.missed,
            tally.ignored
        );
    }
}

fn rate(rate: Option<Rate>) -> String {
    let text = rate.map_or("-".to_owned(), |Rate { value, low, high }| {
        format!("{value:.3} [{low:.3}, {high:.3}]")
    });
    format!("{text:<20}")
}
