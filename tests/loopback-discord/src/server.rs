//! The server: one address for REST and gateway.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request as HttpRequest;
use axum::response::Response;
use axum::routing::get;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower::{ServiceExt, service_fn};

use crate::clock::Clock;
use crate::faults::{Fault, RateLimit, Trip, When};
use crate::gateway::{GatewayControl, Outgoing, upgrade};
use crate::line::{Line, LineStream};
use crate::openapi::{Validated, document};
use crate::people::{ChannelHandle, GuildHandle, MessageHandle, Person};
use crate::requests::{Mark, Request, busiest_second};
use crate::rest::{ConnectionReset, known_routes, serve};
use crate::shared::Shared;
use crate::world::World;

/// A Discord on 127.0.0.1, for one test.
///
/// Dropping it fails the test if the bot did something that nobody expected; [`Self::finish`] does
/// the same and says so at a line of the test.
#[derive(Debug)]
pub struct LoopbackDiscord {
    pub(crate) shared: Arc<Shared>,
    server: JoinHandle<()>,
    finished: bool,
}

impl LoopbackDiscord {
    /// Starts to serve a world on a free port.
    ///
    /// Panics if `DISCORD_OPENAPI` is set and names no `OpenAPI` document.
    pub async fn start(world: World) -> Self {
        // Better now than in the task of a connection.
        let _ = document();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on 127.0.0.1");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared::new(world, address));
        let router =
            Router::new().route("/", get(upgrade)).fallback(serve).with_state(Arc::clone(&shared));
        let server = tokio::spawn(accept(listener, router));
        Self { shared, server, finished: false }
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// For `HttpBuilder::proxy` of serenity, and for `DISCORD_API_URL`: the address without
    /// `/api/v10`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.shared.look(|world| world.application.token.clone())
    }

