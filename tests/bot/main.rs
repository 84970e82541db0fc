//! The real bot against a Discord on 127.0.0.1, as short stories.
//!
//! Most are told with the answers of `moon/`, so that no word of an editor can break them;
//! `five_answers` is about those that are compiled in. No story waits for some time: the bot tells
//! what it has decided, also when that is to keep silent.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

mod accepted;
mod buttons;
mod check;
mod clock;
mod commands;
mod config;
mod connection;
mod corrections;
mod database;
mod dismissal;
mod doctor;
mod five_answers;
mod forged;
mod gateway;
mod killed;
mod left_behind;
mod logs;
mod lost_shards;
mod many_servers;
mod membership;
mod memory;
mod once;
mod open_metrics;
mod operator;
mod overload;
mod permissions;
mod phrases;
mod pins;
mod postgres;
mod postgres_trouble;
mod privacy;
mod process;
mod registration;
mod reload;
mod replies;
mod rest_faults;
mod rest_limits;
mod review;
mod revision;
mod shards;
mod shown;
mod silence;
mod stage;
mod startup;
mod stats;
mod stopping;
mod storms;
mod style;
mod three_processes;
mod transfer;
mod trouble;
mod why;
