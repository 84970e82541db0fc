//! mythbot knows a few claims and what is known about each. It reads what people write, and when
//! someone states or asks one of them, it answers with a short, dated summary; else it is silent.
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`knowledge`] | files that editors write -> validated values | - |
//! | [`matching`] | is this text owed an answer, and why | `knowledge` |
//! | [`lookup`] | which answer somebody names | `knowledge`, `matching` |
//! | [`cards`] | what people read, as plain values | `knowledge`, `matching` |
//! | [`policy`] | may the bot speak, and why not | `matching` |
//! | [`store`] | what is kept over a restart; the only SQL | - |
//! | [`discord`] | the bot on Discord; the only serenity and poise | all above, `clock`, `config`, `shards`, `telemetry` |
//! | [`evaluation`] | labelled messages -> precision, recall, errors | `knowledge`, `matching` |
//! | [`shards`] | which shards of the bot a process runs | - |
//! | [`config`], [`clock`], [`telemetry`] | settings, the time, log and numbers | - |
//! | [`cli`] | the subcommands | everything |
//!
//! Three flows:
//!
//! - In a terminal: a text -> [`matching::Matcher::find`] -> [`matching::Outcome`] ->
//!   [`cards::reply`] or silence.
//! - On Discord a message arrives: [`policy::decide`], which asks the engine ->
//!   [`store::Store::claim`] -> [`cards::reply`] -> one reply, at most, ever.
//! - On Discord a command or button: [`lookup::find`] or the engine -> a card, mostly for one
//!   person.

pub mod cards;
pub mod cli;
pub mod clock;
pub mod config;
pub mod discord;
pub mod evaluation;
pub mod knowledge;
pub mod lookup;
pub mod matching;
pub mod policy;
pub mod shards;
pub mod store;
pub mod telemetry;
