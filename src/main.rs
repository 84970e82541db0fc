//! The program: parses the command line and runs one subcommand.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use mythbot::cli::{self, Cli};

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(ending) => ending.into(),
        // Whoever read the output has seen enough (`mythbot match | head`): that is no failure.
        Err(error) if cli::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed, too; then there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "mythbot: {error:#}");
            ExitCode::from(cli::UNUSABLE)
        }
    }
}
