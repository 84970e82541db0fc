//! The bot on Discord: the only place that knows serenity and poise.
//!
//! A message arrives (`events`) -> `auto_reply`: marks of the message, the engine, the policy,
//! a claim in the store -> `render` -> `send`. Commands (`commands`) parse, call the core and
//! render. New answers while the bot runs come from `reload`, and `corrections` then edits replies that
//! say something else. What people press comes to `buttons`; all that is needed for it is in its custom id
//! (`custom_id`) or in the store, so that it works after a restart and on old replies.
//!
//! Every request goes through `rest`, which keeps Discord's limits; `gateway` looks after the connections,
//! `intake` after how much is taken on at once, and `settle` finishes what an earlier life left behind.

mod alone;
mod answers;
mod auto_reply;
mod buttons;
mod changes;
mod client;
mod commands;
mod corrections;
mod custom_id;
mod described;
mod dismissal;
pub mod doctor;
mod error;
mod events;
mod forgetting;
mod gateway;
mod gone;
mod grounds;
mod guild_settings;
mod heard;
mod intake;
mod invite;
mod locked_out;
mod membership;
mod moderator;
mod outcomes;
mod owners;
mod persist;
mod pins;
mod places;
mod recent;
mod registration;
mod reload;
mod render;
mod rest;
mod review;
mod revision;
mod send;
mod settle;
mod span;
mod speak;
mod standing;
mod state;
mod stats;
mod thread;
mod vitals;

pub use client::{Bot, Parts};
pub use corrections::PACE;
pub use gateway::startup::StartError;
pub use gateway::watchdog::Patience;
pub use heard::{BotEvent, Heard, Revision};
pub use intake::INTAKE;
pub use rest::Limits;
