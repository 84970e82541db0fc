//! A Discord on 127.0.0.1, for testing bots.
//!
//! A test builds a [`World`], starts it as a [`LoopbackDiscord`], points a bot at its address, and
//! then acts in it as people do. The bot is the real one, with its real library; nothing in it
//! needs to know of the test.
//!
//! ```
//! use loopback_discord::{LoopbackDiscord, Permissions, World};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let discord = LoopbackDiscord::start(World::new()).await;
//! let guild = discord.guild("Riga chat");
//! let anna = guild.member("anna");
//! let general = guild.text_channel("general");
//!
//! // Here the bot is started with `discord.api_url()` and `discord.token()`, and then:
//! // discord.ready().await;
//!
//! let message = anna.says(&general, "nato promised not one inch").await;
//! // let reply = message.replies().await_one().await;
//! // let details = anna.clicks(&reply, "Details").await;
//! // let seen = anna.runs(&general, "/myth show encirclement").await;
//! assert_eq!(general.messages().len(), 1);
//! assert!(message.pings_nobody());
//!
//! general.deny_bot(Permissions::SEND_MESSAGES);
//! discord.finish();
//! # }
//! ```
//!
//! It is strict. A request that Discord refuses is refused with the same status and error code, and
//! **a request that nobody expected fails the test**: one that is refused without
//! [`LoopbackDiscord::expect_refusal`] or [`LoopbackDiscord::tolerate`], one for a route that is
//! not there, and, if the environment variable `DISCORD_OPENAPI` names Discord's description of its
//! HTTP API, one that is not as described there.
//!
//! Nothing sleeps. What a test waits for wakes it; what does not come within
//! [`World::patience`] fails it with a list of what the bot requested. A panic is how this crate
//! fails a test, so most of its methods may panic.
//!
//! # The map
//!
//! - [`world`]: guilds, channels, people, messages and the rules, as plain data. Knows no HTTP.
//! - `people`: handles to act with ([`Person`], [`ChannelHandle`], [`MessageHandle`], ...).
//! - `wire`: the world as Discord's JSON.
//! - `rest`: one file for each kind of resource, and the way of every request (`serve`).
//! - `gateway`: sessions, connections and [`GatewayControl`] to disturb them.
//! - `openapi`: validation against Discord's description.
//! - `shared`: the lock around it all, and waiting.

mod clock;
mod error;
mod faults;
mod gateway;
mod line;
mod openapi;
mod people;
mod requests;
mod rest;
mod server;
mod shared;
mod wire;
pub mod world;

pub use clock::Clock;
pub use error::{FormErrors, Refusal};
pub use faults::{Fault, Gate, RateLimit, When};
pub use gateway::GatewayControl;
pub use openapi::Validated;
pub use people::{
    CannotUse, ChannelHandle, GuildHandle, InteractionResult, MessageHandle, ModalSeen,
    PendingInteraction, Person, Replies, RoleHandle, WebhookHandle, Whom,
};
pub use requests::{Mark, Request};
pub use server::LoopbackDiscord;
pub use world::{
    ChannelType, Choice, Component, Embed, Intents, Message, MessageDraft, Permissions, Snowflake,
    World,
};
