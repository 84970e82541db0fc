//! The world: guilds, channels, people, messages and the rules of Discord, as plain data.
//!
//! There is no HTTP and no socket in here. An action is a method that takes who acts and what time
//! it is, and either changes the world and notes an [`Event`], or is refused with a
//! [`Refusal`](crate::Refusal).

mod application;
mod channel;
mod command;
mod command_form;
mod component;
mod component_form;
mod embed;
mod event;
mod guild;
mod interaction;
mod interaction_response;
mod member;
mod mentions;
mod message;
mod message_form;
mod moderation;
mod permissions;
mod pins;
mod posting;
mod reactions;
mod snowflake;
mod threads;
mod user;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

pub use application::{Application, Intents};
pub use channel::{Channel, ChannelType, Overwrite, OverwriteTarget, ThreadMetadata};
pub use command::{
    Choice, Command, CommandForm, CommandOption, CommandType, Context, IntegrationType, OptionType,
};
pub use component::{Component, ComponentType, SelectOption};
pub use embed::{Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedMedia};
pub use event::Event;
pub use guild::{Guild, Role};
pub use interaction::{Interaction, InteractionData, InteractionType, OptionValue, Response};
pub use interaction_response::{Callback, CallbackData};
pub use member::Member;
pub use message::{
    InteractionMetadata, Mentions, Message, MessageFlags, MessageReference, MessageType, Reaction,
};
pub use message_form::{
    AllowedMentions, AttachmentDraft, MessageDraft, MessageEdit, ReferenceDraft,
};
pub use permissions::Permissions;
pub use snowflake::Snowflake;
pub use user::User;

use crate::clock::Clock;

/// When the application of every world was made, in seconds since 1970: on 1 January 2016.
const FOUNDED_S: i64 = 1_451_606_400;

/// Everything that exists, and the settings of a test's Discord.
#[derive(Debug)]
pub struct World {
    /// The application under test. Its bot is the one that connects.
    pub application: Application,
    /// People, bots and webhooks by id.
    pub users: BTreeMap<Snowflake, User>,
    /// Guilds by id.
    pub guilds: BTreeMap<Snowflake, Guild>,
    /// Channels, threads and direct messages by id.
    pub channels: BTreeMap<Snowflake, Channel>,
    /// Messages by id, ephemeral ones too.
    pub messages: BTreeMap<Snowflake, Message>,
    /// Registered commands by id.
    pub commands: BTreeMap<Snowflake, Command>,
    /// Interactions by id.
    pub interactions: BTreeMap<Snowflake, Interaction>,
    /// Files that people gave to commands, by id: name and bytes.
    pub files: BTreeMap<Snowflake, (String, Vec<u8>)>,
    /// Where it is served, once it is: files have an address.
    pub(crate) address: Option<std::net::SocketAddr>,
    /// How long the first response to an interaction may take.
    pub first_response_within: Duration,
    /// How long the token of an interaction is valid.
    pub token_valid_for: Duration,
    pub(crate) clock: Clock,
    pub(crate) patience: Duration,
    pub(crate) shards: u64,
    /// How many sessions may begin within [`Self::identify_within`]: one for each number
    /// `shard % max_concurrency`.
    pub(crate) max_concurrency: u64,
    pub(crate) identify_within: Duration,
    /// How many sessions may still begin today.
    pub(crate) session_starts: u64,
    pub(crate) heartbeat_every: Duration,
    pub(crate) outbox: Vec<Event>,
    /// Messages with an enforced nonce, by channel, author and nonce.
    nonces: BTreeMap<(Snowflake, Snowflake, String), Snowflake>,
    last_id: Snowflake,
}

impl World {
    /// A world with an application called "mythbot", all privileged intents granted, and nobody in
    /// it yet. Its clock is the system's.
    pub fn new() -> Self {
        let clock = Clock::system();
        let mut world = Self {
            application: Application::default(),
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            files: BTreeMap::new(),
            address: None,
            first_response_within: Duration::from_secs(3),
            token_valid_for: Duration::from_mins(15),
            clock,
            patience: Duration::from_secs(10),
            shards: 1,
            max_concurrency: 1,
            identify_within: Duration::ZERO,
            session_starts: 1000,
            heartbeat_every: Duration::from_millis(41_250),
            outbox: Vec::new(),
            nonces: BTreeMap::new(),
            last_id: Snowflake::default(),
        };
        // Older than anything in a story, whichever clock it goes by: ids only grow.
        let founded = Timestamp::from_second(FOUNDED_S).unwrap_or_default();
        world.application.id = world.new_id(founded);
        world.application.owner_id = world.add_user("app-owner", false, founded);
        world.application.bot_id = world.add_user("mythbot", true, founded);
        world
    }

    /// Names the application and its bot.
    #[must_use]
    pub fn application(mut self, name: &str) -> Self {
        name.clone_into(&mut self.application.name);
        let bot = self.application.bot_id;
        if let Some(bot) = self.users.get_mut(&bot) {
            name.clone_into(&mut bot.name);
        }
        self
    }

    /// Uses this token instead of the one made up.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.application.token);
        self
    }

    /// The developer portal does not grant the message-content intent.
    #[must_use]
    pub fn without_message_content(self) -> Self {
        self.without_intents(Intents::MESSAGE_CONTENT)
    }

    /// The developer portal does not grant these privileged intents.
    #[must_use]
    pub fn without_intents(mut self, intents: Intents) -> Self {
        self.application.privileged = self.application.privileged.without(intents);
        self
    }

    /// Uses another clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How long the first response to an interaction may take; 3 seconds unless told.
    #[must_use]
    pub fn first_response_within(mut self, deadline: Duration) -> Self {
        self.first_response_within = deadline;
        self
    }

    /// How long a test waits for something to happen before it fails; 10 seconds unless told.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How many shards `GET /gateway/bot` recommends; 1 unless told.
    #[must_use]
    pub fn shards(mut self, shards: u64) -> Self {
        self.shards = shards;
        self
    }

    /// How many sessions may begin at once, by `shard % max_concurrency`, and within what time the next
    /// may not: Discord's own is 5 seconds. Not limited unless told. Whoever does not keep to it is told
    /// that the session is invalid (op 9), and the test fails.
    #[must_use]
    pub fn identify_limit(mut self, max_concurrency: u64, within: Duration) -> Self {
        (self.max_concurrency, self.identify_within) = (max_concurrency, within);
        self
    }

    /// How many sessions may begin today; 1,000 unless told. One more closes the connection (4004), and
    /// the test fails.
    #[must_use]
    pub fn session_starts(mut self, left: u64) -> Self {
        self.session_starts = left;
        self
    }

    /// How often the gateway asks for heartbeats; every 41.25 seconds unless told.
    #[must_use]
    pub fn heartbeat_every(mut self, interval: Duration) -> Self {
        self.heartbeat_every = interval;
        self
    }

    /// The id of the bot under test.
    pub fn bot_id(&self) -> Snowflake {
        self.application.bot_id
    }

    /// An id that nothing has yet.
    pub fn new_id(&mut self, now: Timestamp) -> Snowflake {
        self.last_id = Snowflake::first_at(now).max(self.last_id.next());
        self.last_id
    }

    /// Notes that something happened, for the gateway to tell.
    pub(crate) fn note(&mut self, event: Event) {
        self.outbox.push(event);
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
