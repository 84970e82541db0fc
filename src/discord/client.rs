//! The bot itself: built from its parts, run until it is told to stop.

use std::future::Future;
use std::net::SocketAddr;
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
use super::described::Described;
use super::events::Handler;
use super::forgetting;
use super::gateway::spinning::Lookout;
use super::gateway::starts::{Door, Doorkeeper, Starts};
use super::gateway::startup::{self, StartError};
use super::gateway::watchdog::{self, Lost, Patience};
use super::guild_settings::Cache;
use super::heard::BotEvent;
use super::intake::Intake;
use super::locked_out::LockedOut;
use super::membership::Membership;
use super::outcomes::Failing;
use super::owners::Owners;
use super::places::Places;
use super::recent::Recent;
use super::reload::{self, Source};
use super::render;
use super::rest::{Limits, Relay};
use super::settle::{self, Settling};
use super::state::{self, Connections, OptedOut, Refusals, State, Turns};
use super::vitals::Vitals;
use crate::clock::Clock;
use crate::config::Config;
use crate::knowledge::Knowledge;
use crate::shards::Share;
use crate::store::Store;
use crate::telemetry::{Metrics, Port};

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
    /// How many messages, and how many edits and deletions, it takes on at once: [`super::INTAKE`].
    pub intake: usize,
    /// How long it waits for its connections.
    pub patience: Patience,
    /// Its time.
    pub clock: Clock,
    /// The numbers that it keeps of itself.
    pub metrics: Metrics,
    /// How much it may ask of Discord.
    pub limits: Limits,
    /// Who watches what it does, if anybody.
    pub observer: Option<UnboundedSender<BotEvent>>,
}

/// A bot that is ready to start.
#[derive(Debug)]
pub struct Bot {
    config: Config,
    limits: Limits,
    patience: Patience,
    state: Arc<State>,
    /// Where it is asked how it is.
    port: Option<Port>,
}

impl Bot {
    /// Opens the database, takes the port for whoever asks how the bot is, and builds the engine.
    /// Nothing is sent to Discord yet.
    ///
    /// # Errors
    /// When the database or the port cannot be used.
    pub async fn build(parts: Parts) -> Result<Self, StartError> {
        let port = match parts.config.metrics_addr {
            Some(address) => Some(Port::take(address).await?),
            None => None,
        };
        parts.metrics.started_at(parts.clock.now().as_duration().as_secs_f64());
        let store = Store::open(&parts.config.database_url).await?;
        let state = State {
            answers: Current::new(Answers::new(parts.knowledge)),
            api_url: parts.config.api_url.clone(),
            source: Source::new(parts.knowledge_dir),
            corrections: Corrections::new(parts.pace),
            settling: Settling::default(),
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
            messages: Intake::of_messages(parts.intake, parts.metrics.clone()),
            changes: Intake::of_changes(parts.intake, parts.metrics.clone()),
            metrics: parts.metrics,
            refusals: Refusals::default(),
            thread_refusals: Refusals::default(),
            locked_out: LockedOut::default(),
            counting: Failing::default(),
            in_flight: TaskTracker::new(),
            me: OnceLock::new(),
            connections: Connections::default(),
            vitals: Vitals::default(),
            starts: Starts::default(),
            holder: state::random(),
            observer: parts.observer,
        };
        state.opted_out.refresh(&state.store).await?;
        let Parts { config, limits, patience, .. } = parts;
        Ok(Self { config, limits, patience, state: Arc::new(state), port })
    }

    /// Where it is asked how it is, while it runs: `/healthz`, `/readyz`, `/metrics`.
    #[must_use]
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.port.as_ref().map(Port::address)
    }

    /// Connects, and answers until `shutdown` comes; then finishes what was begun.
    ///
    /// # Errors
    /// When Discord cannot be reached, or closes the connection for good.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) -> Result<(), StartError> {
        // Also while it finishes what was begun.
        let _serving = self.port.take().map(|port| port.serve(Arc::clone(&self.state)));
        let limits = self.limits.part(self.config.shards);
        let relay = Relay::start(&self.config, limits, self.state.metrics.clone()).await?;
        let ended = tokio::select! {
            ended = self.serve(&relay) => ended,
            () = relay.token_refused() => Err(StartError::TokenRefused),
            never = forgetting::daily(&self.state) => match never {},
            never = changes::listen(&self.state) => match never {},
            never = reload::on_hangup(&self.state) => match never {},
            never = reload::on_change(&self.state) => match never {},
            () = shutdown => Ok(()),
        };
        self.stop().await;
        relay.close().await;
        ended
    }

    /// Answers until Discord ends it.
    async fn serve(&self, relay: &Relay) -> Result<(), StartError> {
        let api_url = self.config.api_url.as_deref();
        let mut gateway = startup::gateway(&self.http(relay)?, api_url).await?;
        let mut intents = INTENTS;
        let mut pause = self.patience.pause;
        loop {
            let share = self.config.shards.share(gateway.shards);
            startup::check_starts(&gateway, share)?;
            let connected = Box::pin(self.connect(self.http(relay)?, (&gateway, share), intents));
            match connected.await {
                Ok(None) => return Ok(()),
                Ok(Some(Lost { was_connected })) => {
                    if was_connected {
                        pause = self.patience.pause;
                    }
                    gateway =
                        startup::gateway_again((&self.http(relay)?, api_url), &mut pause).await?;
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
        http: Http,
        (gateway, share): (&BotGateway, Share),
        intents: GatewayIntents,
    ) -> Result<Option<Lost>, serenity::Error> {
        let handler = Handler::new(Arc::clone(&self.state), intents);
        let mut client = ClientBuilder::new_with_http(http, intents).event_handler(handler).await?;
        // serenity asks for the gateway once more, and where that fails, takes the real Discord's.
        client.ws_url.lock().await.clone_from(&gateway.url);
        self.state.connections.set(Some(Arc::clone(&client.shard_manager)));
        self.state.vitals.expect(share.count());
        let http = Arc::clone(&client.http);
        let door = Door::shut(&client.ws_url).await;
        let manager = Arc::clone(&client.shard_manager);
        let address = Arc::clone(&client.ws_url);
        let _lookout = Lookout::over(&manager);
        let _connecting = watchdog::Connecting(Arc::clone(&address));
        let shards = Arc::clone(&manager);
        let keeper = Doorkeeper { state: &self.state, http: &http, shards, share, gateway };
        // serenity counts the end in, other than its type says.
        let range = share.numbers().start..share.numbers().end - 1;
        let ended = tokio::select! {
            ended = client.start_shard_range(range, share.total()) => ended.map(|()| None),
            lost = watchdog::watch(&manager, share.numbers(), self.patience) => Ok(Some(lost)),
            never = keeper.watch(door) => match never {},
            never = corrections::run(&self.state, &http) => match never {},
            never = settle::run(&self.state, &http) => match never {},
        };
        // Others may connect after this, and these shards must not come back beside them.
        tokio::spawn(watchdog::retire(manager, address));
        ended
    }

    /// serenity's way to Discord: through the relay, which keeps the limits.
    fn http(&self, relay: &Relay) -> Result<Http, StartError> {
        let http = HttpBuilder::new(self.config.token.expose())
            .client(Relay::client()?)
            .proxy(relay.url())
            .ratelimiter_disabled(true)
            .default_allowed_mentions(render::nobody());
        Ok(http.build())
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
        let close = async {
            corrections::leave(&self.state).await;
            self.state.store.close().await;
        };
        if tokio::time::timeout(CLOSING, close).await.is_err() {
            tracing::warn!("stopped before the database was closed");
        }
    }
}
