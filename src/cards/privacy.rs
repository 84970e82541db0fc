//! What the bot keeps, for how long, where, and how to be left alone.

use super::escape::quoted;
use super::{Card, limits};

/// What holds for the bot that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping<'a> {
    /// For how many days it keeps what happened.
    pub retention_days: u16,
    /// For how many days it keeps what a server set, after it was removed from it.
    pub left_days: u16,
    /// Where: "in a file on the computer on which it runs".
    pub place: &'a str,
    /// Who runs it, as Discord calls them; empty when that is not known.
    pub run_by: &'a str,
}

/// Most characters of a name.
const NAME: usize = 100;

/// All that the bot keeps. Nothing is left out.
#[must_use]
pub fn privacy(keeping: Keeping<'_>) -> Card {
    let Keeping { retention_days, left_days, place, run_by } = keeping;
    let days = |days: u16| limits::counted(days.into(), "day");
    let run_by = match run_by.trim() {
        "" => "Whoever runs this bot made its application on Discord; its profile leads there."
            .to_owned(),
        name => format!(
            "{}, to whom its application on Discord belongs. Who answers for the texts stands in \
             `/myth about`.",
            quoted(name, NAME)
        ),
    };
    let happened = format!("Kept for {}", days(retention_days));
    let left = format!(
        "What is kept about the server is deleted {} later, unless the bot comes back.",
        days(left_days)
    );
    let fields = [
        (
            happened.as_str(),
            "- Of each message that it answered or showed to moderators: the ids of the message, its \
             channel, server and author, which answer, why (names of phrases, scores), and what \
             became of it.\n\
             - How often it spoke or kept silent in a server, by day and answer. Never by person.\n\
             - Who changed which setting.",
        ),
        (
            "Kept until moderators change it",
            "What they set: settings, exempt people and roles, phrases of their server, pinned \
             answers and the notes to them.",
        ),
        (
            "Shown, not kept",
            "Where a server has a review channel, its moderators may see the beginning of a message \
             there. Discord keeps that, the bot does not.",
        ),
        ("If you want to be left alone", LEFT_ALONE),
        ("When the bot is removed from a server", &left),
        ("Who runs it", &run_by),
    ];
    limits::fit(Card {
        title: "What this bot keeps".to_owned(),
        body: format!(
            "It reads messages only to compare them with the claims it knows, on the computer on \
             which it runs. **It keeps no text of messages**, nor does it log any. The rest is \
             {place}, and is given to nobody."
        ),
        fields: fields.into_iter().filter_map(|(name, value)| limits::field(name, value)).collect(),
        ..Card::default()
    })
}

const LEFT_ALONE: &str = "`/myth optout`: the bot then ignores what you write, in every server and in \
                          direct messages. For that it keeps your id, until you use `/myth optin`.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};

    #[test]
    fn it_says_what_how_long_where_and_how_to_get_out() {
        let keeping = Keeping {
            retention_days: 90,
            left_days: 30,
            place: "in a file on that computer",
            run_by: "olga_runs_*it*",
        };
        insta::assert_snapshot!(text(&privacy(keeping), 80, Style::Plain), @r"
        │ What this bot keeps
        │
        │ It reads messages only to compare them with the claims it knows, on the
        │ computer on which it runs. It keeps no text of messages, nor does it log any.
        │ The rest is in a file on that computer, and is given to nobody.
        │
        │ Kept for 90 days
        │ - Of each message that it answered or showed to moderators: the ids of the
        │   message, its channel, server and author, which answer, why (names of
        │   phrases, scores), and what became of it.
        │ - How often it spoke or kept silent in a server, by day and answer. Never by
        │   person.
        │ - Who changed which setting.
        │
        │ Kept until moderators change it
        │ What they set: settings, exempt people and roles, phrases of their server,
        │ pinned answers and the notes to them.
        │
        │ Shown, not kept
        │ Where a server has a review channel, its moderators may see the beginning of a
        │ message there. Discord keeps that, the bot does not.
        │
        │ If you want to be left alone
        │ /myth optout: the bot then ignores what you write, in every server and in
        │ direct messages. For that it keeps your id, until you use /myth optin.
        │
        │ When the bot is removed from a server
        │ What is kept about the server is deleted 30 days later, unless the bot comes
        │ back.
        │
        │ Who runs it
        │ olga_runs_*it*, to whom its application on Discord belongs. Who answers for
        │ the texts stands in /myth about.
        ");
        let unknown = privacy(Keeping { run_by: "", retention_days: 1, ..keeping });
        insta::assert_snapshot!(unknown.fields[0].name, @"Kept for 1 day");
        insta::assert_snapshot!(unknown.fields[5].value, @"Whoever runs this bot made its application on Discord; its profile leads there.");
    }
}
