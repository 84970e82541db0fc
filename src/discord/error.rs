//! What goes wrong when somebody uses a command or a button: a plain sentence for what they can
//! change, a neutral one with an incident number for the rest.

use std::error::Error as StdError;

use poise::CreateReply;
use poise::FrameworkError;

use super::state::State;
use crate::store::StoreError;

/// A command or button did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// Something that the person can change, in a sentence for them.
    #[error("{0}")]
    User(String),
    /// The database failed; what was asked for was not done.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something else that they cannot.
    #[error(transparent)]
    Internal(Box<dyn StdError + Send + Sync>),
}

impl From<serenity::Error> for Error {
    fn from(error: serenity::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// What the person reads. An internal error is logged here, once; `incident` is in the log, too.
pub(super) fn told(error: &Error, command: &str, incident: u64) -> String {
    match error {
        Error::User(sentence) => sentence.clone(),
        Error::Store(error) => {
            tracing::error!(incident, command, error = %chain(error), "incident");
            if error.is_transient() { no_database(incident) } else { sorry(incident) }
        }
        Error::Internal(error) => {
            tracing::error!(incident, command, error = %chain(&**error), "incident");
            sorry(incident)
        }
    }
}

fn sorry(incident: u64) -> String {
    format!(
        "Something went wrong in the bot; it is not your fault. If it happens again, tell the \
         people who run it this number: {incident}."
    )
}

fn no_database(incident: u64) -> String {
    format!(
        "The bot's database does not answer right now, so nothing was changed. Please try again in \
         a minute. If it goes on, tell the people who run the bot this number: {incident}."
    )
}

/// An error with its causes, in a line that may be logged.
pub(super) fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut all = vec![harmless(error)];
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = harmless(error);
        // Some errors say no more than their cause.
        if all.last() != Some(&text) {
            all.push(text);
        }
        cause = error.source();
    }
    all.join(": ")
}

/// What an error says, without what it quotes of others. What could not be read may hold the words or
/// names of people, and the address of a request the token of an interaction or the name of a file.
fn harmless(error: &(dyn StdError + 'static)) -> String {
    if let Some(error) = error.downcast_ref::<serde_json::Error>() {
        return unreadable(error);
    }
    if let Some(serenity::Error::Json(error)) = error.downcast_ref::<serenity::Error>() {
        return unreadable(error);
    }
    let text = error.to_string();
    match error.downcast_ref::<reqwest::Error>().and_then(reqwest::Error::url) {
        Some(url) => text.replace(url.as_str(), "Discord"),
        None => text,
    }
}

fn unreadable(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    format!("JSON that cannot be read ({:?}, line {line}, column {column})", error.classify())
}

/// The innermost cause says what the outer ones only wrap: "connection refused".
pub(super) fn root_cause(error: &dyn StdError) -> String {
    match error.source() {
        Some(cause) => root_cause(cause),
        None => error.to_string(),
    }
}

/// The id of the interaction, which nobody else has: also the number of an incident.
pub(super) fn interaction_id(ctx: poise::Context<'_, State, Error>) -> u64 {
    match ctx {
        poise::Context::Application(ctx) => ctx.interaction.id.get(),
        poise::Context::Prefix(ctx) => ctx.msg.id.get(),
    }
}

/// Takes whatever poise reports.
pub(super) async fn on_command_error(error: FrameworkError<'_, State, Error>) {
    let (ctx, sentence) = match error {
        FrameworkError::Command { error, ctx, .. } => {
            (ctx, told(&error, &ctx.command().qualified_name, interaction_id(ctx)))
        }
        FrameworkError::CommandPanic { ctx, .. } => {
            let command = ctx.command().qualified_name.as_ref();
            // The payload may hold what people wrote.
            tracing::error!(incident = interaction_id(ctx), command, "a command panicked");
            (ctx, sorry(interaction_id(ctx)))
        }
        FrameworkError::ArgumentParse { ctx, .. } => (
            ctx,
            "The bot could not read that. Please choose one of the offered values.".to_owned(),
        ),
        FrameworkError::CommandStructureMismatch { ctx, .. } => (ctx.into(), OUTDATED.to_owned()),
        FrameworkError::UnknownInteraction { interaction, .. } => {
            tracing::warn!(command = interaction.data.name, "unknown command");
            return;
        }
        other => {
            tracing::error!(error = %other, "a command failed");
            return;
        }
    };
    let reply = CreateReply::default().content(sentence).ephemeral(true);
    if let Err(error) = ctx.send(reply).await {
        tracing::warn!(incident = interaction_id(ctx), error = %chain(&error), "nobody could be told");
    }
}

const OUTDATED: &str = "Discord still shows you an older form of this command. Please restart \
                        Discord and try again.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_quotes_nobody() {
        let error = serde_json::from_str::<u8>("\"words of Ann\"").expect_err("no number");
        assert!(error.to_string().contains("words of Ann"));
        insta::assert_snapshot!(chain(&error), @"JSON that cannot be read (Data, line 1, column 14)");
        insta::assert_snapshot!(chain(&serenity::Error::from(error)), @"JSON that cannot be read (Data, line 1, column 14)");
    }

    #[tokio::test]
    async fn a_log_tells_no_address() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        drop(listener);
        let url = format!("http://127.0.0.1:{port}/webhooks/1/TOKEN");
        let error = reqwest::Client::new().get(url).send().await.expect_err("nobody answers");
        assert!(error.to_string().contains("TOKEN"));
        let error = serenity::Error::Http(serenity::all::HttpError::Request(error));
        insta::assert_snapshot!(chain(&error), @"Error while sending HTTP request.: error sending request for url (Discord): client error (Connect): tcp connect error: Connection refused (os error 111)");
    }

    #[test]
    fn internal_errors_stay_inside() {
        let secret = std::io::Error::other("secret path");
        let error = Error::Internal(secret.into());
        insta::assert_snapshot!(told(&error, "myth list", 42), @"Something went wrong in the bot; it is not your fault. If it happens again, tell the people who run it this number: 42.");
        let error = Error::User("There is no such answer.".to_owned());
        insta::assert_snapshot!(told(&error, "myth list", 42), @"There is no such answer.");
    }
}
