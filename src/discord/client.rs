//! The bot itself: built from its parts, run until it is told to stop.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serenity::all::{ClientBuilder, GatewayError, GatewayIntents, Http, HttpBuilder};
use serenity::model::gateway::BotGateway;
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::task::TaskTracker;

use super::answers::{Answers, Current};
use super::changes;
use super::corrections::{self, Corrections};
use super::events::Handler;
use super::forgetting;
use super::guild_settings::Cache;
use super::heard::BotEvent;
use super::membership::Membership;
use super::outcomes::Failing;
use super::owners::Owners;
use super::places::Places;
use super::recent::Recent;
use super::reload::{self, Source};
use super::render;
use super::settle::{self, Settling};
use super::startup::{self, StartError};
use super::state::{Connections, OptedOut, Refusals, State, Turns};
use crate::clock::Clock;
use crate::config::Config;
use crate::knowledge::Knowledge;
use crate::store::Store;
use crate::telemetry::Metrics;

/// How long what was begun may take when the bot is told to stop: a little less than the ten seconds
/// after which Docker kills.
const GRACE: Duration = Duration::from_millis(8500);

/// How long the database may take to be closed, after that.
const CLOSING: Duration = Duration::from_millis(800);

/// What the bot is told: messages in servers with what they say, those in direct messages, and which
/// servers and threads there are.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES)
    .union(GatewayIntents::MESSAGE_CONTENT);

/// What a bot is made of.
#[derive(Debug)]
pub struct Parts {
    /// Its settings.
    pub config: Config,
    /// Its answers.
    pub knowledge: Knowledge,
    /// The folder that they were read from, to read it again; none when they are compiled in.
    pub knowledge_dir: Option<PathBuf>,
    /// How long it waits between two corrections: [`super::PACE`].
    pub pace: Duration,
    /// Its time.
    pub clock: Clock,
    /// The numbers that it keeps of itself.
    pub metrics: Metrics,
    /// Who watches what it does, if anybody.
    pub observer: Option<UnboundedSender<BotEvent>>,
}

/// A bot that is ready to start.
#[derive(Debug)]
pub struct Bot {
    config: Config,
    state: Arc<State>,
}

impl Bot {
    /// Opens the database and builds the engine. Nothing is sent to Discord yet.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn build(parts: Parts) -> Result<Self, StartError> {
        let store = Store::open(&parts.config.database_url).await?;
        let state = State {
            answers: Current::new(Answers::new(parts.knowledge)),
            source: Source::new(parts.knowledge_dir),
            corrections: Corrections::new(parts.pace),
            settling: Settling::default(),
            owners: Owners::default(),
            retention_days: parts.config.retention_days,
            settings: Cache::default(),
            places: Places::default(),
            membership: Membership::default(),
            opted_out: OptedOut::default(),
            turns: Turns::default(),
            recent: Recent::default(),
            updating_pins: tokio::sync::Mutex::default(),
            store,
            clock: parts.clock,
            metrics: parts.metrics,
            refusals: Refusals::default(),
            thread_refusals: Refusals::default(),
            counting: Failing::default(),
            in_flight: TaskTracker::new(),
            me: OnceLock::new(),
            connections: Connections::default(),
            observer: parts.observer,
        };
        state.opted_out.refresh(&state.store).await?;
        Ok(Self { config: parts.config, state: Arc::new(state) })
    }

    /// Connects, and answers until `shutdown` comes; then finishes what was begun.
    ///
    /// # Errors
    /// When Discord cannot be reached, or closes the connection for good.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), StartError> {
        let ended = tokio::select! {
            ended = self.serve() => ended,
            never = forgetting::daily(&self.state) => match never {},
            never = changes::listen(&self.state) => match never {},
            never = reload::on_hangup(&self.state) => match never {},
            never = reload::on_change(&self.state) => match never {},
            () = shutdown => Ok(()),
        };
        self.stop().await;
        ended
    }

    /// Answers until Discord ends it.
    async fn serve(&self) -> Result<(), StartError> {
        let gateway = startup::gateway(&self.http()).await?;
        match self.connect(&gateway, INTENTS).await {
            Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => {
                tracing::warn!(
                    "Discord does not let the bot read messages: it runs on with commands, \
                     mentions and direct messages. To let it, switch \"Message Content Intent\" on \
                     at https://discord.com/developers/applications, your application, Bot"
                );
                let intents = INTENTS.difference(GatewayIntents::MESSAGE_CONTENT);
                self.connect(&gateway, intents).await
            }
            ended => ended,
        }
        .map_err(|error| startup::closed(&error))
    }

    async fn connect(
        &self,
        gateway: &BotGateway,
        intents: GatewayIntents,
    ) -> Result<(), serenity::Error> {
        let handler = Handler::new(Arc::clone(&self.state), intents);
        let mut client =
            ClientBuilder::new_with_http(self.http(), intents).event_handler(handler).await?;
        // serenity asks for the gateway once more, and where that fails, takes the real Discord's.
        client.ws_url.lock().await.clone_from(&gateway.url);
        self.state.connections.set(Some(Arc::clone(&client.shard_manager)));
        let http = Arc::clone(&client.http);
        tokio::select! {
            ended = client.start_shards(gateway.shards) => ended,
            never = corrections::run(&self.state, &http) => match never {},
            never = settle::run(&self.state, &http) => match never {},
        }
    }

    fn http(&self) -> Http {
        let builder =
            HttpBuilder::new(self.config.token.expose()).default_allowed_mentions(render::nobody());
        match &self.config.api_url {
            // serenity's rate limiter sends to Discord itself, past any proxy.
            Some(url) => builder.proxy(url).ratelimiter_disabled(true),
            None => builder,
        }
        .build()
    }

    /// Disconnects and finishes what was begun.
    async fn stop(&self) {
        self.state.in_flight.close();
        let connections = self.state.connections.set(None);
        let disconnect = async {
            if let Some(connections) = connections {
                connections.shutdown_all().await;
            }
        };
        let finish = async { tokio::join!(disconnect, self.state.in_flight.wait()) };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            tracing::warn!("stopped before everything was finished");
        }
        let close = async {
            corrections::leave(&self.state).await;
            self.state.store.close().await;
        };
        if tokio::time::timeout(CLOSING, close).await.is_err() {
            tracing::warn!("stopped before the database was closed");
        }
    }
}
