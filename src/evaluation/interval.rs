//! A proportion that was counted, and how sure one can be of it.

use serde::Serialize;

/// The normal distribution's quantile that leaves 2.5 % on either side.
const Z: f64 = 1.959_964;

/// A proportion with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// What was counted.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Rate {
    /// `hits` out of `of`, with Wilson's score interval; `None` of nothing.
    ///
    /// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
    /// Journal of the American Statistical Association 22 (1927), 209-212:
    /// `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`. Unlike `p ± z √(p(1-p)/n)` it stays
    /// between 0 and 1 and is of use when nothing, or everything, was hit.
    #[must_use]
    pub fn of(hits: u32, of: u32) -> Option<Self> {
        if of == 0 {
            return None;
        }
        let n = f64::from(of);
        let value = f64::from(hits) / n;
        let middle = value + Z * Z / (2.0 * n);
        let half = Z * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        Some(Self {
            value,
            low: ((middle - half) / whole).max(0.0),
            high: ((middle + half) / whole).min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(hits: u32, of: u32) -> Option<String> {
        Rate::of(hits, of).map(|rate| format!("{:.4} {:.4}", rate.low, rate.high))
    }

    /// The figures of R. G. Newcombe, "Two-sided confidence intervals for the single proportion",
    /// Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn the_interval_is_the_published_one() {
        assert_eq!(interval(81, 263).as_deref(), Some("0.2553 0.3662"));
        assert_eq!(interval(15, 148).as_deref(), Some("0.0624 0.1605"));
        assert_eq!(interval(0, 20).as_deref(), Some("0.0000 0.1611"));
        assert_eq!(interval(1, 29).as_deref(), Some("0.0061 0.1718"));
    }

    #[test]
    fn nothing_has_no_proportion() {
        assert_eq!(Rate::of(0, 0), None);
    }
}
