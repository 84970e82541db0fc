//! `mythbot doctor`: what keeps the bot from running or answering.

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;

use super::Ending;
use super::source::KnowledgeArgs;
use crate::clock::Clock;
use crate::config::Config;
use crate::discord::doctor::{self, Finding, Place, Verdict};
use crate::knowledge::Knowledge;
use crate::store::{Condition, StoreError};

/// Look for what keeps the bot from running or answering
///
/// Checks the settings, the answers, the database, and with Discord: the token, the clock, how often the
/// bot may connect, intents, commands, and what it may do in a server or channel. Says what to do about
/// each fault. Nothing is changed. Exit code 1 when there are faults.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    /// Server in which to check permissions (the menu of the server, Copy Server ID)
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    guild: Option<u64>,
    /// Channel or thread in which to check permissions (its menu, Copy Channel ID)
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    channel: Option<u64>,
}

pub(super) fn run(args: &DoctorArgs, knowledge: &KnowledgeArgs) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("the program cannot start its threads")?;
    let place = Place { guild: args.guild, channel: args.channel };
    let findings = runtime.block_on(examine(knowledge, place));
    write!(std::io::stdout(), "{}", doctor::report(&findings))?;
    Ok(Ending::findings_if(findings.iter().any(|finding| finding.verdict == Verdict::Fault)))
}

async fn examine(knowledge: &KnowledgeArgs, place: Place) -> Vec<Finding> {
    let (config, mut findings) = match Config::load() {
        Ok(config) => (Some(config), vec![Finding::ok("settings", "can be used".to_owned())]),
        Err(error) => {
            let fault = "correct the settings in the environment or in .env";
            (None, vec![Finding::fault("settings", error.to_string(), fault)])
        }
    };
    let dir = config.as_ref().and_then(|config| config.knowledge_dir.as_deref());
    let (knowledge, answers) = answers(&knowledge.or(dir));
    findings.push(answers);
    let url = config.as_ref().map(|config| config.database_url.clone());
    // What is wrong with the address, the settings say already.
    if let Some(url) = url.or_else(|| Config::load_database_url().ok()) {
        findings.push(database(Condition::of(&url).await));
    }
    if let Some(config) = config {
        let clock = Clock::system();
        findings.extend(doctor::examine(&config, knowledge.as_ref(), place, &clock).await);
    }
    findings
}

fn answers(knowledge: &KnowledgeArgs) -> (Option<Knowledge>, Finding) {
    match knowledge.load() {
        Ok(knowledge) => {
            let told = format!("{} are sound", knowledge.myths.len());
            (Some(knowledge), Finding::ok("answers", told))
        }
        Err(error) => {
            let told = format!("{error:#}");
            let first = told.lines().next().unwrap_or_default().to_owned();
            let remedy = "`mythbot check` with the folder names every fault and what to do";
            (None, Finding::fault("answers", first, remedy))
        }
    }
}

fn database(found: Result<Condition, StoreError>) -> Finding {
    let ok = |told: &str| Finding::ok("database", told.to_owned());
    match found {
        Ok(Condition::Sound) => ok("can be written, and is up to date"),
        Ok(Condition::Behind) => ok("can be written; the bot brings its tables up to date"),
        Ok(Condition::Missing) => ok("is not there yet; the bot makes it when it starts"),
        Ok(Condition::Ahead) => Finding::fault(
            "database",
            "was changed by a newer mythbot",
            "run that version, or go back to a copy from before",
        ),
        Ok(Condition::NoFolder { folder, cause }) => Finding::fault(
            "database",
            format!("no file can be made in {} ({cause})", folder.display()),
            "make the folder, or let the bot write there, or change DATABASE_URL",
        ),
        // The sentence names its cause and what to check.
        Err(error @ StoreError::Unopenable { .. }) => {
            Finding::fault("database", error.to_string(), "correct that first: the bot needs it")
        }
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let told = format!("cannot be written ({})", cause.unwrap_or(error.to_string()));
            let remedy = "let the bot write to it, and see that its disk is not full";
            Finding::fault("database", told, remedy)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_in_a_line() {
        let folder = "/data".into();
        let found = [
            Ok(Condition::Sound),
            Ok(Condition::Behind),
            Ok(Condition::Missing),
            Ok(Condition::Ahead),
            Ok(Condition::NoFolder { folder, cause: "Permission denied".to_owned() }),
        ];
        insta::assert_snapshot!(doctor::report(&found.map(database)), @r"
        ok       database     can be written, and is up to date
        ok       database     can be written; the bot brings its tables up to date
        ok       database     is not there yet; the bot makes it when it starts
        FAULT    database     was changed by a newer mythbot
                              -> run that version, or go back to a copy from before
        FAULT    database     no file can be made in /data (Permission denied)
                              -> make the folder, or let the bot write there, or change DATABASE_URL

        2 faults, no warnings
        ");
    }
}
