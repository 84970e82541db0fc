//! The real bot against a Discord on 127.0.0.1, as short stories.
//!
//! Most are told with the answers of `moon/`, so that no word of an editor can break them;
//! `five_answers` is about those that are compiled in. No story waits for some time: the bot tells
//! what it has decided, also when that is to keep silent.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

mod buttons;
mod check;
mod commands;
mod config;
mod connection;
mod corrections;
mod database;
mod dismissal;
mod five_answers;
mod gateway;
mod lost_shards;
mod many_servers;
mod membership;
mod memory;
mod once;
mod permissions;
mod phrases;
mod pins;
mod postgres;
mod privacy;
mod process;
mod reload;
mod replies;
mod review;
mod revision;
mod shown;
mod silence;
mod stage;
mod startup;
mod stats;
mod storms;
mod style;
mod transfer;
mod trouble;
mod why;
