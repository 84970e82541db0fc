//! Every kind of perturbation: seeded, from text to text.

use fastrand::Rng;

use super::{disguise, layout, markup, typos};

/// Makes of a text what a person might have written instead.
pub(crate) type Perturb = fn(&str, &mut Rng) -> String;

/// Name and function of each kind; what it does and how strongly is said at the function.
pub(crate) const KINDS: [(&str, Perturb); 26] = [
    ("typos1", typos::one_in_ten),
    ("typos2", typos::two_in_ten),
    ("typos1-anywhere", typos::one_in_ten_anywhere),
    ("typos2-anywhere", typos::two_in_ten_anywhere),
    ("swapped", typos::swapped),
    ("dropped", typos::dropped),
    ("doubled", typos::doubled),
    ("leet", disguise::leet),
    ("look-alike", disguise::look_alike),
    ("look-alike-all", disguise::look_alike_throughout),
    ("zero-width", disguise::zero_width),
    ("spaced", disguise::spaced),
    ("dotted", disguise::dotted),
    ("capitals", layout::capitals),
    ("small", layout::small),
    ("hashtags", layout::hashtags),
    ("small-hashtags", layout::small_hashtags),
    ("missing-spaces", layout::missing_spaces),
    ("stray-spaces", layout::stray_spaces),
    ("no-punctuation", layout::missing_punctuation),
    ("emoji", layout::emoji),
    ("clapping", layout::clapping),
    ("markdown", markup::markdown),
    ("all-in-signs", markup::all_in_signs),
    ("typos1-capitals", |text, rng| layout::capitals(&typos::one_in_ten(text, rng), rng)),
    ("typos1-tags", |text, rng| layout::hashtags(&typos::one_in_ten(text, rng), rng)),
];

/// What `seed` makes of `text` with one of [`KINDS`]. The same seed makes the same.
pub(crate) fn perturb(text: &str, kind: Perturb, seed: u64) -> String {
    kind(text, &mut Rng::with_seed(seed))
}
