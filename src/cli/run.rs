//! `mythbot run`: the bot on Discord.

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;

use super::Ending;
use super::source::KnowledgeArgs;
use crate::clock::Clock;
use crate::config::{Config, LogFormat};
use crate::discord::{self, Bot, Parts, Patience, StartError};
use crate::telemetry::{self, Metrics};

/// Connect to Discord and answer there
///
/// Settings come from the environment and from the file `.env`, as in `.env.example`. Ctrl-C and
/// SIGTERM stop the bot: what was begun is finished within ten seconds. SIGHUP loads the knowledge
/// folder anew, as does a change of one of its files.
#[derive(Debug, Args)]
pub(super) struct RunArgs {}

pub(super) fn run(_: &RunArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let config = Config::load()?;
    let knowledge = knowledge.or(config.knowledge_dir.as_deref());
    let (knowledge, knowledge_dir) = (knowledge.load()?, knowledge.dir());
    telemetry::start(config.log, config.log_format == LogFormat::Json);
    let parts = Parts {
        config,
        knowledge,
        knowledge_dir,
        pace: discord::PACE,
        patience: Patience::default(),
        clock: Clock::system(),
        metrics: Metrics::new(),
        observer: None,
    };
    let runtime = tokio::runtime::Runtime::new().context("the program cannot start its threads")?;
    match runtime.block_on(live(parts)) {
        Ok(()) => Ok(Ending::Clean),
        Err(error) => {
            // Standard error may be closed; then there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "mythbot: {error}");
            Ok(Ending::Stopped)
        }
    }
}

async fn live(parts: Parts) -> Result<(), StartError> {
    let bot = Bot::build(parts).await?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "starting");
    bot.run(stop_signal()).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Ends with the first Ctrl-C or SIGTERM.
async fn stop_signal() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}
