//! `mythbot run`: the bot on Discord.

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;

use super::Ending;
use super::source::KnowledgeArgs;
use crate::clock::Clock;
use crate::config::{Config, LogFormat};
use crate::discord::{self, Bot, Limits, Parts, Patience, StartError};
use crate::telemetry::{self, Metrics};

/// Connect to Discord and answer there
///
/// Settings come from the environment and from the file `.env`, as in `.env.example`. Ctrl-C and
/// SIGTERM stop the bot: what was begun is finished within ten seconds, or at once with a second
/// signal. SIGHUP loads the knowledge
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
        intake: discord::INTAKE,
        patience: Patience::default(),
        clock: Clock::system(),
        metrics: Metrics::new(),
        limits: Limits::WHOLE,
        observer: None,
    };
    let runtime = tokio::runtime::Runtime::new().context("the program cannot start its threads")?;
    let ended = runtime.block_on(live(parts));
    // Somebody may still wait for an address of the network.
    runtime.shutdown_background();
    match ended {
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
    let metrics_addr = bot.metrics_addr().map(tracing::field::display);
    tracing::info!(version = env!("CARGO_PKG_VERSION"), metrics_addr, "starting");
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let insist = async {
        stop_signal().await;
        tracing::info!("finishing what was begun; a second signal stops at once");
        // It may have ended by itself.
        let _ = stop.send(());
        stop_signal().await;
    };
    let run = bot.run(async {
        let _ = stopped.await;
    });
    tokio::select! {
        ended = run => ended?,
        () = insist => tracing::warn!("stopped at once: what was begun is finished at the next start"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Ends with the next Ctrl-C or SIGTERM.
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
