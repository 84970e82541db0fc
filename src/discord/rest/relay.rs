//! The server that serenity takes for Discord.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, HeaderValue};
use axum::http::{Request, Response};
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::answer::Answer;
use super::exchange::{self, Discord};
use super::forward::Forward;
use super::limits::Limits;
use super::route::Route;
use crate::config::{Config, Secret};
use crate::discord::gateway::startup::StartError;
use crate::telemetry::Metrics;

/// Where Discord is, unless the settings say something else.
pub(in crate::discord) const DISCORD: &str = "https://discord.com";

/// Most bytes of a request; Discord takes 10 MiB in a file (its documentation, "Uploading Files").
const LARGEST: usize = 11 << 20;

/// How long it waits for its last answers to be read.
const GRACE: Duration = Duration::from_secs(1);

/// A server on 127.0.0.1, until it is closed or dropped.
#[derive(Debug)]
pub(in crate::discord) struct Relay {
    url: String,
    forward: Arc<Forward>,
    closing: CancellationToken,
    server: JoinHandle<()>,
}

/// What its requests are answered with.
#[derive(Debug)]
struct Door {
    forward: Arc<Forward>,
    /// What every request of the bot carries.
    authorization: Secret,
}

impl Relay {
    /// Starts one for the bot with these settings, on a free port.
    ///
    /// # Errors
    /// When this computer has no port on 127.0.0.1 for it.
    pub(in crate::discord) async fn start(
        config: &Config,
        limits: Limits,
        metrics: Metrics,
    ) -> Result<Self, StartError> {
        let address = config.api_url.as_deref().unwrap_or(DISCORD).to_owned();
        let discord = Discord::new(address)
            .map_err(|error| StartError::NoRelay(std::io::Error::other(error)))?;
        let forward = Arc::new(Forward::new(discord, limits, metrics));
        let authorization = Secret::new(format!("Bot {}", config.token.expose()));
        let door = Arc::new(Door { forward: Arc::clone(&forward), authorization });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(StartError::NoRelay)?;
        let url = format!("http://{}", listener.local_addr().map_err(StartError::NoRelay)?);
        // Small answers should not wait for more to come.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let closing = CancellationToken::new();
        let closed = closing.clone().cancelled_owned();
        let router = Router::new().fallback(serve).with_state(door);
        let server = tokio::spawn(async move {
            // It ends with an error never (axum's documentation of `Serve`).
            let _ = axum::serve(listener, router).with_graceful_shutdown(closed).await;
        });
        Ok(Self { url, forward, closing, server })
    }

    /// Its address, for serenity.
    pub(in crate::discord) fn url(&self) -> &str {
        &self.url
    }

    /// What serenity asks it with: a proxy that the environment names is for what is farther away.
    ///
    /// # Errors
    /// When the certificates that the program carries cannot be used.
    pub(in crate::discord) fn client() -> Result<reqwest::Client, StartError> {
        let client = reqwest::Client::builder().no_proxy().build();
        client.map_err(|error| StartError::NoRelay(std::io::Error::other(error)))
    }

    /// Waits until Discord refuses the token, if it ever does.
    pub(in crate::discord) async fn token_refused(&self) {
        self.forward.token_refused().cancelled().await;
    }

    /// Takes nothing more, and waits a moment for the last answers.
    pub(in crate::discord) async fn close(mut self) {
        self.closing.cancel();
        // What is not read by now is read by nobody.
        let _ = tokio::time::timeout(GRACE, &mut self.server).await;
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.closing.cancel();
        self.server.abort();
    }
}

async fn serve(State(door): State<Arc<Door>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let authorization = parts.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let route = Route::of(parts.uri.path());
    let (Some(route), true) =
        (route, authorization == Some(door.authorization.expose().as_bytes()))
    else {
        return Answer::not_for_you().into_response();
    };
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return Answer::unreadable().into_response();
    };
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let request = exchange::Request::new(parts.method, path, &parts.headers, body);
    door.forward.forward(&route, request).await.into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    /// A relay to where nobody listens.
    async fn relay(metrics: &Metrics) -> Relay {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let nobody = format!("http://{}", listener.local_addr().expect("bound"));
        drop(listener);
        let config = Config::read(|name| match name {
            "DISCORD_TOKEN" => Some("a.b.c".to_owned()),
            "DISCORD_API_URL" => Some(nobody.clone()),
            _ => None,
        });
        let config = config.expect("sound settings");
        Relay::start(&config, Limits::WHOLE, metrics.clone()).await.expect("a port")
    }

    async fn asked(relay: &Relay, path: &str, token: &str) -> (StatusCode, String) {
        let url = format!("{}{path}", relay.url());
        let asked = Relay::client().expect("a client").get(url).header(AUTHORIZATION, token);
        let answer = asked.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a body"))
    }

    #[tokio::test]
    async fn nobody_uses_it_but_the_bot_and_for_nothing_but_the_api() {
        let metrics = Metrics::new();
        let relay = relay(&metrics).await;
        for (path, token) in [
            ("/api/v10/gateway", "Bot a.b.d"),
            ("/api/v10/gateway", ""),
            ("/metrics", "Bot a.b.c"),
            ("/api/v9/gateway", "Bot a.b.c"),
        ] {
            let (status, body) = asked(&relay, path, token).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} {token}");
            assert_eq!(body, r#"{"code":0,"message":"Not forwarded"}"#);
        }
        assert!(!metrics.text().contains("route="), "something was forwarded");
    }

    #[tokio::test]
    async fn a_discord_that_is_not_there_is_status_502() {
        let metrics = Metrics::new();
        let relay = relay(&metrics).await;
        let (status, body) = asked(&relay, "/api/v10/channels/5/messages", "Bot a.b.c").await;
        assert_eq!(status, StatusCode::BAD_GATEWAY);
        assert!(body.contains("-502") && body.contains("Connection refused"), "{body}");
        let counted = r#"{method="GET",route="/channels/{channel_id}/messages",status="0"} 1"#;
        assert!(metrics.text().contains(counted), "{}", metrics.text());
        let url = relay.url().to_owned();
        relay.close().await;
        assert!(reqwest::get(url).await.is_err(), "it is closed");
    }
}
