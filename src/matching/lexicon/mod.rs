//! The word forms of the lexicon, and where they stand in a text.

pub(crate) mod concepts;
mod form_trie;
pub(crate) mod keyed;
pub(crate) mod keyword;
mod meanings;
pub(crate) mod presence;
pub(crate) mod rarity;
mod stems;
pub(crate) mod word_set;
pub(crate) mod word_table;
