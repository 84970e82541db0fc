//! Between serenity and Discord's HTTP API: a relay in this process that keeps the limits.
//!
//! serenity's calls hide the headers of answers, poise makes calls by itself, and serenity's own rate
//! limiter sends past any proxy. So serenity is given a proxy on 127.0.0.1, as twilight's `http-proxy`
//! and `nirn-proxy` are as programs of their own, in tests and on Discord alike. It
//!
//! - waits where a bucket is used up ([`twilight_http_ratelimiting`]), and never sends more than
//!   [`Limits::per_second`] requests in any second (`pace`);
//! - waits and repeats where Discord answers 429 (`forward`, `throttled`);
//! - counts invalid answers, and stops asking long before Discord bans the address (`invalid`);
//! - sends nothing more once Discord refuses the token;
//! - hands everything else on as it is, and a Discord that cannot be reached as status 502
//!   (`exchange`, `answer`). Whether to repeat that is for those to say who know what a second time
//!   would do.
//!
//! It forwards only what carries the bot's token and is a path of the API (`relay`, `route`), and adds
//! nothing to it.

mod answer;
mod exchange;
mod forward;
mod invalid;
mod limits;
mod pace;
mod relay;
mod route;
mod throttled;

pub(super) use answer::UNREACHABLE;
pub use limits::Limits;
pub(super) use relay::{DISCORD, Relay};
