//! From the characters of a message to its words as they were meant: disguises are seen through,
//! run-together words parted, misspelt ones mended.

mod buffer;
mod compound;
mod distance;
pub(crate) mod fuzzy;
mod keyboard;
mod letters;
pub(crate) mod mend;
pub mod normalize;
mod scanner;
mod spaced;
mod spelling;
mod strip;