    /// The clock of this Discord.
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
        self.shared.wake();
    }

    /// The guild of that name, with the bot in it. It is made if there is none yet; a connected
    /// bot is told.
    pub fn guild(&self, name: &str) -> GuildHandle {
        self.guild_with(name, true)
    }

    /// The same without the bot.
    pub fn guild_without_bot(&self, name: &str) -> GuildHandle {
        self.guild_with(name, false)
    }

    /// The user of that name, who may be in no guild at all.
    pub fn user(&self, name: &str) -> Person {
        let id = self.shared.act(|world, now| match world.user_named(name) {
            Some(user) => user.id,
            None => world.add_user(name, false, now),
        });
        Person::new(&self.shared, id)
    }

    /// The bot under test.
    pub fn bot(&self) -> Person {
        Person::new(&self.shared, self.shared.look(World::bot_id))
    }

    /// Controls of the gateway.
    pub fn gateway(&self) -> GatewayControl {
        GatewayControl { shared: Arc::clone(&self.shared) }
    }

    /// Reads the world.
    pub fn look<T>(&self, reader: impl FnOnce(&World) -> T) -> T {
        self.shared.look(reader)
    }

    /// Changes the world in any way; the gateway tells of what its methods note.
    pub fn act<T>(&self, action: impl FnOnce(&mut World) -> T) -> T {
        self.shared.act(|world, _| action(world))
    }

    /// Waits until the bot is connected to the gateway with every shard of its own.
    pub async fn ready(&self) {
        self.shared
            .wait("the bot to be ready", |state| {
                let sessions = &state.gateway.sessions;
                let total = sessions.first()?.shard.1;
                let connected = u64::try_from(state.gateway.connected()).ok()?;
                (connected >= total).then_some(())
            })
            .await;
        self.shared.flushed().await;
    }

    /// Waits until the bot has registered a command of that name.
    pub async fn command_registered(&self, name: &str) {
        let what = format!("a command named \"{name}\" to be registered");
        self.shared
            .wait(&what, |state| {
                state.world.commands.values().any(|command| command.name() == name).then_some(())
            })
            .await;
    }

    /// Waits for the next message of the bot in a channel, from now on.
    pub async fn next_message_in(&self, channel: &ChannelHandle) -> MessageHandle {
        channel.next_bot_message().await
    }

    /// Does something at the `number`th request from now that is no GET, before or after it is acted
    /// upon, and gives it no answer: the bot is killed there, for example. In place of what was set
    /// before.
    pub fn at_request(&self, number: usize, when: When, act: impl FnOnce() + Send + 'static) {
        let trip = Trip { left: number.max(1), when, act: Box::new(act) };
        self.shared.lock().faults.set_trip(Some(trip));
    }

    /// Nothing more is done at a request.
    pub fn at_no_request(&self) {
        self.shared.lock().faults.set_trip(None);
    }

    /// Everything requested so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().log.requests.clone()
    }

    /// A place in the record to look from later.
    pub fn mark(&self) -> Mark {
        Mark(self.shared.lock().log.requests.len())
    }

    /// What was requested after the mark.
    pub fn requests_since(&self, mark: Mark) -> Vec<Request> {
        self.shared.lock().log.requests.iter().skip(mark.0).cloned().collect()
    }

    /// Waits until a request that fits has been answered after the mark.
    pub async fn request_since(
        &self,
        mark: Mark,
        what: &str,
        fits: impl Fn(&Request) -> bool,
    ) -> Request {
        self.shared
            .wait(what, |state| {
                state.log.requests.iter().skip(mark.0).find(|request| fits(request)).cloned()
            })
            .await
    }

    /// Fails the test if the bot requested anything before `until` was over: something that the
    /// bot does, or tells, when it has decided.
    pub async fn expect_no_request_until<T>(&self, until: impl Future<Output = T>) -> T {
        let mark = self.mark();
        let result = until.await;
        let requests = self.requests_since(mark);
        assert!(
            requests.is_empty(),
            "expected no request, but there were {}\n{}",
            requests.len(),
            self.shared.dump()
        );
        result
    }

    /// One of the next requests must be refused with this error code.
    pub fn expect_refusal(&self, code: u32) {
        self.shared.lock().log.expect(code);
    }

    /// Requests may be refused with this error code.
    pub fn tolerate(&self, code: u32) {
        self.shared.lock().log.tolerate(code);
    }

    /// The next request of a route such as `POST /channels/{channel_id}/messages` goes wrong.
    pub fn fault_next(&self, route: &str, fault: Fault) {
        must_be_known(route);
        self.shared.lock().faults.push(route, fault);
    }

    /// Every request of a route goes wrong from now on, if no other fault is queued.
    pub fn fault_every(&self, route: &str, fault: Fault) {
        must_be_known(route);
        self.shared.lock().faults.every(route, fault);
    }

    /// Ends what [`Self::fault_every`] began.
    pub fn heal(&self, route: &str) {
        self.shared.lock().faults.heal(route);
    }

    /// Another life of the bot begins, which does not know how much the last one has asked within this
    /// second: that is no reason to complain about it. Discord answers 429 then.
    pub fn pace_anew(&self) {
        self.shared.lock().log.pace_anew();
    }

    /// Most requests that came within any second after the mark.
    pub fn busiest_second(&self, mark: Mark) -> usize {
        busiest_second(&self.requests_since(mark))
    }

    /// The next request of a route is answered like this and does nothing.
    pub fn fail_next(&self, route: &str, status: u16, body: Value) {
        self.fault_next(route, Fault::Answer { status, body, headers: Vec::new() });
    }

    /// The next request of a route hits a rate limit.
    pub fn rate_limit_next(&self, route: &str, retry_after: Duration, limit: RateLimit) {
        self.fault_next(route, Fault::rate_limit(retry_after, limit));
    }

    /// How much was validated against `DISCORD_OPENAPI`; `None` if that is not set.
    pub fn validated(&self) -> Option<Validated> {
        document()?;
        let operations: BTreeMap<String, u64> = self.shared.lock().validated.clone();
        Some(Validated { requests: operations.values().sum(), operations })
    }

    /// What is wrong with this crate's own answers according to `DISCORD_OPENAPI`.
    pub fn answer_faults(&self) -> Vec<String> {
        self.shared.lock().answer_faults.clone()
    }

    /// What the test must fail for, so far: refusals that nobody announced, requests that are not
    /// as Discord describes them, announced refusals and faults that did not come.
    pub fn complaints(&self) -> Vec<String> {
        let state = self.shared.lock();
        let left = state.faults.left().map(|route| format!("the fault for {route} never happened"));
        let mut complaints = state.log.complaints();
        complaints.extend(left);
        complaints
    }

    /// Takes the complaints there are, so that the test does not fail for them any more. For tests
    /// that are about complaints.
    pub fn take_complaints(&self) -> Vec<String> {
        let complaints = self.complaints();
        let mut state = self.shared.lock();
        state.log.forgive();
        state.faults.clear();
        complaints
    }

    /// Ends it, and fails the test if there are complaints.
    pub fn finish(mut self) {
        self.finished = true;
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "{}", self.report(&complaints));
    }

    fn guild_with(&self, name: &str, with_bot: bool) -> GuildHandle {
        let id = self.shared.act(|world, now| match world.guild_named(name) {
            Some(guild) => guild.id,
            None => world.add_guild(name, with_bot, now),
        });
        GuildHandle::new(&self.shared, id)
    }

    fn report(&self, complaints: &[String]) -> String {
        format!("on the loopback Discord:\n- {}\n{}", complaints.join("\n- "), self.shared.dump())
    }
}

impl Drop for LoopbackDiscord {
    fn drop(&mut self) {
        self.server.abort();
        self.shared.lock().gateway.tell_connections(|| Outgoing::Cut);
        if self.finished || std::thread::panicking() {
            return;
        }
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "{}", self.report(&complaints));
    }
}

fn must_be_known(route: &str) {
    assert!(
        known_routes().any(|known| known == route),
        "no such route: {route}; there are\n  {}",
        known_routes().collect::<Vec<_>>().join("\n  ")
    );
}

/// Serves every connection that comes, until it is aborted.
async fn accept(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve_connection(stream, router.clone()));
        while connections.try_join_next().is_some() {}
    }
}

/// Serves one connection. An answer that is marked as a reset ends it without an answer.
async fn serve_connection(stream: TcpStream, router: Router) {
    // Small answers should not wait for more to come.
    drop(stream.set_nodelay(true));
    let line = Line::new();
    let stream = LineStream::new(stream, line.clone());
    let service = service_fn(move |mut request: HttpRequest<Incoming>| {
        let router = router.clone();
        // The gateway tears it.
        request.extensions_mut().insert(line.clone());
        async move {
            let response: Result<Response, Infallible> =
                router.oneshot(request.map(Body::new)).await;
            let Ok(response) = response;
            if response.extensions().get::<ConnectionReset>().is_some() {
                return Err(ConnectionReset);
            }
            Ok(response)
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .with_upgrades();
    // It ends with an error when the client goes away or a test wants it cut; both are fine.
    drop(connection.await);
}
