//! The worst errors, each with the engine's grounds.

use std::fmt::Write as _;

use super::Mistake;
use super::print::owed;
use crate::matching::Finding;

/// Enough of a message to recognise it.
const SHOWN: usize = 200;

pub(super) fn worst(mistakes: &[&Mistake]) -> String {
    let mut text = format!("worst errors at `reply`: {}\n", mistakes.len());
    for mistake in mistakes {
        let kind = if mistake.is_false_reply { "false reply" } else { "miss" };
        let given = mistake.given.as_deref().unwrap_or("silence");
        let _ = writeln!(
            text,
            "\n[{}] {kind}: owed {}, given {given} (score {:.3})",
            mistake.id,
            owed(&mistake.owed),
            mistake.outcome.score
        );
        let _ = writeln!(text, "  {}", shortened(&mistake.text));
        let _ = writeln!(text, "  reason: {}", shortened(&mistake.outcome.reason));
        for finding in &mistake.outcome.findings {
            text.push_str(&found(finding));
        }
    }
    text
}

fn found(finding: &Finding) -> String {
    let Finding { answer, evidence, strength, weight, cancelled, .. } = finding;
    let strength = match strength {
        Some(strength) => format!("{strength:?}").to_lowercase(),
        None => "by likeness".to_owned(),
    };
    let words = shortened(&evidence.text);
    let mut line =
        format!("  - {answer}: {} on \"{words}\" ({strength}, {weight:.2})", evidence.phrase);
    if let Some(why) = cancelled {
        let _ = write!(line, "; cancelled: {}", shortened(why));
    }
    line.push('\n');
    line
}

/// On one line, without what could drive the terminal, and not too long.
fn shortened(text: &str) -> String {
    let mut letters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = letters.by_ref().take(SHOWN).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
