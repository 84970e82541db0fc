//! What must be right before the bot can start, and the sentence for each thing that is not.

use std::time::Duration;

use serenity::all::{GatewayError, Http, HttpError};
use serenity::model::gateway::BotGateway;

use super::watchdog::LONGEST_PAUSE;
use crate::discord::error::root_cause;
use crate::discord::rest;
use crate::shards::Share;
use crate::store::StoreError;
use crate::telemetry::Taken;

/// The bot cannot start or go on. Each is a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Discord does not know the token.
    #[error(
        "Discord refuses the token: make a new one at https://discord.com/developers/applications, \
         your application, Bot, Reset Token, and put it into DISCORD_TOKEN"
    )]
    TokenRefused,
    /// Nobody answers.
    #[error(
        "{address} cannot be reached ({cause}): check the network{}",
        if *.redirected { ", and DISCORD_API_URL" } else { "" }
    )]
    Unreachable {
        /// What was called.
        address: String,
        /// What the network said.
        cause: String,
        /// Whether the address is the one of `DISCORD_API_URL`.
        redirected: bool,
    },
    /// Something answers, but not with a gateway.
    #[error("{address} answers, but names no gateway ({cause}){}", hint(*.redirected))]
    NoGateway {
        /// What was called.
        address: String,
        /// What came back.
        cause: String,
        /// Whether the address is the one of `DISCORD_API_URL`.
        redirected: bool,
    },
    /// Discord lets a bot connect some 1,000 times a day.
    #[error(
        "the bot has connected too often today; Discord lets it in again in {minutes} minutes. Is \
         something starting it over and over?"
    )]
    TooManyStarts {
        /// Until then.
        minutes: u64,
    },
    /// There is no way to Discord from this computer.
    #[error("the bot's own relay to Discord cannot start: {0}")]
    NoRelay(std::io::Error),
    /// Discord does not know an intent that the bot asks for.
    #[error(
        "Discord does not understand what the bot asks to be told (its intents): this version is too \
         old or too new for it; take another version of mythbot"
    )]
    UnknownIntents,
    /// Discord refuses what it lets every bot have.
    #[error(
        "Discord refuses to tell the bot anything, even without what people write: look at \
         https://discord.com/developers/applications, your application, for what is wrong with it"
    )]
    IntentsRefused,
    /// The gateway closed the connection for good.
    #[error("Discord closed the connection for good: {0}")]
    Closed(String),
    /// Nobody could ask it how it is.
    #[error(transparent)]
    Taken(#[from] Taken),
    /// State cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn hint(redirected: bool) -> &'static str {
    if redirected {
        ": check DISCORD_API_URL; the bot does not go to Discord itself instead"
    } else {
        ": try again in a few minutes"
    }
}

/// Asks for the gateway, at `api_url` if that is not Discord itself. That also tries the token.
pub(in crate::discord) async fn gateway(
    http: &Http,
    api_url: Option<&str>,
) -> Result<BotGateway, StartError> {
    let redirected = api_url.is_some();
    let address = api_url.unwrap_or(rest::DISCORD).to_owned();
    let gateway = match http.get_bot_gateway().await {
        Ok(gateway) => gateway,
        Err(error) => return Err(refusal(error, address, redirected)),
    };
    if !gateway.url.starts_with("ws://") && !gateway.url.starts_with("wss://") {
        return Err(StartError::NoGateway {
            address,
            cause: "its address is not one of a gateway".to_owned(),
            redirected,
        });
    }
    Ok(gateway)
}

/// Whether Discord lets the bot connect as often today as the shards of this process need.
pub(in crate::discord) fn check_starts(
    gateway: &BotGateway,
    share: Share,
) -> Result<(), StartError> {
    tracing::info!(shards = %share, recommended = gateway.shards, "connecting");
    if share.total() < gateway.shards {
        tracing::warn!("Discord recommends more shards than SHARDS names");
    }
    let limit = &gateway.session_start_limit;
    if limit.remaining < u64::from(share.count()) {
        return Err(StartError::TooManyStarts { minutes: limit.reset_after.div_ceil(60_000) });
    }
    Ok(())
}

/// The same while the bot runs: where Discord cannot be reached it is asked again, with pauses that
/// grow. `pause` is the first one, and the next one afterwards.
///
/// # Errors
/// When the token is refused: then it is no use to go on.
pub(in crate::discord) async fn gateway_again(
    (http, api_url): (&Http, Option<&str>),
    pause: &mut Duration,
) -> Result<BotGateway, StartError> {
    loop {
        tokio::time::sleep(*pause).await;
        *pause = (*pause * 2).min(LONGEST_PAUSE);
        match gateway(http, api_url).await {
            Err(StartError::TokenRefused) => return Err(StartError::TokenRefused),
            Err(error) => tracing::error!(%error, next_s = pause.as_secs(), "not connected"),
            Ok(gateway) => return Ok(gateway),
        }
    }
}

fn refusal(error: serenity::Error, address: String, redirected: bool) -> StartError {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            match response.status_code.as_u16() {
                401 => StartError::TokenRefused,
                _ if response.error.code == rest::UNREACHABLE => {
                    StartError::Unreachable { address, cause: response.error.message, redirected }
                }
                status => {
                    StartError::NoGateway { address, cause: format!("status {status}"), redirected }
                }
            }
        }
        serenity::Error::Http(HttpError::Request(error)) => {
            StartError::Unreachable { address, cause: root_cause(&error), redirected }
        }
        other => StartError::NoGateway { address, cause: other.to_string(), redirected },
    }
}

/// What it means that the gateway closed the connection.
pub(in crate::discord) fn closed(error: &serenity::Error) -> StartError {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => StartError::TokenRefused,
        serenity::Error::Gateway(GatewayError::InvalidGatewayIntents) => StartError::UnknownIntents,
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => {
            StartError::IntentsRefused
        }
        other => StartError::Closed(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_to_do() {
        let address = || "http://127.0.0.1:1".to_owned();
        let cause = || "connection refused".to_owned();
        let unreachable =
            |redirected| StartError::Unreachable { address: address(), cause: cause(), redirected };
        insta::assert_snapshot!(StartError::TokenRefused, @"Discord refuses the token: make a new one at https://discord.com/developers/applications, your application, Bot, Reset Token, and put it into DISCORD_TOKEN");
        insta::assert_snapshot!(unreachable(true), @"http://127.0.0.1:1 cannot be reached (connection refused): check the network, and DISCORD_API_URL");
        insta::assert_snapshot!(unreachable(false), @"http://127.0.0.1:1 cannot be reached (connection refused): check the network");
        let no_gateway = StartError::NoGateway {
            address: address(),
            cause: "status 404".to_owned(),
            redirected: true,
        };
        insta::assert_snapshot!(no_gateway, @"http://127.0.0.1:1 answers, but names no gateway (status 404): check DISCORD_API_URL; the bot does not go to Discord itself instead");
        insta::assert_snapshot!(StartError::TooManyStarts { minutes: 90 }, @"the bot has connected too often today; Discord lets it in again in 90 minutes. Is something starting it over and over?");
    }
}
