//! Settings in words, and words as settings. Pure functions.

use jiff::{Span, SpanRelativeTo};

use crate::cards;
use crate::policy::settings::{Audience, Length, Mode, ReplyPlace, Scope, Sensitivity};

/// A place or role as Discord shows it; in a card that pings nobody.
pub(super) fn mention(scope: Scope) -> String {
    match scope {
        Scope::Thread(id) | Scope::Channel(id) | Scope::Category(id) => format!("<#{id}>"),
        Scope::Role(id) => format!("<@&{id}>"),
    }
}

pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "reply",
        Mode::Review => "review",
        Mode::Off => "off",
    }
}

/// What a mode means, after "there, the bot".
pub(super) fn does(mode: Mode) -> &'static str {
    match mode {
        Mode::Reply => "speaks by itself",
        Mode::Review => "asks moderators before it speaks",
        Mode::Off => "keeps silent",
    }
}

pub(super) fn sensitivity(sensitivity: Sensitivity) -> &'static str {
    match sensitivity {
        Sensitivity::Strict => "strict",
        Sensitivity::Normal => "normal",
        Sensitivity::Open => "open",
    }
}

pub(super) fn length(length: Length) -> &'static str {
    match length {
        Length::Full => "in full",
        Length::Short => "in a sentence",
    }
}

pub(super) fn place(place: ReplyPlace) -> &'static str {
    match place {
        ReplyPlace::Channel => "in the channel",
        ReplyPlace::Thread => "in a thread on the message",
    }
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Usual => "everybody sees `/myth show`, only the one who asks sees `/myth ask`",
        Audience::Public => "everybody sees what `/myth show` and `/myth ask` answer",
        Audience::Private => {
            "only the one who uses them sees what `/myth show` and `/myth ask` answer"
        }
    }
}

/// "1 hour 30 minutes"; "none" for 0.
pub(super) fn time(seconds: u32) -> String {
    let units =
        [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")].map(|(size, unit)| {
            let above = match size {
                86_400 => u32::MAX,
                3600 => 86_400,
                60 => 3600,
                _ => 60,
            };
            (seconds % above / size, unit)
        });
    let parts = units.into_iter().filter(|(count, _)| *count > 0);
    let parts =
        parts.map(
            |(count, unit)| {
                if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
            },
        );
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(" ") }
}

/// The seconds of a time such as `30m`, `2h` or `1h 30m`; 0 is none. Else a sentence that says what
/// to write.
pub(super) fn seconds(text: &str) -> Result<u32, String> {
    /// Most characters of what is shown of a time that cannot be read.
    const SHOWN: usize = 40;
    let text = text.trim();
    if ["0", "none", "no", "off"].contains(&text.to_lowercase().as_str()) {
        return Ok(0);
    }
    let shown = cards::quoted(text, SHOWN);
    if !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit()) {
        return Err(format!(
            "{shown} of what? Write `{shown}s` for seconds, `{shown}m` for minutes or `{shown}h` for \
             hours."
        ));
    }
    let read = text.to_lowercase().parse::<Span>().ok();
    let read = read.and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    let seconds = read.filter(|time| !time.is_negative()).map(|time| time.as_secs());
    seconds.and_then(|seconds| seconds.try_into().ok()).ok_or_else(|| {
        format!(
            "“{shown}” is no time. Write it like `30m`, `2h`, `1h 30m` or `1d`, or `0` for none."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_write_them() {
        for (text, expected) in [
            ("30m", 1800),
            ("2h", 7200),
            ("1h 30m", 5400),
            ("1h30m", 5400),
            ("90 minutes", 5400),
            ("1d", 86_400),
            ("45S", 45),
            ("0", 0),
            ("none", 0),
            ("0m", 0),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_told() {
        let told = |text| seconds(text).expect_err("no time");
        insta::assert_snapshot!(told("30"), @"30 of what? Write `30s` for seconds, `30m` for minutes or `30h` for hours.");
        insta::assert_snapshot!(told("soon"), @"“soon” is no time. Write it like `30m`, `2h`, `1h 30m` or `1d`, or `0` for none.");
        for text in ["", "-5m", "**", "1y 5", "99999999999999999999m", "PT", "999999999h"] {
            assert!(told(text).ends_with("or `0` for none."), "{text:?}: {}", told(text));
        }
    }

    #[test]
    fn times_are_told_in_words() {
        for (seconds, words) in [
            (0, "none"),
            (1, "1 second"),
            (1800, "30 minutes"),
            (5400, "1 hour 30 minutes"),
            (86_400, "1 day"),
            (604_800, "7 days"),
            (90_061, "1 day 1 hour 1 minute 1 second"),
        ] {
            assert_eq!(time(seconds), words);
        }
    }
}
