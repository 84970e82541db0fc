//! What can be typed in the chat.

/// A command of the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    List,
    Show,
    Ask,
    Sources,
    About,
    Details,
    Why,
    Help,
    Quit,
}

/// How a command is written and what it does.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) command: Command,
    pub(super) words: &'static str,
    /// What stands behind it; empty for nothing.
    pub(super) argument: &'static str,
    pub(super) does: &'static str,
}

/// Every command, as `/help` lists them.
#[rustfmt::skip]
pub(super) const ENTRIES: [Entry; 9] = [
    entry(Command::List, "/myth list", "", "every answer"),
    entry(Command::Show, "/myth show", "<answer>", "an answer, by number, id, title or in your words"),
    entry(Command::Ask, "/myth ask", "<text>", "what the bot knows about a text"),
    entry(Command::Sources, "/myth sources", "<answer>", "where an answer comes from"),
    entry(Command::About, "/myth about", "", "who answers, what is covered, and how to report an error"),
    entry(Command::Details, "/details", "", "the whole of the last answer"),
    entry(Command::Why, "/why", "", "why the bot spoke or kept silent on the last message"),
    entry(Command::Help, "/help", "", "these commands"),
    entry(Command::Quit, "/quit", "", "leave"),
];

const fn entry(
    command: Command,
    words: &'static str,
    argument: &'static str,
    does: &'static str,
) -> Entry {
    Entry { command, words, argument, does }
}

/// A typed line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input<'a> {
    /// As in a channel.
    Message(&'a str),
    /// A command and what stands behind it.
    Command(Command, &'a str),
    /// A command without what must stand behind it.
    Incomplete(&'static str),
    /// Looks like a command and is none; the nearest one.
    Unknown(Option<&'static str>),
}

impl<'a> Input<'a> {
    pub(super) fn read(line: &'a str) -> Self {
        let typed = line.trim();
        if !typed.starts_with('/') {
            return Self::Message(line);
        }
        for entry in &ENTRIES {
            if let Some(rest) = after_words(typed, entry.words) {
                return match (entry.argument.is_empty(), rest.is_empty()) {
                    (false, true) => Self::Incomplete(entry.words),
                    (true, false) => Self::Unknown(Some(entry.words)),
                    _ => Self::Command(entry.command, rest),
                };
            }
        }
        if typed.eq_ignore_ascii_case("/myth") {
            return Self::Command(Command::Help, "");
        }
        Self::Unknown(nearest(typed))
    }
}

/// What stands behind `words` when `typed` begins with them, in any case and spacing.
fn after_words<'a>(typed: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = typed;
    for word in words.split(' ') {
        let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if !first.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = after.trim_start();
    }
    Some(rest)
}

/// The command that was most likely meant.
fn nearest(typed: &str) -> Option<&'static str> {
    /// Below this, two words merely share some letters.
    const LIKE: f64 = 0.6;
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let like = |entry: &Entry| {
        // As many words as the command has, and for `/list` the command without `/myth`.
        let length = entry.words.split(' ').count();
        let start = words.iter().take(length).cloned().collect::<Vec<_>>().join(" ");
        let short = entry.words.replace("/myth ", "/");
        let first = words.first().map_or("", String::as_str);
        strsim::normalized_damerau_levenshtein(&start, entry.words)
            .max(strsim::normalized_damerau_levenshtein(first, &short))
    };
    ENTRIES
        .iter()
        .map(|entry| (like(entry), entry.words))
        .filter(|(score, _)| *score >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, words)| words)
}

/// Where the completion of `line` begins, in bytes, and what it can be completed to.
pub(super) fn complete(line: &str, ids: &[String]) -> (usize, Vec<String>) {
    for entry in ENTRIES.iter().filter(|entry| entry.argument == "<answer>") {
        if let Some(rest) = line.strip_prefix(entry.words).filter(|rest| rest.starts_with(' ')) {
            let begun = rest.trim_start();
            let ids = ids.iter().filter(|id| id.starts_with(begun)).cloned().collect();
            return (line.len() - begun.len(), ids);
        }
    }
    let commands = ENTRIES
        .iter()
        .filter(|entry| line.starts_with('/') && entry.words.starts_with(line))
        .map(|entry| entry.words.to_owned() + if entry.argument.is_empty() { "" } else { " " });
    (0, commands.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_messages_and_commands() {
        for (line, expected) in [
            ("good morning", Input::Message("good morning")),
            ("", Input::Message("")),
            ("and/or", Input::Message("and/or")),
            ("/myth list", Input::Command(Command::List, "")),
            (" /MYTH   Show  the moon ", Input::Command(Command::Show, "the moon")),
            ("/myth", Input::Command(Command::Help, "")),
            ("/quit", Input::Command(Command::Quit, "")),
            ("/myth ask ", Input::Incomplete("/myth ask")),
            ("/myth lsit", Input::Unknown(Some("/myth list"))),
            ("/myth shwo moon", Input::Unknown(Some("/myth show"))),
            ("/list", Input::Unknown(Some("/myth list"))),
            ("/show moon", Input::Unknown(Some("/myth show"))),
            ("/wy", Input::Unknown(Some("/why"))),
            ("/quit now", Input::Unknown(Some("/quit"))),
            ("/dance", Input::Unknown(None)),
            ("/", Input::Unknown(None)),
            ("/ümläut 🎉", Input::Unknown(None)),
        ] {
            assert_eq!(Input::read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn commands_and_ids_are_completed() {
        let ids = ["moon-cheese".to_owned(), "moon-landing".to_owned(), "sun".to_owned()];
        let completed = |line| {
            let (start, found) = complete(line, &ids);
            format!("{start} {}", found.join(", "))
        };
        assert_eq!(completed("/w"), "0 /why");
        assert_eq!(completed("/myth s"), "0 /myth show , /myth sources ");
        assert_eq!(completed("/myth show "), "11 moon-cheese, moon-landing, sun");
        assert_eq!(completed("/myth sources moon-l"), "14 moon-landing");
        assert_eq!(completed("hello"), "0 ");
        assert_eq!(completed(""), "0 ");
    }
}
