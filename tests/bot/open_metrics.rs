//! The text format of `OpenMetrics` 1.0, read as strictly as its specification wants.

use std::collections::{BTreeMap, BTreeSet};

/// What a text holds.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Each family: type and help.
    pub(crate) families: BTreeMap<String, (String, String)>,
    /// Each series as it is written, and its value.
    pub(crate) values: BTreeMap<String, f64>,
}

impl Numbers {
    /// The value of a series; 0 if it is not there, as Prometheus counts one that begins.
    pub(crate) fn value(&self, series: &str) -> f64 {
        self.values.get(series).copied().unwrap_or_default()
    }
}

/// Reads a text, or says which line is wrong and why.
pub(crate) fn read(text: &str) -> Result<Numbers, String> {
    let body = text.strip_suffix("# EOF\n").ok_or("it does not end with # EOF")?;
    let mut numbers = Numbers::default();
    let mut family = String::new();
    for line in body.lines() {
        let fault = |why: &str| format!("{why}: {line}");
        if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.splitn(3, ' ');
            let (Some(kind), Some(name), Some(text)) = (words.next(), words.next(), words.next())
            else {
                return Err(fault("no keyword, name and text"));
            };
            if !is_name(name) {
                return Err(fault("no name"));
            }
            if name != family && numbers.families.contains_key(name) {
                return Err(fault("a family in two places"));
            }
            name.clone_into(&mut family);
            let entry = numbers.families.entry(family.clone()).or_default();
            match kind {
                "HELP" if entry.1.is_empty() => text.clone_into(&mut entry.1),
                "TYPE" if entry.0.is_empty() => text.clone_into(&mut entry.0),
                _ => return Err(fault("neither HELP nor TYPE, or twice")),
            }
            continue;
        }
        let (series, value) = line.rsplit_once(' ').ok_or_else(|| fault("no value"))?;
        let value: f64 = value.parse().map_err(|_| fault("no number"))?;
        let name = series.split('{').next().unwrap_or_default();
        let kind = &numbers.families.get(&family).ok_or_else(|| fault("without a family"))?.0;
        let suffix = name.strip_prefix(&*family).ok_or_else(|| fault("of another family"))?;
        let fits = match &**kind {
            "counter" => suffix == "_total" && value >= 0.0,
            "gauge" => suffix.is_empty(),
            "info" => suffix == "_info" && value.to_bits() == 1_f64.to_bits(),
            "histogram" => ["_bucket", "_sum", "_count"].contains(&suffix) && value >= 0.0,
            _ => false,
        };
        if !fits || !labels_are_sound(series) {
            return Err(fault(&format!("no sample of a {kind}")));
        }
        if numbers.values.insert(series.to_owned(), value).is_some() {
            return Err(fault("twice"));
        }
    }
    histograms_add_up(&numbers)?;
    Ok(numbers)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `name` or `name{label="value",other="value"}`, no label twice.
fn labels_are_sound(series: &str) -> bool {
    let Some((name, labels)) = series.split_once('{') else { return is_name(series) };
    let Some(labels) = labels.strip_suffix('}') else { return false };
    let mut seen = BTreeSet::new();
    let mut rest = labels;
    while !rest.is_empty() {
        let Some((label, value)) = rest.split_once("=\"") else { return false };
        let Some((value, after)) = value.split_once('"') else { return false };
        // None of ours has a sign that must be escaped.
        if !is_name(label) || !seen.insert(label) || value.contains(['\\', '\n']) {
            return false;
        }
        rest = match after.strip_prefix(',') {
            Some(more) if !more.is_empty() => more,
            None if after.is_empty() => after,
            _ => return false,
        };
    }
    is_name(name)
}

/// Buckets grow and the last holds all. Ours have no other labels.
fn histograms_add_up(numbers: &Numbers) -> Result<(), String> {
    let histograms = numbers.families.iter().filter(|(_, (kind, _))| kind == "histogram");
    for (name, _) in histograms {
        let prefix = format!("{name}_bucket{{le=\"");
        let mut buckets: Vec<(f64, f64)> = numbers
            .values
            .iter()
            .filter_map(|(series, value)| {
                let bound = series.strip_prefix(&prefix)?.strip_suffix("\"}")?;
                Some((bound.parse().ok()?, *value))
            })
            .collect();
        buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
        let counts = buckets.iter().map(|(_, count)| *count);
        let last = buckets.last().copied().unwrap_or_default();
        let all = numbers.value(&format!("{name}_count"));
        if !counts.is_sorted() || last.0 < f64::INFINITY || (last.1 - all).abs() > 0.0 {
            return Err(format!("the buckets of {name} do not add up: {buckets:?}, {all}"));
        }
    }
    Ok(())
}

#[test]
fn what_is_no_open_metrics_is_refused() {
    let text = "# HELP a Some.\n# TYPE a counter\na_total{b=\"c\"} 1\n# EOF\n";
    assert_eq!(read(text).map(|numbers| numbers.value("a_total{b=\"c\"}")), Ok(1.0));
    for (old, new) in [
        ("# EOF\n", ""),
        ("a_total", "a"),
        ("} 1", "} one"),
        ("} 1", "} -1"),
        ("b=\"c\"", "b=c"),
        ("b=\"c\"", "b=\"c\",b=\"c\""),
        ("TYPE a counter", "TYPE a histogram"),
        ("# TYPE a counter\n", "# TYPE a counter\na_total{b=\"c\"} 2\n"),
        ("# EOF\n", "# TYPE b gauge\nb 1\n# TYPE a counter\n# EOF\n"),
    ] {
        assert!(text.contains(old) && read(&text.replace(old, new)).is_err(), "{old} -> {new}");
    }
}
