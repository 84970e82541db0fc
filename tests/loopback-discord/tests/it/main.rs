//! The loopback Discord, tried by a real serenity bot.

mod bot;
mod commands;
mod conversation;
mod events;
mod gateway;
mod interactions;
mod raw_shard;
mod refusals;
mod strictness;
