//! What a bot says of itself over HTTP: that it is alive, whether it is ready, and its numbers.
//!
//! Nothing secret, and nothing can be changed. It is for the same computer or network; whoever
//! wants it elsewhere puts a proxy in front that asks for a password.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// That the bot lives.
pub const HEALTHZ: &str = "/healthz";

/// Whether it can do its work.
pub const READYZ: &str = "/readyz";

const METRICS: &str = "/metrics";

/// The text format of `OpenMetrics`, as its specification names it.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Who is asked.
pub trait Subject: Send + Sync + 'static {
    /// Its numbers, in the text format of `OpenMetrics` 1.0.
    fn numbers(&self) -> impl Future<Output = String> + Send;

    /// What keeps it from its work, a sentence each; none when it is ready.
    fn missing(&self) -> impl Future<Output = Vec<String>> + Send;
}

/// An address at which nobody can listen.
#[derive(Debug, thiserror::Error)]
#[error(
    "METRICS_ADDR {address} cannot be used ({cause}): is another mythbot running? Set METRICS_ADDR \
     to another address, to one with port 0 for any port that is free, or to off"
)]
pub struct Taken {
    /// Which.
    pub address: SocketAddr,
    /// Why not.
    pub cause: io::Error,
}

/// A port that is taken and at which nobody answers yet.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    address: SocketAddr,
}

impl Port {
    /// Takes an address; any free port if its port is 0.
    ///
    /// # Errors
    /// When that cannot be done: somebody else has it, or the computer has no such address.
    pub async fn take(address: SocketAddr) -> Result<Self, Taken> {
        let listener = TcpListener::bind(address).await;
        let taken = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = taken.map_err(|cause| Taken { address, cause })?;
        Ok(Self { listener, address })
    }

    /// Which it is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until what is returned is dropped.
    #[must_use]
    pub fn serve<S: Subject>(self, subject: S) -> Serving {
        let paths = Router::new()
            .route(HEALTHZ, get(async || "alive\n"))
            .route(READYZ, get(readyz::<S>))
            .route(METRICS, get(metrics::<S>))
            .fallback(elsewhere)
            .with_state(Arc::new(subject));
        Serving(tokio::spawn(async move {
            // It never fails: it goes on after a connection that did.
            let _ = axum::serve(self.listener, paths).await;
        }))
    }
}

/// Somebody who answers; stops when it is dropped.
#[derive(Debug)]
pub struct Serving(JoinHandle<()>);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn readyz<S: Subject>(State(subject): State<Arc<S>>) -> impl IntoResponse {
    let missing = subject.missing().await;
    if missing.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, missing.join("\n") + "\n")
}

async fn metrics<S: Subject>(State(subject): State<Arc<S>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, OPEN_METRICS)], subject.numbers().await)
}

async fn elsewhere() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, format!("mythbot answers at {HEALTHZ}, {READYZ} and {METRICS}\n"))
}
