//! `mythbot health`: whether the bot that runs here is well.

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;

use super::Ending;
use crate::config::Config;
use crate::telemetry;

/// Ask the bot that runs on this computer whether it is well
///
/// It is asked at `METRICS_ADDR`, as in the environment or in the file `.env`. For health checks where
/// there is no other program to ask with, as in a container. Exit code 0 when it is, else 1.
#[derive(Debug, Args)]
pub(super) struct HealthArgs {
    /// Ask whether it can do its work now, not only whether it lives: connected to Discord, and its
    /// database answers
    #[arg(long)]
    ready: bool,
}

pub(super) fn run(args: &HealthArgs) -> anyhow::Result<Ending> {
    // Docker knows no exit codes but 0 and 1.
    let (said, ending) = match ask(args) {
        Ok(said) => (said, Ending::Clean),
        Err(error) => (format!("mythbot: {error:#}"), Ending::Stopped),
    };
    // Both to where Docker keeps what a check said.
    writeln!(anstream::stdout(), "{said}").context("the output cannot be written")?;
    Ok(ending)
}

fn ask(args: &HealthArgs) -> anyhow::Result<String> {
    let address = Config::load_metrics_addr()?
        .context("METRICS_ADDR is off, so the bot cannot be asked: give it an address")?;
    anyhow::ensure!(
        address.port() != 0,
        "METRICS_ADDR has port 0, so nobody knows where the bot is: give it a port"
    );
    let path = if args.ready { telemetry::READYZ } else { telemetry::HEALTHZ };
    Ok(telemetry::ask(address, path)?)
}
