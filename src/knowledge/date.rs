//! Dates as precise as they are known: a year, a month or a day.

use std::str::FromStr;

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use toml::value::Datetime;

/// A year, a month of a year, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// A text that is no `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NotADate;

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits =
            |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        let widths_fit =
            parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(|(part, len)| digits(part, len));
        if !widths_fit {
            return Err(NotADate);
        }
        let number = |i: usize| parts.get(i).and_then(|part| part.parse::<i8>().ok());
        let year = parts.first().and_then(|part| part.parse().ok()).ok_or(NotADate)?;
        let date = Self { year, month: number(1), day: number(2) };
        Date::new(year, date.month.unwrap_or(1), date.day.unwrap_or(1)).map_err(|_| NotADate)?;
        Ok(date)
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl PartialDate {
    /// As in "4 April 2023", "April 2023", "2023", with the twelve names in `months`, January
    /// first. A missing name is left out.
    #[must_use]
    pub fn spelled(self, months: &[String]) -> String {
        let month = self.month.and_then(|month| months.get(usize::try_from(month - 1).ok()?));
        let day = self.day.map(|day| day.to_string());
        [day, month.cloned(), Some(self.year.to_string())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Reads a day, quoted or not: TOML has dates of its own, and editors use both.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Unquoted(Datetime),
        Quoted(String),
    }

    let text = match Written::deserialize(deserializer) {
        Ok(Written::Unquoted(datetime)) => datetime.to_string(),
        Ok(Written::Quoted(text)) => text,
        Err(_) => return Err(D::Error::custom(NO_DAY)),
    };
    text.parse().map_err(|_| D::Error::custom(NO_DAY))
}

const NO_DAY: &str = "this is no day: write it as in `2026-11-24`";

/// Like [`day`], for an entry that may be left out.
pub(super) fn optional_day<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_written() {
        let months: Vec<String> = ["Jan", "Feb", "Mar", "Apr"].map(str::to_owned).into();
        let shown = |text: &str| text.parse::<PartialDate>().map(|date| date.spelled(&months));
        assert_eq!(shown("2023"), Ok("2023".to_owned()));
        assert_eq!(shown("2023-04"), Ok("Apr 2023".to_owned()));
        assert_eq!(shown("2023-04-04"), Ok("4 Apr 2023".to_owned()));
        for wrong in ["", "23", "2023-13", "2023-02-30", "2023-4-4", "2023-04-04-05", "mid-2018"] {
            assert_eq!(shown(wrong), Err(NotADate), "{wrong}");
        }
    }
}
