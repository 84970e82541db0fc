//! The bot itself: built from its parts, run until it is told to stop.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::SignedDuration;
use serenity::all::{ClientBuilder, GatewayError, GatewayIntents, Http, HttpBuilder};
use serenity::model::gateway::BotGateway;
use tokio::sync::mpsc::UnboundedSender;
use tokio_util::task::TaskTracker;

use super::answers::{Answers, Current};
use super::changes;
use super::corrections::{self, Corrections};
use super::described::Described;
use super::error::chain;
use super::events::Handler;
use super::guild_settings::Cache;
use super::heard::BotEvent;
use super::membership::Membership;
use super::outcomes::Failing;
use super::owners::Owners;
use super::places::Places;
use super::recent::Recent;
use super::reload::{self, Source};
use super::render;
use super::spinning::Lookout;
use super::startup::{self, StartError};
use super::state::{Connections, OptedOut, Refusals, State, Turns};
use super::watchdog::{self, Lost, Patience};
use crate::clock::Clock;
use crate::config::Config;
use crate::knowledge::Knowledge;
use crate::policy;
use crate::store::{Purged, Store};
use crate::telemetry::Metrics;

/// How long what was begun may take when the bot is told to stop: a little less than the ten seconds
/// after which Docker kills.
const GRACE: Duration = Duration::from_secs(9);

/// How often what is old is forgotten.
const DAY: Duration = Duration::from_hours(24);

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
    /// How long it waits for its connections.
    pub patience: Patience,
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
    patience: Patience,
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
            owners: Owners::default(),
            retention_days: parts.config.retention_days,
            settings: Cache::default(),
            places: Places::default(),
            described: Described::default(),
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
        Ok(Self { config: parts.config, patience: parts.patience, state: Arc::new(state) })
    }

    /// Connects, and answers until `shutdown` comes; then finishes what was begun.
    ///
    /// # Errors
    /// When Discord cannot be reached, or closes the connection for good.
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), StartError> {
        let ended = tokio::select! {
            ended = self.serve() => ended,
            never = self.forget_daily() => match never {},
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
        let mut gateway = startup::gateway(&self.http()).await?;
        let mut intents = INTENTS;
        let mut pause = self.patience.pause;
        loop {
            match self.connect(&gateway, intents).await {
                Ok(None) => return Ok(()),
                Ok(Some(Lost { was_connected })) => {
                    if was_connected {
                        pause = self.patience.pause;
                    }
                    gateway = startup::gateway_again(&self.http(), &mut pause).await?;
                }
                Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents))
                    if intents.contains(GatewayIntents::MESSAGE_CONTENT) =>
                {
                    tracing::warn!(
                        "Discord does not let the bot read messages: it runs on with commands, \
                         mentions and direct messages. To let it, switch \"Message Content \
                         Intent\" on at https://discord.com/developers/applications, your \
                         application, Bot, and restart the bot"
                    );
                    intents.remove(GatewayIntents::MESSAGE_CONTENT);
                }
                Err(error) => return Err(startup::closed(&error)),
            }
        }
    }

    /// Stays connected until Discord ends it, or the connections are lost.
    async fn connect(
        &self,
        gateway: &BotGateway,
        intents: GatewayIntents,
    ) -> Result<Option<Lost>, serenity::Error> {
        let handler = Handler::new(Arc::clone(&self.state), intents);
        let mut client =
            ClientBuilder::new_with_http(self.http(), intents).event_handler(handler).await?;
        // serenity asks for the gateway once more, and where that fails, takes the real Discord's.
        client.ws_url.lock().await.clone_from(&gateway.url);
        self.state.connections.set(Some(Arc::clone(&client.shard_manager)));
        let http = Arc::clone(&client.http);
        let manager = Arc::clone(&client.shard_manager);
        let address = Arc::clone(&client.ws_url);
        let _lookout = Lookout::over(&manager);
        let _connecting = watchdog::Connecting(Arc::clone(&address));
        let ended = tokio::select! {
            ended = client.start_shards(gateway.shards) => ended.map(|()| None),
            lost = watchdog::watch(&manager, 0..gateway.shards, self.patience) => Ok(Some(lost)),
            never = corrections::run(&self.state, &http) => match never {},
        };
        // Others may connect after this, and these shards must not come back beside them.
        tokio::spawn(watchdog::retire(manager, address));
        ended
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

    /// Forgets what is old, now and every day.
    async fn forget_daily(&self) -> std::convert::Infallible {
        let mut days = tokio::time::interval(DAY);
        loop {
            days.tick().await;
            let kept = SignedDuration::from_hours(i64::from(self.state.retention_days) * 24);
            let before = self.state.clock.now() - kept;
            let left = self.state.clock.now() - policy::LEFT;
            let (before, left) = (before.as_millisecond(), left.as_millisecond());
            match self.state.store.purge(before, left).await {
                Ok(Purged { old: 0, left: 0 }) => {}
                Ok(Purged { old, left }) => tracing::info!(old, left, "old rows forgotten"),
                Err(error) => tracing::error!(error = %chain(&error), "old rows not forgotten"),
            }
        }
    }

    /// Disconnects and finishes what was begun.
    async fn stop(&self) {
        self.state.in_flight.close();
        let connections = self.state.connections.set(None);
        let disconnect = async {
            if let Some(connections) = connections {
                watchdog::disconnect(&connections).await;
            }
        };
        let finish = async { tokio::join!(disconnect, self.state.in_flight.wait()) };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            tracing::warn!("stopped before everything was finished");
        }
        corrections::leave(&self.state).await;
        self.state.store.close().await;
    }
}
