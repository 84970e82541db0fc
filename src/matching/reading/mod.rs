//! From the characters of a message to its words as they were meant: disguises are seen through,
//! run-together words parted, misspelt ones mended.

mod buffer;
mod compound;
mod distance;
mod edits;
pub(crate) mod fuzzy;
mod keyboard;
pub(crate) mod lattice;
mod leet;
mod letters;
pub(crate) mod mend;
mod nearest;
pub mod normalize;
mod scanner;
mod spaced;
mod spelling;
mod strip;
