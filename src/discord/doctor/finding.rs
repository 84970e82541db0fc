//! What was found, and how it is told. Pure functions.

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, in a word.
    pub about: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was seen.
    pub says: String,
    /// What to do; empty where nothing is to be done.
    pub remedy: String,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// The bot runs, but something is missing or unknown.
    Warning,
    /// The bot does not run or answer like this.
    Fault,
}

impl Finding {
    /// Nothing to do.
    #[must_use]
    pub fn ok(about: &'static str, says: String) -> Self {
        Self { about, verdict: Verdict::Ok, says, remedy: String::new() }
    }

    /// The bot runs all the same.
    #[must_use]
    pub fn warning(
        about: &'static str,
        says: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { about, verdict: Verdict::Warning, says: says.into(), remedy: remedy.into() }
    }

    /// The bot does not.
    #[must_use]
    pub fn fault(about: &'static str, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about, verdict: Verdict::Fault, says: says.into(), remedy: remedy.into() }
    }
}

/// All findings in their order, a line each, with what to do below; and their count.
#[must_use]
pub fn report(findings: &[Finding]) -> String {
    let text: String = findings.iter().map(line).collect();
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let counted = |count: usize, noun: &str| match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    };
    let faults = counted(count(Verdict::Fault), "fault");
    let warnings = counted(count(Verdict::Warning), "warning");
    format!("{text}\n{faults}, {warnings}\n")
}

fn line(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Ok => "ok",
        Verdict::Warning => "warning",
        Verdict::Fault => "FAULT",
    };
    // Names come from Discord: nothing in them may drive the terminal.
    let printable = |text: &str| text.chars().filter(|sign| !sign.is_control()).collect::<String>();
    let line = format!("{verdict:7}  {:11}  {}\n", finding.about, printable(&finding.says));
    if finding.remedy.is_empty() {
        return line;
    }
    format!("{line}{:22}-> {}\n", "", printable(&finding.remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_each_with_what_to_do_below() {
        let findings = [
            Finding::ok("token", "Discord knows it: the bot is \u{1b}[31mred (id 7)".to_owned()),
            Finding::warning("intents", "Message Content is off", "switch it on"),
            Finding::fault("permissions", "Send Messages is missing", "give it to the bot"),
        ];
        insta::assert_snapshot!(report(&findings), @r"
        ok       token        Discord knows it: the bot is [31mred (id 7)
        warning  intents      Message Content is off
                              -> switch it on
        FAULT    permissions  Send Messages is missing
                              -> give it to the bot

        1 fault, 1 warning
        ");
        insta::assert_snapshot!(report(&findings[..1]), @r"
        ok       token        Discord knows it: the bot is [31mred (id 7)

        no faults, no warnings
        ");
    }
}
