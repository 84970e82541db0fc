//! mythbot knows a few claims and what is known about each. It reads what people write, and when
//! someone states or asks one of them, it answers with a short, dated summary; else it is silent.
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`knowledge`] | files that editors write -> validated values | - |
//! | [`matching`] | is this text owed an answer, and why | `knowledge` |
//! | [`cards`] | what people read, as plain values | `knowledge`, `matching` |
//! | [`lookup`] | which answer somebody names | `knowledge`, `matching` |
//! | [`evaluation`] | labelled messages -> precision, recall, errors | `knowledge`, `matching` |
//! | [`cli`] | the subcommands | everything |
//!
//! One flow so far: a text -> [`matching::Matcher::find`] -> [`matching::Outcome`] ->
//! [`cards::reply`] or silence.

pub mod cards;
pub mod cli;
pub mod evaluation;
pub mod knowledge;
pub mod lookup;
pub mod matching;
