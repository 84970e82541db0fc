//! REST: turns requests into actions in the world, and what comes of them into answers.

mod applications;
mod body;
mod call;
mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod pins;
mod reactions;
mod routes;
mod serve;
mod threads;
mod users;
mod webhooks;

pub(crate) use routes::known_routes;
pub(crate) use serve::{ConnectionReset, serve};
